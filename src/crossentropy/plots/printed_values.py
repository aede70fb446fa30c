"""Chapter 4: the values of the derivation as it was printed, at one sample."""

import numpy as np

from crossentropy import loss_gradient
from crossentropy._forms import Form, evaluate
from crossentropy.derivation import EQUATIONS, PRINTED_7

from ._numbers import plain
from ._style import GREEN, GREY, RED, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

_LINES = (PRINTED_7, *(EQUATIONS[str(number)] for number in range(8, 15)))


def plot_printed_values(w, x, y):
    """Draw what each line (7) to (14) gives, (7) as the exercise prints it, for one feature.

    Parameters
    ----------
    w, x : float
        The weight and the feature.
    y : float
        The label in [0, 1].

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If a value is not finite, or ``y`` is outside [0, 1].

    Examples
    --------
    >>> plot_printed_values(0.75, 2, 1)  # doctest: +NORMALIZE_WHITESPACE
    For w = 0.75, x = 2 and y = 1 the slope of the loss is −0.365. Line (7) as printed gives
    0.365; the lines (8) to (14) give −0.365. So both equals signs around (7) are false.
    """
    slope = float(loss_gradient([w], [x], y)[0])
    point = {"z": w * x, "x_j": x, "y": y}
    values = [float(evaluate(Form(line.expression), point)[0]) for line in _LINES]
    reach = 1.4 * max(abs(slope), 0.01)
    with styled():
        axes = panel(canvas(360, 190), 20, 34, 320, 140)
        axes.set(xlim=(-0.6, len(values) - 0.4), ylim=(-reach, reach))
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.axhline(slope, color=GREEN, linewidth=1, dashes=(4, 3), label="slope")
        for spine in axes.spines.values():
            spine.set_visible(False)
        ticks(axes)
        for place, (line, value) in enumerate(zip(_LINES, values, strict=True)):
            colour = GREEN if np.isclose(value, slope) else RED
            axes.plot(place, value, "o", color=colour, markersize=8, label=line.number)
            label(axes, (place, -reach), f"({line.number})", dy=-14)
        label(axes, (0, values[0]), plain(values[0], 3), dy=14)
        label(axes, (len(values) - 1, values[-1]), plain(values[-1], 3), dy=-14, dx=-8)
    return InlineFigure(axes.figure, _alt(w, x, y, slope, values[0]))


def _alt(w, x, y, slope, printed):
    """Say what the figure shows."""
    return (
        f"For w = {plain(w)}, x = {plain(x)} and y = {plain(y)} the slope of the loss is"
        f" {plain(slope, 3)}. Line (7) as printed gives {plain(printed, 3)}; the lines (8) to (14)"
        f" give {plain(slope, 3)}. So both equals signs around (7) are false."
    )
