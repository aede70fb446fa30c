"""The widgets of algebra in Python: what they ask, what they refuse, what they show."""

import json
import re

import numpy as np
import pytest
import traitlets
from algebra import ask
from numpy.testing import assert_allclose

from crossentropy import loss_gradient, plots
from crossentropy.derivation import EQUATIONS
from crossentropy.mistakes import TARGETS
from crossentropy.widgets import DerivationBlocks, ErrorHunt, TypeTheStep, _sources
from crossentropy.widgets.type_the_step import STEPS


def test_a_step_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"name must be one of dp_dw, dH_dp, .*, got 'dw_dp'"):
        TypeTheStep("dw_dp")


def test_there_is_a_step_for_each_scalar_target():
    assert STEPS.keys() == {name for name, t in TARGETS.items() if not {"x", "X"} & {*t.arguments}}


@pytest.mark.parametrize("name", STEPS)
def test_the_answer_in_its_frame_is_the_line(name):
    step = TypeTheStep(name).step
    framed = step["frame"].replace("answer", f"({TARGETS[name].truth.expression})")
    script = """
    const point = { x_j: -1.5, z: 0.7, y: 0.3, p: 1 / (1 + Math.exp(-0.7)) };
    answer(input.texts.map((text) => expression.evaluate(expression.parse(text), point)));"""
    one, other = ask(script, texts=[framed, step["line"]])
    assert_allclose(one, other, rtol=1e-14)
    assert step["line"] == EQUATIONS[step["label"].strip("()")].expression


@pytest.mark.parametrize("limits", [{"w": 2.1}, {"x": -3.5}, {"y": 0.5}, {"seed": -1}])
def test_a_probe_out_of_reach_is_refused(limits):
    with pytest.raises(traitlets.TraitError):
        ErrorHunt(**limits)


def test_a_block_cannot_stand_in_two_places():
    blocks = DerivationBlocks()
    with pytest.raises(traitlets.TraitError, match=r"at most once, got \[1, 1\]"):
        blocks.placed = [1, 1]
    with pytest.raises(traitlets.TraitError):
        blocks.placed = [11]


def test_the_blocks_are_solved_when_they_are_in_order_and_filled():
    blocks = DerivationBlocks()
    blocks.filled = 3
    assert not blocks.solved
    blocks.ordered = True
    assert blocks.solved


@pytest.mark.parametrize(
    ("name", "file", "numbers"),
    [
        ("probe.js", "error_hunt.py", r"REACH = \{ ?(.*?) ?\}"),
        ("derivation_blocks.js", "derivation_blocks.py", r"(?:FALSE_LINES|N_DISTRACTORS) = (\d)"),
        ("fading.js", "derivation_blocks.py", r"(?:COUNT|N_BLANKS) = (\d)"),
    ],
)
def test_python_and_javascript_have_the_same_limits(name, file, numbers):
    found = [
        re.search(numbers, (_sources.HERE / one).read_text(encoding="utf-8"))[1]
        for one in (name, file)
    ]
    assert found[0] == found[1].replace('"', "")


def test_the_state_on_a_page_is_small():
    for widget in (ErrorHunt(), DerivationBlocks(), TypeTheStep("bracket")):
        assert len(json.dumps(widget.page_state())) < 6000


# Figures


def curve(figure, name):
    """Return the data of a line of a figure."""
    return [line.get_xydata() for line in figure.figure.axes[0].lines if line.get_label() == name]


AT_1 = {"-y/p", "-1/p", "-y/p - (1 - y)/(1 - p)"}  # right for the label 1


@pytest.mark.parametrize(("name", "without"), [("dp_dw", set()), ("dH_dp", AT_1)])
def test_the_right_answer_is_drawn_among_the_mistakes_that_differ_here(name, without):
    figure = plots.plot_answers(name)
    (right,) = curve(figure, "right")
    wrong = [line[:, 1] for line in curve(figure, "mistake")]
    forms = [form.expression for m in TARGETS[name].mistakes.values() for form in m.forms]
    hidden = without | {"log(1 - y) - log(y)"}  # infinite for the label 1
    assert len(wrong) == len([form for form in forms if form not in hidden])
    assert not any(np.allclose(right[:, 1], one) for one in wrong)
    assert f"The {len(wrong)} grey curves" in figure.alt


def test_the_right_answer_has_its_values():
    right = curve(plots.plot_answers("dp_dw"), "right")[0]
    p = 1 / (1 + np.exp(-right[:, 0]))
    assert_allclose(right[:, 1], 2 * p * (1 - p), rtol=1e-12)


def test_a_curve_of_something_else_is_refused():
    with pytest.raises(ValueError, match=r"name must be one of dp_dw, .* got 'p'"):
        plots.plot_answers("p")


def test_the_printed_line_alone_is_off_the_slope():
    w, x, y = -0.5, 1.5, 0
    figure = plots.plot_printed_values(w, x, y)
    values = [curve(figure, str(number))[0][0, 1] for number in range(7, 15)]
    (slope,) = loss_gradient([w], [x], y)
    assert_allclose(values, [-slope, *7 * [slope]])


def test_the_bars_count_operations():
    figure = plots.plot_line_lengths()
    heights = [bar.get_height() for bar in figure.figure.axes[0].patches]
    assert heights[-3:] == [7, 3, 2]  # x_j (p - y) is a difference and a product
    assert heights[0] < heights[1] > heights[2]
