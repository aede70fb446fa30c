"""Chapter 9: the forecasts for three classes as a triangle, and the way to the label."""

import numpy as np

from crossentropy import softmax, softmax_loss_gradient

from ._numbers import plain_vector, tex_vector
from ._plane import Room, arrow, fit
from ._style import GRADIENT, GREY, INK, P, canvas, label, panel, sheet, styled
from ._svg import InlineFigure

CORNERS = np.array([(0, 0), (1, 0), (0.5, np.sqrt(3) / 2)])  # where one class is certain
_SHARE = 1 / 6  # of the way to the label: so long are the arrows of the field
_STEPS = 6  # of the field along a side


def plot_simplex(a, y, names=("class 1", "class 2", "class 3")):
    """Draw the forecast s of three scores, and the step y - s, against the gradient (A.45).

    Parameters
    ----------
    a : array_like, shape (3,)
        Scores of the classes.
    y : array_like, shape (3,)
        The label: a probability for each class, 1 for one class if it is hard.
    names : sequence of 3 str
        What the classes are called.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, or the label is negative somewhere or does
        not add up to 1.

    Examples
    --------
    >>> plot_simplex([1.5, 0, 1], [1, 0, 0])  # doctest: +NORMALIZE_WHITESPACE
    Forecasts for three classes fill a triangle; at each corner one class is certain. From the
    forecast s = (0.55, 0.12, 0.33) the step y − s = (0.45, −0.12, −0.33) leads to the label
    y = (1, 0, 0). From 9 other forecasts arrows point to the label too, each a sixth of the step
    from there.
    """
    step = -softmax_loss_gradient(a, y)
    _check(a, y, names)
    s, y = softmax(a), np.asarray(y, dtype=float)
    field = _field(s, y)
    with styled():
        axes = panel(canvas(360, 404), 4, 100, 352, 300)
        fit(axes, CORNERS, margin=34)
        room = Room(axes, margin=4)
        _draw_triangle(axes, room, names)
        _draw_field(axes, room, field, y)
        _draw_step(axes, room, s, step)
        _explain(axes.figure, s, y, step)
    return InlineFigure(axes.figure, _alt(s, y, step, field))


def _check(a, y, names):
    """Refuse what the numerics take and a triangle cannot show."""
    if np.shape(a) != (3,):
        raise ValueError(f"a must have shape (3,), got {np.shape(a)}")
    if not np.isclose(np.sum(y), 1, rtol=0, atol=1e-9):
        raise ValueError(f"y must add up to 1, got {y!r}")
    if len(names) != 3:
        raise ValueError(f"names must be 3, got {names!r}")


def _field(s, y):
    """Return forecasts spread over the triangle, away from the step that is drawn in full."""
    shares = range(1, _STEPS - 1)
    grid = np.array([(i, j, _STEPS - i - j) for i in shares for j in shares if i + j < _STEPS])
    ends = np.linspace(s, y, 50)
    near = np.linalg.norm(grid[:, None] / _STEPS - ends, axis=2).min(axis=1)
    return grid[near > 0.5 / _STEPS] / _STEPS


def _draw_triangle(axes, room, names):
    """Draw the sides, and name each corner by the class that is certain there."""
    axes.plot(*CORNERS[[0, 1, 2, 0]].T, color=GREY, linewidth=1.2, label="triangle")
    room.take(*CORNERS[[0, 1, 2, 0]])
    for corner, name, towards in zip(CORNERS, names, ((0, -1), (0, -1), (0, 1)), strict=True):
        room.write([corner], name, towards, most=0)


def _draw_field(axes, room, field, y):
    """Draw at other forecasts the same share of the way to the label."""
    for start, end in zip(field @ CORNERS, (field + _SHARE * (y - field)) @ CORNERS, strict=True):
        arrow(axes, start, end, GRADIENT, linewidth=1.2)
        room.take(start, end)


def _draw_step(axes, room, s, step):
    """Draw the forecast and the whole way from it to the label, and name all three."""
    start, end = s @ CORNERS, (s + step) @ CORNERS
    arrow(axes, start, end, GRADIENT, linewidth=3)
    axes.plot(*start, "o", color=P, markersize=7, label="s")
    axes.plot(*end, "D", color=INK, markersize=7, label="y")
    room.take(start, end)
    way = end - start
    room.write([start], r"$\vec s$", -way)
    room.write([end], r"$\vec y$", way if way.any() else (0, 1))
    middles = np.linspace(start, end, 9)[2:-2]
    room.write(middles[[2, 1, 3, 0, 4]], r"$\vec y - \vec s$", (-way[1], way[0]))


def _explain(figure, s, y, step):
    """Write the three vectors, beside what stands for each."""
    axes = sheet(figure)
    axes.plot(39, 80, "o", color=P, markersize=7)
    axes.plot(39, 58, "D", color=INK, markersize=7)
    arrow(axes, (30, 36), (48, 36), GRADIENT, linewidth=3)
    arrow(axes, (30, 14), (48, 14), GRADIENT, linewidth=1.2)
    rows = (("forecast", r"\vec s", s), ("label", r"\vec y", y), ("step", r"\vec y - \vec s", step))
    for height, (words, symbol, value) in zip((80, 58, 36), rows, strict=True):
        label(axes, (58, height), words, ha="left")
        label(axes, (120, height), f"${symbol} = {tex_vector(value, 3)}$", ha="left")
    label(axes, (58, 14), "a sixth of the step, from other forecasts", ha="left")


def _alt(s, y, step, field):
    """Say what the figure shows."""
    return (
        "Forecasts for three classes fill a triangle; at each corner one class is certain."
        f" From the forecast s = {plain_vector(s)} the step y − s = {plain_vector(step)} leads to"
        f" the label y = {plain_vector(y)}. From {len(field)} other forecasts arrows point to the"
        " label too, each a sixth of the step from there."
    )
