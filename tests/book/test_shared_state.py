"""On the built pages, a link holds all that a reader has set, and Start over leads back to all."""

import json
import re

import pytest
from playwright.sync_api import expect
from widget_states import WIDGETS, answer, press, settle, widget_on, write_page

from crossentropy.widgets import SelfCheck

CHAPTER = "07_the_loss_surface"
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


def test_going_back_to_a_link_leaves_the_work_that_was_done_since(html, visit):
    address = (html / f"{WIDGETS['loss_surface_explorer'].page}.html").as_uri()
    page = visit(f"{address}#loss_surface_explorer-1?w=[2,1]").page
    widget = page.locator("#loss_surface_explorer-1 .xe")
    weight = widget.get_by_role("slider", name="weight w₁")
    expect(weight).to_have_value("2")
    for value in ("1", "-1"):
        weight.fill(value)
        page.evaluate("location.hash = 'main-content'")
        page.go_back()
        page.wait_for_url(re.compile(r"#loss_surface_explorer-1\?"))
        assert weight.input_value() == value
        press("Copy link")(widget)
        page.wait_for_url(re.compile(rf"w=%5B{value}%2C"))
    page.evaluate("location.hash = 'loss_surface_explorer-1?w=[0.5,1]'")
    expect(weight).to_have_value("0.5")


@pytest.mark.parametrize("cut", ["#logistic_explorer-1?w=%2", "#%", "#eq-3%E2%8"])
def test_a_link_that_is_cut_off_leaves_the_page_alive(cut, html, visit):
    address = (html / f"{WIDGETS['logistic_explorer'].page}.html").as_uri()
    opened = visit(address + cut)
    opened.page.keyboard.press("Shift")
    opened.page.locator("[data-widget] .xe").first.wait_for()
    assert opened.complaints == []


def test_a_link_may_name_choices_of_each_question_alone(html, visit):
    page = f"chapters/{CHAPTER}"
    choices = [len(question["choices"]) for question in SelfCheck(CHAPTER).questions]
    none = [[] for _ in choices]
    for tries in (none[1:], [*none, []], [[choices[0]], *none[1:]], [[-1], *none[1:]]):
        opened = visit(f"{(html / page).as_uri()}.html#self_check-1?tries={json.dumps(tries)}")
        opened.page.get_by_text("A part of this link is damaged").wait_for()
        assert opened.complaints == []
    last = [*none[1:], [choices[-1] - 1]]
    opened = visit(f"{(html / page).as_uri()}.html#self_check-1?tries={json.dumps(last)}")
    form = opened.page.locator("[data-widget=self_check] form").last
    expect(form.get_by_role("radio").last).to_be_checked()
