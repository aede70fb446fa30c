r"""Reads the numbered equations out of the book's own source.

A numbered equation is a ``$$`` block that ends in ``\tag{...}``; ``proofs`` parses it.
"""

import json
import re
from dataclasses import dataclass


class UnreadableError(AssertionError):
    """An equation, or a page, that cannot be read with certainty."""


@dataclass(frozen=True)
class Displayed:
    """A displayed equation; its number is None where it carries no tag."""

    number: str | None
    latex: str
    page: str


def book_pages(root):
    """Return the pages of the book below `root`, in reading order."""
    chapters = root / "chapters"
    pages = [
        *root.glob("index.md"),
        *sorted(chapters.glob("*.ipynb")),
        *sorted(chapters.glob("*.md")),
        *sorted((chapters / "reference").glob("*.md")),
        *sorted((chapters / "reference").glob("*.ipynb")),
    ]
    if not any(page.suffix == ".ipynb" for page in pages):
        raise UnreadableError(f"no notebook below {root}")
    return pages


def page_text(path):
    """Return what a page says in Markdown; nothing else in it may carry a tag."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] != "markdown" and r"\tag{" in json.dumps(cell):
            raise UnreadableError(f"{path.name}: a tag outside the Markdown cells")
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def without_code(text):
    """Remove what a page does not show as prose: comments, literal blocks, code spans.

    A fence that opens a directive, such as ``{note}``, holds prose; ``{code-cell}`` does not.
    """
    text = _FENCED.sub(_prose_of, re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    return re.sub(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)", "", text)


_FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,})([^\n]*)(\n.*?)^ {0,3}\1[`~]*\s*?$", flags=re.DOTALL | re.MULTILINE
)


def _prose_of(block):
    is_prose = re.match(r"\s*\{(?!code-cell)", block[2])
    return _FENCED.sub(_prose_of, block[3]) if is_prose else ""


def collapse(latex):
    """Make all runs of white space equal."""
    return " ".join(latex.split())


# Tags, directives and environments that would display an equation past this reader.
_OTHER_DISPLAYS = re.compile(
    r"\\tag|\\label|:label:|\{math\}|\\\[|\\begin\{(?:equation|align|gather|multline)"
)


def displayed_equations(text, page=""):
    """Return the displayed equations of a page's text, in order."""
    pieces = re.split(r"(?<!\\)\$\$", without_code(text))
    if len(pieces) % 2 == 0:
        raise UnreadableError(f"{page}: a $$ without its partner")
    for prose in pieces[::2]:
        if match := _OTHER_DISPLAYS.search(prose):
            raise UnreadableError(f"{page}: displayed outside a $$ block: {match[0]}")
    return [_displayed(block, page) for block in pieces[1::2]]


def _displayed(block, page):
    if r"\tag" not in block:
        return Displayed(None, collapse(block), page)
    match = re.fullmatch(r"(.+)\\tag\{([A-Z0-9.]+)\}", block.strip(), flags=re.DOTALL)
    if match is None or r"\tag" in match[1] or "%" in match[1]:
        raise UnreadableError(f"{page}: expected one tag, at the end of {block}")
    return Displayed(match[2], collapse(match[1]), page)


def read_book(root):
    """Return every displayed equation of the book below `root`, in reading order."""
    return [
        equation
        for path in book_pages(root)
        for equation in displayed_equations(page_text(path), path.name)
    ]
