"""What all figures share: palette, type, quiet axes, words and formulas as labels."""

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import offset_copy

from ._colours import COLOURS, INK, ROLES, fallback, paint
from ._numbers import plain

ORANGE, GREEN, RED, GREY = map(fallback, ("orange", "green", "red", "grey"))
W, P, Y1, Y0, GRADIENT = (fallback(ROLES[role]) for role in ("w", "p", "y1", "y0", "gradient"))
PAINTS = {fallback(name): paint(name) for name in ("ink", *COLOURS)}

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
    "ytick.major.pad": 5,
    "ytick.major.size": 3,
}


_FORMULA_FONT = FontProperties(size=14, math_fontfamily="cm")


def styled():
    """Return a context in which figures are built and drawn, whatever style the reader has set."""
    return matplotlib.style.context(["default", _STYLE])


class Formula(Text):
    """TeX set as outlines, in the typeface that the equations around the figure have."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, fontproperties=_FORMULA_FONT.copy(), **kwargs)

    def draw(self, renderer):
        """Draw outlines, where other text is left to the page's own font."""
        with matplotlib.rc_context({"svg.fonttype": "path"}):
            super().draw(renderer)


def canvas(width, height):
    """Return an empty figure of the given size in points, which are the units of the SVG."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    return figure


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
    place = offset_copy(axes.transData, axes.figure, dx, dy, units="points")
    return axes.add_artist(kind(*xy, text, transform=place, **kwargs))


def paragraph(axes, xy, lines, dx=0, **kwargs):
    """Write lines of words one below the other, each anchored by itself in the page's font."""
    for number, line in enumerate(lines):
        label(axes, xy, line, dx, 16 * ((len(lines) - 1) / 2 - number), **kwargs)


def formula_size(text):
    """Return width and height in points that a formula will have."""
    return extent(Formula(text=text))


def extent(artist):
    """Return width and height of a line of text in points."""
    text, font = artist.get_text(), artist.get_fontproperties()
    is_formula = isinstance(artist, Formula)
    return text_to_path.get_text_width_height_descent(text, font, is_formula)[:2]


def ticks(axes, x=(), y=()):
    """Put ticks at the given values, with a true minus sign."""
    axes.set_xticks(list(x), [plain(value) for value in x])
    axes.set_yticks(list(y), [plain(value) for value in y])
