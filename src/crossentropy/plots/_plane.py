"""Arrows in a plane, and labels that find a free place among them."""

from itertools import pairwise

import numpy as np
from matplotlib.patches import ArrowStyle, FancyArrowPatch

from ._style import GREY, extent, label

_TRIES = sorted(  # turns of 22.5 degrees and gaps in points, the least deviation first
    ((turn, gap) for gap in (7, 14, 22) for turn in range(-7, 9)),
    key=lambda step: (abs(step[0]) + step[1] / 5, -step[0]),
)
_CLEAR = 4  # points between a label and anything else


def fit(axes, points, margin):
    """Choose limits of equal scale that hold all points, with a margin in points for labels."""
    points = np.asarray(points, dtype=float)
    size = 72 * axes.figure.get_size_inches() * axes.get_position().size
    low, high = points.min(axis=0), points.max(axis=0)
    scale = np.max((high - low) / (size - 2 * margin))
    left, bottom = (low + high) / 2 - scale * size / 2
    axes.set(xlim=(left, left + scale * size[0]), ylim=(bottom, bottom + scale * size[1]))
    axes.axis("off")


def arrow(axes, start, end, color, linewidth=1.8, **kwargs):
    """Draw a straight arrow between two points in data coordinates, once the limits are set."""
    length = np.hypot(*np.diff(axes.transData.transform([start, end]), axis=0)[0])
    head = min(4 + linewidth, 0.7 * length)  # a short arrow has a small head
    style = ArrowStyle("-|>", head_length=head, head_width=head / 2) if head > 1 else "-"
    patch = FancyArrowPatch(start, end, arrowstyle=style, mutation_scale=1, shrinkA=0, shrinkB=0)
    patch.set(color=color, linewidth=linewidth, **kwargs)
    return axes.add_patch(patch)


class Room:
    """What a panel holds already, so that labels keep clear of it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel, with its limits set.
    margin : float
        Points by which a label may leave the panel.
    """

    def __init__(self, axes, margin=0):
        self.axes = axes
        self.frame = axes.transAxes.transform([(0, 0), (1, 1)]) + np.array([[-margin], [margin]])
        self.taken = np.empty((0, 2))

    def take(self, *path):
        """Keep labels off the straight lines between points in data coordinates."""
        path = self.axes.transData.transform(path)
        for start, end in pairwise(path):
            steps = 2 + int(np.hypot(*(end - start)) / 2)
            self.taken = np.concatenate([self.taken, np.linspace(start, end, steps)])

    def write(self, anchors, text, towards=(1, 0), most=8):
        """Write by the first anchor that has a clear place, at ``most`` so many turns off."""
        artist = label(self.axes, anchors[0], text)
        half = np.array(extent(artist)) / 2
        turns, gaps = np.transpose([step for step in _TRIES if abs(step[0]) <= most])
        angles = np.arctan2(towards[1], towards[0]) + turns * np.pi / 8
        steps = np.transpose([np.cos(angles), np.sin(angles)]) * (half + gaps[:, None])
        places = (self.axes.transData.transform(anchors)[:, None] + steps).reshape(-1, 2)
        best = self._first_clear(places, half)
        artist.set_position(self.axes.transData.inverted().transform(best))
        corners = best + half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
        self.take(*self.axes.transData.inverted().transform(corners))
        return artist

    def _first_clear(self, places, half):
        """Return the first place that is clear of all else, or else the one that is clearest."""
        best, most = places[0], -np.inf
        for place in places:
            room = round(min(self._clearance(place, half), _CLEAR), 6)
            if room > most:
                best, most = place, room
            if room == _CLEAR:
                break
        return best

    def _clearance(self, place, half):
        """Return the distance from a label to what is nearest, negative outside the frame."""
        if (place - half < self.frame[0]).any() or (place + half > self.frame[1]).any():
            return -1
        gaps = np.maximum(np.abs(self.taken - place) - half, 0)
        return np.hypot(*gaps.T).min(initial=np.inf)


def cross(axes, room):
    """Draw both axes of a plane through its origin, and return where they end."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for ends in (((left, 0), (right, 0)), ((0, bottom), (0, top))):
        axes.plot(*np.transpose(ends), color=GREY, linewidth=0.8, label="axis")
        room.take(*ends)


def name_axes(axes, room):
    """Write x_1 and x_2 near the ends of the axes, where nothing else is."""
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    shares = np.linspace(0.98, 0.3, 18)
    room.write([(share * right, 0) for share in shares], "$x_1$", (0, -1), most=0)
    room.write([(0, share * top) for share in shares], "$x_2$", (-1, 0), most=0)
