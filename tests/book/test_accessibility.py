"""axe finds no violation on any page, and figures say in words what they show."""

import re

import pytest
from axe import BOXES, COLOURS, violations
from book_pages import NOT_FOUND, PAGES, SEARCH, soup
from chromium import LAID_OUT, WIDTHS

SHOWN = "[...document.querySelectorAll('[data-widget]')].every((e) => e.querySelector('.xe'))"
# Nine tenths of a page's elements are parts of formulas. For axe each is one box, as large as
# before; the first of its kind has a word in it. That formulas have MathML is tested below.
REDUCE_FORMULAS = """() => {
    const seen = new Set();
    const formulas = [...document.querySelectorAll(".katex")].filter(
        (formula) => formula.children.length && formula.checkVisibility());
    const sizes = formulas.map((formula) => formula.getBoundingClientRect());
    const named = "th, summary, label, button, a, h1, h2"; // what has to say something
    formulas.forEach((formula, index) => {
        const block = formula.closest(`p, li, dt, dd, td, div, ${named}`);
        const around = [block, block.parentElement, formula.parentElement];
        const kind = around.map((one) => `${one.localName}.${one.className}`).join();
        formula.replaceChildren(block.matches(named) || !seen.has(kind) ? "formula" : "");
        formula.style.cssText = `display: inline-block; overflow: hidden;
            width: ${sizes[index].width}px; height: ${sizes[index].height}px`;
        seen.add(kind);
    });
}"""
# A token of code and a name in a docstring have the colours of their kind, wherever they stand: one
# of each kind stays that has more than the one letter over which axe passes.
REDUCE_CODE = """() => {
    const seen = new Set();
    const tokens = "pre span, code, code span, .sig :is(em, span), dl.py :is(em, strong, cite)";
    for (const token of [...document.querySelectorAll(tokens)].reverse()) { // inner ones first
        const place = token.closest("pre, a, .sig, dl.field-list, dl.py, table, article, body");
        const around = token.parentElement;
        const kind = [token.localName, token.className, around.localName,
            around.parentElement.localName, place.localName, place.parentElement.className].join();
        if (token.children.length) continue;
        const text = token.textContent;
        if (text.length < 2 || seen.has(kind)) token.replaceWith(text);
        else seen.add(kind);
    }
}"""
# What the text of a page has on a desk has the same colours there as on a phone.
AROUND = {"exclude": ["article"]}
# What a page says before the reader has come near to most of it.
UNSEEN = {"runOnly": ["scrollable-region-focusable", "target-size"]}
ZOOMED = WIDTHS["desk"] // 2  # what a page on a desk has room for at 200 %
FILE_NAME = re.compile(
    r"\S+\.(svg|png|jpe?g)$|^(output|figure|image|plot)[\s_\d-]*$", re.IGNORECASE
)


@pytest.mark.parametrize("name", [*PAGES, SEARCH, NOT_FOUND])
def test_axe_finds_nothing(name, html, visit):
    page = visit((html / f"{name}.html").as_uri(), bypass_csp=True).page
    prepare(page)
    assert violations(page, **BOXES) == {}, "folded"
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.evaluate(REDUCE_FORMULAS)  # those that were folded
    for width, options in ((ZOOMED, BOXES), (WIDTHS["phone"], {}), (WIDTHS["desk"], BOXES)):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, **options) == {}, f"unfolded, at {width} pixels"
    assert violations(page, AROUND, **COLOURS) == {}, "around the text, on a desk"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert violations(page, **COLOURS) == {}, "dark"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_phone_where_sections_are_not_laid_out_yet(name, html, visit):
    page = visit((html / f"{name}.html").as_uri(), width="phone", bypass_csp=True).page
    page.evaluate(REDUCE_FORMULAS)
    assert violations(page, **UNSEEN) == {}
    page.keyboard.press("Shift")
    page.wait_for_function(SHOWN)
    assert violations(page, **UNSEEN) == {}, "with all widgets"


def prepare(page):
    """Show all widgets, lay out everything, reduce formulas and code."""
    page.keyboard.press("Shift")
    page.wait_for_function(SHOWN)
    # axe passes over text on a gradient; ours only shade the ends of boxes that scroll.
    # A button that is on its way from one theme's colour to the other's has neither.
    everything = ("background-image: none", "content-visibility: visible", "transition: none")
    page.add_style_tag(content=f"* {{ {' !important; '.join(everything)} !important }}")
    page.evaluate("window.dispatchEvent(new Event('resize'))")  # the page looks at its boxes again
    page.evaluate(LAID_OUT)
    page.evaluate(REDUCE_FORMULAS)
    page.evaluate(REDUCE_CODE)


@pytest.mark.parametrize("name", PAGES)
def test_every_formula_can_be_read_aloud(name, html):
    for formula in soup(html / f"{name}.html").select(".katex"):
        assert formula.select_one("math").text.strip()
        assert formula.select_one(".katex-html")["aria-hidden"] == "true"


def figures(html, name):
    """Return the figures of a page; strokes that KaTeX draws as svg are none."""
    found = soup(html / f"{name}.html").select("article :is(img, svg)")
    return [figure for figure in found if figure.find_parent(class_="katex") is None]


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_says_what_it_shows(name, html):
    for figure in figures(html, name):
        words = figure.get("aria-label") or figure.get("alt") or ""
        assert figure.name == "img" or figure.get("role") == "img"
        assert len(words.split()) >= 5
        assert not FILE_NAME.search(words)


def test_the_chapters_have_figures(html):
    assert sum(len(figures(html, name)) for name in PAGES) >= 5
