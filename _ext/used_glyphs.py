"""Cut fonts down to the characters that the pages show."""

import logging
import re
import shutil
from html import unescape

from fontTools import subset

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE = re.compile(r"url\(([^)]+)\.woff2\)")
FAMILY = re.compile(r"""font-family:\s*["']?([^;"'}]+)""")
FORMULA = re.compile(r'<span class="katex-html"[^>]*>')
PART = re.compile(r"(?P<tag></?\w+)[^>]*>(?P<text>[^<]*)")
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
    """Return the characters in the formulas of one page.

    Reads KaTeX's regular output with a regular expression; an HTML parser takes a second a page.
    """
    characters, position = set(), 0
    while formula := FORMULA.search(page, position):
        depth, position = 1, formula.end()
        for part in PART.finditer(page, position):
            depth += {"<span": 1, "</span": -1}.get(part["tag"], 0)
            if depth == 0:
                break
            characters.update(unescape(part["text"]))
            position = part.end()
    return characters


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
