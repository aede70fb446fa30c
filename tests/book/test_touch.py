"""On a phone, each exercise of a chapter is solved by a finger."""

import pytest
from algebra import missing_parts, rounds, spoken_lines, true_lines
from hands import Finger, middle, move_slider
from widget_states import equals_sign, said

from crossentropy import loss_gradient
from crossentropy.mistakes import TARGETS


@pytest.fixture
def touched(widget_in):
    """Open a chapter on a phone, and return one of its widgets and a finger."""

    def open_widget(name, *place):
        widget = widget_in(name, *place, **Finger.context)
        widget.wait_for()
        return widget, Finger(widget.page)

    return open_widget


def button(widget, name):
    return widget.get_by_role("button", name=name, exact=True)


def test_the_error_hunt(touched):
    widget, finger = touched("error_hunt")
    for line in (7, 8):
        finger.press(widget.get_by_label(equals_sign(line), exact=True))
    finger.press(button(widget, "Check"))
    assert said(widget).startswith("Found.")
    right = rounds()[0]["repairs"].index(true_lines()[0])
    finger.press(widget.locator("input[name=repair]").nth(right))
    finger.press(button(widget, "Check the repair"))
    assert said(widget).startswith("Right.")


def test_the_derivation_blocks(touched):
    widget, finger = touched("derivation_blocks")
    for words in spoken_lines():
        finger.press(button(widget, f"Add: {words}"))
    finger.press(button(widget, "Check"))
    assert said(widget).startswith("In order.")
    for part in missing_parts():
        widget.get_by_role("textbox").fill(part)
        finger.press(button(widget, "Check"))
    assert "Right" in said(widget) or "Done" in widget.inner_text()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("dp_dw", ("02_gradient_of_the_logistic_function", 0)),
        ("dH_dp", ("04_gradient_of_the_loss", 0)),
        ("bracket", ("04_gradient_of_the_loss", 1)),
    ],
)
def test_typing_a_step(name, place, touched):
    widget, finger = touched("type_the_step", *place)
    finger.press(widget.get_by_role("textbox"))
    widget.page.keyboard.type(TARGETS[name].truth.expression)
    finger.press(button(widget, "Check"))
    assert said(widget).startswith("Right.")


def test_push_and_pull(touched):
    widget, finger = touched("push_and_pull")
    w, X, y = [1, 0.5], [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]
    pushes = -loss_gradient(w, X, y)
    for push in [*pushes[[0, 5, 3, 4]], pushes.sum(axis=0)]:
        start = middle(widget.locator(".xe-grip"))
        unit = widget.locator("path.xe-cross").evaluate("e => e.getBBox().width") / 6
        finger.drag(start, (start[0] + push[0] * unit, start[1] - push[1] * unit))
        finger.press(button(widget, "Compare"))
        assert said(widget).startswith("Right")
        finger.press(widget.locator(".xe-action button"))
    assert "Done." in widget.inner_text()


def test_the_logistic_explorer(touched):
    widget, finger = touched("logistic_explorer", "02_gradient_of_the_logistic_function")
    for _ in range(6):  # tasks, at most
        if "Done." in widget.inner_text():
            return
        finger.press(widget.locator(".xe-action button").first)  # a prediction, right or wrong
        slider = widget.get_by_role("slider", name="weight")
        low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
        for k in range(161):
            move_slider(finger, slider, low + (high - low) * k / 160)
            finger.press(button(widget, "Check"))
            if said(widget).startswith("Right"):
                break
    raise AssertionError(said(widget))
