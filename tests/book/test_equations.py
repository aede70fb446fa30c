"""Numbers, links, previews and folds of the equations, as a reader meets them."""

import re
import sys
from urllib.parse import unquote

import pytest
from book_pages import CHAPTERS, PAGES, ROOT, soup
from bs4 import BeautifulSoup

sys.path.insert(0, str(ROOT / "_ext"))

import prerendered_math

from crossentropy.derivation import EQUATIONS, SECTIONS

SHOWN = [line for name in CHAPTERS for line in SECTIONS.get(name.removeprefix("chapters/"), ())]
NUMBERS = [equation.number for equation in SHOWN]
LINKS = 'article a[href*="#eq-"]:not(.eqno)'


@pytest.fixture
def chapter(html, visit):
    """Open a page of the book from its folder."""
    return lambda name, anchor="", **how: (
        visit((html / f"{name}.html").as_uri() + anchor, **how).page
    )


@pytest.fixture(scope="module", autouse=True)
def stopped_typesetter():
    """End the process that typesets, once the last formula is compared."""
    yield
    prerendered_math.stop_typesetter(None, None)


def typeset(latex):
    """Return the HTML of a displayed formula, in the words of the parser that reads the pages."""
    html = prerendered_math.typeset(latex, display=True)
    return str(BeautifulSoup(html, "html.parser").select_one(".katex-display"))


def boxes(html, name):
    """Return the numbered equations of a page as it is built."""
    return soup(html / f"{name}.html").select("article .math.display[id]")


def test_every_equation_of_the_table_is_shown_exactly_once_and_in_order(html):
    shown = [box.select_one(".eqno").text for name in PAGES for box in boxes(html, name)]
    assert shown == [f"({number})" for number in NUMBERS]


@pytest.mark.parametrize("name", CHAPTERS)
def test_number_anchor_and_formula_belong_together(name, html):
    for box in boxes(html, name):
        number = box["id"].removeprefix("eq-")
        assert box.select_one(".eqno").text == f"({number})"
        assert str(box.select_one(".katex-display")) == typeset(EQUATIONS[number].latex)


@pytest.mark.parametrize("name", PAGES)
def test_a_link_to_an_equation_says_the_number_it_leads_to(name, html):
    for link in soup(html / f"{name}.html").select(LINKS):
        number = unquote(link["href"]).split("#eq-")[1]
        assert number in NUMBERS
        assert link.text == f"({number})"


# Point at each link; return those whose own equation is not shown within five seconds.
WITHOUT_PREVIEW = """async (links) => {
    const missing = [];
    for (const link of links) {
        link.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
        const isShown = () => {
            const preview = document.querySelector("#equation-preview");
            return preview?.checkVisibility() && preview.querySelector(".katex")
                && preview.querySelector(".eqno")?.textContent === link.textContent;
        };
        for (let frame = 0; frame < 300 && !isShown(); frame++)
            await new Promise(requestAnimationFrame);
        if (!isShown()) missing.push(link.textContent);
    }
    return missing;
}"""


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_link_to_an_equation_has_a_preview_of_it(name, chapter):
    page = chapter(name)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    links = page.locator(LINKS)
    assert links.count() or name.removeprefix("chapters/") not in SECTIONS
    assert links.evaluate_all(WITHOUT_PREVIEW) == []


@pytest.mark.parametrize("where", ["this page", "another page"])
def test_a_preview_appears_on_hover_and_leaves_with_the_pointer(where, chapter):
    page = chapter(CHAPTERS[1])
    link = first_link(page, where)
    link.hover()
    preview = page.locator("#equation-preview")
    preview.wait_for(state="visible")
    assert preview.locator(".eqno").inner_text() == link.inner_text()
    page.mouse.move(1, 1)
    preview.wait_for(state="hidden")


@pytest.mark.parametrize("where", ["this page", "another page"])
def test_a_preview_appears_on_keyboard_focus_and_escape_closes_it(where, chapter):
    page = chapter(CHAPTERS[1])
    link = first_link(page, where)
    page.keyboard.press("Tab")  # from here on the keyboard moves the focus
    link.focus()
    preview = page.locator("#equation-preview")
    preview.wait_for(state="visible")
    assert link.get_attribute("aria-describedby") == "equation-preview"
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_preview_lies_within_the_window(width, chapter):
    page = chapter("chapters/09_softmax", width=width)
    link = first_link(page, "this page")
    link.scroll_into_view_if_needed()
    link.hover()
    box = page.locator("#equation-preview").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


def first_link(page, where):
    """Return the first link in sight to an equation of this or of another page."""
    start = "#eq-" if where == "this page" else ""
    links = page.locator(f'article a[href^="{start}"][href*="#eq-"]:not(.eqno):visible')
    if where == "another page":
        links = page.locator('article a[href*=".html#eq-"]:visible')
    return links.first


def test_a_link_lands_on_the_equation_with_its_number(chapter):
    page = chapter(CHAPTERS[1])
    link = first_link(page, "another page")
    number = link.inner_text().strip("()")
    link.click()
    page.wait_for_url(re.compile(rf"#eq-{re.escape(number)}$"))
    box = page.locator(f'[id="eq-{number}"]')
    assert in_sight(box)
    assert box.locator(".eqno").inner_text() == f"({number})"


def in_sight(locator):
    """Whether an element is shown and inside the window."""
    box = locator.bounding_box()
    height = locator.page.viewport_size["height"]
    return box is not None and box["height"] > 0 and 0 <= box["y"] < height


def test_a_link_to_something_in_a_closed_fold_opens_it(chapter):
    page = chapter(CHAPTERS[0])
    fold = page.locator("article details").first
    assert fold.get_attribute("open") is None
    fold.evaluate(
        """fold => {
            fold.lastElementChild.id = "inside";
            const link = document.createElement("a");
            link.href = "#inside";
            link.id = "link-to-inside";
            link.textContent = "inside";
            document.querySelector("article h1").after(link);
        }"""
    )
    for _ in range(2):  # the second time the address does not change
        page.locator("#link-to-inside").click()
        page.locator("article details[open]").first.wait_for()
        assert in_sight(page.locator("#inside"))
        fold.evaluate("fold => { fold.open = false; window.scrollTo(0, 0); }")


def test_paper_shows_what_is_folded_and_the_screen_folds_it_again(chapter):
    page = chapter(CHAPTERS[0])
    closed = "document.querySelectorAll('article details:not([open])').length"
    before = page.evaluate(closed)
    assert before > 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(closed) == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(closed) == before


@pytest.mark.parametrize("name", CHAPTERS)
def test_both_ends_of_every_equation_can_be_reached_on_a_phone(name, chapter):
    page = chapter(name, width="phone")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    unreachable, scrolling = page.evaluate(
        """async () => {
            const drawn = () => new Promise((done) => requestAnimationFrame(done));
            const unreachable = [];
            let scrolling = 0;
            for (const section of document.querySelectorAll("article section")) {
                section.scrollIntoView(); // what is far away is not laid out
                for (let frames = 0; frames < 3; frames += 1) await drawn();
            }
            for (const box of document.querySelectorAll("article .formula")) {
                const ink = box.querySelector(".katex-html");
                const at = (end) => {
                    box.scrollLeft = end;
                    return [ink.getBoundingClientRect(), box.getBoundingClientRect()];
                };
                let [formula, frame] = at(0);
                const start = formula.left >= frame.left - 1 && frame.left >= 0;
                [formula, frame] = at(1e6);
                const end = formula.right <= frame.right + 1 && frame.right <= innerWidth;
                const wide = box.scrollWidth > box.clientWidth;
                scrolling += wide;
                if (!start || !end || (wide && box.tabIndex !== 0)) {
                    unreachable.push(box.textContent.slice(0, 60));
                }
            }
            return [unreachable, scrolling];
        }"""
    )
    assert unreachable == []
    if name.endswith("04_gradient_of_the_loss"):
        assert scrolling > 3  # else this test would look at nothing


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_formula_in_the_text_is_never_cut_off_and_its_full_stop_stands_at_its_end(name, chapter):
    page = chapter(name, width="phone", bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.add_style_tag(content="section { content-visibility: visible !important }")
    cut, astray, number = page.evaluate(
        """() => {
            const cut = [], astray = [];
            const formulas = [...document.querySelectorAll("article span.math")];
            for (const formula of formulas) {
                const parts = [...formula.querySelectorAll(".base")];
                const { left, right } = formula.closest("p, li, td, th, dd, h1, h2, h3, summary")
                    .getBoundingClientRect();
                const boxes = parts.map((part) => part.getBoundingClientRect());
                if (boxes.some((box) => box.left < left - 1 || box.right > right + 1)) {
                    cut.push(formula.textContent.slice(0, 60));
                }
                const after = formula.parentElement.matches(".one-line") && formula.nextSibling;
                if (after) {
                    const range = document.createRange();
                    range.selectNodeContents(after);
                    const stop = range.getBoundingClientRect(), last = boxes.at(-1);
                    if (Math.abs(stop.left - last.right) > 2 && stop.top < last.bottom) {
                        astray.push(formula.textContent.slice(0, 60));
                    }
                }
            }
            return [cut, astray, formulas.length];
        }"""
    )
    assert cut == []
    assert astray == []
    if name.endswith("04_gradient_of_the_loss"):
        assert number > 20  # else this test would look at nothing
