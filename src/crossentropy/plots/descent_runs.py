"""Chapter 8: the loss and the length of the weights, step by step."""

import numpy as np

from ._numbers import plain
from ._plane import Room
from ._style import GREY, INK, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

_KINDS = (("o", INK), ("s", GREY))
_MOST_MARKS = 60


def plot_descent_runs(runs):
    """Draw the loss and the length ``‖w‖`` of the weights of one or two descents, step by step.

    Parameters
    ----------
    runs : dict of str to Descent
        Results of `crossentropy.gradient_descent` or `crossentropy.newton`, by name.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If there is no run or more than two, a run has less than two steps, or a loss or a length
        after the start is 0.

    Examples
    --------
    >>> from crossentropy import newton
    >>> X, y = [[1], [1], [1]], [1, 1, 0]
    >>> plot_descent_runs({"three samples": newton([0], X, y)})  # doctest: +NORMALIZE_WHITESPACE
    Loss and length of the weights, step by step, on logarithmic scales. For three samples the loss
    goes from 0.693 to 0.637 in 3 steps, and the length of the weights from 0.667 after the first
    step to 0.693.
    """
    series = _checked(runs)
    last = max(len(losses) for losses, _ in series.values()) - 1
    with styled():
        figure = canvas(360, 436)
        above, below = panel(figure, 46, 252, 290, 152), panel(figure, 46, 46, 290, 152)
        for axes in (above, below):
            axes.set(yscale="log", xlim=(0, last * 1.04))
        _draw(above, {name: losses for name, (losses, _) in series.items()}, "loss", 0)
        _draw(below, {name: lengths for name, (_, lengths) in series.items()}, r"$\|\vec w\|$", 1)
        label(below, (last / 2, below.get_ylim()[0]), "steps", dy=-28)
    return InlineFigure(figure, _alt(series))


def _checked(runs):
    """Return for each name the losses, and the lengths of the weights after each step."""
    if not 1 <= len(runs) <= 2:
        raise ValueError(f"runs must hold one or two descents, came {len(runs)}")
    series = {}
    for name, run in runs.items():
        lengths = np.linalg.norm(run.path[1:], axis=1)  # most often 0 at the start
        series[name] = run.losses, lengths
        if run.iterations < 2:
            raise ValueError(f"runs[{name!r}] must have two steps or more, came {run.iterations}")
        if not (run.losses > 0).all() or not (lengths > 0).all():
            raise ValueError(f"runs[{name!r}] must have positive losses and lengths")
    return series


def _draw(axes, curves, what, first):
    """Draw each run from a first step on, and name it beside its line."""
    _scale(axes, np.concatenate(list(curves.values())))
    (_, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    label(axes, (0, high), what, dy=20)
    room = Room(axes)
    room.take((0, high), (0, low), (right, low))
    for (marker, colour), (name, values) in zip(_KINDS, curves.items(), strict=False):
        points = np.column_stack([first + np.arange(len(values)), values])
        marker = marker if len(values) <= _MOST_MARKS else ""
        axes.plot(*points.T, color=colour, marker=marker, markersize=4, label=name)
        room.take(*points, points[-1])
    for line in axes.lines:
        points = line.get_xydata()
        room.write(points[len(points) // 2 :][::-1], line.get_label(), (-1, 1))


def _scale(axes, values):
    """Let the scale end at powers of 10, and write no more than six of them."""
    low, high = np.log10([values.min(), values.max()])
    low, high = int(np.floor(low)), int(np.ceil(high))
    high = max(high, low + 1)
    axes.set_ylim(10.0**low, 10.0**high)
    axes.minorticks_off()
    powers = range(low, high + 1, -(-(high - low) // 5))
    ticks(axes, x=_round_steps(axes.get_xlim()[1]))
    axes.set_yticks([10.0**power for power in powers], [""] * len(powers))
    for power in powers:
        label(axes, (0, 10.0**power), f"$10^{{{power}}}$", dx=-8, ha="right")


def _round_steps(last):
    """Return round numbers from 0 on, at most seven."""
    sizes = np.outer(10.0 ** np.arange(9), (1, 2, 5)).ravel()
    size = sizes[np.argmax(last / sizes < 7)]
    return np.arange(0, last, size)


def _alt(series):
    """Say what the figure shows."""
    stories = []
    for name, (losses, lengths) in series.items():
        stories.append(
            f"For {name} the loss goes from {_amount(losses[0])} to {_amount(losses[-1])} in"
            f" {len(losses) - 1} steps, and the length of the weights from {_amount(lengths[0])}"
            f" after the first step to {_amount(lengths[-1])}."
        )
    start = "Loss and length of the weights, step by step, on logarithmic scales."
    return " ".join([start, *stories])


def _amount(value):
    """Return a number in words that can be read out, also if it is tiny."""
    if value >= 1e-3:
        return plain(value, 3 if value < 10 else 0)
    power = int(np.floor(np.log10(value)))
    return f"{plain(value / 10.0**power, 1)} times 10 to the power {plain(power)}"
