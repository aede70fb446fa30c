"""Chapter 2: the S-curve above its slope."""

import numpy as np
from matplotlib.patches import ConnectionPatch

from crossentropy import sigmoid

from ._numbers import plain, tex
from ._plane import Room
from ._style import GRADIENT, GREY, P, canvas, label, panel, styled, ticks
from ._svg import InlineFigure
from .logistic import marked, reach, s_curve


def plot_logistic_and_slope(z_marks=(0, 3)):
    """Draw the logistic function (A.2) over its slope (A.10), with the tangents at some scores.

    Parameters
    ----------
    z_marks : array_like, shape (n_marks,)
        Scores at which the tangent is drawn and its slope written.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If ``z_marks`` is not a non-empty row of numbers from -8 to 8.

    Examples
    --------
    >>> plot_logistic_and_slope()  # doctest: +NORMALIZE_WHITESPACE
    The logistic curve is steepest at z = 0, where its slope p (1 − p) peaks at 0.25, and flat at
    both ends. Slope at z = 0: 0.25; at z = 3: 0.045.
    """
    z, p = marked(z_marks)
    slopes = p * (1 - p)
    with styled():
        figure = canvas(360, 356)
        upper = s_curve(panel(figure, 38, 186, 302, 140), reach(z))
        upper.set_xticks([])
        _draw_tangents(upper, z, p, slopes)
        lower = _bell(panel(figure, 38, 36, 302, 100), reach(z), clear_left=z.min() >= 0)
        words = [f"slope {plain(slope, 3)}" for slope in slopes]
        _mark(upper, z, p, words, P, (0.8, -1), plumb_to=-0.2)
        values = [f"${tex(slope, 3)}$" for slope in slopes]
        _mark(lower, z, slopes, values, GRADIENT, (1, 0.7), plumb_to=0.35)
        _join(upper, lower, z, p, slopes)
    return InlineFigure(figure, _alt(z, slopes))


def _draw_tangents(axes, z, p, slopes):
    """Draw on the curve, at each marked score, a piece of its tangent."""
    run = np.array([-1, 1]) * 60 * axes.get_xlim()[1] / 302  # 30 points to either side
    for score, value, slope in zip(z, p, slopes, strict=True):
        axes.plot(
            score + run,
            value + slope * run,
            color=GRADIENT,
            linewidth=2.4,
            label="tangent",
        )


def _bell(axes, end, clear_left):
    """Draw the slope of the logistic function over [-end, end]."""
    z = np.linspace(-end, end, 241)
    axes.plot(z, sigmoid(z) * sigmoid(-z), color=GRADIENT, label="slope")
    axes.set(xlim=(-end, end), ylim=(0, 0.25))
    ticks(axes, x=(-end, -end / 2, 0, end / 2, end), y=(0, 0.25))
    label(axes, (end, 0), "$z$", dx=12)
    value = r" = \sigma(z)\,(1-\sigma(z))" if clear_left else ""
    label(axes, (-end, 0.25), rf"$\dfrac{{d\sigma}}{{dz}}\,(z){value}$", dx=-12, dy=25, ha="left")
    return axes


def _mark(axes, z, heights, texts, color, side, plumb_to):
    """Mark points of a curve, and write by each, clear of the curves and the plumb lines."""
    room = Room(axes, margin=16)
    for line in axes.lines:
        room.take(*line.get_xydata())
    for score, height in zip(z, heights, strict=True):
        room.take((score, height), (score, plumb_to))
    room.take(*((end, 0) for end in axes.get_xlim()))
    axes.plot(z, heights, "o", color=color, markersize=6, label="marks")
    for score, height, text in zip(z, heights, texts, strict=True):
        turn = 1 if score >= 0 else -1
        room.write([(score, height)], text, (turn * side[0], turn * side[1]))


def _join(upper, lower, z, p, slopes):
    """Draw a plumb line from each point of the curve to its slope."""
    for score, value, slope in zip(z, p, slopes, strict=True):
        plumb = ConnectionPatch((score, value), (score, slope), "data", axesA=upper, axesB=lower)
        plumb.set(color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        upper.figure.add_artist(plumb)


def _alt(z, slopes):
    """Say what the figure shows."""
    values = "; ".join(
        f"at z = {plain(score)}: {plain(slope, 3)}" for score, slope in zip(z, slopes, strict=True)
    )
    return (
        "The logistic curve is steepest at z = 0, where its slope p (1 − p) peaks at 0.25, and flat"
        f" at both ends. Slope {values}."
    )
