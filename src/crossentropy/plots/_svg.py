"""A Matplotlib figure that shows itself as inline SVG in the ink of the page around it."""

import hashlib
import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np

from ._style import PAINTS, styled

_LENGTH = re.compile(r"-?\d+\.\d+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FINE, _COARSE = "scale(0.015625)", "scale(0.5)"  # of Matplotlib's glyphs, and of ours
_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}


class InlineFigure:
    """A figure with its finding in words: a notebook shows the one, a terminal the other.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to draw, in the colours of this package's palette.
    alt : str
        What the figure shows, for whoever cannot see it.

    Notes
    -----
    The SVG goes into the page as part of its HTML, because an image has no access to the page's
    text colour: ``currentColor`` is the ink, and ``--xe-blue`` and its like are the palette, with
    fall-backs that are legible on white and on black.
    """

    def __init__(self, figure, alt):
        for artist in figure.findobj():  # nothing leaves its panel but by intent
            artist.set_clip_on(False)
        self.figure = figure
        self.alt = alt

    def __repr__(self):
        return self.alt

    def _repr_html_(self):
        return self.svg()

    def svg(self):
        """Return the figure as one ``<svg>`` element, the same bytes on every call."""
        root = _draw(self.figure)
        width, height = (72 * side for side in self.figure.get_size_inches())
        root.attrib = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "role": "img",
            "aria-label": self.alt,
            # 4/3: at its widest, type of 12 units comes to the 16 pixels of running text.
            "style": f"display: block; width: 100%; max-width: {4 / 3 * width:.0f}px; height: auto;"
            " margin: 0 auto; stroke-linejoin: round",
        }
        return _scope_ids(ElementTree.tostring(root, encoding="unicode"))


def _draw(figure):
    """Return Matplotlib's drawing as a tree of elements, cleaned for use inside a page."""
    file = io.StringIO()
    with styled():
        figure.savefig(file, format="svg", metadata=_METADATA)
    root = ElementTree.fromstring(file.getvalue())
    for child in list(root):
        if child.tag.endswith("}defs"):  # a style sheet that would hold for the whole page
            root.remove(child)
    for element in root.iter():
        element.tag = element.tag.partition("}")[2]
        element.text, element.tail = (element.text or "").strip() or None, None
        attributes = {name.rpartition("}")[2]: value for name, value in element.items()}
        if attributes.get("transform") == _FINE:
            attributes |= {"d": _coarsen(attributes["d"]), "transform": _COARSE}
        if element.tag == "use" and "transform" in attributes:  # a glyph in its line, at size 100
            attributes["transform"] = _moved(attributes["transform"], digits=1)
        element.attrib = {name: _clean(name, value) for name, value in attributes.items()}
    return root


def _clean(name, value):
    """Translate one attribute: round lengths, name colours, leave the typeface to the page."""
    if name == "d":
        return _shorten(value)
    if name in {"x", "y"}:
        return _LENGTH.sub(_round, value)
    if name == "transform":
        return _moved(value)
    if name == "style":
        value = re.sub(r"font: ([\d.]+px) [^;]*", r"font-size: \1", value)  # Matplotlib 3.9
        value = re.sub(r"font-family: [^;]*(; |$)", "", value)
        for colour, paint in PAINTS.items():
            value = value.replace(colour, paint)
    return value


def _coarsen(outline):
    """Write the outline of a glyph in 200 parts of its size, in type of 14 a tenth of a pixel."""
    return _NUMBER.sub(lambda number: f"{float(number[0]) / 32:.0f}", outline)


def _shorten(path):
    """Write a path from point to point, in tenths of a unit: a sixth of a pixel at its widest.

    So most numbers have two digits, and chapters with large maps are a fifth shorter to transfer.
    """
    written, last, here = [], "", np.zeros(2, dtype=int)
    for command, numbers in re.findall("([A-Za-z])([^A-Za-z]*)", path):
        points = np.rint(10 * np.array(numbers.split(), dtype=float)).astype(int).reshape(-1, 2)
        moves = points if command == "M" else points - here
        command = command if command == "M" else command.lower()
        steps = " ".join(f"{move / 10:g}" for move in moves.ravel()).replace(" -", "-")
        written.append(steps if command == last != "M" else f"{command}{steps}")
        last, here = command, points[-1] if len(points) else here  # "z" has none, "M" comes next
    return " ".join(written).replace(" -", "-")


def _moved(transform, digits=2):
    """Round how far a transform moves; the scale of an outline needs its digits."""

    def rounded(move):
        return _LENGTH.sub(lambda length: _round(length, digits), move[0])

    return re.sub(r"translate\([^)]*\)", rounded, transform)


def _round(length, digits=2):
    """Round to a hundredth of a unit, finer than any screen and the same on every machine."""
    return f"{round(float(length[0]), digits) + 0:g}"


def _scope_ids(svg):
    """Give the ids that are referred to a prefix of their own, and drop the others."""
    prefix = "xe" + hashlib.sha256(svg.encode()).hexdigest()[:8]
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))

    def rename(match):
        return f' id="{prefix}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]*)"', rename, svg)
    return re.sub(r'(href="|url\()#', rf"\1#{prefix}-", svg)
