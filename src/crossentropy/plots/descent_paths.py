"""Chapter 8: the ways of several descents over the same map of the mean loss."""

from itertools import chain

import numpy as np

from crossentropy import loss_surface, mean_loss, newton

from ._numbers import plain, plain_vector
from ._style import GRADIENT, GREEN, GREY, INK, canvas, label, panel, sheet, styled, ticks
from ._svg import InlineFigure

_SIDE = 140  # of a map, in points
_ROW = 222
_LOWEST = {"color": GREEN, "fillstyle": "none", "markersize": 10, "markeredgewidth": 2}


def plot_descent_paths(X, y, paths):
    """Draw descents (A.36) as paths over lines of equal mean loss (A.18), each on its own map.

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Samples.
    y : array_like, shape (n,)
        Their labels in [0, 1].
    paths : dict of str to array_like, shape (k + 1, 2)
        For each name, the weights from the start on.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, a label is outside [0, 1], a path
        has no step, or there is none.

    Examples
    --------
    >>> X, y = [[2, 0], [1, 1], [0, 1]], [1, 0, 1]
    >>> plot_descent_paths(X, y, {"A leap": [[-1, 0], [2, 0]]})  # doctest: +NORMALIZE_WHITESPACE
    Paths over the map of the mean loss, which is lowest, 0.655, at w = (0.47, −0.24). A leap: in 1
    step from w = (−1, 0), where the loss is 1.044, to w = (2, 0), where it is 0.946; no step
    raises it.
    """
    X, y, paths = _checked(X, y, paths)
    lowest = newton([0, 0], X, y)
    floor = lowest.path[-1:] if lowest.converged else np.empty((0, 2))
    losses = [[mean_loss(w, X, y) for w in path] for path in paths.values()]
    window = _window(np.concatenate([*paths.values(), floor]))
    with styled():
        figure = canvas(360, _ROW * -(-len(paths) // 2) + 50)
        for place, name in enumerate(paths):
            axes = _add_map(figure, place, window)
            _draw_levels(axes, X, y)
            _draw_path(axes, paths[name])
            for point in floor:
                axes.plot(*point, "D", label="lowest", **_LOWEST)
            _tell(axes, name, losses[place])
        _explain(figure, len(floor))
    return InlineFigure(figure, _alt(X, y, paths, losses, floor))


def _checked(X, y, paths):
    """Return samples, labels and paths as arrays that can be drawn over two weights."""
    if not paths:
        raise ValueError("paths must hold a path, came none")
    loss_surface([0], [0], X, y)  # refuses what the numerics refuse
    paths = {name: np.asarray(path, dtype=float) for name, path in paths.items()}
    for name, path in paths.items():
        if path.ndim != 2 or path.shape[1] != 2 or len(path) < 2:
            raise ValueError(
                f"paths[{name!r}] must have shape (k + 1, 2) with k > 0, came {path.shape}"
            )
        if not np.isfinite(path).all():
            raise ValueError(f"paths[{name!r}] must be finite")
    return np.asarray(X, dtype=float), np.asarray(y, dtype=float), paths


def _window(points):
    """Return the corners of a square with round numbers that holds all points."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = max(np.max(high - low) * 0.56, 0.5)
    return (low + high) / 2 + np.array([[-half], [half]])


def _add_map(figure, place, window):
    """Add the axes of one map, two in a row, with round numbers at their edges."""
    rows = round(72 * figure.get_figheight()) // _ROW
    bottom = 50 + _ROW * (rows - 1 - place // 2) + 42
    axes = panel(figure, 38 + 174 * (place % 2), bottom, _SIDE, _SIDE)
    axes.set(xlim=window[:, 0], ylim=window[:, 1])
    for spine in axes.spines.values():
        spine.set_visible(True)
    x, y = (_round_marks(*limits) for limits in window.T)
    ticks(axes, x, y)
    label(axes, (window[1, 0], window[0, 1]), "$w_1$", dx=-6, dy=-13)
    label(axes, (window[0, 0], window[1, 1]), "$w_2$", dx=-14, dy=-6)
    return axes


def _round_marks(low, high):
    """Return up to four round numbers between two limits, clear of the upper one."""
    sizes = np.outer(10.0 ** np.arange(-3, 9), (1, 2, 5)).ravel()
    size = sizes[np.argmax((high - low) / sizes < 5)]
    return size * np.arange(np.ceil(low / size), np.floor((0.84 * high + 0.16 * low) / size) + 1)


def _draw_levels(axes, X, y):
    """Draw lines of equal loss, closer to each other where the loss is low."""
    w0, w1 = (np.linspace(*limits, 121) for limits in (axes.get_xlim(), axes.get_ylim()))
    surface = loss_surface(w0, w1, X, y)
    low, high = surface.min(), surface.max()
    contours = axes.contour(w0, w1, surface, low + (high - low) * np.linspace(0.08, 0.9, 8) ** 2)
    contours.remove()
    for line in chain.from_iterable(contours.allsegs):
        if len(line):  # a level that the map touches in no more than a point
            axes.plot(*line.T, color=GREY, linewidth=0.8, label="level")


def _draw_path(axes, path):
    """Draw a path with a dot for each pair of weights and a ring at the start."""
    axes.plot(*path.T, color=GRADIENT, linewidth=1.2, label="path")
    axes.plot(*path[1:].T, "o", color=GRADIENT, markersize=3.2, label="steps")
    axes.plot(*path[0], "o", color=INK, fillstyle="none", markersize=7, label="start")


def _tell(axes, name, losses):
    """Write the name of a path above its map, and below it where it ends."""
    middle = np.mean([axes.get_xlim(), axes.get_ylim()], axis=1)
    label(axes, (middle[0], axes.get_ylim()[1]), name, dy=14)
    text = f"{_steps(len(losses) - 1)}: loss {plain(losses[-1], 3)}"
    label(axes, (middle[0], axes.get_ylim()[0]), text, dy=-30)


def _steps(count):
    return f"{count} step" + "s" * (count != 1)


def _explain(figure, has_lowest):
    """Say what stands for what."""
    axes = sheet(figure)
    axes.plot(20, 36, "o", color=INK, fillstyle="none", markersize=7)
    label(axes, (34, 36), "start", ha="left")
    axes.plot([90, 116], [36, 36], color=GRADIENT, linewidth=1.2)
    axes.plot([90, 116], [36, 36], "o", color=GRADIENT, markersize=3.2)
    label(axes, (126, 36), "step", ha="left")
    axes.plot([178, 202], [36, 36], color=GREY, linewidth=0.8)
    label(axes, (212, 36), "equal mean loss", ha="left")
    if has_lowest:
        axes.plot(20, 14, "D", **_LOWEST)
        label(axes, (34, 14), "lowest loss", ha="left")


def _alt(X, y, paths, losses, floor):
    """Say what the figure shows."""
    text = "Paths over the map of the mean loss"
    if len(floor):
        value = plain(mean_loss(floor[0], X, y), 3)
        text += f", which is lowest, {value}, at w = {plain_vector(floor[0])}"
    stories = [_story(*item) for item in zip(paths.items(), losses, strict=True)]
    return ". ".join([text, *stories]) + "."


def _story(item, losses):
    """Say where one path leads and how often it goes up."""
    name, path = item
    ups = int((np.diff(losses) > 1e-12 * np.array(losses[:-1])).sum())
    return (
        f"{name}: in {_steps(len(path) - 1)} from w = {plain_vector(path[0])}, where the loss is"
        f" {plain(losses[0], 3)}, to w = {plain_vector(path[-1])}, where it is"
        f" {plain(losses[-1], 3)}; {ups or 'no'} step{'s raise' if ups > 1 else ' raises'} it"
    )
