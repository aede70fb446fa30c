"""The loss-surface explorer: six tasks by mouse and by keyboard, mistakes, and its numbers."""

import re

import numpy as np
import pytest
from widget_states import (
    answer,
    press,
    press_exactly,
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


def drag(widget, selector, by):
    """Drag the middle of an element by so many pixels."""
    target = widget.locator(selector)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    widget.page.mouse.move(x, y)
    widget.page.mouse.down()
    widget.page.mouse.move(x + by[0], y + by[1], steps=5)
    widget.page.mouse.up()


def map_of(widget):
    return widget.locator("svg").nth(1)


def test_the_numbers_are_those_of_the_package(explorer):
    widget = explorer()
    for w in ([1.5, -0.5], [-4, 4]):
        put(widget, w)
        assert height(widget) == pytest.approx(mean_loss(w, X, Y), rel=1e-3)
    g = mean_loss_gradient([-4, 4], X, Y)
    assert f"its length {np.hypot(*g):.3f}" in widget.locator(".xe-readout").inner_text()


def test_the_first_task_is_solved_by_dragging_the_point(explorer):
    widget = explorer()
    unit = map_of(widget).locator(".xe-contours").evaluate("e => e.getBBox().width") / 8
    drag(widget, "svg:nth-of-type(2) .xe-grip", (AFTER[0] * unit, -AFTER[1] * unit))
    press("Check")(widget)
    assert said(widget).startswith(
        "Right: the lowest point goes from (0.81, 0.43) to (1.67, −0.69)"
    )
    assert widget.get_by_role("button", name="Next task").is_visible()


@pytest.mark.parametrize(
    ("w", "says"),
    [
        ((0.8, 0.4), "You left the point where it was lowest so far"),
        ((1, -2), "This map shows weights"),
        ((0.1, 1.4), "You went the other way"),
        ((1.2, -0.1), "you stopped too early"),
        ((2.6, -1.9), "you went too far"),
        ((2, 0.6), "° off"),
    ],
)
def test_a_wrong_prediction_is_answered_by_its_name(w, says, explorer):
    widget = explorer()
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


def test_all_tasks_are_solved_one_after_the_other(explorer):
    widget = explorer()
    put(widget, AFTER.round(1))
    press("Check")(widget)
    press("Next task")(widget)

    press("Check")(widget)
    assert "Run the descent first" in said(widget)
    press("Run")(widget)
    press("Check")(widget)
    assert "nothing swings" in said(widget)
    rate(widget, 4)
    put(widget, (-2, 2))
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
    put(widget, (-4, -1.5))
    press("Check")(widget)
    assert said(widget).startswith("Right: the loss is")
    press("Finish")(widget)
    assert "Done." in widget.inner_text()


@pytest.mark.parametrize(
    ("prediction", "says"),
    [
        ("come to rest", "You expected a lowest point"),
        ("stop once", "no finite score gives p = 1"),
        ("until a number overflows", "no number here overflows"),
    ],
)
def test_a_wrong_prediction_for_separable_data_is_contradicted_by_the_run(
    prediction, says, explorer
):
    widget = explorer(task=4)
    answer(prediction)(widget)
    widget.locator("summary").click()
    press("Previous")(widget)
    press("Flip its label")(widget)
    press("Run")(widget)
    press("Check")(widget)
    assert says in said(widget)


def test_the_first_two_tasks_are_solved_by_keyboard_alone(explorer):
    widget = explorer()
    keyboard = widget.page.keyboard
    for name, keys in (("weight w₁", 160), ("weight w₂", -70)):
        tab_to(widget.get_by_role("slider", name=name))
        for _ in range(abs(keys)):
            keyboard.press("ArrowRight" if keys > 0 else "ArrowLeft")
    tab_to(widget.get_by_role("button", name="Check"))
    keyboard.press("Enter")
    assert said(widget).startswith("Right")
    keyboard.press("Enter")  # the focus is on the next task
    tab_to(widget.get_by_role("slider", name="step size"))
    for _ in range(9):
        keyboard.press("PageUp")
    while float(widget.get_by_role("slider", name="step size").input_value()) > 0.6:
        keyboard.press("ArrowLeft")
    tab_to(widget.get_by_role("button", name="Run"))
    keyboard.press("Enter")
    tab_to(widget.get_by_role("button", name="Check"))
    keyboard.press("Enter")
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
    before = height(widget)
    widget.locator("summary").click()
    drag(widget, "svg:nth-of-type(1) .xe-dot-grip", (0, 0))
    press_exactly("Next")(widget)
    set_slider("its x₁", -2)(widget)
    put(widget, (1, 1))
    assert height(widget) != before
    press("Add one")(widget)
    assert "sample 7 of 7, y = 1" in widget.inner_text()
    press("Flip its label")(widget)
    assert "sample 7 of 7, y = 0" in widget.inner_text()
    press("Remove it")(widget)
    assert "sample 6 of 6" in widget.inner_text()


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
    press("Run")(widget)
    press("Stop")(widget)
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
