"""Chapter 2: the S-curve above its slope."""

# ruff: noqa: RUF001, RUF002  (the words are read by people: minus signs and sigmas are real)

import numpy as np
from matplotlib.patches import ConnectionPatch

from crossentropy import sigmoid

from ._style import BLUE, GREY, ORANGE, canvas, label, panel, plain, styled, tex, ticks
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
        If ``z_marks`` is not a non-empty row of finite numbers.

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
        lower = _bell(panel(figure, 38, 36, 302, 100), reach(z))
        upper.set_xticks([])
        _draw_tangents(upper, z, p, slopes)
        _mark_slopes(upper, lower, z, p, slopes)
    return InlineFigure(figure, _alt(z, slopes))


def _bell(axes, end):
    """Draw the slope of the logistic function over [-end, end]."""
    z = np.linspace(-end, end, 241)
    axes.plot(z, sigmoid(z) * sigmoid(-z), color=ORANGE, label="slope")
    axes.set(xlim=(-end, end), ylim=(0, 0.25))
    ticks(axes, x=(-end, -end / 2, 0, end / 2, end), y=(0, 0.25))
    label(axes, (end, 0), "$z$", dx=12)
    name = r"$\dfrac{d\sigma}{dz}(z) = \sigma(z)\,(1-\sigma(z))$"
    label(axes, (-end, 0.25), name, dx=-12, dy=25, ha="left")
    return axes


def _draw_tangents(axes, z, p, slopes):
    """Draw on the curve, at each marked score, a piece of its tangent."""
    half = 60 * axes.get_xlim()[1] / 302  # 30 points to either side
    for score, value, slope in zip(z, p, slopes, strict=True):
        run = np.array([-half, half])
        axes.plot(score + run, value + slope * run, color=ORANGE, linewidth=2.4, label="tangent")
        dx, dy, ha = (8, -15, "left") if score > 0 else (-8, 12, "right")
        label(axes, (score, value), f"slope {plain(slope, 3)}", dx, dy, ha=ha)


def _mark_slopes(upper, lower, z, p, slopes):
    """Mark each point of the curve and, plumb below it, its slope."""
    upper.plot(z, p, "o", color=BLUE, markersize=6, label="marks")
    lower.plot(z, slopes, "o", color=ORANGE, markersize=6, label="marks")
    for score, value, slope in zip(z, p, slopes, strict=True):
        plumb = ConnectionPatch((score, value), (score, slope), "data", axesA=upper, axesB=lower)
        plumb.set(color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        upper.figure.add_artist(plumb)
        side = {"dx": -7, "ha": "right"} if score < 0 else {"dx": 7, "ha": "left"}
        label(lower, (score, slope), f"${tex(slope, 3)}$", dy=8, **side)


def _alt(z, slopes):
    """Say what the figure shows."""
    values = "; ".join(
        f"at z = {plain(score)}: {plain(slope, 3)}" for score, slope in zip(z, slopes, strict=True)
    )
    return (
        "The logistic curve is steepest at z = 0, where its slope p (1 − p) peaks at 0.25, and flat"
        f" at both ends. Slope {values}."
    )
