"""The logistic explorer: solved in every way, and each mistake answered by its name."""

import re

import pytest
from javascript import run
from widget_states import press, said, set_slider, widget_on, write_page

from crossentropy.widgets import LogisticExplorer
from crossentropy.widgets._sources import HERE


@pytest.fixture
def explorer(visit, tmp_path):
    """Open a page with one explorer; a message on its console fails the test."""
    visits = []

    def open_page(context=None, **arguments):
        widget = LogisticExplorer(**{"x": 2, "b": -0.5, **arguments})
        visits.append(visit(write_page(tmp_path, widget), **(context or {})))
        return widget_on(visits[-1].page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def slider(widget, name):
    return widget.get_by_role("slider", name=name)


def grip(widget):
    """Return where the dot is on the screen."""
    return widget.locator(".xe-dot").evaluate(
        """e => {
            const box = e.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def test_it_asks_for_a_prediction_before_anything_can_be_moved(explorer):
    widget = explorer()
    assert not slider(widget, "weight").is_visible()
    left, top = grip(widget)
    drag(widget.page, (left, top), (left + 60, top))
    assert grip(widget) == [left, top]
    assert "must the weight w grow or shrink?" in widget.inner_text()


@pytest.mark.parametrize(
    ("x", "target", "guess", "verdict", "reason"),
    [
        (2, 0.9, "grow", "Right.", "since x = 2 is positive, a larger w gives a higher score"),
        (
            2,
            0.9,
            "shrink",
            "It is the other way round.",
            "since x = 2 is positive, a larger w gives a higher score",
        ),
        (2, 0.2, "shrink", "Right.", "since x = 2 is positive, a smaller w gives a lower score"),
        (-1, 0.9, "shrink", "Right.", "since x = −1 is negative, a smaller w gives a higher score"),
        (
            -1,
            0.9,
            "grow",
            "It is the other way round.",
            "since x = −1 is negative, a smaller w gives a higher score",
        ),
    ],
)
def test_it_judges_the_prediction_and_says_why(explorer, x, target, guess, verdict, reason):
    widget = explorer(x=x, probabilities=[target])
    press(f"w must {guess}")(widget)
    assert said(widget).startswith(verdict)
    assert reason in said(widget)


def test_it_is_solved_by_mouse(explorer):
    widget = explorer(probabilities=[0.9], slopes=[0.3])
    press("must grow")(widget)
    start = grip(widget)
    widget.locator(".xe-dot").scroll_into_view_if_needed()
    for pixels in range(95, 130):  # to where the curve crosses 0.9
        drag(widget.page, grip(widget), (start[0] + pixels, start[1]))
        press("Check")(widget)
        if said(widget).startswith("Right"):
            break
    assert "the logarithm of the odds, log(0.90/0.10) = 2.20" in said(widget)
    press("towards")(widget)
    set_slider("weight", 1)(widget)
    press("Check")(widget)
    assert said(widget).startswith("Right: the slope is p(1 − p)x = 0.82 · 0.18 · 2 = 0.30")
    assert "Done." in widget.inner_text()


def test_it_is_solved_by_keyboard_alone(explorer):
    widget = explorer(probabilities=[0.9], slopes=[0.3])
    keyboard = widget.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # w must grow; the focus goes to the weight
    for _ in range(3):
        keyboard.press("PageUp")
    value = float(slider(widget, "weight").input_value())
    for _ in range(round(abs(1.35 - value) / 0.01)):
        keyboard.press("ArrowDown" if value > 1.35 else "ArrowUp")
    keyboard.press("Tab")  # to b
    keyboard.press("Tab")  # to Check
    keyboard.press("Enter")  # the focus goes to the next question
    assert said(widget).startswith("Right")
    keyboard.press("Space")  # towards ½
    for _ in range(35):
        keyboard.press("ArrowLeft")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert "Done." in widget.inner_text()


def test_it_follows_a_finger(explorer):
    widget = explorer(context={"has_touch": True, "width": "phone"})
    press("must grow")(widget)
    left, top = grip(widget)
    touch = widget.page.context.new_cdp_session(widget.page)
    for kind, x in (("touchStart", left), ("touchMove", left + 20), ("touchMove", left + 45)):
        point = {"x": x, "y": top}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    widget.page.wait_for_function(
        "(x) => Math.abs(document.querySelector('.xe-dot').getBoundingClientRect().x + 9 - x) < 3",
        arg=left + 45,
    )
    assert float(slider(widget, "weight").input_value()) > 1


def test_dragging_the_curve_sets_b_and_keeps_the_curve_under_the_pointer(explorer):
    widget = explorer()
    press("must grow")(widget)
    left, _ = grip(widget)
    box = widget.locator(".xe-curve").bounding_box()
    middle = (left + (0.25 / 8) * box["width"], box["y"] + box["height"] / 2)  # where z = 0
    drag(widget.page, middle, (middle[0] + box["width"] / 8, middle[1]))  # one unit of w
    assert float(slider(widget, "rest of the score").input_value()) == pytest.approx(-2.5, abs=0.05)
    assert float(slider(widget, "weight").input_value()) == 0


MISTAKES = [  # what is set, and what is said
    ({}, 0.9, None, {"weight": 1, "rest": -1.1}, "You have set the score z to 0.90"),
    ({}, 0.9, None, {"weight": -0.85}, "That is the other outcome: 1 − p is 0.90"),
    ({}, 0.9, None, {"weight": 1}, "Not yet: p = 0.82 is too small, so raise the score: raise w"),
    ({}, 0.9, None, {"weight": 2}, "Not yet: p = 0.97 is too large, so lower the score: lower w"),
    ({}, None, 0.2, {"weight": 0.75}, "the factor x is missing"),
    ({}, None, 0.3, {"weight": -0.17}, "You have set the probability p to 0.30"),
    ({}, None, 0.3, {"weight": 2}, "too flat, because p = 0.97 is too near to 1"),
    ({}, None, 0.3, {"weight": -2}, "too flat, because p = 0.01 is too near to 0"),
    ({}, None, 0.3, {"weight": 0.5}, "too steep, because p = 0.62 is too near to ½"),
    (
        {"x": -1},
        None,
        -0.2,
        {"weight": 4},
        "To move p towards ½, raise the score: lower w, since x = −1 is negative",
    ),
]


@pytest.mark.parametrize(("arguments", "p", "slope", "setting", "answer"), MISTAKES)
def test_it_answers_each_mistake_by_its_name(explorer, arguments, p, slope, setting, answer):
    targets = {"probabilities": [p] if p else [], "slopes": [slope] if slope else []}
    widget = explorer(**arguments, **targets)
    widget.get_by_role("button").first.click()
    for name, value in setting.items():
        set_slider(name, value)(widget)
    press("Check")(widget)
    assert answer in said(widget)
    assert widget.locator(".xe-feedback").get_attribute("data-kind") == "wrong"


def test_a_verdict_goes_when_the_setting_that_it_judged_changes(explorer):
    widget = explorer()
    press("must grow")(widget)
    press("Check")(widget)
    assert said(widget).startswith("Not yet")
    slider(widget, "weight").press("ArrowRight")
    assert said(widget) == ""


def test_what_is_shown_is_what_the_package_computes(explorer):
    widget = explorer(w=1, slopes=[0.3])
    for line in (
        "z = wx + b = 1.00 · 2 − 0.50 = 1.50",
        "p = σ(z) = 0.818",
        "0.818 · 0.182 · 2 = 0.298",
    ):
        assert line in widget.inner_text().replace("\n", "")
    assert "p = 0.82" in widget.get_by_role("img").get_attribute("aria-label")


def test_without_a_task_about_slopes_none_is_shown(explorer):
    widget = explorer()
    assert "slope" not in widget.inner_text()
    assert not widget.locator(".xe-tangent").is_visible()


# The advice, for any setting

JUDGE = f"""
import {{ at, judge }} from "{(HERE / "logistic_tutor.js").as_uri()}";
answer(input.map(([w, b, x, kind, target]) => {{
    const miss = (now) => Math.abs((kind === "slope" ? now.slope : now.p) - target);
    const verdict = judge({{ ...at(w, b, x), task: {{ kind, target }} }});
    return [verdict.words, verdict.kind, ...[0, 0.001, -0.001].map((by) => miss(at(w + by, b, x)))];
}}));
"""
CASES = [
    [w / 4, b, x, kind, target]
    for w in range(-16, 17)
    for b in (-3.3, 0.2, 2.1)
    for x in (2, -1, 0.5)
    for kind, target in (("probability", 0.9), ("probability", 0.3), ("slope", 0.15 * x))
]


def test_whoever_follows_the_advice_comes_nearer():
    followed = 0
    for case, (words, kind, miss, up, down) in zip(CASES, run(JUDGE, CASES), strict=True):
        if kind == "right":
            assert miss <= 0.011
        elif advice := re.search(r"(raise|lower) \{w\}", words):
            assert (up if advice[1] == "raise" else down) < miss, (case, words)
            followed += 1
    assert followed > 800
