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

__all__ = ["safe_markdown"]

TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "pre", "kbd", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "del", "s", "u", "sub", "sup"),
}
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[\w+/=\s]*", re.ASCII)  # dragged into the cell
LINK = re.compile(r"https?://|#")
COLOUR = re.compile(r"\w{1,3}", re.ASCII)  # of highlighted code
EXPORTER = HTMLExporter()

# What one cell may hold: each takes its square of time, or of memory, to become HTML.
MOST_TEXT = 25_000  # characters
MOST_MARKS = 200  # HTML tags, and mathematics between \\( \\) or \\[ \\]
MOST_PICTURES = 60_000_000  # characters of all pictures, each as often as it is shown


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
    if costly := too_costly(context, source):
        return f"<p>Shown as it was typed: {costly}.</p><pre>{escape(source[:MOST_TEXT])}</pre>"
    html = EXPORTER.markdown2html(context, source)
    return bleach.clean(html, TAGS, allowed, protocols={"http", "https", "data"})


def too_costly(context, source: str) -> str:
    """Return why a cell would take too long to be shown as HTML, or nothing."""
    if len(source) > MOST_TEXT:
        return f"it has more than {MOST_TEXT:,} characters"
    if sum(map(source.count, ("<", r"\\(", r"\\["))) > MOST_MARKS:
        return f"it has more than {MOST_MARKS} tags"
    pictures = len(str(context["cell"].get("attachments", "")))
    if pictures * source.count("attachment:") > MOST_PICTURES:
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
