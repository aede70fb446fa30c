"""What a page says of itself to search engines, to those who cite it, and to the browser."""

import re
from collections import Counter

import pytest
import yaml
from book_pages import NOT_FOUND, PAGES, ROOT, SEARCH, soup

ALL = [*PAGES, SEARCH, NOT_FOUND]


def meta(html, page, **attributes):
    """Return the content of the one `meta` element of a page with these attributes."""
    (element,) = soup(html / f"{page}.html").head.find_all("meta", attributes)
    return element["content"]


@pytest.mark.parametrize("name", ALL)
def test_a_page_has_one_title_and_one_description(name, html):
    assert len(soup(html / f"{name}.html").find_all("title")) == 1
    assert len(meta(html, name, name="description").split()) >= 6
    assert "\\" not in meta(html, name, name="description")


def test_no_two_pages_have_the_same_title_or_description(html):
    titles = Counter(soup(html / f"{name}.html").title.text for name in ALL)
    descriptions = Counter(meta(html, name, name="description") for name in ALL)
    assert max(titles.values()) == max(descriptions.values()) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_shared_link_shows_the_words_of_the_page(name, html):
    description = meta(html, name, name="description")
    assert meta(html, name, property="og:description") == description
    assert meta(html, name, property="og:title") in soup(html / f"{name}.html").title.text


def test_search_engines_are_told_to_leave_out_the_page_for_missing_ones(html):
    assert meta(html, NOT_FOUND, name="robots") == "noindex"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_how_to_cite_it(name, html):
    page = soup(html / f"{name}.html")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    title = re.sub(r"^\d+\. ", "", meta(html, name, property="og:title"))
    fold = page.select_one("details.cite")
    assert fold.get("open") is None
    for part in (title, citation["title"], f"ersion {citation['version']}"):
        assert part in fold.p.text
        assert part in fold.pre.text
    assert all(author["name"] in fold.text for author in citation["authors"])


@pytest.mark.parametrize("name", ALL)
def test_the_policy_of_a_page_allows_nothing_of_others_and_no_code_from_text(name, html):
    policy = meta(html, name, **{"http-equiv": "Content-Security-Policy"})
    sources = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert sources["default-src"] == ["'none'"]
    inline = [name for name, allowed in sources.items() if "'unsafe-inline'" in allowed]
    assert inline == ["style-src-attr"]  # KaTeX places the parts of a formula with `style`
    allowed = {source for rule in sources.values() for source in rule}
    hashes = {source for source in allowed if re.fullmatch(r"'sha256-[\w+/]{43}='", source)}
    assert allowed - hashes == {"'none'", "'self'", "'unsafe-inline'", "blob:", "data:"}
    assert "data:" not in sources["script-src"]


@pytest.mark.parametrize("place", ["server", "folder"])
def test_the_browser_keeps_the_policy(place, site, html, visit):
    root = site if place == "server" else html.as_uri()
    visited = visit(f"{root}/{PAGES[1]}.html")
    page = visited.page
    assert visited.complaints == []
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.inlineScriptRan = true";
            document.head.append(script);
        }"""
    )
    assert page.evaluate("window.inlineScriptRan === undefined")
    assert "Content Security Policy" in visited.complaints[-1]
    assert (
        page.evaluate(
            "import(URL.createObjectURL(new Blob(['export default 42'],"
            " { type: 'text/javascript' }))).then((module) => module.default)"
        )
        == 42
    )
