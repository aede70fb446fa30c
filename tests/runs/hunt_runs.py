"""The error hunt: two false equals signs and the repair, then further derivations."""

import re

from algebra import SEEDS, rounds, true_lines
from widget_states import SLIPS, equals_sign, said

from runs import ALL_HANDS, FOUR, Runs

RUNS = Runs("error hunt")
LINES = range(7, 15)
NUMBERS = r"At .* this line gives .*, but the slope of the loss is "


def mark(hand, key):
    """Mark links by their numbers, and have them checked."""
    for k in key:
        hand.tick(equals_sign(LINES[k]))
    hand.press("Check")


def repair(hand, number):
    """Choose a line, and have the repair checked."""
    hand.choose(hand.widget.locator("input[name=repair]").nth(number))
    hand.press("Check the repair")


@RUNS.add("ErrorHunt()", page=FOUR, hands=ALL_HANDS)
def solved_round_after_round(hand):
    for seed in SEEDS[:4]:
        made = rounds()[seed]
        mark(hand, made["key"])
        assert said(hand.widget).startswith("Found."), seed
        repair(hand, made["kinds"].index(None))
        line = LINES[made["line"]]
        assert said(hand.widget).startswith(f"Right. In ({line}), {SLIPS[made['kind']]}."), seed
        assert hand.widget.get_by_role("checkbox", checked=True).count() == 0
        hand.press("Another derivation")
    assert hand.widget.inner_text().startswith("Derivation 5.")


@RUNS.add("ErrorHunt()", page=FOUR)
def marks_true_equals_signs_and_too_few(hand):
    hand.press("Check")
    assert said(hand.widget) == "First mark an equals sign that you think is false."
    for line in LINES[2:]:
        mark(hand, [line - 7])
        assert said(hand.widget) == (
            f"The equals sign before ({line}) is true."
            " At x = 2, w = 0.75, y = 1 both sides are −0.3649."
        )
        hand.tick(equals_sign(line), checked=False)
    mark(hand, [0])
    assert said(hand.widget) == "What you marked is false. 1 more is false, too."


@RUNS.add("ErrorHunt()", page=FOUR)
def repairs_it_wrongly_in_each_way(hand):
    named = set()
    for seed in SEEDS[:6]:
        made = rounds()[seed]
        mark(hand, made["key"])
        hand.press("Check the repair")
        assert said(hand.widget) == "First choose a line."
        for number, kind in enumerate(made["kinds"]):
            if kind is not None:
                repair(hand, number)
                assert re.match(f"Not yet: here, {SLIPS[kind]}. {NUMBERS}", said(hand.widget))
                named.add(kind)
        repair(hand, made["repairs"].index(true_lines()[made["line"]]))
        hand.press("Another derivation")
    assert len(named) >= 4


@RUNS.add("ErrorHunt()", page=FOUR)
def puts_numbers_into_both_sides(hand):
    def sides():
        return " ".join(hand.widget.get_by_role("status").first.inner_text().split())

    hand.choose("Test the equals sign before (7)")
    assert sides() == "the slope, by a nudge −0.3649 ≠ (7) 0.3649"
    hand.choose("Test the equals sign before (9)")
    assert sides() == "(8) −0.3649 = (9) −0.3649"
    hand.choose("0")
    assert sides() == "(8) 1.635 = (9) 1.635"
    hand.slide("feature x", -3)
    assert hand.find("slider", "feature x").get_attribute("aria-valuetext") == "−3.00"
