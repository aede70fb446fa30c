"""The loss-surface explorer: its numbers, its samples, and the map that follows both."""

import re

import numpy as np
import pytest
from runs.hands import Mouse
from runs.surface_runs import AFTER, X, map_of, on_screen
from widget_states import (
    press,
    set_slider,
    settle,
    widget_on,
    write_page,
)

from crossentropy import make_overlapping, mean_loss, mean_loss_gradient
from crossentropy.widgets import LossSurfaceExplorer

Y = np.array([1, 1, 0, 0, 0, 0])
FLIPPED = np.array([1, 1, 0, 0, 1, 0])
# In the browser, which draws frame after frame however slow the tests are.
RUN_AND_STOP = """async (button) => {
    button.click();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    button.click();
}"""


@pytest.fixture
def explorer(visit, tmp_path):
    """Open a page with the explorer, without motion; a message on its console fails the test."""
    visits = []

    def open_page(data=(X, Y), flip=4):
        made = LossSurfaceExplorer(*data, flip=flip)
        visits.append(visit(write_page(tmp_path, made)))
        page = visits[-1].page
        page.emulate_media(reduced_motion="reduce")
        return widget_on(page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def put(widget, w):
    set_slider("weight w₁", w[0])(widget)
    set_slider("weight w₂", w[1])(widget)


def rate(widget, value):
    set_slider("step size", np.log10(value).round(2))(widget)


def height(widget):
    """Return the mean loss that is shown."""
    return float(re.search(r"L\(w\) = ([\d.]+)", widget.inner_text())[1])


def data_of(widget):
    return widget.locator("svg").nth(0)


def drag(view, start, end, reach):
    """Drag what is at a point of a plane to another one."""
    view.scroll_into_view_if_needed()
    Mouse(view.page).drag(*(on_screen(view, point, reach) for point in (start, end)))


def test_the_numbers_are_those_of_the_package(explorer):
    widget = explorer()
    for w in ([1.5, -0.5], [-4, 4]):
        put(widget, w)
        assert height(widget) == pytest.approx(mean_loss(w, X, Y), rel=1e-3)
    g = mean_loss_gradient([-4, 4], X, Y)
    assert f"its length {np.hypot(*g):.3f}" in widget.locator(".xe-readout").inner_text()


def test_the_label_flips_only_after_the_prediction(explorer):
    widget = explorer()
    label = widget.locator("svg").first.get_attribute("aria-label")
    put(widget, (0.8, 0.4))
    press("Check")(widget)
    assert widget.locator("svg").first.get_attribute("aria-label") == label
    put(widget, AFTER.round(1))
    press("Check")(widget)
    assert widget.locator("svg").first.get_attribute("aria-label") != label


def test_newtons_step_is_shortened_or_refused_in_words(explorer):
    widget = explorer(flip=None)
    put(widget, (-3.5, 3.5))
    press("Newton step")(widget)
    assert "The whole step would lead up: it is halved" in widget.inner_text()
    widget.get_by_role("combobox", name="loss").select_option("squared loss")
    put(widget, (-4, 0))
    press("Newton step")(widget)
    assert "No Newton step: the surface bends downwards here" in widget.inner_text()


def test_a_sample_is_dragged_flipped_added_and_removed(explorer):
    widget = explorer(flip=None)
    drag(data_of(widget), X[3], (1.5, 0.75), 3)
    widget.locator("summary").click()
    assert "sample 4 of 6, y = 0" in widget.inner_text()
    features = [widget.get_by_role("slider", name=f"its {name}") for name in ("x₁", "x₂")]
    at = [float(one.input_value()) for one in features]
    assert at == pytest.approx([1.5, 0.75], abs=0.051)  # to a pixel
    press("Flip its label")(widget)
    press("Add one")(widget)
    assert "sample 7 of 7, y = 1" in widget.inner_text()
    features[0].fill("-2")
    put(widget, (1, 1))
    moved, labels = [*X[:3], at, *X[4:], (-2, 0.5)], [1, 1, 0, 1, 0, 0, 1]
    assert height(widget) == pytest.approx(mean_loss([1, 1], moved, labels), rel=1e-3)
    press("Remove it")(widget)
    assert "sample 6 of 6" in widget.inner_text()


def test_a_press_where_there_is_no_sample_adds_one_while_they_may_be_changed(explorer):
    widget = explorer(flip=None)
    press_at = lambda point: widget.page.mouse.click(*on_screen(data_of(widget), point, 3))  # noqa: E731
    press_at((0.25, -2.5))
    widget.locator("summary").click()
    assert "sample 1 of 6, y = 1" in widget.inner_text()
    press_at((0.25, -2.5))
    assert "sample 7 of 7, y = 1" in widget.inner_text()
    feature = float(widget.get_by_role("slider", name="its x₂").input_value())
    assert feature == pytest.approx(-2.5, abs=0.051)  # to a pixel
    press_at((-2, -1))  # there is one
    assert "sample 4 of 7, y = 0" in widget.inner_text()


def test_the_map_follows_the_samples_and_the_path(explorer):
    widget = explorer(flip=None)
    contours = map_of(widget).locator(".xe-contours")
    before = contours.get_attribute("d")
    widget.locator("summary").click()
    widget.get_by_role("combobox", name="replace all by").select_option("separable")
    settle(widget.page)
    separable = contours.get_attribute("d")
    assert separable != before
    rate(widget, 100)
    for _ in range(3):
        press("Run")(widget)
    settle(widget.page)
    assert "from -4 to 4" not in map_of(widget).get_attribute("aria-label")
    assert contours.get_attribute("d") != separable


def test_a_run_can_be_stopped_and_moves_only_as_the_reader_allows(explorer):
    widget = explorer(flip=None)
    widget.page.emulate_media(reduced_motion="no-preference")
    rate(widget, 0.01)
    widget.get_by_role("button", name="Run", exact=True).evaluate(RUN_AND_STOP)
    steps = int(re.search(r"step (\d+)", widget.inner_text())[1])
    assert 1 <= steps < 300
    widget.page.wait_for_timeout(100)
    assert f"step {steps}" in widget.inner_text()


def test_tiny_losses_keep_their_digits(explorer):
    widget = explorer(data=(X, np.array([1, 1, 0, 0, 0, 1])), flip=None)
    rate(widget, 100)
    for _ in range(4):
        press("Run")(widget)
    text = widget.locator(".xe-readout").inner_text()
    assert re.search(r"L\(w\) = \d\.\d+ · 10⁻", text)
    assert not re.search(r"NaN|Infinity|undefined", widget.inner_html())


def test_a_path_has_an_end_that_is_said(explorer):
    widget = explorer(data=(X, np.array([1, 1, 0, 0, 0, 1])), flip=None)
    for _ in range(4):
        press("Run")(widget)
    for name in ("Run", "Step", "Newton step"):
        widget.get_by_role("button", name=name, exact=True).click()
        assert "A path has at most 1000 steps" in widget.inner_text()
        assert "step 1000" in widget.inner_text()
    put(widget, (0, 0))
    widget.get_by_role("button", name="Step", exact=True).click()
    assert "step 1\n" in widget.inner_text()
    assert "A path has at most" not in widget.inner_text()


def test_who_removes_samples_by_keyboard_keeps_the_focus(explorer):
    widget = explorer(data=(X[:2], Y[:2]), flip=None)
    widget.locator("summary").click()
    widget.get_by_role("button", name="Remove it").press("Enter")
    assert "sample 1 of 1" in widget.inner_text()
    assert widget.page.evaluate("document.activeElement.textContent") == "Add one"


def test_two_hundred_samples_can_be_dragged_while_the_map_is_found(explorer):
    widget = explorer(data=make_overlapping(200), flip=None)
    put(widget, (1, 0.5))
    assert height(widget) == pytest.approx(mean_loss([1, 0.5], *make_overlapping(200)), rel=1e-3)


# Two events without a pause between them, and what is to be seen right after each.
SYNCHRONOUS = """(widget, [feature, weight]) => {
    const map = widget.querySelectorAll("svg")[1];
    const seen = () => ({
        busy: map.getAttribute("aria-busy"),
        contours: map.querySelector(".xe-contours").getAttribute("d"),
        readout: widget.querySelector(".xe-readout").textContent,
    });
    const moved = (slider, value) => {
        slider.value = value;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        return seen();
    };
    return [seen(), moved(feature, -3), moved(weight, 1)];
}"""


def test_the_map_is_found_off_the_event_while_the_rest_stays_live(explorer):
    widget = explorer(data=make_overlapping(200), flip=None)
    widget.locator("summary").click()
    names = "its x₁", "weight w₁"
    sliders = [widget.get_by_role("slider", name=name).element_handle() for name in names]
    before, sample_moved, point_moved = widget.evaluate(SYNCHRONOUS, sliders)
    assert [one["busy"] for one in (before, sample_moved, point_moved)] == [None, "true", "true"]
    assert before["contours"] == sample_moved["contours"] == point_moved["contours"] != ""
    assert "w = (1.00, 0)" in point_moved["readout"]
    assert point_moved["readout"] != sample_moved["readout"] != before["readout"]
    settle(widget.page)
    assert map_of(widget).get_attribute("aria-busy") is None
    assert map_of(widget).locator(".xe-contours").get_attribute("d") != before["contours"]
