"""Chapter 7: the mean loss over two weights as a relief."""

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.path import Path

from crossentropy import loss_surface, mean_loss

from ._numbers import plain
from ._style import GREEN, GREY, canvas, label, panel, styled
from ._svg import InlineFigure
from .loss_contours import checked, lowest_points, tell_lowest

_TURNS = np.radians([30, 120, 210, 300])  # of the view about the height
_TILT = np.radians(40)  # of the floor, which at 90 degrees would be seen as a map
_HALF_SIDE = 112  # of the floor, in points
_TALLEST = 150  # points for the height
_TILES = 16  # along a side
_FLOOR = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])


def plot_loss_relief(X, y, *, reach=4):
    """Draw the mean loss (A.18) over two weights as a surface, seen from the side that hides least.

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Samples.
    y : array_like, shape (n,)
        Their labels in [0, 1].
    reach : float
        Each weight goes from -reach to reach.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, a label is outside [0, 1], or ``reach`` is
        not positive.

    Examples
    --------
    >>> X = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]]
    >>> plot_loss_relief(X, [1, 1, 0, 0, 0, 1])  # doctest: +NORMALIZE_WHITESPACE
    Relief of the mean loss over the weights, each from −4 to 4. It is a slope: the loss is
    least, 0.074, at the edge of the map, w = (4, 2.95). From there it rises to 6.79.
    """
    X, y = checked(X, y, reach)
    weights = np.linspace(-reach, reach, _TILES + 1)
    surface = loss_surface(weights, weights, X, y)
    view = _View(weights, surface)
    points = view(*np.meshgrid(weights, weights), surface)
    lowest = lowest_points(X, y, reach)
    with styled():
        height = max(points[..., 1].max() + 10, view.post(surface.max())[:, 1].max() + 28)
        axes = panel(canvas(360, height), 0, 0, 360, height)
        axes.set(xlim=(0, 360), ylim=(0, height))
        axes.axis("off")
        _draw_floor(axes, view)
        _draw_height(axes, view, surface.max())
        _draw_tiles(axes, points, _shades(weights, surface))
        _draw_lowest(axes, view, X, y, lowest)
    return InlineFigure(axes.figure, _alt(X, y, reach, surface, lowest))


class _View:
    """Where a point over the floor is seen on the sheet.

    Of four sides it is seen from the one from which it rises least towards the eye, and the height
    is drawn so large that even there the surface is seen from above: no part hides another.
    """

    def __init__(self, weights, surface):
        up, along = np.gradient(surface, weights, weights)
        falls = [-(along * np.sin(turn) + up * np.cos(turn)).min() for turn in _TURNS]
        self.turn = _TURNS[np.argmin(falls)]
        self.reach = weights.max()
        self.unit = _HALF_SIDE / self.reach
        visible = 0.9 * self.unit * np.tan(_TILT) / max(min(falls), 1e-9)
        self.rise = min(visible, _TALLEST / surface.max()) * np.cos(_TILT)

    def __call__(self, w1, w2, height):
        """Return the points at which weights and heights are seen."""
        across = w1 * np.cos(self.turn) - w2 * np.sin(self.turn)
        away = w1 * np.sin(self.turn) + w2 * np.cos(self.turn)
        x = 184 + self.unit * across
        y = 136 + self.unit * np.sin(_TILT) * away + self.rise * height
        return np.stack(np.broadcast_arrays(x, y), axis=-1)

    def post(self, top):
        """Return the points of the height's marks over the leftmost corner of the floor."""
        corners = self.reach * _FLOOR
        corner = corners[np.argmin(self(*corners.T, 0)[:, 0])]
        return self(*corner, _marks(top))


def _draw_floor(axes, view):
    """Draw the front sides of the plane of loss 0, with the values of the weights along them."""
    corners = view.reach * _FLOOR
    seen = view(*corners.T, 0)
    front = np.argmin(seen[:, 1])
    sides = np.array([front - 1, front, front + 1]) % 4
    axes.plot(*seen[sides].T, color=GREY, linewidth=0.8, label="floor")
    for neighbour in corners[sides[[0, 2]]]:
        which = int(np.argmax(neighbour != corners[front]))
        side = np.sign(view(*neighbour, 0) - seen[front])[0]
        for share in (0, 0.5, 1):
            value = corners[front] + share * (neighbour - corners[front])
            label(axes, view(*value, 0), plain(value[which]), dx=11 * side, dy=-9)
        middle = corners[front] + 0.75 * (neighbour - corners[front])
        label(axes, view(*middle, 0), f"$w_{which + 1}$", dx=13 * side, dy=-12)


def _draw_height(axes, view, top):
    """Draw the axis of the loss at the leftmost corner of the floor."""
    marks, points = _marks(top), view.post(top)
    axes.plot(*points.T, "_-", color=GREY, linewidth=0.8, label="height")
    for mark, point in zip(marks[1:], points[1:], strict=True):
        label(axes, point, plain(mark), dx=-8)
    label(axes, points[-1], "$L$", dy=14)


def _marks(top):
    """Return whole numbers from 0 up to the highest point or a little higher."""
    return np.arange(0, top + 1, max(1, np.ceil(top / 4)))


def _shades(weights, surface):
    """Return the opacity of each tile, in 40ths: the more light from the left, the less."""
    up, along = np.gradient(surface, weights, weights)
    light = (0.77 + 0.6 * along - 0.2 * up) / np.sqrt(1 + along**2 + up**2)
    light = (light[:-1, :-1] + light[1:, :-1] + light[:-1, 1:] + light[1:, 1:]) / 4
    opacity = np.interp(light, (light.min(), light.max()), (0.75, 0.1))
    return (40 * opacity).round() / 40


def _draw_tiles(axes, points, shades):
    """Draw the surface, all tiles of one tone as one path: so the drawing is light."""
    corners = points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]
    tiles = np.stack(corners, axis=2)
    tones = np.unique(shades)
    paths = [Path.make_compound_path_from_polys(tiles[shades == tone]) for tone in tones]
    fills = [to_rgba(GREY, tone) for tone in tones]
    surface = PathCollection(paths, facecolors=fills, edgecolors=GREY, linewidths=0.4)
    axes.add_collection(surface, autolim=False)


def _draw_lowest(axes, view, X, y, lowest):
    """Mark where the loss is least."""
    if len(lowest):
        points = view(*lowest.T, mean_loss(lowest[0], X, y))
        style = "o" if len(lowest) == 1 else "--"
        axes.plot(*points.T, style, color=GREEN, markersize=8, linewidth=2.6, label="lowest")


def _alt(X, y, reach, surface, lowest):
    """Say what the figure shows."""
    return (
        f"Relief of the mean loss over the weights, each from {plain(-reach)} to {plain(reach)}."
        f" {tell_lowest(X, y, reach, lowest)} From there it rises to {plain(surface.max())}."
    )
