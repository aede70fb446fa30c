"""Chapter 7: the cross entropy is convex in the score, the squared loss is not."""

import numpy as np

from crossentropy import cross_entropy, sigmoid

from ._numbers import plain
from ._plane import Room
from ._style import GREEN, GREY, RED, canvas, label, panel, sheet, styled, ticks
from ._svg import InlineFigure

_REACH = 6
_BEND = -np.log(2)  # where p = 1/3, and the curvature (A.34) of the squared loss changes its sign


def plot_two_losses(chord=(-5, 1)):
    """Draw -log σ(z), (A.13), beside the squared loss (A.33), both for the label 1, and a chord.

    Parameters
    ----------
    chord : array_like, shape (2,)
        Scores from -6 to 6, in rising order, at which either curve is joined by a straight line.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If ``chord`` is not two rising numbers from -6 to 6.

    Examples
    --------
    >>> plot_two_losses()  # doctest: +NORMALIZE_WHITESPACE
    For the label 1, the cross entropy bends upwards at every score; the squared loss bends
    downwards left of z = −0.69, where p = 1/3, and upwards right of it. Halfway between z = −5
    and z = 1 the cross entropy is at 2.13, below the chord at 2.66; the squared loss is at
    0.78, above the chord at 0.53.
    """
    ends = _checked(chord)
    with styled():
        figure = canvas(360, 272)
        convex = _draw(panel(figure, 20, 66, 150, 150), cross_entropy_of_score, ends, -_REACH, 6)
        bent = _draw(panel(figure, 206, 66, 146, 150), squared_loss_of_score, ends, _BEND, 1)
        label(convex, (0, 6), "cross entropy", dy=42)
        label(convex, (0, 6), r"$-\log\,\sigma(z)$", dy=20)
        label(bent, (0, 1), "squared loss", dy=42)
        label(bent, (0, 1), r"$(1-\sigma(z))^2$", dy=20)
        _mark_bend(bent)
        _explain(figure)
    return InlineFigure(figure, _alt(ends))


def cross_entropy_of_score(z):
    """Return the cross entropy for the label 1, -log σ(z)."""
    return cross_entropy(sigmoid(z), 1)


def squared_loss_of_score(z):
    """Return the squared loss for the label 1, (1 - σ(z))²."""
    return sigmoid(-np.asarray(z)) ** 2


def _checked(chord):
    """Return the two ends of the chord as an array."""
    ends = np.asarray(chord, dtype=float)
    if ends.shape != (2,) or not -_REACH <= ends[0] < ends[1] <= _REACH:
        raise ValueError(f"chord must be two rising numbers within ±{_REACH}, got {chord!r}")
    return ends


def _draw(axes, curve, ends, bend, top):
    """Draw a curve, dashed where it bends downwards, and the chord between two of its points."""
    for part, style in (
        (np.linspace(-_REACH, bend, 121), "--"),
        (np.linspace(bend, _REACH, 121), "-"),
    ):
        if np.ptp(part):
            colour, name = (GREEN, "convex") if style == "-" else (RED, "concave")
            axes.plot(part, curve(part), style, color=colour, label=name)
    axes.plot(ends, curve(ends), "o-", color=GREY, linewidth=1.2, markersize=5, label="chord")
    axes.set(xlim=(-_REACH, _REACH), ylim=(0, top))
    ticks(axes, x=(-_REACH, 0, _REACH), y=(0, top / 2, top))
    label(axes, (_REACH, 0), "$z$", dx=-20, dy=-12)
    return axes


def _mark_bend(axes):
    """Mark the point at which the squared loss begins to bend the other way."""
    point = (_BEND, squared_loss_of_score(_BEND))
    axes.plot(*point, "D", color=RED, markersize=6, label="bend")
    room = Room(axes)
    for line in axes.lines:
        room.take(*line.get_xydata())
    room.write([point], r"$p = \frac{1}{3}$", (1, 1))


def _explain(figure):
    """Say what the two kinds of line mean."""
    axes = sheet(figure)
    rows = (("-", GREEN, 26, "bends up"), ("--", RED, 126, "bends down"))
    for style, colour, left, words in rows:
        axes.plot([left, left + 22], [18, 18], style, color=colour)
        label(axes, (left + 30, 18), words, ha="left")
    axes.plot([254, 276], [18, 18], "o-", color=GREY, linewidth=1.2, markersize=5)
    label(axes, (286, 18), "chord", ha="left")


def _alt(ends):
    """Say what the figure shows."""
    middle = ends.mean()
    sides = []
    for curve in (cross_entropy_of_score, squared_loss_of_score):
        height, on_chord = curve(middle), curve(ends).mean()
        way = "below" if height < on_chord else "above"
        sides.append(f"at {plain(height)}, {way} the chord at {plain(on_chord)}")
    return (
        "For the label 1, the cross entropy bends upwards at every score; the squared loss bends"
        f" downwards left of z = {plain(_BEND)}, where p = 1/3, and upwards right of it. Halfway"
        f" between z = {plain(ends[0])} and z = {plain(ends[1])} the cross entropy is {sides[0]};"
        f" the squared loss is {sides[1]}."
    )
