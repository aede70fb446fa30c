"""The logistic explorer: what can be moved, what is shown, and advice that leads on."""

import re

import pytest
from javascript import run
from runs.hands import Mouse
from widget_states import press, said, widget_on, write_page

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


def test_it_asks_for_a_prediction_before_anything_can_be_moved(explorer):
    widget = explorer()
    assert not slider(widget, "weight").is_visible()
    left, top = grip(widget)
    Mouse(widget.page).drag((left, top), (left + 60, top))
    assert grip(widget) == [left, top]
    assert "must the weight w grow or shrink?" in widget.inner_text()


def test_dragging_the_curve_sets_b_and_keeps_the_curve_under_the_pointer(explorer):
    widget = explorer()
    press("must grow")(widget)
    left, _ = grip(widget)
    box = widget.locator(".xe-curve").bounding_box()
    middle = (left + (0.25 / 8) * box["width"], box["y"] + box["height"] / 2)  # where z = 0
    Mouse(widget.page).drag(middle, (middle[0] + box["width"] / 8, middle[1]))  # one unit of w
    assert float(slider(widget, "rest of the score").input_value()) == pytest.approx(-2.5, abs=0.05)
    assert float(slider(widget, "weight").input_value()) == 0


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
