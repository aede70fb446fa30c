"""Every page stands on its own: nothing foreign, nothing missing, nothing too wide."""

import gzip
import re
from urllib.parse import unquote, urlsplit

import pytest
from book_pages import NOT_FOUND, PAGES, SEARCH, ids, links, soup
from chromium import LAID_OUT, watch

ALL = [*PAGES, SEARCH, NOT_FOUND]
REMOTE = re.compile(
    r"""<(?:script|img|iframe|source|link(?=[^>]*(?:stylesheet|preload|icon)))[^>]*"""
    r"""(?:src|href)=["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)


def test_the_table_of_contents_names_the_chapters():
    assert PAGES[0] == "index"
    assert len(PAGES) >= 10


@pytest.fixture(scope="module")
def known(html, browser):
    """The files that a reader has who comes from the first page, but for that page."""
    first = html / "index.html"
    with browser.new_context() as context:
        return files(watch(context.new_page(), first.as_uri()), html) - {first}


@pytest.mark.parametrize("name", ALL)
def test_a_page_from_a_folder_is_whole_and_light(name, html, visit, known):
    visited = visit((html / f"{name}.html").as_uri())
    assert_whole(visited)
    assert_light(files(visited, html), known)


@pytest.mark.parametrize("name", ALL)
def test_a_page_from_a_server_is_whole_light_and_not_wider_than_a_phone(
    name, site, html, visit, known
):
    visited = visit(f"{site}/{name}.html", width="phone")
    assert_whole(visited)
    found = files(visited, html)
    assert_light(found, known)
    assert (html / "searchindex.js" in found) == (name == SEARCH)
    early = visited.page.locator("link[rel=preload][as=font]").evaluate_all(HREFS)
    assert local(early, html) <= found
    visited.page.evaluate(
        "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"
    )
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= 360


HREFS = "(links) => links.map((link) => link.href)"


def assert_whole(visited):
    """Hold that nothing was asked of others, nothing was missing, and nothing complained."""
    assert visited.foreign == []
    assert visited.failed == []
    assert visited.complaints == []


def assert_light(found, known):
    """Hold that a page loads little on a first visit, and very little after the first page."""
    assert len(found) > 3  # page, style, script and at least one font
    assert weight(found) < 200_000
    assert weight(file for file in found if file.suffix == ".js") < 60_000
    assert weight(found - known) < 30_000


def files(visited, html):
    """Return the files of the site that a visit has asked for, figures near by among them."""
    for _ in range(3):  # what is laid out moves what comes after it
        visited.page.evaluate(LAID_OUT)
        visited.page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    return local(visited.requests, html)


def local(addresses, html):
    """Return the files of the site that have these addresses, on a server or in its folder."""
    paths = [unquote(urlsplit(address.removeprefix(html.as_uri())).path) for address in addresses]
    return {html / path.lstrip("/") for path in paths}


def weight(found):
    """Return the bytes that a server transfers for some files, with some 300 of header each."""
    return sum(len(gzip.compress(path.read_bytes())) + 300 for path in found)


def test_no_file_refers_to_a_foreign_script_style_font_or_image(html):
    texts = [path for path in html.rglob("*") if path.suffix in (".html", ".css")]
    found = [path for path in texts if REMOTE.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("name", ALL)
def test_every_image_has_its_size_before_it_is_there(name, html):
    for image in soup(html / f"{name}.html").select("img"):
        assert image.get("width"), image
        assert image.get("height"), image


@pytest.mark.parametrize("place", ["server", "folder"])
def test_search_finds_a_chapter(place, site, html, visit):
    root = site if place == "server" else html.as_uri()
    visited = visit(f"{root}/search.html?q=logistic")
    result = visited.page.locator("#search-results li a").first
    result.wait_for()
    assert "logistic" in result.inner_text().lower()
    assert visited.complaints == []


def test_an_excerpt_has_each_formula_once_and_no_page_is_marked_after_it(site, visit):
    page = visit(f"{site}/search.html?q=nudge").page
    excerpts = page.locator("#search-results .context")
    excerpts.first.wait_for()
    (text,) = [text for text in excerpts.all_inner_texts() if "In chapter 1 a student" in text]
    assert "with the features (2,−1) got the probability 0.8176." in text
    assert "Notebook" not in text
    page.goto(f"{site}/chapters/02_gradient_of_the_logistic_function.html")
    assert page.locator("article").get_by_text("nudge").count() > 0
    assert page.locator(".highlighted").count() == 0


def test_a_search_that_finds_nothing_says_so(site, visit):
    page = visit(f"{site}/search.html?q=zzzz").page
    page.get_by_text("Nothing found.").wait_for()


def test_no_entry_of_the_contents_is_cut_off(site, visit):
    page = visit(f"{site}/chapters/reference/api.html").page
    contents = page.locator(".sidebar-secondary-items")
    assert contents.get_by_text("mean_loss_hessian_product").is_visible()
    assert contents.evaluate("contents => contents.scrollWidth <= contents.clientWidth")


@pytest.mark.parametrize("kind", ["primary", "secondary"])
def test_a_menu_on_a_phone_has_room_for_its_lines(kind, site, visit):
    page = visit(f"{site}/chapters/04_gradient_of_the_loss.html", width="phone").page
    page.locator(f".{kind}-toggle").click()
    menu = page.locator(f"dialog[open] .bd-sidebar-{kind}, dialog[open].bd-sidebar-{kind}").first
    assert 220 < menu.bounding_box()["width"] < 310


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


@pytest.mark.parametrize("name", PAGES)
def test_no_row_has_fallen_out_of_its_table(name, html):
    paragraphs = [p.text for p in soup(html / f"{name}.html").select("article p")]
    assert [text for text in paragraphs if re.search(r"^\|.*\w.*\|$", text, re.MULTILINE)] == []


@pytest.mark.parametrize("name", ALL)
def test_every_local_link_leads_to_a_place_that_exists(name, html):
    page = html / f"{name}.html"
    inside = {link["href"] for link in links(page) if not urlsplit(link["href"]).scheme}
    assert inside
    assert [link for link in inside if not leads_somewhere(link, page)] == []


def leads_somewhere(link, page):
    """Whether file and fragment of a relative link exist."""
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return False
    return not parts.fragment or unquote(parts.fragment) in ids(target)
