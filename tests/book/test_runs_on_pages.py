"""Every widget on the built pages: solved, and every classic mistake made, with every hand."""

import pytest
from hands import Finger
from runs.all_runs import EACH_WITH_EACH_HAND
from runs.hands import HANDS
from widget_states import widget_on, write_page

from crossentropy.widgets._exercise import as_json


@pytest.fixture
def opened(visit, html, tmp_path):
    """Open a page with the widget of a run; a message on its console fails the test."""
    visits = []

    def open_page(run, **options):
        made = run.make()
        if run.page is None:
            address = write_page(tmp_path, made)
        else:
            address = (html / f"{run.page}.html").as_uri()
        visits.append(visit(address, reduced_motion="reduce", **options))
        page = visits[-1].page
        if run.page is None:
            return widget_on(page)
        place = page.locator(f"[data-widget={made._js}]").nth(run.number)
        place.evaluate("place => place.scrollIntoView()")  # a widget is shown when it comes near
        place.locator(".xe").wait_for()
        assert place.get_attribute("data-state") == as_json(made.page_state())
        return place.locator(".xe")

    yield open_page
    for visited in visits:
        assert visited.complaints + visited.foreign + visited.failed == []


@EACH_WITH_EACH_HAND
def test_a_reader_goes_through_a_widget(run, hand, opened):
    context = Finger.context if hand == "finger" else {}
    run.play(HANDS[hand](opened(run, **context)))
