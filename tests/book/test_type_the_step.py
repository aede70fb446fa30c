"""Type the step on the built pages: every mistake made, and solved by keys, mouse and touch."""

import re

import pytest
from widget_states import press, press_key_on, said, start_with_keyboard, type_in

from crossentropy.mistakes import as_json

TARGETS = as_json()
STEPS = {  # the chapter, and which of its fields
    "dp_dw": ("02_gradient_of_the_logistic_function", 0),
    "dH_dp": ("04_gradient_of_the_loss", 0),
    "bracket": ("04_gradient_of_the_loss", 1),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_classic_mistake_is_called_by_name_with_its_hint_and_a_point(name, widget_in):
    widget = widget_in("type_the_step", *STEPS[name])
    for mistake in TARGETS[name]["mistakes"]:
        for expression in mistake["expressions"]:
            type_in(expression)(widget)
            words = said(widget)
            assert words.startswith(f"Not yet: {mistake['name']}. {mistake['hint']} At ")
            assert re.search(r"At (\w+ = −?[\d.]+(, )?)+, your expression (gives|has no)", words)


@pytest.mark.parametrize("name", STEPS)
def test_the_step_is_solved_with_the_keyboard_alone(name, widget_in):
    widget = widget_in("type_the_step", *STEPS[name])
    start_with_keyboard(widget)
    keyboard = widget.page.keyboard
    keyboard.type(TARGETS[name]["mistakes"][0]["expressions"][0])
    keyboard.press("Enter")
    assert said(widget).startswith("Not yet: ")
    keyboard.press("Control+a")
    keyboard.type(TARGETS[name]["truth"])
    assert said(widget) == ""
    press_key_on(widget.get_by_role("button", name="Check"), "Space")
    assert said(widget).startswith("Right. In the book it looks like this:")
    assert widget.locator(".xe-feedback math").count() == 1


def test_the_step_is_solved_with_the_keys_on_the_screen(widget_in):
    widget = widget_in("type_the_step", *STEPS["bracket"], width="phone", has_touch=True)
    keys = widget.get_by_role("group", name="Insert")
    for face in ("y", "/", "y", "/", "("):
        keys.get_by_role("button", name=face, exact=True).tap()
    widget.get_by_role("button", name="Check").tap()
    assert said(widget).startswith("Here the expression breaks off")
    widget.get_by_role("button", name="Start over").tap()
    for face in ("y", "/", "(", "z", ")"):
        keys.get_by_role("button", name=face, exact=True).tap()
    assert widget.get_by_role("textbox").input_value() == "y/(z)"
    widget.get_by_role("button", name="Check").tap()
    assert "divides by 0" in said(widget) or "your expression gives" in said(widget)


def test_what_is_typed_is_shown_as_a_formula_and_a_mistake_in_it_at_its_place(widget_in):
    widget = widget_in("type_the_step", *STEPS["dp_dw"])
    field = widget.get_by_role("textbox")
    field.fill("x_j/(1 + p)")
    shown = widget.locator(".xe-display math")
    assert shown.get_attribute("aria-label") == "dp_dw = x_j/(1 + p)"
    assert shown.locator("mfrac").count() == 2
    field.fill("x_j/(1 + p")
    assert widget.locator(".xe-place mark").inner_text() == "("
    assert "never closed" in widget.locator(".xe-place").inner_text()
    press("Check")(widget)
    assert field.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "("


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("y/p", "y does not occur here"),
        ("x_j p(1-p)z/z", "has no value: it divides by 0"),
        ("x_j p(1-p) + 0.0001", "At z = 0, x_j = 2, p = 0.5, your expression gives 0.5001"),
        ("w_j p(1-p)", "At z = 0, x_j = 2, p = 0.5, w_j = 1, your expression gives 0.25"),
    ],
)
def test_other_wrong_answers_are_told_where_they_fail(answer, words, widget_in):
    widget = widget_in("type_the_step", *STEPS["dp_dw"])
    type_in(answer)(widget)
    assert words in said(widget)


def test_an_answer_for_hard_labels_alone_is_right_and_said_to_be_no_more(widget_in):
    widget = widget_in("type_the_step", *STEPS["dH_dp"])
    type_in("(1 - 2y)/(1 - y - p + 2y p)")(widget)
    assert said(widget).startswith("Right. So it is for the labels 0 and 1;")
