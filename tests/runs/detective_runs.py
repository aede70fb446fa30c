"""The gradient detective: five gradients, each to be named; rounding and long steps are no bugs."""

from functools import cache

from javascript import run
from widget_states import said

from crossentropy.widgets._sources import HERE
from runs import ALL_HANDS, FIVE, Runs

RUNS = Runs("gradient detective")
START = {"w": [1, 0.5], "x": [2, -1], "y": 1}
CODE = "GradientDetective([1, 0.5], [2, -1], 1, seed={})"
CASES = (1, 2, 4, 7, 15, 29)  # with that of the page, they have every suspect between them
ONE = 19  # has those that the mistakes below are about


@cache
def key(seed):
    """Return what the five gradients of a case are."""
    uri = (HERE / "suspects.js").as_uri()
    script = f'import {{ drawSuspects }} from "{uri}"; answer(drawSuspects(input.seed, input));'
    return run(script, {**START, "seed": seed})


def suspect(hand, number):
    """Turn to one of the five."""
    hand.choose(hand.widget.get_by_role("radio").nth(number))


def probe_all(hand):
    """Look at the present gradient where no two bugs are alike."""
    places = (("step", -5), ("label", 0), ("w₂", 1.5), ("x₁", -2), ("label", 1))
    for name, value in places:
        hand.slide(name, value)


def commit(hand, name):
    """Name the bug."""
    hand.pick(name)
    hand.press("Commit")
    return said(hand.widget)


def solved(hand, seed):
    for number, name in enumerate(key(seed)):
        suspect(hand, number)
        probe_all(hand)
        assert commit(hand, name).startswith("Right:"), name
    assert "Case closed." in hand.widget.inner_text()


RUNS.add("GradientDetective([1, 0.5], [2, -1], 1)", page=FIVE, hands=ALL_HANDS, seed=0)(solved)
for case in CASES:
    RUNS.add(CODE.format(case), seed=case)(solved)


@RUNS.add(CODE.format(ONE))
def takes_rounding_and_a_long_step_for_a_bug(hand):
    suspect(hand, key(ONE).index("right"))
    hand.press("Commit")
    assert said(hand.widget) == "Choose what is wrong, or that nothing is."
    assert "That is truncation" in commit(hand, "extra-slope")  # the step is 0.1 at the start
    hand.slide("step", -14)
    words = commit(hand, "sign")
    assert words.startswith("No bug: the error grows where h is tiny")
    assert "two nearly equal losses are subtracted" in words


@RUNS.add(CODE.format(ONE))
def names_bugs_wrongly(hand):
    suspect(hand, key(ONE).index("labels-forgotten"))
    words = commit(hand, "right")
    assert "It is not right. At w = (1, 0.5), x = (2, −1), y = 1 the relative error" in words
    suspect(hand, key(ONE).index("extra-slope"))
    words = commit(hand, "sign")
    assert "the gradient at w = (1, 0.5), x = (2, −1), y = 1 would be (0.365, −0.182)" in words


@RUNS.add(CODE.format(ONE))
def names_a_bug_too_early(hand):
    suspect(hand, key(ONE).index("term-lost"))
    words = commit(hand, "term-lost")
    assert "“nothing is wrong” among them" in words
    assert "Change the label y" in words
    assert "0 of 5 named" in hand.widget.inner_text()
    hand.slide("label", 0)
    hand.press("Commit")
    assert said(hand.widget).startswith("Right:")


@RUNS.add(CODE.format(ONE))
def goes_on_to_a_new_case(hand):
    hand.press("New case")
    probe_all(hand)
    assert commit(hand, key(ONE + 1)[0]).startswith("Right:")


@RUNS.add(CODE.format(ONE))
def fills_the_plot_and_tells_one_place_from_another(hand):
    def dots(kind):
        return (hand.widget.locator(f".xe-{kind}").get_attribute("d") or "").count("M")

    for exponent in (-15, -9, -4):
        hand.slide("step", exponent)
    seen = dots("dots")
    assert seen >= 4  # the start is among them
    assert dots("older") == 0
    hand.slide("x₁", 2.25)
    assert dots("dots") == 1
    assert dots("older") >= seen


@RUNS.add(CODE.format(ONE), hands=("mouse", "finger"))
def drags_the_step(hand):
    hand.drag_grip(hand.widget.locator(".xe-grip"), (-120, 0))
    assert float(hand.find("slider", "step").input_value()) < -3
