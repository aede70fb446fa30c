"""Chapters 2 and 4: a reader's own function beside the truth."""

import numpy as np

from ._numbers import plain
from ._plane import Room
from ._style import GRADIENT, INK, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

_WIDEST = 3  # how much more than the truth may be in the picture, in heights of the truth


def plot_own_function(weights, truth, own, *, subject="", formula=""):
    """Draw a component of the truth over the first weight as a line, a reader's values as dots.

    Parameters
    ----------
    weights : array_like, shape (n_points,)
        Values of the first weight, in rising order.
    truth : array_like, shape (n_points,)
        What a function should give; finite.
    own : array_like, shape (n_points,)
        What the reader's function gives; NaN where it gives no number.
    subject : str
        What is drawn, for the words: "the first component of the gradient".
    formula : str
        What is drawn, as a formula that starts with $.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes differ, or `weights` or `truth` are not finite.

    Examples
    --------
    >>> plot_own_function([-1, 0, 1], [0, 1, 2], [0, 1, 1], subject="the loss")
    The loss: farthest from the truth at w₁ = 1, where yours is 1 and the truth 2.
    """
    weights, truth, own = (np.asarray(values, dtype=float) for values in (weights, truth, own))
    if not weights.shape == truth.shape == own.shape or weights.ndim != 1:
        shapes = f"{weights.shape}, {truth.shape} and {own.shape}"
        raise ValueError(f"weights, truth and own must be rows of one length, came {shapes}")
    if not np.isfinite([weights, truth]).all():
        raise ValueError("weights and truth must be finite")
    low, high = _limits(truth, own)
    inside = (own >= low) & (own <= high)  # False for NaN
    with styled():
        axes = panel(canvas(360, 226), 48, 36, 292, 166)
        axes.set(xlim=(weights[0], weights[-1]), ylim=(low, high))
        axes.plot(weights, truth, color=GRADIENT, linewidth=2.4, label="truth")
        axes.plot(weights[inside], own[inside], "o", color=INK, markersize=3.5, label="yours")
        ticks(axes, x=np.linspace(weights[0], weights[-1], 5), y=_round_steps(low, high))
        label(axes, (weights[-1], low), "$w_1$", dx=14)
        label(axes, (weights[0], high), formula, dx=-8, dy=14, ha="left")
        _name_both(axes)
    return InlineFigure(axes.figure, _alt(subject, weights, truth, own, inside))


def _limits(truth, own):
    """Return the least and the largest value in the picture, with the truth well inside."""
    low, high = truth.min(), truth.max()
    height = max(high - low, 0.1 * np.abs(truth).max(), 1e-3)
    near = own[(own >= low - _WIDEST * height) & (own <= high + _WIDEST * height)]
    low, high = np.min([low, *near]), np.max([high, *near])
    margin = 0.08 * max(high - low, height)
    return low - margin, high + margin


def _round_steps(low, high):
    """Return two to five round values between the limits."""
    size = 10.0 ** np.floor(np.log10(high - low))
    step = next(s for s in (0.2 * size, 0.5 * size, size, 2 * size) if (high - low) / s < 5)
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def _name_both(axes):
    """Write beside the line and the dots what they are."""
    room = Room(axes, margin=4)
    for line in axes.lines:
        room.take(*line.get_xydata())
    for line in axes.lines:
        if len(line.get_xydata()):
            room.write(line.get_xydata(), line.get_label(), (0, 1))


def _alt(subject, weights, truth, own, inside):
    """Say how the two compare."""
    subject = f"{subject[:1].upper()}{subject[1:]}: " if subject else ""
    if np.isnan(own).all():
        return f"{subject}your function gives no value that could be drawn beside the truth."
    gaps = np.where(np.isfinite(own), np.abs(own - truth), np.where(np.isnan(own), -1, np.inf))
    worst = np.argmax(gaps)
    if gaps[worst] <= 1e-5 * np.abs(truth).max():
        text = "yours and the truth agree"
        text += "." if (gaps >= 0).all() else " wherever yours gives a number."
    else:
        yours = plain(own[worst]) if np.isfinite(own[worst]) else "infinite"
        place = f"w₁ = {plain(weights[worst])}"
        text = f"farthest from the truth at {place}, where yours is {yours}"
        text += f" and the truth {plain(truth[worst])}."
    outside = np.count_nonzero(~inside & ~np.isnan(own))
    return subject + text + (f" Your values outside the picture: {outside}." if outside else "")
