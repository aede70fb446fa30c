"""Type the step: an answer in any form, and each classic mistake."""

import re

from widget_states import said

from crossentropy.mistakes import as_json
from runs import ALL_HANDS, FOUR, TWO, Runs

RUNS = Runs("type the step")
TARGETS = as_json()
STEPS = {"dp_dw": (TWO, 0), "dH_dp": (FOUR, 0), "bracket": (FOUR, 1)}


def each_step(**how):
    """Return a decorator that makes a run of each step."""

    def keep(function):
        for name, (page, number) in STEPS.items():
            code = f"TypeTheStep({name!r})"
            RUNS.add(code, page=page, number=number, name=name, **how)(function)
        return function

    return keep


def answer(hand, text):
    """Type an answer and have it checked."""
    hand.write(text)
    assert said(hand.widget) == ""
    hand.press("Check")
    return said(hand.widget)


@each_step(hands=ALL_HANDS)
def solved(hand, name):
    words = answer(hand, TARGETS[name]["truth"])
    assert words.startswith("Right. In the book it looks like this:")
    assert hand.widget.locator(".xe-feedback math").count() == 1


@each_step()
def each_classic_mistake(hand, name):
    for mistake in TARGETS[name]["mistakes"]:
        for expression in mistake["expressions"]:
            words = answer(hand, expression)
            assert words.startswith(f"Not yet: {mistake['name']}. {mistake['hint']} At ")
            assert re.search(r"At (\w+ = −?[\d.]+(, )?)+, your expression (gives|has no)", words)


@RUNS.add("TypeTheStep('dp_dw')", page=TWO)
def other_wrong_answers(hand):
    for text, words in (
        ("y/p", "y does not occur here. The letters are z, x_j, p."),
        ("x_j p_i(w)(1-p_i(w))", "p is short for p(z) here"),
        ("x_j p(1-p)z/z", "has no value: it divides by 0"),
        ("x_j p(1-p) + 0.0001", "At z = 0, x_j = 2, p = 0.5, your expression gives 0.5001"),
        ("w_j p(1-p)", "At z = 0, x_j = 2, p = 0.5, w_j = 1, your expression gives 0.25"),
    ):
        assert words in answer(hand, text)


@RUNS.add("TypeTheStep('dH_dp')", page=FOUR)
def an_answer_for_hard_labels_alone(hand):
    words = answer(hand, "(1 - 2y)/(1 - y - p + 2y p)")
    assert words.startswith("Right. So it is for the labels 0 and 1;")


@RUNS.add("TypeTheStep('bracket')", page=FOUR, number=1)
def with_the_keys_on_the_screen(hand):
    keys = hand.widget.get_by_role("group", name="Insert")
    insert = lambda face: hand.press(keys.get_by_role("button", name=face, exact=True))  # noqa: E731
    for face in ("y", "/", "y", "/", "("):
        insert(face)
    hand.press("Check")
    assert said(hand.widget).startswith("Here the expression breaks off")
    hand.press("Start over")
    for face in ("y", "/", "(", "z", ")"):
        insert(face)
    assert hand.widget.get_by_role("textbox").input_value() == "y/(z)"
    hand.press("Check")
    assert "divides by 0" in said(hand.widget) or "your expression gives" in said(hand.widget)
    field = hand.widget.get_by_role("textbox")
    field.press("Control+z")
    assert field.input_value() == "y/(z"


@RUNS.add("TypeTheStep('dp_dw')", page=TWO)
def sees_a_formula_and_the_place_of_a_mistake_in_it(hand):
    hand.write("x_j/(1 + p)")
    shown = hand.widget.locator(".xe-display math")
    assert shown.get_attribute("aria-label") == "dp_dw = x_j/(1 + p)"
    assert shown.locator("mfrac").count() == 2
    hand.write("x_j/(1 + p")
    assert hand.widget.locator(".xe-place mark").inner_text() == "("
    assert "never closed" in hand.widget.locator(".xe-place").inner_text()
    hand.press("Check")
    selected = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert hand.widget.get_by_role("textbox").evaluate(selected) == "("
