"""Chapter 3: the cross entropy for both labels."""

import numpy as np

from crossentropy import cross_entropy

from ._numbers import plain, tex
from ._plane import Room
from ._style import GREY, Y0, Y1, canvas, label, panel, paragraph, styled, ticks
from ._svg import InlineFigure

_TOP = 4  # where the drawing of H ends; H itself does not


def plot_cross_entropy(p_mark=0.8):
    """Draw the cross entropy (5) of a probability, for either label, and mark one pair of values.

    Parameters
    ----------
    p_mark : float
        Probability in (0, 1) at which both values are written.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If ``p_mark`` is not a number that keeps both values inside the drawing.

    Examples
    --------
    >>> plot_cross_entropy()  # doctest: +NORMALIZE_WHITESPACE
    Cross entropy of p for both labels. If y = 1 it falls from infinity at p = 0 to 0 at p = 1;
    if y = 0 it rises from 0 at p = 0 to infinity at p = 1. At p = 0.8 it is 0.22 if y = 1 and
    1.61 if y = 0.
    """
    heights = _heights(p_mark)
    with styled():
        figure = canvas(360, 278)
        axes = _draw_curves(panel(figure, 28, 38, 312, 208))
        _tell_ends(axes)
        _mark_pair(axes, p_mark, heights)
    return InlineFigure(figure, _alt(p_mark, heights))


def _heights(p_mark):
    """Return H at the marked probability for y = 1 and for y = 0, both inside the drawing."""
    if np.ndim(p_mark):
        raise ValueError(f"p_mark must be one number, got shape {np.shape(p_mark)}")
    heights = [float(cross_entropy(p_mark, y)) for y in (1, 0)]
    if max(heights) > 3:  # above it, the curves are named
        raise ValueError(f"p_mark must lie in [0.05, 0.95], got {p_mark!r}")
    return heights


def _draw_curves(axes):
    """Draw H against p for both labels, up to the top of the drawing."""
    p = np.exp(-np.linspace(0, _TOP, 161))
    axes.plot(p, cross_entropy(p, 1), color=Y1, label="y = 1")
    axes.plot(1 - p, cross_entropy(1 - p, 0), "--", color=Y0, label="y = 0")
    axes.set(xlim=(0, 1), ylim=(0, _TOP))
    ticks(axes, x=(0, 0.5, 1), y=range(_TOP + 1))
    label(axes, (1, 0), "$p$", dx=14)
    label(axes, (0, _TOP), "$H(p)$", dx=2, dy=18)
    return axes


def _tell_ends(axes):
    """Name each curve where it leaves the drawing, and say that it goes on."""
    label(axes, (0.04, _TOP), r"$y = 1:\ -\log(p)$", dx=6, dy=-6, ha="left")
    label(axes, (0.96, _TOP), r"$y = 0:\ -\log(1-p)$", dx=-6, dy=-6, ha="right")
    paragraph(axes, (0.5, 3), ("sure of the wrong label:", "the cost has no bound"))


def _mark_pair(axes, p, heights):
    """Mark the two values that H has at one probability."""
    axes.plot([p, p], [0, max(heights)], color=GREY, linewidth=0.8, dashes=(4, 3), label="plumb")
    for height, marker, colour in zip(heights, "os", (Y1, Y0), strict=True):
        axes.plot(p, height, marker, color=colour, markersize=6.5, label="mark")
    room = Room(axes, margin=12)
    for curve in axes.lines:
        room.take(*curve.get_xydata())
    room.take((0, _TOP), (0, 0), (1, 0))
    for height, side in zip(heights, (1, -1), strict=True):
        room.write([(p, height)], f"${tex(height)}$", (side, 0.5))


def _alt(p, heights):
    """Say what the figure shows."""
    return (
        "Cross entropy of p for both labels. If y = 1 it falls from infinity at p = 0 to 0 at"
        " p = 1; if y = 0 it rises from 0 at p = 0 to infinity at p = 1."
        f" At p = {plain(p)} it is {plain(heights[0])} if y = 1 and {plain(heights[1])} if y = 0."
    )
