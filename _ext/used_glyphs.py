"""Cut fonts down to the characters that the pages show."""

import logging
import re
import shutil

from bs4 import BeautifulSoup
from fontTools import subset

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE = re.compile(r"url\(([^)]+)\.woff2\)")
FAMILY = re.compile(r"""font-family:\s*["']?([^;"'}]+)""")
SOURCES = re.compile(r"src:[^;}]+")


logging.getLogger("fontTools").setLevel(logging.ERROR)  # else a line on every table of a font


def subset_fonts(style, static, pages):
    """Write fonts/ with what is used; return the style sheet that refers to it."""
    shutil.rmtree(static / "fonts", ignore_errors=True)
    (static / "fonts").mkdir()
    characters = icons(style).union(*map(formula_characters, pages))
    rules = FACE.sub("", style)

    def used_part(face):
        return subset_face(face[0], static, characters) if is_asked_for(face[0], rules) else ""

    return FACE.sub(used_part, style)


def is_asked_for(face, rules):
    """Return whether some rule names the family of an @font-face."""
    return FAMILY.search(face)[1] in rules


def icons(style):
    """Return the characters that the style sheet itself shows: icons, in a private range."""
    return set(re.findall("[\ue000-\uf8ff]", style))


def formula_characters(page):
    """Return the characters in the formulas of one page."""
    formulas = BeautifulSoup(page, "html.parser").select(".katex-html")
    return set("".join(formula.get_text() for formula in formulas))


def subset_face(face, static, characters):
    """Write one font; return its @font-face, or "" where no character of it occurs."""
    source = static / f"{SOURCE.search(face)[1]}.ttf"
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    font = subset.load_font(str(source), options)
    wanted = {ord(c) for c in characters} & set(font.getBestCmap())
    if not wanted:
        return ""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    name = source.with_suffix(".woff2").name
    subset.save_font(font, str(static / "fonts" / name), options)
    return SOURCES.sub(f'src:url(fonts/{name}) format("woff2")', face, count=1)


def setup(app):
    """Do nothing: a helper of light_pages."""
    return {"parallel_read_safe": True, "parallel_write_safe": True}
