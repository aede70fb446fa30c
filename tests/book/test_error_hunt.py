"""The error hunt on the built page: won and lost, by mouse and by keyboard."""

import re

import pytest
from algebra import SEEDS, rounds, true_lines
from widget_states import SLIPS, equals_sign, press, press_key_on, said, start_with_keyboard, tick

LINES = range(7, 15)


def mark(widget, key):
    """Mark links by their numbers, and have them checked."""
    tick(*(equals_sign(LINES[k]) for k in key))(widget)
    press("Check")(widget)


def test_each_true_equals_sign_that_is_marked_is_shown_to_be_true(widget_in):
    widget = widget_in("error_hunt")
    for line in LINES[2:]:
        tick(equals_sign(line))(widget)
        press("Check")(widget)
        assert said(widget) == (
            f"The equals sign before ({line}) is true."
            " At x = 2, w = 0.75, y = 1 both sides are −0.3649."
        )
        tick(equals_sign(line), checked=False)(widget)
    press("Check")(widget)
    assert said(widget) == "First mark an equals sign that you hold for false."
    mark(widget, [0])
    assert said(widget) == "False indeed, but not all: 1 more is false, too."


@pytest.mark.parametrize("number", range(4))
def test_of_the_repairs_the_right_one_alone_is_accepted(number, widget_in):
    widget = widget_in("error_hunt")
    mark(widget, [0, 1])
    assert said(widget).startswith("Found. Both equals signs beside (7) are false.")
    widget.locator("input[name=repair]").nth(number).check()
    press("Check the repair")(widget)
    if rounds()[0]["repairs"][number] == true_lines()[0]:
        assert said(widget).startswith("Right. In (7), a sign is turned around. Chain rule:")
        assert widget.get_by_role("checkbox", checked=True).count() == 0
    else:
        slip = SLIPS[rounds()[0]["kinds"][number]]
        numbers = r"At .* this line gives .*, but the slope of the loss is −"
        assert re.match(f"Not yet: here, {slip}. {numbers}", said(widget))


def test_a_wrong_repair_of_each_kind_is_named(widget_in):
    widget = widget_in("error_hunt")
    named = set()
    for seed in SEEDS[:6]:
        made = rounds()[seed]
        mark(widget, made["key"])
        options = widget.locator("input[name=repair]")
        for number, kind in enumerate(made["kinds"]):
            options.nth(number).check()
            if kind is None:
                continue
            press("Check the repair")(widget)
            assert said(widget).startswith(f"Not yet: here, {SLIPS[kind]}. At "), (seed, number)
            named.add(kind)
        options.nth(made["kinds"].index(None)).check()
        press("Check the repair")(widget)
        press("Another derivation")(widget)
    assert len(named) >= 4


def test_the_hunt_is_won_with_the_keyboard_alone_and_goes_on(widget_in):
    widget = widget_in("error_hunt")
    keyboard = widget.page.keyboard
    start_with_keyboard(widget)
    for line in (7, 8):
        press_key_on(widget.get_by_label(equals_sign(line)), "Space")
    press_key_on(widget.get_by_role("button", name="Check"), "Enter")
    assert said(widget).startswith("Found.")
    right = rounds()[0]["repairs"].index(true_lines()[0])
    keyboard.press("Space")  # the first repair has the focus
    for _ in range(right):
        keyboard.press("ArrowDown")
    press_key_on(widget.get_by_role("button", name="Check the repair"), "Enter")
    assert said(widget).startswith("Right.")
    press_key_on(widget.get_by_role("button", name="Another derivation"), "Enter")
    assert widget.inner_text().startswith("Derivation 2.")


def test_further_derivations_are_won_one_after_the_other(widget_in):
    widget = widget_in("error_hunt")
    for seed in SEEDS[:12]:
        made = rounds()[seed]
        mark(widget, made["key"])
        assert said(widget).startswith("Found."), seed
        right = made["repairs"].index(true_lines()[made["line"]])
        widget.locator("input[name=repair]").nth(right).check()
        press("Check the repair")(widget)
        assert said(widget).startswith(f"Right. In ({LINES[made['line']]}), "), seed
        press("Another derivation")(widget)
    assert widget.inner_text().startswith("Derivation 13.")


def test_the_probe_puts_numbers_into_both_sides(widget_in):
    widget = widget_in("error_hunt")

    def sides():
        return " ".join(widget.get_by_role("status").first.inner_text().split())

    widget.get_by_label("Test the equals sign before (7)").check()
    assert sides() == "the slope, by a nudge −0.3649 ≠ (7) 0.3649"
    widget.get_by_label("Test the equals sign before (9)").check()
    assert sides() == "(8) −0.3649 = (9) −0.3649"
    widget.get_by_label("0", exact=True).check()
    assert sides() == "(8) 1.635 = (9) 1.635"
    slider = widget.get_by_role("slider", name="feature x")
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext") == "−3.00"
    assert sides() == "(8) −0.286 = (9) −0.286"
