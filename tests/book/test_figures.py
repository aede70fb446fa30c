"""Figures as a reader meets them: they load on the way, and follow the theme."""

import io

import pytest
from book_pages import CHAPTERS, soup
from PIL import Image

from crossentropy.plots._colours import PAGE_INK, PAPER


@pytest.fixture
def chapter(html, visit):
    """Open a chapter from its folder."""
    return lambda name, **how: visit((html / f"{name}.html").as_uri(), **how).page


def loaded_figure(page):
    """Return the first figure that is no widget's, once the reader is there."""
    figure = page.locator("article .cell .figure:not([data-widget] *)").first
    figure.scroll_into_view_if_needed()
    figure.evaluate("image => image.decode()")  # once it is there
    return figure


def rgb(colour):
    """Return "#0b63b5" as three numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def distance(one, other):
    """Return how far two colours are apart, in the channel that differs most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("preference", ["light", "dark"])
def test_a_figure_follows_the_theme_of_the_page_whatever_the_system_prefers(preference, chapter):
    page = chapter("chapters/07_the_loss_surface", theme=preference)
    figure = loaded_figure(page)
    for theme, ink, paper in zip(("light", "dark"), PAGE_INK, PAPER["paper"], strict=True):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))")
        picture = Image.open(io.BytesIO(figure.screenshot())).convert("RGB")
        colours = [colour for _, colour in picture.getcolors(maxcolors=1_000_000)]
        assert distance(picture.getpixel((1, 1)), rgb(paper)) == 0
        assert min(distance(colour, rgb(ink)) for colour in colours) <= 16


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_figures_of_a_chapter_are_files_that_wait_for_the_reader(name, html):
    page = html / f"{name}.html"
    images = soup(page).select("article img.figure")
    assert images
    for image in images:
        assert image["loading"] == "lazy"
        assert (page.parent / image["src"]).read_text(encoding="utf-8").startswith("<svg")


def test_far_figures_are_on_paper_too(chapter):
    page = chapter("chapters/03_cross_entropy")
    page.set_viewport_size({"width": 600, "height": 400})
    page.pdf()
    far = page.locator("article .figure:not([data-widget] *)").last
    assert far.evaluate("image => image.complete && image.naturalWidth > 0")


def test_no_figure_file_is_left_that_no_page_shows(html):
    shown = {
        image["src"].rsplit("/", 1)[1]
        for path in html.rglob("*.html")
        for image in soup(path).select("img.figure")
    }
    assert {path.name for path in (html / "_static" / "figures").iterdir()} == shown
