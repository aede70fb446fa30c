"""Cut fonts down to the characters that the pages show in them."""

import logging
import re
import shutil
from collections import defaultdict
from html import unescape
from string import ascii_lowercase

from fontTools import subset

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE = re.compile(r"url\(([^)]+)\.woff2\)")
FAMILY = re.compile(r"""font-family:\s*["']?([^;"'}]+)""")
FORMULA = re.compile(r'<span class="katex-html"[^>]*>')
PART = re.compile(r'(?P<tag></?\w+)(?: class="(?P<classes>[^"]*)")?[^>]*>(?P<text>[^<]*)')
SOURCES = re.compile(r"src:[^;}]+")
ICONS = re.compile("fa-")
SYMBOLS = re.compile("KaTeX_Size")  # large brackets and sums, a few bytes each
LETTERS = {  # the fonts of KaTeX that classes ask for; all else is in the first
    None: "KaTeX_Main-Regular",
    "mathnormal": "KaTeX_Math-Italic",
    "mathbf": "KaTeX_Main-Bold",
    "mathit": "KaTeX_Main-Italic",
    "boldsymbol": "KaTeX_Math-BoldItalic",
}
NAMES = set(ascii_lowercase)  # a formula that a reader types may have exp, log, tanh in it

logging.getLogger("fontTools").setLevel(logging.ERROR)  # else a line on every table of a font


def subset_fonts(style, static, pages):
    """Write fonts/ with what is used; return the style sheet that refers to it."""
    shutil.rmtree(static / "fonts", ignore_errors=True)
    (static / "fonts").mkdir()
    used = defaultdict(set, {LETTERS[None]: NAMES})
    for page in pages:
        for font, shown in formula_characters(page).items():
            used[font] = used[font] | shown
    rules = FACE.sub("", style)

    def characters(font):
        if ICONS.match(font):
            return icons(style)
        return set().union(*used.values()) if SYMBOLS.match(font) else used.get(font, set())

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
    """Return {font: characters} of the formulas of one page.

    Reads KaTeX's regular output with a regular expression; an HTML parser takes a second a page.
    """
    characters, position = defaultdict(set), 0
    while formula := FORMULA.search(page, position):
        depth, position = 1, formula.end()
        for part in PART.finditer(page, position):
            depth += {"<span": 1, "</span": -1}.get(part["tag"], 0)
            if depth == 0:
                break
            characters[font_of(part["classes"])].update(unescape(part["text"]))
            position = part.end()
    return characters


def font_of(classes):
    """Return the font that KaTeX sets an element in, by its classes."""
    return LETTERS[next((name for name in (classes or "").split() if name in LETTERS), None)]


def subset_face(face, static, characters):
    """Write one font; return its @font-face, or "" where no character of it occurs."""
    source = static / f"{SOURCE.search(face)[1]}.ttf"
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    options.hinting = False  # a fifth of the font, for screens of long ago
    font = subset.load_font(str(source), options)
    wanted = {ord(c) for c in characters(source.stem)} & set(font.getBestCmap())
    if not wanted:
        return ""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    name = source.with_suffix(".woff2").name
    subset.save_font(font, str(static / "fonts" / name), options)
    return SOURCES.sub(f'src:url(fonts/{name}) format("woff2")', face, count=1)
