"""Every widget is shown without a kernel, for everyone, and leaves nothing behind."""

import gzip
import re

import pytest
from axe import COLOURS, SIZES, violations
from playwright.sync_api import expect
from runs.all_runs import ALL as RUNS
from widget_states import (
    BEYOND,
    EXPORTED,
    WIDGETS,
    name_of,
    reach,
    said,
    settle,
    widget_on,
    write_page,
)

from crossentropy.widgets._sources import needed, style

NAMES = list(WIDGETS)
EACH = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def opened(visit, tmp_path):
    """Open a page with the widgets alone; a message on its console fails the test."""
    visits = []

    def open_page(*made, **options):
        visits.append(visit(write_page(tmp_path, *made), **options))
        return visits[-1].page

    yield open_page
    assert [visit.complaints + visit.foreign + visit.failed for visit in visits] == [[]] * len(
        visits
    )


def test_the_table_has_every_widget_that_the_package_exports():
    assert set(WIDGETS) == EXPORTED
    assert {run.make()._js for run in RUNS} == EXPORTED  # and so have the runs


@EACH
@pytest.mark.parametrize("place", ["server", "folder"])
def test_a_chapter_shows_the_widget_alive(name, place, site, html, visit):
    page = WIDGETS[name].page
    visited = visit(
        f"{site}/{page}.html" if place == "server" else (html / f"{page}.html").as_uri()
    )
    place = visited.page.locator(f"[data-widget={name}]").first
    assert place.count(), f"there is no {name} on {page}: add one, or run `make book`"
    widget = place.locator(".xe")
    assert widget.count() == 0  # far down the page, it waits
    place.evaluate("place => place.scrollIntoView()")
    reach(widget, 0)
    assert said(widget)
    assert place.locator(":scope > :not(div, .xe-host-note)").count() == 0
    for width, _ in SIZES.values():
        visited.page.set_viewport_size({"width": width, "height": 800})
        assert widget.evaluate(BEYOND) == [], width
    assert visited.complaints + visited.foreign + visited.failed == []


@EACH
def test_without_script_its_point_stands_there_in_words(name, html, visit):
    address = (html / f"{WIDGETS[name].page}.html").as_uri()
    page = visit(address, java_script_enabled=False).page
    place = page.locator(f"[data-widget={name}]").first  # far down, and not laid out until near
    assert len(place.text_content().split()) > 10
    assert page.locator(".xe").count() == 0


@EACH
def test_the_words_without_script_stay_where_a_widget_fails(name, opened_broken):
    page = opened_broken(name)
    expect(page.locator(".xe")).to_have_count(1)  # the other one
    assert len(page.locator("[data-widget]").first.inner_text().split()) > 10


@pytest.fixture
def opened_broken(browser, tmp_path):
    """Open a page whose first widget has a broken state, which it reports; the second is whole."""
    contexts = []

    def open_page(name):
        make = WIDGETS[name].make
        address = write_page(tmp_path, make(), make())
        path = tmp_path / "page.html"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'data-state="[^"]*"', 'data-state="{"', text, count=1), "utf-8")
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        with page.expect_event("pageerror"):
            page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def each_state(page, name):
    """Lead the widget of a page through its states; yield the name of each, and the widget."""
    widget = widget_on(page)
    for state, act in (("the start", lambda widget: None), *WIDGETS[name].states):
        act(widget)
        yield state, widget


@EACH
def test_axe_finds_nothing_in_any_state_at_any_size_nor_in_the_dark(name, opened):
    page = opened(WIDGETS[name].make())
    for state, _ in each_state(page, name):
        for size, (width, options) in SIZES.items():
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page, ".xe", **options) == {}, f"{state}, {size}"
        page.emulate_media(color_scheme="dark")
        assert violations(page, ".xe", **COLOURS) == {}, f"{state}, dark"
        page.emulate_media(color_scheme="light")


def test_the_first_key_shows_all_widgets_so_that_tab_passes_none_by(html, visit):
    page = visit((html / "chapters" / "04_gradient_of_the_loss.html").as_uri()).page
    places = page.locator("[data-widget]").count()
    assert page.locator(".xe").count() < places
    page.keyboard.press("Tab")
    expect(page.locator("[data-widget] .xe")).to_have_count(places)


# A live region that is new or was moved may stay silent, so each has to stay where it is.
WATCH_REGIONS = """(widget) => {
    window.regions = [...widget.querySelectorAll("[role=status]")];
    window.moved = [];
    const holds = (node) => window.regions.some((one) => node.contains(one));
    const hold = (nodes) => [...nodes].filter(holds);
    new MutationObserver((records) => {
        for (const { addedNodes, removedNodes } of records) {
            window.moved.push(...hold(addedNodes), ...hold(removedNodes));
        }
    }).observe(widget, { childList: true, subtree: true });
}"""
SAME_REGIONS = """(widget) => {
    const now = [...widget.querySelectorAll("[role=status]")];
    return now.length === window.regions.length && !window.moved.length
        && window.regions.every((one, i) => one === now[i] && one.isConnected);
}"""


@EACH
def test_the_regions_that_are_read_out_stay_in_their_place(name, opened):
    page = opened(WIDGETS[name].make())
    widget_on(page).evaluate(WATCH_REGIONS)
    for state, widget in each_state(page, name):
        assert widget.evaluate(SAME_REGIONS), state
    widget.get_by_role("button", name="Start over").click()
    assert widget.evaluate(SAME_REGIONS), "started over"


SMALL_TARGETS = """(widget) => [...widget.querySelectorAll("button, input, select, a")]
    .map((one) => (["radio", "checkbox"].includes(one.type) ? one.closest("label") ?? one : one))
    .filter((one) => one.checkVisibility())
    .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24)
    .map((one) => one.outerHTML)"""


@EACH
def test_what_can_be_pressed_is_large_enough_and_nothing_is_too_wide(name, opened):
    page = opened(WIDGETS[name].make(), width="phone", has_touch=True)
    for state, widget in each_state(page, name):
        small = widget.evaluate(SMALL_TARGETS)
        assert small == [], state
        assert widget.evaluate(BEYOND) == [], state
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, state


FOCUSED = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
TAB_STOPS = """(widget) => {
    const controls = [...widget.querySelectorAll("button, input, select, [tabindex='0']")];
    const groups = new Set();
    return controls.filter((control) => {
        if (control.type !== "radio") return control.checkVisibility();
        const group = control.closest("fieldset"); // one stop for all its radio buttons
        return !groups.has(group) && groups.add(group);
    });
}"""


@EACH
def test_every_control_can_be_reached_by_tab(name, opened):
    page = opened(WIDGETS[name].make())
    widget = widget_on(page)
    reach(widget, 0)
    page.evaluate("(h => { h.tabIndex = -1; h.focus(); })(document.querySelector('h1'))")
    count = widget.evaluate(f"e => ({TAB_STOPS})(e).length")
    reached = set()
    for _ in range(count):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert len(reached) == count
    assert widget.evaluate("e => e.contains(document.activeElement)")


@EACH
def test_keys_pressed_in_a_widget_do_not_reach_the_page(name, opened):
    page = opened(WIDGETS[name].make())
    page.evaluate("document.addEventListener('keydown', () => (window.reached = true))")
    widget_on(page).get_by_role("button").first.press("ArrowDown")
    assert page.evaluate("window.reached") is None


@EACH
def test_two_on_a_page_do_not_disturb_each_other(name, opened):
    page = opened(WIDGETS[name].make(), WIDGETS[name].make())
    first, second = widget_on(page), widget_on(page, 1)
    before = second.inner_html()
    for _, act in WIDGETS[name].states:
        act(first)
    assert first.inner_html() != before
    assert second.inner_html() == before
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


@EACH
def test_start_over_leads_back_to_the_start(name, opened):
    page = opened(WIDGETS[name].make())
    widget = widget_on(page)
    before = widget.inner_text()
    for step in range(len(WIDGETS[name].states)):
        reach(widget, step)
        widget.get_by_role("button", name="Start over").click()
        settle(page)
        assert widget.inner_text() == before


@EACH
def test_a_link_carries_the_state(name, opened):
    page = opened(WIDGETS[name].make(), WIDGETS[name].make())
    widget = widget_on(page, 1)
    reach(widget, 2)
    widget.get_by_role("button", name="Copy link").click()
    page.wait_for_url(re.compile("#"))
    state = controls(widget)
    link = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(link)
    assert controls(widget_on(page, 1)) == state
    assert controls(widget_on(page, 0)) != state, "the third state has the controls of the start"
    assert widget_on(page, 1).evaluate("e => e.getBoundingClientRect().top < innerHeight")


def controls(widget):
    """Return what the controls of a widget say of its state."""
    return widget.evaluate(
        """(widget) => [...widget.querySelectorAll("button, input")].map((control) =>
            [control.textContent, control.value, control.checked])"""
    )


@EACH
def test_a_damaged_link_is_left_out_and_said_to_be(name, opened):
    page = opened(WIDGETS[name].make())
    widget = widget_on(page)
    before = widget.inner_html()
    note = page.locator(".xe-host-note")
    for query in ("?w=nonsense", "?w=1e999", "?w=[", "?w={}", "?b=99", "?w"):
        page.evaluate("(hash) => { location.hash = hash; }", f"{name}-1{query}")
        note.get_by_text("A part of this link is damaged").wait_for()
        assert widget.inner_html() == before, query
        page.evaluate("(hash) => { location.hash = hash; }", f"{name}-1")
        note.filter(has_text=re.compile("^$")).wait_for(state="attached")


@pytest.mark.parametrize("name", [name for name in NAMES if "plane" in needed(name)])
def test_a_widget_unfolds_with_the_right_width(name, opened):
    page = opened(WIDGETS[name].make())
    widget = widget_on(page)
    width = "e => e.querySelector('svg')?.viewBox.baseVal.width"
    page.evaluate("document.querySelector('main').style.display = 'none'")
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.querySelector('main').style.display = ''")
    settle(page)
    shown = widget.locator("svg").first.bounding_box()["width"]
    assert abs(shown - widget.evaluate(width)) < 1


@EACH
def test_the_widgets_of_a_page_add_little(name, html, site, visit):
    page = visit(f"{site}/{WIDGETS[name].page}.html").page
    page.locator("[data-widget]").first.evaluate("place => place.scrollIntoView()")
    page.locator("[data-widget] .xe").first.wait_for()  # the script is loaded when it is of use
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    urls = [url.removeprefix(f"{site}/").split("?")[0] for url in loaded]
    scripts = [url for url in urls if url.startswith(("_static/widgets/", "_static/states/"))]
    assert len(scripts) == 2  # the code, and the states
    texts = [(html / script).read_bytes() for script in scripts]
    texts.append(style().encode())  # a part of the book's
    assert sum(len(gzip.compress(text)) for text in texts) <= 40_000


def test_the_style_sheet_of_the_pages_has_every_rule_of_the_widgets(html):
    names = set(re.findall(r"\.(xe-[\w-]+)", style()))
    assert {"xe-pull1", "xe-contours", "xe-sample0"} <= names  # which scripts put together
    joined = (html / "_static" / "book.min.css").read_text(encoding="utf-8")
    assert names - set(re.findall(r"\.(xe-[\w-]+)", joined)) == set()


def test_a_page_without_widgets_loads_nothing_for_them(html):
    assert "/widgets/" not in (html / "index.html").read_text(encoding="utf-8")


@EACH
def test_the_place_knows_its_name(name, opened):
    assert name_of(widget_on(opened(WIDGETS[name].make()))) == name
