"""What all figures share: palette, type, quiet axes, words and formulas as labels."""

import re

import matplotlib
import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import ArrowStyle, BoxStyle, FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import offset_copy

INK = "#1b1b1b"
BLUE = "#2b7bba"  # each colour keeps a contrast above 4 to white and to #121212
ORANGE = "#c8590a"
GREEN = "#1f8a4c"
RED = "#d6404a"
GREY = "#777777"

PAINTS = {
    INK: "currentColor",
    BLUE: f"var(--xe-blue, {BLUE})",
    ORANGE: f"var(--xe-orange, {ORANGE})",
    GREEN: f"var(--xe-green, {GREEN})",
    RED: f"var(--xe-red, {RED})",
    GREY: f"var(--xe-grey, {GREY})",
}

_STYLE = {
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": 72,
    "font.size": 12.5,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "savefig.dpi": 72,
    "svg.fonttype": "none",
    "svg.hashsalt": "crossentropy",
    "text.color": INK,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "xtick.major.size": 3,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
    "ytick.major.size": 3,
}


def styled():
    """Return a context in which figures are built and drawn, whatever style the reader has set."""
    return matplotlib.style.context(["default", _STYLE])


class Formula(Text):
    """TeX set as outlines, in the typeface that the equations around the figure have."""

    def draw(self, renderer):
        """Draw outlines, where other text is left to the page's own font."""
        with matplotlib.rc_context({"svg.fonttype": "path"}):
            super().draw(renderer)


def canvas(width, height):
    """Return an empty figure of the given size in points, which are the units of the SVG."""
    return Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")


def panel(figure, left, bottom, width, height):
    """Add axes at a place given in points."""
    across, up = 72 * figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    axes.patch.set_visible(False)
    return axes


def sheet(figure):
    """Add axes without frame, whose coordinates are the points of the whole figure."""
    width, height = 72 * figure.get_size_inches()
    axes = panel(figure, 0, 0, width, height)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


def label(axes, xy, text, dx=0, dy=0, **kwargs):
    """Write words, or a formula if ``text`` starts with $, ``dx`` and ``dy`` points from ``xy``."""
    kwargs = {"color": INK, "ha": "center", "va": "center", **kwargs}
    kind = Formula if text.startswith("$") else Text
    if kind is Formula:
        kwargs = {"math_fontfamily": "cm", "fontsize": 14, **kwargs}
    place = offset_copy(axes.transData, axes.figure, dx, dy, units="points")
    artist = kind(*xy, text, transform=place, **kwargs)
    axes.add_artist(artist)
    return artist


def typeset(axes, xy, formulas, gap=5):
    """Set formulas in a row from ``xy`` rightwards; return the left and right edge of each."""
    edges, x = [], xy[0]
    for formula in formulas:
        artist = label(axes, (x, xy[1]), formula, ha="left")
        edges.append((x, x + extent(artist)[0]))
        x = edges[-1][1] + gap
    return edges


def extent(artist):
    """Return width and height of a formula in points."""
    text, font = artist.get_text(), artist.get_fontproperties()
    return text_to_path.get_text_width_height_descent(text, font, ismath=True)[:2]


def box(axes, centre, width, height):
    """Draw a frame with rounded corners."""
    corner = (centre[0] - width / 2, centre[1] - height / 2)
    shape = BoxStyle("round", pad=0, rounding_size=6)
    frame = FancyBboxPatch(corner, width, height, boxstyle=shape, edgecolor=GREY, facecolor="none")
    return axes.add_patch(frame)


def arrow(axes, start, end, color, linewidth=1.8, **kwargs):
    """Draw a straight arrow between two points in data coordinates, once the limits are set."""
    length = np.hypot(*np.diff(axes.transData.transform([start, end]), axis=0)[0])
    head = min(4 + 1.2 * linewidth, 0.7 * length)  # a short arrow has a small head
    style = ArrowStyle("-|>", head_length=head, head_width=head / 2)
    patch = FancyArrowPatch(start, end, arrowstyle=style, mutation_scale=1, shrinkA=0, shrinkB=0)
    patch.set(color=color, linewidth=linewidth, **kwargs)
    return axes.add_patch(patch)


def fit(axes, points):
    """Choose limits of equal scale that hold all points, with room for a label around them."""
    points = np.asarray(points, dtype=float)
    size = 72 * axes.figure.get_size_inches() * axes.get_position().size
    low, high = points.min(axis=0), points.max(axis=0)
    scale = max(np.max((high - low) / (size - 48)), np.finfo(float).tiny)
    left, bottom = (low + high) / 2 - scale * size / 2
    axes.set(xlim=(left, left + scale * size[0]), ylim=(bottom, bottom + scale * size[1]))


def cross(axes, names):
    """Draw the two axes of a plane through its origin, without numbers."""
    axes.axis("off")
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    axes.plot([left, right], [0, 0], color=GREY, linewidth=0.8, label="axis")
    axes.plot([0, 0], [bottom, top], color=GREY, linewidth=0.8, label="axis")
    label(axes, (right, 0), names[0], dx=-6, dy=-10)
    label(axes, (0, top), names[1], dx=-12, dy=-8)


def roomiest(axes, anchor, obstacles, distance=14):
    """Return the offset in points, out of eight around ``anchor``, that is farthest from all."""
    turns = np.arange(8) * np.pi / 4
    offsets = distance * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    places = axes.transData.transform(anchor) + offsets[:, None]
    gaps = np.linalg.norm(places - axes.transData.transform(obstacles), axis=2).min(axis=1)
    dx, dy = offsets[np.argmax(gaps.round(6))]
    return {"dx": float(dx), "dy": float(dy)}


def along(start, end):
    """Return points along a stretch, for labels to keep clear of."""
    return np.linspace(start, end, 25)


def axis_points(axes):
    """Return points along both axes of a plane."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return along((left, 0), (right, 0)), along((0, bottom), (0, top))


def ticks(axes, x=(), y=()):
    """Put ticks at the given values, with a true minus sign."""
    axes.set_xticks(list(x), [plain(value) for value in x])
    axes.set_yticks(list(y), [plain(value) for value in y])


def number(value, decimals=2):
    """Round to ``decimals``, or to as many more as keep it from reading 0 or ±1 that it is not.

    Examples
    --------
    >>> number(0.5), number(-0.6225), number(0.99995), number(4e-9)
    ('0.5', '-0.62', '0.99995', '4e-09')
    """
    if 0 < abs(value) < 1e-4:
        return f"{value:.2g}"
    value = float(value) + 0.0  # turns -0.0 into 0.0
    for places in range(decimals, 17):
        text = f"{value:.{places}f}".rstrip("0").rstrip(".")
        if text.lstrip("-") not in {"0", "1"} or float(text) == value:
            break
    return text


def plain(value, decimals=2):
    """Return a rounded number for running text, with a true minus sign."""
    return number(value, decimals).replace("-", "\N{MINUS SIGN}")


def tex(value, decimals=2):
    """Return a rounded number for a formula, where {-} is a sign and not an operator."""
    text = re.sub(r"e\+?(-?)0*(\d+)", r"\\cdot 10^{\1\2}", number(value, decimals))
    return re.sub("^-", "{-}", text)


def plain_vector(vector, decimals=2):
    """Return a vector for running text; of a long one, its first two components."""
    return _row([plain(value, decimals) for value in vector], "…")


def tex_vector(vector, decimals=2):
    """Return a vector for a formula; of a long one, its first two components."""
    return _row([tex(value, decimals) for value in vector], r"\ldots")


def _row(values, more):
    return "(" + ", ".join(values if len(values) <= 3 else [*values[:2], more]) + ")"
