"""On the built pages, a link holds all that a reader has set, and Start over leads back to all."""

import re

import pytest
from widget_states import WIDGETS, answer, press, settle, widget_on, write_page

EACH = pytest.mark.parametrize("name", WIDGETS)

# All controls that can be seen, and what they say; the words of feedback belong to an attempt.
CONTROLS = """(widget) => [...widget.querySelectorAll("input, select, .xe-value, ol button")]
    .filter((one) => one.checkVisibility())
    .map((one) => [
        one.type ?? one.className, one.ariaLabel, one.value ?? one.textContent, one.checked ?? null,
        one.disabled ?? null, one.getAttribute("aria-valuetext"),
    ].join(" "))"""

# All of a widget but for the names of its groups, which are drawn anew.
WHOLE = """(widget) => {
    const copy = widget.cloneNode(true);
    for (const one of copy.querySelectorAll("[name^=xe-]")) one.removeAttribute("name");
    for (const one of copy.querySelectorAll("[data-kind=none]")) one.removeAttribute("data-kind");
    const state = ({ value, checked, disabled }) => [value, checked, disabled];
    return [copy.outerHTML, [...widget.querySelectorAll("input, select, button")].map(state)];
}"""

# Set every control that can be seen to something else than it was, as a reader does.
FIDDLE = """(widget) => {
    const told = (one, kind) => one.dispatchEvent(new Event(kind, { bubbles: true }));
    const seen = (kind) => [...widget.querySelectorAll(kind)]
        .filter((one) => one.checkVisibility() && !one.disabled);
    for (const one of seen("[type=range]")) {
        const [min, max] = [Number(one.min), Number(one.max)];
        one.value = min + 0.7 * (max - min);
        told(one, "input");
    }
    for (const one of seen("[type=checkbox], label > [type=radio]")) one.click();
    for (const one of seen("[type=text], input:not([type])")) {
        one.value = "1 - p";
        told(one, "input");
    }
    for (const one of seen("select")) {
        one.selectedIndex = 1;
        told(one, "change");
    }
    widget.querySelector("[aria-label^='Add: ']")?.click();
    for (const one of seen("form > button, .xe-action button")) {
        if (/^(Check|Commit|Compare)$/.test(one.textContent)) one.click();
    }
}"""


@pytest.fixture
def on_its_page(html, visit):
    """Show the first widget of a kind on a page of the book; return the page and the widget."""

    def open_page(name, address=None):
        address = address or (html / f"{WIDGETS[name].page}.html").as_uri()
        page = visit(address, bypass_csp=True).page  # for what waits below
        place = page.locator(f"[data-widget={name}]").first
        place.evaluate("place => place.scrollIntoView()")
        widget = place.locator(".xe")
        widget.wait_for()
        return page, widget

    return open_page


@EACH
def test_a_link_brings_back_every_control(name, on_its_page):
    page, widget = on_its_page(name)
    before = widget.evaluate(CONTROLS)
    widget.evaluate(FIDDLE)
    settle(page)
    shared = widget.evaluate(CONTROLS)
    if before:
        assert shared != before
    press("Copy link")(widget)
    page.wait_for_url(re.compile("#"))
    _, again = on_its_page(name, page.evaluate("location.href"))
    assert again.evaluate(CONTROLS) == shared


@EACH
def test_start_over_leads_back_to_the_whole_start(name, visit, tmp_path):
    page = visit(write_page(tmp_path, WIDGETS[name].make())).page
    widget = widget_on(page)
    before = widget.evaluate(WHOLE)
    for _, act in WIDGETS[name].states:
        act(widget)
    settle(page)
    assert widget.evaluate(WHOLE) != before
    press("Start over")(widget)
    settle(page)
    assert widget.evaluate(WHOLE) == before


def test_a_link_holds_an_answer_that_is_not_checked_yet(visit, tmp_path):
    made = WIDGETS["loss_surface_explorer"].make()
    made.task = 3
    page = visit(write_page(tmp_path, made)).page
    answer("the loss is zero")(widget_on(page))
    press("Copy link")(widget_on(page))
    page.wait_for_url(re.compile("#"))
    again = widget_on(visit(page.evaluate("location.href")).page)
    assert again.get_by_role("radio", checked=True).get_attribute("value") == "loss"
    press("Start over")(again)
    assert again.get_by_role("radio", checked=True).count() == 0
