"""The last two tasks of the loss-surface explorer: not solved, then solved, by every hand."""

import pytest
from hands import Finger, Mouse, middle, move_slider
from widget_states import said, tab_to, widget_on, write_page

from crossentropy.widgets import LossSurfaceExplorer

X = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]]
Y = [1, 1, 0, 0, 0, 0]
HANDS = pytest.mark.parametrize("kind", [Mouse, Finger])


@pytest.fixture
def explorer(visit, tmp_path):
    """Open a page with the explorer at a task; a message on its console fails the test."""
    visits = []

    def open_page(task, *, loss="cross entropy", w=(0, 0), **context):
        made = LossSurfaceExplorer(X, Y, flip=4)
        made.task, made.loss, made.w = task, loss, w
        visits.append(visit(write_page(tmp_path, made), **context))
        visits[-1].page.emulate_media(reduced_motion="reduce")
        return widget_on(visits[-1].page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def button(widget, name):
    return widget.get_by_role("button", name=name, exact=True)


def choice(widget, words):
    return widget.locator("label", has_text=words)


def solved(widget):
    """Return whether the last attempt was right; then the way leads on."""
    kind = widget.locator(".xe-feedback").get_attribute("data-kind")
    assert (kind == "right") == (button(widget, "Check").count() == 0)
    return kind == "right"


@HANDS
def test_who_has_not_predicted_is_asked_to_and_may_then_be_right(kind, explorer):
    widget = explorer(4, **kind.context)
    hand = kind(widget.page)
    hand.press(widget.locator("summary"))
    hand.press(button(widget, "Previous"))
    hand.press(button(widget, "Flip its label"))  # now a line separates the labels
    hand.press(button(widget, "Run"))
    hand.press(button(widget, "Check"))
    assert said(widget) == "Predict first: choose an answer."
    assert not solved(widget)
    hand.press(choice(widget, "come to rest"))
    hand.press(button(widget, "Check"))
    assert said(widget).startswith("You expected a lowest point.")
    assert not solved(widget)
    hand.press(choice(widget, "grow for ever"))
    hand.press(button(widget, "Check"))
    assert said(widget).startswith("Right: After 300 steps")
    assert solved(widget)


@HANDS
def test_low_ground_is_flat_and_does_not_solve_the_last_task(kind, explorer):
    widget = explorer(5, loss="squared loss", w=(1, 0.5), **kind.context)
    hand = kind(widget.page)
    hand.press(button(widget, "Run"))  # to the lowest point
    hand.press(button(widget, "Check"))
    assert "this is the low ground. Look for flat ground that is high." in said(widget)
    assert not solved(widget)
    for name, value in (("weight w₁", -3.9), ("weight w₂", -1.5)):
        move_slider(hand, widget.get_by_role("slider", name=name), value)
    hand.press(button(widget, "Check"))
    assert said(widget).startswith("Right: the loss is")
    assert solved(widget)
    hand.press(button(widget, "Finish"))
    assert "Done." in widget.inner_text()


def test_low_ground_is_left_with_the_keyboard(explorer):
    widget = explorer(5, loss="squared loss", w=(1, 0.5))
    keyboard = widget.page.keyboard
    for name in ("Run", "Check"):
        tab_to(button(widget, name))
        keyboard.press("Enter")
    assert "this is the low ground" in said(widget)
    assert not solved(widget)
    tab_to(widget.get_by_role("slider", name="weight w₁"))
    keyboard.press("Home")
    tab_to(widget.get_by_role("slider", name="weight w₂"))
    for _ in range(3):
        keyboard.press("PageDown")
    tab_to(button(widget, "Check"))
    keyboard.press("Enter")
    assert said(widget).startswith("Right: the loss is")
    keyboard.press("Enter")
    assert "Done." in widget.inner_text()


def test_a_prediction_is_asked_for_with_the_keyboard(explorer):
    widget = explorer(4)
    tab_to(button(widget, "Check"))
    widget.page.keyboard.press("Enter")
    assert said(widget) == "Predict first: choose an answer."
    assert not solved(widget)


@HANDS
def test_the_point_and_a_sample_are_dragged(kind, explorer):
    widget = explorer(0, **kind.context)
    hand = kind(widget.page)
    values = lambda name: [  # noqa: E731
        float(widget.get_by_role("slider", name=f"{name}{digit}").input_value())
        for digit in ("₁", "₂")
    ]
    x, y = middle(widget.locator(".xe-grip").nth(1))
    axis = widget.locator("svg").nth(1).locator(".xe-axis").first
    scale = axis.bounding_box()["width"] / 8  # the map, from -4 to 4
    hand.drag((x, y), (x + 2 * scale, y + scale))
    assert values("weight w") == pytest.approx([2, -1], abs=0.1)
    hand.press(widget.locator("summary"))
    plane = widget.locator("svg").first
    plane.scroll_into_view_if_needed()
    axis = plane.locator(".xe-axis").first.bounding_box()  # the one below, from -3 to 3
    unit = axis["width"] / 6
    at = lambda a, b: (axis["x"] + (a + 3) * unit, axis["y"] - (b + 3) * unit)  # noqa: E731
    hand.drag(at(-2, -1), at(1.5, 0.5))
    assert "sample 4 of 6" in widget.inner_text()
    assert values("its x") == pytest.approx([1.5, 0.5], abs=0.1)
    hand.press_at(*at(-2, 2))
    assert "sample 7 of 7" in widget.inner_text()
