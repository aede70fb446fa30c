"""Every widget on the built pages: solved with every hand, and every classic mistake made."""

import pytest
from chromium import WIDTHS, Visit
from runs.all_runs import each_with, on_pages
from runs.hands import HANDS, Finger, Mouse
from widget_states import settle, widget_on, write_page

from crossentropy.widgets._exercise import as_json


@pytest.fixture(scope="module")
def tabs(browser):
    """A page at a desk and a page on a phone, for one run after the other."""
    opened = {}
    for kind in (Mouse, Finger):
        options = {"width": "desk", **kind.context}
        size = {"width": WIDTHS[options.pop("width")], "height": 800}
        page = browser.new_page(viewport=size, reduced_motion="reduce", **options)
        page.set_default_timeout(60_000)  # ms
        opened[kind] = Visit(page)
        page.on("console", opened[kind].complain)
        page.on("pageerror", lambda error, kind=kind: opened[kind].complaints.append(str(error)))
    yield opened
    for tab in opened.values():
        tab.page.close()


@each_with(on_pages)
def test_a_reader_goes_through_a_widget(run, hand, tabs, html, tmp_path):
    tab = tabs[Finger if hand == "finger" else Mouse]
    tab.complaints.clear()
    run.play(HANDS[hand](show(run, tab.page, html, tmp_path)))
    assert tab.complaints == []


def show(run, page, html, folder):
    """Return the widget of a run: on the page of the book that has it, or on one of its own."""
    made = run.make()
    address = (html / f"{run.page}.html").as_uri() if run.page else write_page(folder, made)
    is_open = page.url == address
    if not is_open:
        page.goto(address, wait_until="load")
    if run.page is None:
        return widget_on(page)
    place = page.locator(f"css:light=[data-widget={made._js}]").nth(run.number)
    place.evaluate("place => place.scrollIntoView()")  # a widget is shown when it comes near
    widget = place.locator("css:light=.xe")
    widget.wait_for()
    settle(page)
    assert place.get_attribute("data-state") == as_json(made.page_state())
    if is_open:
        widget.get_by_role("button", name="Start over").click()  # after the run before
    return widget
