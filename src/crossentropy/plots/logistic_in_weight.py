"""Chapters 1 and 2: the probability as a function of one weight."""

import numpy as np

from crossentropy import sigmoid

from ._numbers import plain, tex
from ._plane import Room
from ._style import GRADIENT, GREY, P, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

_REACH = 4


def plot_logistic_in_weight(w, x, b=0, *, tangent=True):
    """Draw ``p = σ(w x + b)`` over the weight, (1), with its tangent at one weight, (A.11).

    Parameters
    ----------
    w : float
        The weight that is marked, from -4 to 4.
    x : float
        The input, not zero.
    b : float
        The rest of the score.
    tangent : bool
        Whether to draw the tangent and write its slope.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If an argument is not finite, ``w`` is out of range or ``x`` is zero.

    Examples
    --------
    >>> plot_logistic_in_weight(1, 2, -0.5)  # doctest: +NORMALIZE_WHITESPACE
    With the input x = 2, the probability rises with the weight: p = 0.82 at w = 1. There the
    tangent has the slope p (1 − p) x = 0.298.
    """
    if not (np.isfinite([w, x, b]).all() and abs(w) <= _REACH and x):
        raise ValueError(f"w must lie within ±{_REACH}, x not be 0, got w={w}, x={x}, b={b}")
    p = sigmoid(w * x + b)
    slope = p * (1 - p) * x
    with styled():
        axes = panel(canvas(360, 236), 38, 36, 302, 166)
        weights = np.linspace(-_REACH, _REACH, 241)
        axes.plot(weights, sigmoid(weights * x + b), color=P, label="curve")
        axes.set(xlim=(-_REACH, _REACH), ylim=(0, 1))
        ticks(axes, x=(-4, -2, 0, 2, 4), y=(0, 0.5, 1))
        label(axes, (_REACH, 0), "$w$", dx=12)
        label(axes, (-_REACH, 1), "$p(w)$", dy=18, dx=2)
        axes.plot([w, w], [0, p], color=GREY, linewidth=0.8, dashes=(4, 3), label="plumb")
        if tangent:
            run = np.array([-1, 1])
            axes.plot(
                w + run,
                p + slope * run,
                color=GRADIENT,
                linewidth=2.4,
                label="tangent",
            )
        axes.plot(w, p, "o", color=P, markersize=7, label="p")
        _write_value(axes, w, p, f"slope {plain(slope, 3)}" if tangent else f"$p = {tex(p)}$")
    return InlineFigure(axes.figure, _alt(w, x, p, slope if tangent else None))


def _write_value(axes, w, p, text):
    """Write beside the point, clear of all lines."""
    room = Room(axes, margin=16)
    for line in axes.lines:
        room.take(*line.get_xydata())
    room.write([(w, p)], text, (1, -1))


def _alt(w, x, p, slope):
    """Say what the figure shows."""
    alt = (
        f"With the input x = {plain(x)}, the probability {'rises' if x > 0 else 'falls'} with the"
        f" weight: p = {plain(p)} at w = {plain(w)}."
    )
    if slope is not None:
        alt += f" There the tangent has the slope p (1 − p) x = {plain(slope, 3)}."
    return alt
