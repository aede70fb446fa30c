"""A student's Markdown as HTML that does nothing but show it.

nbgrader's formgrader and feedback show the Markdown of students with all the HTML in it. A script
there would run in the browser of whoever grades, where it could give itself points; a picture from
elsewhere would tell its server that somebody looks. The course's ``nbgrader_config.py`` puts this
filter in the place of nbconvert's.
"""

import re
from html import escape

import bleach
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook

from autograder.text import without_gaps

__all__ = ["safe_markdown"]

TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "pre", "kbd", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "del", "s", "u", "sub", "sup"),
}
# A picture that was dragged into the cell.
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[\w+/=\s]*", re.ASCII)
LINK = re.compile(r"https?://|#")
COLOUR = re.compile(r"\w{1,3}", re.ASCII)  # of highlighted code
EXPORTER = HTMLExporter()

# What one cell may hold: each takes its square of time, or of memory, to become HTML.
MOST_TEXT = 25_000  # characters
MOST_MARKS = 200  # HTML tags, and mathematics between \\( \\) or \\[ \\]
MOST_BRACKETS = 1000
MOST_PICTURES = 12  # times that one is shown
LARGEST = 40_000_000  # characters of all that are shown
FENCE = re.compile(r"^([ >]*(?:`{3,}|~{3,}))(?! *(?:python|text) *$)[^`\n]*$", re.MULTILINE)


@pass_context
def safe_markdown(context, source: str) -> str:
    """Return Markdown as HTML, as nbconvert does, with tags that cannot do anything.

    Parameters
    ----------
    context : jinja2.runtime.Context
        Holds the cell, and with it the pictures that were dragged into it.
    source : str
        Markdown, which may hold HTML and LaTeX.
    """
    source = without_gaps(source)
    if costly := too_costly(context, source):
        return as_typed(source, costly)
    try:
        html = EXPORTER.markdown2html(context, FENCE.sub(r"\1", source))  # one language is known
    except InvalidNotebook:
        return as_typed(source, "a picture is missing, or of a kind that is not shown")
    return bleach.clean(html, TAGS, allowed, protocols={"http", "https", "data"})


def as_typed(source: str, reason: str) -> str:
    """Return Markdown as text."""
    return f"<p>Shown as it was typed: {reason}.</p><pre>{escape(source[:MOST_TEXT])}</pre>"


def too_costly(context, source: str) -> str:
    """Return why a cell would take too long to be shown as HTML, or nothing."""
    if len(source) > MOST_TEXT:
        return f"it has more than {MOST_TEXT:,} characters"
    if sum(map(source.count, ("<", r"\\(", r"\\["))) > MOST_MARKS:
        return f"it has more than {MOST_MARKS} tags"
    if source.count("[") > MOST_BRACKETS:
        return f"it has more than {MOST_BRACKETS:,} brackets"
    uses = source.count("![") + source.count("<img")
    if uses > MOST_PICTURES:
        return f"it shows more than {MOST_PICTURES} pictures"
    attached = context["cell"].get("attachments", {}).values()
    largest = max((len(str(bundle)) for bundle in attached), default=0)
    if uses * largest > LARGEST:
        return "its pictures are too large"
    return ""


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether an attribute may stay."""
    match tag, name:
        case "a", "href":
            return bool(LINK.match(value))
        case "img", "src":
            return bool(PICTURE.fullmatch(value))
        case "span", "class":
            return bool(COLOUR.fullmatch(value))
    return name in ("alt", "title")
