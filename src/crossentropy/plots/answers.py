"""Chapters 2 and 4: a right formula, and the other curves that the classic mistakes draw."""

import numpy as np

from crossentropy._forms import evaluate
from crossentropy.mistakes import TARGETS

from ._numbers import plain
from ._style import GREEN, GREY, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

# over which variable, from where to where; the heights shown; the sign of the formula
_PANELS = {
    "dp_dw": ("z", (-4, 4), (-1, 2), r"$\partial p / \partial w_j$"),
    "dH_dp": ("p", (0.1, 0.9), (-10, 10), r"$\partial H / \partial p$"),
    "bracket": ("z", (-4, 4), (-1, 1), "$[\\ldots]$"),
    "dl_dw": ("z", (-4, 4), (-2, 2), r"$\partial \ell / \partial w_j$"),
}
_FIXED = {"x_j": 2, "y": 1}


def plot_answers(name):
    """Draw the right answer to a step of the derivation among those of its classic mistakes.

    Parameters
    ----------
    name : {"dp_dw", "dH_dp", "bracket", "dl_dw"}
        The step, a target of `crossentropy.mistakes`; for the feature 2 and the label 1.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If there is no such step.

    Examples
    --------
    >>> plot_answers("dp_dw")  # doctest: +NORMALIZE_WHITESPACE
    For x_j = 2, the right answer, in green, is 0.04 at z = −4, 0.5 in the middle and 0.04 at
    z = 4. The 12 grey curves are those of classic mistakes.
    """
    if name not in _PANELS:
        raise ValueError(f"name must be one of {', '.join(_PANELS)}, got {name!r}")
    variable, ends, heights, sign = _PANELS[name]
    truth, wrong = _curves(name, variable, np.linspace(*ends, 161))
    with styled():
        axes = panel(canvas(360, 210), 38, 34, 302, 150)
        axes.set(xlim=ends, ylim=heights)
        for curve in wrong:
            axes.plot(*_inside(*curve, heights), color=GREY, linewidth=0.9, label="mistake")
        axes.plot(*truth, color=GREEN, linewidth=2.6, label="right")
        ticks(axes, x=(ends[0], sum(ends) / 2, ends[1]), y=(heights[0], 0, heights[1]))
        label(axes, (ends[1], heights[0]), f"${variable}$", dx=12)
        label(axes, (ends[0], heights[1]), sign, dy=14, dx=10)
    return InlineFigure(axes.figure, _alt(name, variable, truth, len(wrong)))


def _curves(name, variable, grid):
    """Return the right curve, and those of the mistakes that have another one here."""
    target = TARGETS[name]
    fixed = {k: v for k, v in _FIXED.items() if k in target.arguments}
    forms = [form for mistake in target.mistakes.values() for form in mistake.forms]
    curves = [(grid, _values(form, variable, grid, fixed)) for form in (target.truth, *forms)]
    right = curves[0][1]
    others = [curve for curve in curves if np.isfinite(curve[1]).all()]
    return curves[0], [curve for curve in others if not np.allclose(curve[1], right)]


def _values(form, variable, grid, fixed):
    (values,) = evaluate(form, {variable: grid, **fixed})
    return np.broadcast_to(values, grid.shape)


def _inside(x, y, heights):
    """Return a curve with gaps where it leaves the panel."""
    return x, np.where((heights[0] <= y) & (y <= heights[1]), y, np.nan)


def _alt(name, variable, truth, n_wrong):
    """Say what the figure shows."""
    fixed = " and ".join(f"{k} = {v}" for k, v in _FIXED.items() if k in TARGETS[name].arguments)
    (left, right), (first, middle, last) = truth[0][[0, -1]], truth[1][[0, 80, -1]]
    return (
        f"For {fixed}, the right answer, in green, is {plain(first)} at {variable} = {plain(left)},"
        f" {plain(middle)} in the middle and {plain(last)} at {variable} = {plain(right)}."
        f" The {n_wrong} grey curves are those of classic mistakes."
    )
