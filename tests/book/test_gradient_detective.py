"""Gradient detective: a case closed by mouse and by keyboard; rounding is no bug."""

import pytest
from javascript import run
from widget_states import press, said, select, set_slider, tab_to, widget_on, write_page

from crossentropy.widgets import GradientDetective
from crossentropy.widgets._sources import HERE

SEED = 19
START = {"w": [1, 0.5], "x": [2, -1], "y": 1}


def key(seed):
    """Return what the five gradients of a case are."""
    uri = (HERE / "suspects.js").as_uri()
    script = f'import {{ drawSuspects }} from "{uri}"; answer(drawSuspects(input.seed, input));'
    return run(script, {**START, "seed": seed})


@pytest.fixture
def detective(visit, tmp_path):
    """Open a page with the detective; a message on its console fails the test."""
    visits = []

    def open_page(seed=SEED, **options):
        made = GradientDetective(**START, seed=seed)
        visits.append(visit(write_page(tmp_path, made), **options))
        return widget_on(visits[-1].page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def suspect(widget, number):
    return widget.get_by_role("radio").nth(number)


def probe_all(widget):
    """Look at the present gradient where no two bugs are alike."""
    set_slider("step", -5)(widget)
    for label in (0, 1):
        set_slider("label", label)(widget)
        for weight, feature in ((1, -1), (-0.5, 0.75)):
            set_slider("w₂", weight)(widget)
            set_slider("x₁", feature)(widget)


@pytest.mark.parametrize("seed", [0, 4])
def test_a_case_is_closed_by_mouse(seed, detective):
    widget = detective(seed)
    for number, name in enumerate(key(seed)):
        suspect(widget, number).check()
        probe_all(widget)
        select(name)(widget)
        press("Commit")(widget)
        assert said(widget).startswith("Right:")
    assert "Case closed." in widget.inner_text()


def test_a_case_is_closed_by_keyboard_alone(detective):
    widget = detective()
    keyboard = widget.page.keyboard
    suspect(widget, 0).focus()
    options = widget.locator("select option").evaluate_all("all => all.map((one) => one.value)")
    for number, name in enumerate(key(SEED)):
        if number:
            keyboard.press("ArrowRight")  # the focus is on the gradient that was named last
        tab_to(widget.get_by_role("slider", name="step"))
        while float(widget.get_by_role("slider", name="step").input_value()) > -5:
            keyboard.press("ArrowLeft")
        keyboard.press("Tab")
        for change in ("Home", "End"):  # the label
            keyboard.press(change)
        for _ in range(2):  # both weights
            keyboard.press("Tab")
            keyboard.press("ArrowRight")
        keyboard.press("Tab")
        keyboard.press("ArrowLeft")  # the first feature
        tab_to(widget.locator("select"))
        keyboard.press("Home")
        for _ in range(options.index(name)):
            keyboard.press("ArrowDown")
        keyboard.press("Tab")
        keyboard.press("Enter")
        assert said(widget).startswith("Right:")
    assert "Case closed." in widget.inner_text()


def test_rounding_and_truncation_are_no_bugs(detective):
    widget = detective()
    suspect(widget, key(SEED).index("right")).check()
    for step, says in ((-14, "two nearly equal losses are subtracted"), (0, None)):
        set_slider("step", step)(widget)
        select("sign")(widget)
        press("Commit")(widget)
        assert said(widget).startswith("No bug: the error is large only where h is")
        assert says is None or says in said(widget)


def test_a_long_step_is_no_bug(detective):
    widget = detective()  # the step is 0.1 at the start
    suspect(widget, key(SEED).index("right")).check()
    select("extra-slope")(widget)
    press("Commit")(widget)
    assert "That is truncation" in said(widget)


def test_a_bug_that_was_taken_for_rounding_stays_where_the_step_is_good(detective):
    widget = detective()
    suspect(widget, key(SEED).index("labels-forgotten")).check()
    select("right")(widget)
    press("Commit")(widget)
    assert "It is not right. At w = (1, 0.5), x = (2, −1), y = 1 the relative error" in said(widget)


def test_a_right_name_without_proof_stays_open_and_the_advice_leads_on(detective):
    widget = detective()
    suspect(widget, key(SEED).index("term-lost")).check()
    select("term-lost")(widget)
    press("Commit")(widget)
    assert "“nothing is wrong” among them" in said(widget)
    assert "Change the label y" in said(widget)
    assert "0 of 5 named" in widget.inner_text()
    set_slider("label", 0)(widget)
    press("Commit")(widget)
    assert said(widget).startswith("Right:")


def test_a_wrong_name_is_answered_with_a_counterexample(detective):
    widget = detective()
    suspect(widget, key(SEED).index("extra-slope")).check()
    select("sign")(widget)
    press("Commit")(widget)
    assert "the gradient at w = (1, 0.5), x = (2, −1), y = 1 would be (0.365, −0.182)" in said(
        widget
    )


def test_the_plot_fills_as_the_step_moves_and_tells_one_place_from_another(detective):
    widget = detective()
    dots = lambda kind: (widget.locator(f".xe-{kind}").get_attribute("d") or "").count("M")  # noqa: E731
    for exponent in range(-15, 1):
        set_slider("step", exponent)(widget)
    assert (dots("dots"), dots("older")) == (16, 0)  # the start is among them
    set_slider("x₁", 1)(widget)
    assert (dots("dots"), dots("older")) == (1, 16)


def test_the_step_can_be_dragged(detective):
    widget = detective()
    grip = widget.locator(".xe-grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    widget.page.mouse.move(x, y)
    widget.page.mouse.down()
    widget.page.mouse.move(x - 150, y, steps=5)
    widget.page.mouse.up()
    assert float(widget.get_by_role("slider", name="step").input_value()) < -4


def test_a_new_case_has_other_suspects(detective):
    widget = detective()
    press("New case")(widget)
    probe_all(widget)
    select(key(SEED + 1)[0])(widget)
    press("Commit")(widget)
    assert said(widget).startswith("Right:")
