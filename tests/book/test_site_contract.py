"""What the built site holds and what it must never hold, whichever page one looks at."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from book_pages import NOT_FOUND, PAGES, ROOT, SEARCH, links

# What a machine that builds the site must not tell: folders of its own, and of its users.
LEAK = re.compile(
    rf"{re.escape(str(ROOT))}/|{re.escape(str(Path.home()))}/|/(?:home|Users|root|work|tmp)/\w"
    r"|site-packages|file://"
)
TEXTS = {".html", ".css", ".js", ".ipynb", ".md", ".xml", ".txt", ".svg"}
IMAGES = {".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"}
ELSEWHERE = {"_static/social-card.png"}  # asked for by those who show a link to the site
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def texts(html):
    """Return {file: text} of all that the site holds."""
    files = [path for path in html.rglob("*") if path.suffix in TEXTS]
    return {path.relative_to(html).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_the_site_has_the_pages_of_its_contents_and_no_others(html):
    built = {path.relative_to(html).with_suffix("").as_posix() for path in html.rglob("*.html")}
    assert built == {*PAGES, SEARCH, NOT_FOUND}


def test_every_page_is_linked_from_the_first(html):
    reached, waiting = set(), [html / "index.html"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        shown = [link for link in links(page) if link.find_parent(["article", "nav"])]
        addresses = [urlsplit(link["href"]) for link in shown]
        targets = {(page.parent / one.path).resolve() for one in addresses if not one.scheme}
        waiting += [path for path in targets - reached if path.suffix == ".html"]
    assert {html / f"{name}.html" for name in PAGES} <= reached


def test_every_image_is_on_some_page(html, texts):
    images = {
        path.relative_to(html).as_posix() for path in html.rglob("*") if path.suffix in IMAGES
    }
    assert images
    shown = "".join(text for name, text in texts.items() if name.endswith((".html", ".css")))
    assert [name for name in images - ELSEWHERE if Path(name).name not in shown] == []


def test_no_file_tells_where_the_site_was_built(texts):
    assert len(texts) > 2 * len(PAGES)
    assert {name: found[0] for name, text in texts.items() if (found := LEAK.search(text))} == {}


def solutions():
    """Return {place: solution} of the graded assignments, without blanks."""
    found = {}
    for path in sorted((ROOT / "assignments" / "source").rglob("*.ipynb")):
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            for part in SOLUTION.findall(cell.source):
                found[f"{path.name}, cell {number}"] = squeezed(part)
    return found


def squeezed(text):
    """Return a text without blanks, which differ between a notebook and a page."""
    return re.sub(r"\s+", "", text)


def shown_text(name, text):
    """Return what a file says to whom reads it as what it is."""
    if name.endswith(".ipynb"):
        return "".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
    return re.sub(r"<[^>]*>", "", text).replace("&quot;", '"').replace("&#39;", "'")


def test_no_solution_of_a_graded_assignment_is_on_the_site(html, texts):
    found = solutions()
    assert len(found) >= 5
    said = {name: squeezed(shown_text(name, text)) for name, text in texts.items()}
    leaks = [(where, name) for where, part in found.items() for name in said if part in said[name]]
    assert leaks == []


def test_the_search_index_is_about_the_pages_alone(html):
    text = (html / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    assert set(index["docnames"]) == set(PAGES)
    words = [word for word in index["terms"] if word]
    assert len(words) > 1000
    assert [word for word in words if word[0].isdigit()] == []
