"""Every page stands on its own: nothing foreign, nothing missing, nothing too wide."""

import gzip
import re
from urllib.parse import unquote, urlsplit

import pytest
from book_pages import NOT_FOUND, PAGES, SEARCH, soup

ALL = [*PAGES, SEARCH, NOT_FOUND]
REMOTE = re.compile(
    r"""<(?:script|img|iframe|source|link(?=[^>]*(?:stylesheet|preload|icon)))[^>]*"""
    r"""(?:src|href)=["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)


def test_the_table_of_contents_names_the_chapters():
    assert PAGES[0] == "index"
    assert len(PAGES) >= 10


@pytest.mark.parametrize("place", ["server", "folder"])
@pytest.mark.parametrize("name", ALL)
def test_a_page_loads_without_any_other_host_and_without_complaint(name, place, site, html, visit):
    address = f"{site}/{name}.html" if place == "server" else (html / f"{name}.html").as_uri()
    page = visit(address)
    assert page.foreign == []
    assert page.failed == []
    assert page.complaints == []


def test_no_file_refers_to_a_foreign_script_style_font_or_image(html):
    texts = [path for path in html.rglob("*") if path.suffix in (".html", ".css")]
    found = [path for path in texts if REMOTE.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_not_wider_than_a_phone(name, html, visit):
    page = visit((html / f"{name}.html").as_uri(), width="phone").page
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_transfers_little(name, site, html, visit):
    page = visit(f"{site}/{name}.html").page
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = {html / urlsplit(address).path.lstrip("/") for address in loaded}
    files.add(html / f"{name}.html")
    assert len(files) > 3  # page, style, script and at least one font
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 200_000


@pytest.mark.parametrize("place", ["server", "folder"])
def test_search_finds_a_chapter(place, site, html, visit):
    root = site if place == "server" else html.as_uri()
    visited = visit(f"{root}/search.html?q=logistic")
    result = visited.page.locator("#search-results li a").first
    result.wait_for()
    assert "logistic" in result.inner_text().lower()
    assert visited.complaints == []


def test_the_switch_changes_the_colours_and_the_next_page_keeps_them(site, visit):
    page = visit(f"{site}/index.html").page
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "light"
    page.locator(".theme-switch-button").click()
    assert page.evaluate(theme) == "dark"
    page.goto(f"{site}/{PAGES[1]}.html")
    assert page.evaluate(theme) == "dark"


def test_the_chapters_can_be_reached_on_a_phone(site, visit):
    page = visit(f"{site}/index.html", width="phone").page
    page.locator(".primary-toggle").click()
    page.locator(f"dialog a[href='{PAGES[1]}.html']").click()
    page.wait_for_url(f"**/{PAGES[1]}.html")


def test_every_page_of_the_table_of_contents_is_built(html):
    assert [name for name in PAGES if not (html / f"{name}.html").exists()] == []


@pytest.mark.parametrize("name", ALL)
def test_every_local_link_leads_to_a_place_that_exists(name, html):
    page = html / f"{name}.html"
    links = [link["href"] for link in soup(page).select("a[href]")]
    local = [link for link in links if not urlsplit(link).scheme]
    assert local
    assert [link for link in local if not leads_somewhere(link, page)] == []


def leads_somewhere(link, page):
    """Whether file and fragment of a relative link exist."""
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return False
    return not parts.fragment or soup(target).find(id=unquote(parts.fragment)) is not None
