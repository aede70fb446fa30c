"""A page on paper: complete, dark on light, and no equation is cut off."""

import io
import re
import unicodedata

import pytest
from book_pages import CHAPTERS, soup
from pypdf import PdfReader

MILLIMETRES = 96 / 25.4  # CSS pixels
PAPER = {"width": 210, "height": 297}  # A4
MARGIN = {"x": 16, "y": 18}  # as in book.css
TALLEST = 0.9 * (PAPER["height"] - 2 * MARGIN["y"]) * MILLIMETRES


@pytest.fixture
def chapter(html, visit):
    """Open a chapter from its folder."""
    return lambda name, **how: visit((html / f"{name}.html").as_uri(), **how).page


def letters(text):
    """Return a text as its letters alone: a PDF may join them, or put blanks between them."""
    return re.sub(r"[^A-Za-z]", "", unicodedata.normalize("NFKC", text))


def words(element):
    """Return the longer words of a part of a page that stand in neither formula nor code."""
    texts = element.find_all(string=True)
    prose = (t for t in texts if t.find_parent(class_=["katex", "highlight"]) is None)
    return set(re.findall(r"[A-Za-z]{4,}", " ".join(prose)))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_printed_chapter_has_its_title_and_all_that_is_folded(name, html, chapter):
    page = chapter(name)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = [letters(sheet.extract_text()) for sheet in reader.pages]
    article = soup(html / f"{name}.html").article
    assert letters(article.h1.find_all(string=True)[1]) in printed[0]
    folded = set().union(*map(words, article.select("details:not([data-widget] *)")))
    assert folded
    assert {word for word in folded if word not in "".join(printed)} == set()
    assert page.locator("article details[open]").count() == 0


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_equation_is_cut_off_on_paper(name, chapter):
    page = chapter(name)
    page.set_viewport_size({"width": round((210 - 2 * 16) * MILLIMETRES), "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("article .math.display")].map((box) => {
            const ink = box.querySelector(".katex-html").getBoundingClientRect();
            return { id: box.id, left: ink.left, right: ink.right, height: ink.height,
                breaks: getComputedStyle(box).breakInside };
        })"""
    )
    assert boxes
    width = page.viewport_size["width"]
    for box in boxes:
        assert -1 <= box["left"] <= box["right"] <= width + 1, box
        assert box["height"] < TALLEST, box
        assert box["breaks"] == "avoid", box


@pytest.mark.parametrize("name", ["benchmarks", "notation"])
def test_no_table_is_cut_off_on_paper(name, chapter):
    page = chapter(f"chapters/reference/{name}")
    page.set_viewport_size({"width": round((210 - 2 * 16) * MILLIMETRES), "height": 1000})
    page.emulate_media(media="print")
    ends = (
        "() => [...document.querySelectorAll('table')].map((t) => t.getBoundingClientRect().right)"
    )
    assert max(page.evaluate(ends)) <= page.viewport_size["width"]


def test_paper_is_light_and_the_screen_stays_as_it_was(chapter):
    page = chapter(CHAPTERS[3], theme="dark")
    theme = "document.documentElement.dataset.theme"
    sizes = "[...document.querySelectorAll('.formula')].map((box) => box.style.fontSize).join('')"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(theme) == "light"
    assert page.evaluate(sizes)  # some formula of this chapter is wider than paper
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(theme) == "dark"
    assert not page.evaluate(sizes)
