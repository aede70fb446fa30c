"""The loss-surface explorer: six tasks by mouse and by keyboard, mistakes, and its numbers."""

import re

import numpy as np
import pytest
from widget_states import (
    answer,
    press,
    said,
    set_slider,
    settle,
    tab_to,
    widget_on,
    write_page,
)

from crossentropy import make_overlapping, mean_loss, mean_loss_gradient, newton
from crossentropy.widgets import LossSurfaceExplorer

X = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], dtype=float)
Y = np.array([1, 1, 0, 0, 0, 0])
FLIPPED = np.array([1, 1, 0, 0, 1, 0])
# In the browser, which draws frame after frame however slow the tests are.
RUN_AND_STOP = """async (button) => {
    button.click();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    button.click();
}"""
AFTER = newton([0, 0], X, FLIPPED).weights


@pytest.fixture
def explorer(visit, tmp_path):
    """Open a page with the explorer, without motion; a message on its console fails the test."""
    visits = []

    def open_page(data=(X, Y), flip=4, task=0, **options):
        made = LossSurfaceExplorer(*data, flip=flip)
        visits.append(visit(write_page(tmp_path, made), **options))
        page = visits[-1].page
        page.emulate_media(reduced_motion="reduce")
        widget = widget_on(page)
        for _ in range(task):
            press("Check")(widget)
            (press("Show me") if widget.get_by_text("Show me").count() else press("Skip"))(widget)
            if widget.get_by_role("button", name="Next task").count():
                press("Next task")(widget)
        return widget

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


def map_of(widget):
    return widget.locator("svg").nth(1)


def on_screen(view, point, reach):
    """Return where a point of a plane from -reach to reach is on the screen."""
    box = view.locator(".xe-axis").first.bounding_box()  # the axis below
    unit = box["width"] / (2 * reach)
    return box["x"] + (point[0] + reach) * unit, box["y"] - (point[1] + reach) * unit


def drag(view, start, end, reach):
    """Drag what is at a point of a plane to another one."""
    view.scroll_into_view_if_needed()
    mouse = view.page.mouse
    mouse.move(*on_screen(view, start, reach))
    mouse.down()
    mouse.move(*on_screen(view, end, reach), steps=5)
    mouse.up()


def drag_point(widget, w):
    """Drag the point of the map."""
    sliders = [widget.get_by_role("slider", name=f"weight {name}") for name in ("w₁", "w₂")]
    drag(map_of(widget), [float(one.input_value()) for one in sliders], w, 4)


def test_the_numbers_are_those_of_the_package(explorer):
    widget = explorer()
    for w in ([1.5, -0.5], [-4, 4]):
        put(widget, w)
        assert height(widget) == pytest.approx(mean_loss(w, X, Y), rel=1e-3)
    g = mean_loss_gradient([-4, 4], X, Y)
    assert f"its length {np.hypot(*g):.3f}" in widget.locator(".xe-readout").inner_text()


def test_a_wrong_prediction_is_answered_by_its_name(explorer):
    widget = explorer()
    for w, says in (
        ((0.8, 0.4), "You left the point where it was lowest so far"),
        ((1, -2), "This map shows weights"),
        ((0.1, 1.4), "You went the other way"),
        ((1.2, -0.1), "you stopped too early"),
        ((2.6, -1.9), "you went too far"),
        ((2, 0.6), "° off"),
    ):
        put(widget, w)
        press("Check")(widget)
        assert says in said(widget)
        assert widget.get_by_role("button", name="Check").is_visible()


def test_the_label_flips_only_after_the_prediction(explorer):
    widget = explorer()
    label = widget.locator("svg").first.get_attribute("aria-label")
    put(widget, (0.8, 0.4))
    press("Check")(widget)
    assert widget.locator("svg").first.get_attribute("aria-label") == label
    put(widget, AFTER.round(1))
    press("Check")(widget)
    assert widget.locator("svg").first.get_attribute("aria-label") != label


def test_all_tasks_are_solved_by_mouse_and_their_mistakes_are_named(explorer):
    widget = explorer()
    drag_point(widget, AFTER)
    press("Check")(widget)
    assert said(widget).startswith(
        "Right: the lowest point goes from (0.81, 0.43) to (1.67, −0.69)"
    )
    press("Next task")(widget)

    press("Check")(widget)
    assert "Run the descent first" in said(widget)
    press("Run")(widget)
    press("Check")(widget)
    assert "nothing swings" in said(widget)
    rate(widget, 4)
    drag_point(widget, (-2, 2))
    press("Run")(widget)
    press("Check")(widget)
    assert "lands on the other side" in said(widget)
    press("Next task")(widget)

    for value, says in (
        (2, "You took 4n/‖X‖² = 2.00"),
        (3, "You are looking for the largest"),
        (5.5, "the loss goes up at step"),
        (4.5, "never goes up, and a tenth more does"),
    ):
        rate(widget, value)
        press("Check")(widget)
        assert says in said(widget)
    press("Next task")(widget)

    press("Check")(widget)
    assert "Choose an answer first" in said(widget)
    answer("every p equals")(widget)
    press("Check")(widget)
    assert "Go to the lowest point first" in said(widget)
    for _ in range(6):
        press("Newton step")(widget)
    press("Check")(widget)
    assert "“Gradient zero” does not mean p = y" in said(widget)
    for name, says in (("loss is zero", "not 0"), ("weights are zero", "The weights are (0.81")):
        answer(name)(widget)
        press("Check")(widget)
        assert says in said(widget)
    answer("cancel")(widget)
    press("Check")(widget)
    assert "the tug of war ends in a draw" in said(widget)
    press("Next task")(widget)

    answer("grow for ever")(widget)
    press("Check")(widget)
    assert "Not separable yet" in said(widget)
    widget.locator("summary").click()
    press("Previous")(widget)
    press("Flip its label")(widget)
    press("Check")(widget)
    assert "Now run at least 100 steps" in said(widget)
    press("Run")(widget)
    press("Check")(widget)
    assert "longer is always better" in said(widget)
    press("Next task")(widget)

    press("Check")(widget)
    assert "Switch to the squared loss" in said(widget)
    widget.get_by_role("combobox", name="loss").select_option("squared loss")
    press("Check")(widget)
    assert "still steep" in said(widget)
    drag_point(widget, (-0.1, 0.1))
    press("Check")(widget)
    assert "still steep" in said(widget)
    drag_point(widget, (-3.95, -1.5))
    press("Check")(widget)
    assert said(widget).startswith("Right: the loss is")
    press("Finish")(widget)
    assert "Done." in widget.inner_text()


def test_a_wrong_prediction_for_separable_data_is_contradicted_by_the_run(explorer):
    widget = explorer(task=4)
    widget.locator("summary").click()
    press("Previous")(widget)
    press("Flip its label")(widget)
    press("Run")(widget)
    for prediction, says in (
        ("come to rest", "You expected a lowest point"),
        ("stop once", "no finite score gives p = 1"),
        ("until a number overflows", "no number here overflows"),
    ):
        answer(prediction)(widget)
        press("Check")(widget)
        assert says in said(widget)


def test_all_tasks_are_solved_by_keyboard_alone(explorer):
    widget = explorer()
    keyboard = widget.page.keyboard

    def press_key(key, name, role="button", exact=True):
        tab_to(widget.get_by_role(role, name=name, exact=exact))
        keyboard.press(key)

    def move(name, value):
        slider = widget.get_by_role("slider", name=name)
        tab_to(slider)
        step, low, high = (float(slider.get_attribute(name)) for name in ("step", "min", "max"))
        steps = round((value - float(slider.input_value())) / step)
        tenth = round((high - low) / 10 / step)  # the way of PageUp and PageDown
        for _ in range(abs(steps) // tenth):
            keyboard.press("PageUp" if steps > 0 else "PageDown")
        for _ in range(abs(steps) % tenth):
            keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def check_and_go_on(name="Next task"):
        press_key("Enter", "Check")
        assert said(widget).startswith("Right"), said(widget)
        assert widget.get_by_role("button", name=name).evaluate("e => e.matches(':focus')")
        keyboard.press("Enter")

    move("weight w₁", 1.6)
    move("weight w₂", -0.7)
    check_and_go_on()
    move("step size", 0.6)  # its logarithm
    press_key("Enter", "Run")
    check_and_go_on()
    move("step size", 0.65)
    check_and_go_on()
    press_key("Space", "every p equals its y", "radio")
    keyboard.press("ArrowDown")
    for _ in range(6):
        press_key("Enter", "Newton step")
    check_and_go_on()
    press_key("Space", "come to rest at a new lowest point", "radio")
    keyboard.press("ArrowDown")
    tab_to(widget.locator("summary"))
    keyboard.press("Enter")
    press_key("Enter", "Previous")
    press_key("Enter", "Flip its label")
    press_key("Enter", "Run")
    check_and_go_on()
    press_key("ArrowDown", "loss", "combobox")
    press_key("Home", "weight w₁", "slider")
    move("weight w₂", -1.5)
    check_and_go_on("Finish")
    assert "Done." in widget.inner_text()


def test_an_attempt_that_is_not_about_the_task_is_sent_back_to_it(explorer):
    widget = explorer()
    widget.locator("summary").click()
    press("Remove it")(widget)
    put(widget, AFTER.round(1))
    press("Check")(widget)
    assert "These are no longer the samples of the task" in said(widget)
    widget.get_by_role("combobox", name="replace all by").select_option("as at the start")
    widget.get_by_role("combobox", name="loss").select_option("squared loss")
    press("Check")(widget)
    assert "This task is about the cross entropy" in said(widget)
    widget.get_by_role("combobox", name="loss").select_option("cross entropy")
    put(widget, AFTER.round(1))
    press("Check")(widget)
    assert said(widget).startswith("Right")


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
