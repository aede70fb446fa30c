"""Chapter 7: the mean loss over two weights as a map, and the way downhill."""

from itertools import pairwise

import numpy as np

from crossentropy import loss_surface, mean_loss, mean_loss_gradient, newton

from ._numbers import plain, plain_vector, tex
from ._plane import Room, arrow
from ._style import (
    GRADIENT,
    GREEN,
    GREY,
    canvas,
    extent,
    formula_size,
    label,
    panel,
    sheet,
    styled,
    ticks,
)
from ._svg import InlineFigure

LEVELS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 4, 6, 8)
_STARTS = 7  # of arrows along a side
_CLEAR = 2  # points between the number of a level and its line


def plot_loss_contours(X, y, *, reach=4, levels=LEVELS):
    """Draw lines of equal mean loss (A.18) over two weights, and the way downhill, -∇L (A.20).

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Samples.
    y : array_like, shape (n,)
        Their labels in [0, 1].
    reach : float
        Each weight goes from -reach to reach.
    levels : array_like
        Values of the loss, in rising order, at which a line is drawn where the map has them.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, a label is outside [0, 1], ``reach`` is not
        positive, or the levels do not rise.

    Examples
    --------
    >>> X = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]]
    >>> plot_loss_contours(X, [1, 1, 0, 0, 0, 0])  # doctest: +NORMALIZE_WHITESPACE
    Map of the mean loss over the weights, each from −4 to 4. Lines of equal loss run from 0.6
    to 4. It is a bowl: the loss is lowest, 0.54, at w = (0.81, 0.43). Arrows point downhill,
    along −∇L.
    """
    X, y = checked(X, y, reach)
    levels = _checked_levels(levels)
    lowest = lowest_points(X, y, reach)
    with styled():
        figure = canvas(360, 392)
        axes = panel(figure, 34, 66, 312, 312)
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        ticks(axes, x=(-reach, 0, reach), y=(-reach, 0, reach))
        room = Room(axes)
        times = _draw_downhill(axes, room, X, y, reach)
        _draw_lowest(axes, room, lowest)
        drawn = _draw_levels(axes, room, level_lines(axes, X, y, reach, levels))
        _name_axes(figure, axes)
        _explain(figure, times, lowest)
    return InlineFigure(figure, _alt(X, y, reach, drawn, lowest))


def checked(X, y, reach):
    """Return samples and labels as arrays whose loss can be drawn over two weights."""
    if np.ndim(reach) or not 0 < reach < np.inf:
        raise ValueError(f"reach must be a positive number, got {reach!r}")
    loss_surface([-reach, reach], [-reach, reach], X, y)  # refuses what the numerics refuse
    return np.asarray(X, dtype=float), np.asarray(y, dtype=float)


def _checked_levels(levels):
    """Return the levels as an array that rises."""
    levels = np.asarray(levels, dtype=float)
    if levels.ndim != 1 or not levels.size or not (np.diff(levels) > 0).all():
        raise ValueError(f"levels must be a row of rising numbers, got {levels}")
    return levels


def lowest_points(X, y, reach):
    """Return the point, or the ends of the line, on which the loss is least: none at the edge."""
    _, sizes, directions = np.linalg.svd(X)
    rank = np.count_nonzero(sizes > 1e-9 * max(sizes[0], 1e-300))
    result = newton(np.zeros(rank), X @ directions[:rank].T, y) if rank else None
    if result is None or not result.converged:
        return np.empty((0, 2))
    lowest = result.weights @ directions[:rank]
    points = lowest[None] if rank == 2 else _through(lowest, directions[1], reach)
    return points if (np.abs(points) <= reach * (1 + 1e-9)).all() else np.empty((0, 2))


def _through(point, direction, reach):
    """Return where a line enters and leaves the square from -reach to reach."""
    with np.errstate(divide="ignore", invalid="ignore"):
        stops = np.sort((np.array([[-reach], [reach]]) - point) / direction, axis=0)
    return point + np.outer((np.nanmax(stops[0]), np.nanmin(stops[1])), direction)


def level_lines(axes, X, y, reach, levels):
    """Return, for each level that the map has, its lines as arrays of points."""
    weights = np.linspace(-reach, reach, 161)
    contours = axes.contour(weights, weights, loss_surface(weights, weights, X, y), levels)
    contours.remove()
    found = zip(contours.levels, contours.allsegs, strict=True)
    lines = {float(level): [line for line in lines if len(line) > 2] for level, lines in found}
    return {level: lines for level, lines in lines.items() if lines}


def _draw_downhill(axes, room, X, y, reach):
    """Draw -∇L at points of a grid, so many times as long as leaves the arrows apart."""
    side = reach * np.arange(1 - _STARTS, _STARTS, 2) / _STARTS
    starts = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    steps = np.array([-mean_loss_gradient(start, X, y) for start in starts])
    times = _times(1.8 * reach / _STARTS, np.linalg.norm(steps, axis=1).max())
    for start, end in zip(starts, starts + times * steps, strict=True):
        arrow(axes, start, end, GRADIENT, linewidth=1.3)
        room.take(start, end)
    return times


def _times(room, longest):
    """Return a factor of one digit by which the longest arrow fits into its room."""
    if not longest:
        return 1
    digit = 10 ** np.floor(np.log10(room / longest))
    return float(digit * np.floor(room / longest / digit))


def _draw_lowest(axes, room, lowest):
    """Mark where the loss is least."""
    if len(lowest) == 1:
        axes.plot(*lowest[0], "o", color=GREEN, markersize=8, label="lowest")
        room.take(*lowest[[0, 0]])
    elif len(lowest) == 2:
        axes.plot(*lowest.T, color=GREEN, linewidth=2.6, dashes=(4, 2), label="lowest")
        room.take(*lowest)


def _draw_levels(axes, room, found):
    """Draw each level with its value in a gap of its line, and return the levels."""
    boxes = {}
    for level, lines in found.items():
        others = [line for other in found if other != level for line in found[other]]
        if box := _write_level(axes, room, level, lines, others):
            boxes[level] = box
    for level in boxes:
        for line in found[level]:
            for piece in _outside(axes, line, boxes.values()):
                axes.plot(*piece.T, color=GREY, linewidth=1.4, label=f"level {plain(level)}")
    return list(boxes)


def _write_level(axes, room, level, lines, others):
    """Write a level where its line is farthest from all else, and return middle and half size.

    Where there is no room, nothing is written or returned, and the level is left out.
    """
    artist = label(axes, lines[0][0], plain(level))
    half = np.array(extent(artist)) / 2 + _CLEAR
    places = axes.transData.transform(np.concatenate(lines))[::2]
    obstacles = [room.taken, *(axes.transData.transform(line) for line in others)]
    gaps = np.maximum(np.abs(np.concatenate(obstacles) - places[:, None]) - half, 0)
    free = np.hypot(*gaps.transpose(2, 0, 1)).min(axis=1)
    free[((places - half < room.frame[0]) | (places + half > room.frame[1])).any(axis=1)] = 0
    if not free.any():
        artist.remove()
        return None
    middle = places[np.argmax(free)]
    artist.set_position(axes.transData.inverted().transform(middle))
    room.taken = np.concatenate([room.taken, _all_over(middle, half)])
    return middle, half


def _all_over(middle, half):
    """Return points all over a box."""
    steps = np.stack(np.meshgrid(np.linspace(-1, 1, 5), np.linspace(-1, 1, 3)), axis=-1)
    return middle + half * steps.reshape(-1, 2)


def _outside(axes, line, boxes):
    """Return the pieces of a line that are in no box."""
    points = axes.transData.transform(line)
    hidden = np.any(
        [(np.abs(points - middle) < half).all(axis=1) for middle, half in boxes], axis=0
    )
    cuts = [0, *np.flatnonzero(np.diff(hidden)) + 1, len(line)]
    pieces = [line[start:end] for start, end in pairwise(cuts) if not hidden[start]]
    return [piece for piece in pieces if len(piece) > 1]


def _name_axes(figure, axes):
    """Write w_1 and w_2 at the ends of the axes."""
    end = axes.get_xlim()[1]
    label(axes, (end, -end), "$w_1$", dx=-30, dy=-14)
    label(axes, (-end, end), "$w_2$", dx=-14, dy=-30)


def _explain(figure, times, lowest):
    """Say what stands for what."""
    axes = sheet(figure)
    axes.plot([22, 44], [36, 36], color=GREY, linewidth=1.4)
    label(axes, (54, 36), "equal mean loss", ha="left")
    arrow(axes, (186, 36), (208, 36), GRADIENT, linewidth=1.3)
    factor = "" if times == 1 else tex(times)
    gradient = rf"$-{factor}\nabla L$"
    label(axes, (218, 36), gradient, ha="left")
    label(axes, (226 + formula_size(gradient)[0], 36), "downhill", ha="left")
    if len(lowest) == 1:
        axes.plot(33, 14, "o", color=GREEN, markersize=8)
        label(axes, (54, 14), "lowest point", ha="left")
    elif len(lowest) == 2:
        axes.plot([22, 44], [14, 14], color=GREEN, linewidth=2.6, dashes=(4, 2))
        label(axes, (54, 14), "floor of the valley: all points are lowest", ha="left")
    else:
        label(axes, (54, 14), "no lowest point on this map", ha="left")


def _alt(X, y, reach, drawn, lowest):
    """Say what the figure shows."""
    span = f"from {plain(-reach)} to {plain(reach)}"
    text = f"Map of the mean loss over the weights, each {span}. "
    if drawn:
        text += f"Lines of equal loss run from {plain(drawn[0])} to {plain(drawn[-1])}. "
    return text + f"{tell_lowest(X, y, reach, lowest)} Arrows point downhill, along −∇L."


def tell_lowest(X, y, reach, lowest):
    """Say where the loss is least."""
    if len(lowest) == 1:
        value = plain(mean_loss(lowest[0], X, y), 3)
        return f"It is a bowl: the loss is lowest, {value}, at w = {plain_vector(lowest[0])}."
    if len(lowest) == 2:
        value, ends = plain(mean_loss(lowest[0], X, y), 3), " to ".join(map(plain_vector, lowest))
        return f"It is a valley: the loss is lowest, {value}, all along the line from {ends}."
    weights = np.linspace(-reach, reach, 161)
    surface = loss_surface(weights, weights, X, y)
    row, column = np.unravel_index(np.argmin(surface), surface.shape)
    if np.ptp(surface) < 1e-9 * surface.max():
        return f"It is a plane: the loss is {plain(surface.max(), 3)} everywhere."
    least, where = plain(surface[row, column], 3), plain_vector((weights[column], weights[row]))
    return f"It is a slope: the loss is least, {least}, at the edge of the map, w = {where}."
