"""Gradient detective: every suspect is told from the others, by mouse, by finger, by keyboard."""

import pytest
from hands import Finger, Mouse, move_slider
from javascript import run
from widget_states import said, tab_to, widget_on, write_page

from crossentropy.widgets import GradientDetective
from crossentropy.widgets._sources import HERE
from crossentropy.widgets.gradient_detective import KEYS

START = {"w": [1, 0.5], "x": [2, -1], "y": 1}
CASES = (0, 1, 2, 4, 7, 15, 29)  # seeds that between them draw every suspect


def suspects(seed):
    """Return what the five gradients of a case are."""
    uri = (HERE / "suspects.js").as_uri()
    script = f'import {{ drawSuspects }} from "{uri}"; answer(drawSuspects(input.seed, input));'
    return run(script, {**START, "seed": seed})


@pytest.fixture
def detective(visit, tmp_path):
    """Open a page with a case; a message on its console fails the test."""
    visits = []

    def open_page(seed, **context):
        made = GradientDetective(**START, seed=seed)
        visits.append(visit(write_page(tmp_path, made), **context))
        return widget_on(visits[-1].page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def test_the_cases_have_every_suspect():
    assert {key for seed in CASES for key in suspects(seed)} == {"right", *KEYS}


@pytest.mark.parametrize(("kind", "seed"), [*((Mouse, seed) for seed in CASES), (Finger, 0)])
def test_a_case_is_closed_by_hand(kind, seed, detective):
    widget = detective(seed, **kind.context)
    hand = kind(widget.page)
    slider = lambda name: widget.get_by_role("slider", name=name)  # noqa: E731
    for number, key in enumerate(suspects(seed)):
        hand.press(widget.locator("label", has=widget.page.get_by_role("radio")).nth(number))
        for name, value in (("step", -5), ("label", 0), ("w₂", 1.5), ("x₁", -2), ("label", 1)):
            move_slider(hand, slider(name), value)
        widget.locator("select").select_option(key)  # its list is the browser's own
        hand.press(widget.get_by_role("button", name="Commit"))
        assert said(widget).startswith("Right:"), key
    assert "Case closed." in widget.inner_text()


@pytest.mark.parametrize("seed", CASES)
def test_a_case_is_closed_by_keyboard(seed, detective):
    widget = detective(seed)
    keyboard = widget.page.keyboard
    widget.get_by_role("radio").first.focus()
    options = widget.locator("select option").evaluate_all("all => all.map((one) => one.value)")
    for number, key in enumerate(suspects(seed)):
        if number:
            keyboard.press("ArrowRight")  # the focus is on the gradient that was named last
        for name, keys in (
            ("step", ["Home", *["PageUp"] * 7]),
            ("label", ["Home"]),
            ("w₂", ["PageUp"]),
            ("x₁", ["PageDown"] * 3),
        ):
            tab_to(widget.get_by_role("slider", name=name))
            for one in keys:
                keyboard.press(one)
        keyboard.press("Shift+Tab")
        tab_to(widget.get_by_role("slider", name="label"))
        keyboard.press("End")
        tab_to(widget.locator("select"))
        keyboard.press("Home")
        for _ in range(options.index(key)):
            keyboard.press("ArrowDown")
        tab_to(widget.get_by_role("button", name="Commit"))
        keyboard.press("Enter")
        assert said(widget).startswith("Right:"), key
    assert "Case closed." in widget.inner_text()
