"""Chapter 1: the S-curve and its symmetry."""

import numpy as np

from crossentropy import sigmoid

from ._numbers import plain, tex
from ._style import GREY, INK, P, canvas, label, panel, paragraph, styled, ticks
from ._svg import InlineFigure

_FAR = 8  # beyond, the curve is nearer to its asymptotes than a line is thick


def plot_logistic(z_marks=(-2, 0, 2)):
    """Draw the logistic function (A.2) with marked scores, and its symmetry (A.4).

    Parameters
    ----------
    z_marks : array_like, shape (n_marks,)
        Scores at which the probability is written.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If ``z_marks`` is not a non-empty row of numbers from -8 to 8.

    Examples
    --------
    >>> plot_logistic(z_marks=(0, 3))  # doctest: +NORMALIZE_WHITESPACE
    The logistic function climbs from 0 to 1 in an S: σ(0) = 0.5, σ(3) = 0.95. It is symmetric
    about the point (0, 1/2): σ(−3) = 0.05 is as far above 0 as σ(3) is below 1.
    """
    z, p = marked(z_marks)
    with styled():
        figure = canvas(360, 236)
        axes = s_curve(panel(figure, 28, 36, 312, 170), reach(z))
        axes.plot(z, p, "o", color=P, markersize=6, label="marks")
        _write_beside(axes, z, p)
        twin = np.abs(z)[np.argmin(np.abs(np.abs(z) - 2))]  # its chord keeps clear of the labels
        _show_symmetry(axes, twin)
    return InlineFigure(figure, _alt(z, p, twin))


def marked(z_marks):
    """Return scores in rising order, each once, and their probabilities."""
    z = np.unique(np.asarray(z_marks, dtype=float))
    p = sigmoid(z)
    if np.ndim(z_marks) != 1 or not z.size or np.abs(z).max() > _FAR:
        raise ValueError(f"z_marks must be a non-empty row within ±{_FAR}, got {z_marks!r}")
    return z, p


def reach(z):
    """Return where the z axis ends, so that a label fits beside every marked score."""
    return max(6, 2 * np.ceil(np.abs(z).max()))


def s_curve(axes, end):
    """Draw the logistic function over [-end, end] between its two asymptotes."""
    z = np.linspace(-end, end, 241)
    axes.plot([-end, end], [1, 1], color=GREY, linewidth=0.8, dashes=(1, 3))
    axes.plot(z, sigmoid(z), color=P, label="S-curve")
    axes.set(xlim=(-end, end), ylim=(0, 1))
    ticks(axes, x=(-end, -end / 2, 0, end / 2, end), y=(0, 0.5, 1))
    label(axes, (end, 0), "$z$", dx=12)
    label(axes, (-end, 1), r"$\sigma(z)$", dy=18, dx=2)
    return axes


def _write_beside(axes, z, p):
    """Write σ(z) = p left above the curve where z < 0 and right below it elsewhere."""
    low, high = np.flatnonzero(z < 0), np.flatnonzero(z >= 0)
    line = 19 / (72 * axes.figure.get_figheight() * axes.get_position().height)
    heights = p + np.where(z < 0, 0.65 * line, -0.65 * line)
    heights[low] = _spread(heights[low], line)
    heights[high] = -_spread(-heights[high][::-1], line)[::-1]
    for score, value, height in zip(z, p, heights, strict=True):
        side = {"dx": -7, "ha": "right"} if score < 0 else {"dx": 7, "ha": "left"}
        label(axes, (score, height), rf"$\sigma({tex(score)}) = {tex(value)}$", **side)


def _spread(heights, line):
    """Push rising heights upwards until neighbours are a line of type apart."""
    steps = line * np.arange(len(heights))
    return np.maximum.accumulate(heights - steps) + steps


def _show_symmetry(axes, z):
    """Join two opposite points through (0, 1/2) and show that their distances are equal."""
    if z == 0:
        return
    low, high = sigmoid(-z), sigmoid(z)
    axes.plot([-z, 0, z], [low, 0.5, high], color=GREY, linewidth=1, dashes=(4, 3), label="chord")
    axes.plot([-z, -z], [0, low], color=INK, linewidth=3.5, solid_capstyle="butt", label="low")
    axes.plot([z, z], [high, 1], color=INK, linewidth=3.5, solid_capstyle="butt", label="high")
    label(axes, (z, 1), rf"$1-\sigma({tex(z)}) = {tex(1 - high)}$", dy=12)
    words = ("half a turn about (0, ½)", "maps the curve to itself")
    paragraph(axes, (axes.get_xlim()[0], 0.8), words, dx=8, ha="left")


def _alt(z, p, twin):
    """Say what the figure shows."""
    values = ", ".join(
        f"σ({plain(score)}) = {plain(value)}" for score, value in zip(z, p, strict=True)
    )
    alt = f"The logistic function climbs from 0 to 1 in an S: {values}."
    if twin > 0:
        alt += (
            f" It is symmetric about the point (0, 1/2): σ({plain(-twin)}) ="
            f" {plain(sigmoid(-twin))} is as far above 0 as σ({plain(twin)}) is below 1."
        )
    return alt
