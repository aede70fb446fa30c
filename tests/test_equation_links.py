"""Every mention of an equation is a link that shows its number and leads to it."""

import os
import re
from pathlib import Path

import pytest
from latex_reader import book_pages, displayed_equations, page_text, without_code

ROOT = Path(__file__).parents[1]
PAGES = book_pages(ROOT)

LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
NUMBER = re.compile(r"\((?:A\.)?\d{1,2}\)")
MATH = re.compile(r"(?<!\\)\$\$.*?\$\$|(?<!\\)\$.*?(?<!\\)\$", flags=re.DOTALL)
HEADING = re.compile(r"^#+ .*$", flags=re.MULTILINE)  # it is itself a link, in the contents
ROLE = re.compile(r"\{(?:eq|numref|math:numref)\}|\\eqref|\\ref\b")


def homes(root):
    """Return the page that displays each number."""
    return {
        equation.number: path
        for path in book_pages(root)
        for equation in displayed_equations(page_text(path), path.name)
        if equation.number is not None
    }


def target_of(number, page, home):
    """Return the address of an equation, as seen from a page."""
    if page == home[number]:
        return f"#eq-{number}"
    return f"{Path(os.path.relpath(home[number], page.parent)).as_posix()}#eq-{number}"


def mistakes(text, page, home):
    """List what is wrong with the references to equations in a page's text."""
    prose = MATH.sub(" ", without_code(text))
    found = [f"not a plain link: {role}" for role in ROLE.findall(prose)]
    for label, target in LINK.findall(prose):
        if NUMBER.fullmatch(label) is None:
            found += [f"[{label}]({target}): label without number"] * ("#eq" in target)
        elif label[1:-1] not in home:
            found.append(f"[{label}]({target}): no such equation")
        elif target != target_of(label[1:-1], page, home):
            found.append(f"[{label}]({target}): not {target_of(label[1:-1], page, home)}")
    rest = HEADING.sub(" ", LINK.sub(" ", prose))
    found += [f"not a link: {mention}" for mention in NUMBER.findall(rest)]
    return found + [f"no plain link: {target}" for target in re.findall(r"\S*#eq\S*", rest)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_reference_shows_the_number_that_it_leads_to(page):
    assert mistakes(page_text(page), page, homes(ROOT)) == []


# --------------------------------------------------------------------------- samples

FIRST = ROOT / "chapters" / "01_first.ipynb"
SECOND = ROOT / "chapters" / "02_second.ipynb"
NOTATION = ROOT / "chapters" / "reference" / "notation.md"
INDEX = ROOT / "index.md"
HOME = {"1": FIRST, "A.1": FIRST, "2": SECOND, "A.12": SECOND}


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("By [(1)](#eq-1) and [(A.1)](#eq-A.1), and [(2)](02_second.ipynb#eq-2).", FIRST),
        ("See [(A.12)](../02_second.ipynb#eq-A.12), [the chapter](../02_second.ipynb).", NOTATION),
        ("See [(1)](chapters/01_first.ipynb#eq-1), $f(2)$, `g(2)`, and a year (1958).", INDEX),
        ("## Line (1)\n\nIt stands alone.", FIRST),
        ("$$\n\\sigma(0) = (2)\n\\tag{1}\n$$\n\n```python\nf (2)\n```", FIRST),
        ("```{highlight} sh\n```\n\nRun\n\n```\nf (2)\n```", INDEX),
    ],
)
def test_right_references_pass(text, page):
    assert mistakes(text, page, HOME) == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        pytest.param("[(1)](#eq-A.1)", FIRST, id="another number"),
        pytest.param("[(2)](#eq-2)", FIRST, id="another page's equation"),
        pytest.param("[(1)](02_second.ipynb#eq-1)", FIRST, id="wrong page"),
        pytest.param("[(1)](01_first.ipynb#eq-1)", FIRST, id="own page spelled out"),
        pytest.param("[(1)](01_first.ipynb#eq-1)", NOTATION, id="not relative to the page"),
        pytest.param("[(1)](chapters/01_first#eq-1)", INDEX, id="no file type"),
        pytest.param("[(3)](#eq-3)", FIRST, id="no such equation"),
        pytest.param("[(1)](01_first.ipynb)", SECOND, id="the page, not the equation"),
        pytest.param("[the first](#eq-1)", FIRST, id="no number shown"),
        pytest.param("[1](#eq-1)", FIRST, id="no brackets"),
        pytest.param("By (1), this holds.", FIRST, id="no link"),
        pytest.param("By (A.12), this holds.", FIRST, id="no link to an added one"),
        pytest.param("```{note}\nBy (1).\n```\n\nRun\n\n```\nf(2)\n```", FIRST, id="in a note"),
        pytest.param("[(1)][one]\n\n[one]: #eq-1", FIRST, id="reference link"),
        pytest.param('<a href="#eq-1">one</a>', FIRST, id="link in HTML"),
        pytest.param("{eq}`eq-1`", FIRST, id="role"),
        pytest.param("by \\eqref{eq-1}", FIRST, id="LaTeX reference"),
    ],
)
def test_wrong_references_are_found(text, page):
    assert mistakes(text, page, HOME) != []
