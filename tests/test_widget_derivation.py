"""The spoiled derivations of the widgets: their keys are computed, and Python computes the same."""

import numpy as np
import pytest
from algebra import SEEDS, ask, evaluate, rounds, true_lines

from crossentropy import loss, sigmoid
from crossentropy.derivation import EQUATIONS, PRINTED_7
from crossentropy.widgets._derivation import SYMBOLS, derivation

SAMPLES = [(x, w, y) for x in (-1.5, 0.7, 2) for w in (-1.2, 0.4, 0.75) for y in (0, 1)]


def slope_of_the_loss(x, w, y):
    """Return the slope of the loss of the package, by a difference."""
    return float(loss([w + 1e-5], [x], y) - loss([w - 1e-5], [x], y)) / 2e-5


def false_links(lines):
    """Return which links are false at some sample."""
    chains = [
        [slope_of_the_loss(*sample), *(evaluate(line, *sample) for line in lines)]
        for sample in SAMPLES
    ]
    holds = np.all(np.isclose(np.diff(chains), 0, atol=1e-6), axis=0)
    return np.flatnonzero(~holds).tolist()


# --------------------------------------------------------------------------- the derivation


def test_the_lines_are_those_of_the_table_and_only_7_has_symbols():
    lines = derivation()["lines"]
    assert [line["number"] for line in lines] == [str(number) for number in range(7, 15)]
    assert lines[0]["expression"] == "dH_dp*dp_dw"
    assert derivation()["printed"] == "-dH_dp*dp_dw"
    for line in lines[1:]:
        assert line["expression"] == EQUATIONS[line["number"]].expression


def test_the_symbols_stand_for_what_line_7_has_written_out():
    lines = derivation()["lines"]
    for text, equation in ((lines[0]["expression"], EQUATIONS["7"]), ("-dH_dp*dp_dw", PRINTED_7)):
        for name, number in SYMBOLS.items():
            text = text.replace(name, f"({EQUATIONS[number].expression})")
        assert text == equation.expression


def test_the_right_derivation_has_no_false_link():
    assert ask("answer(derivation.falseLinks(told, told.lines.map(({ tree }) => tree)));") == []


def test_the_values_of_a_chain_are_python_s():
    script = """
    const trees = told.lines.map(({ tree }) => tree);
    const sample = ([x, w, y]) => ({ x, w, y });
    answer(input.samples.map((row) => derivation.chainValues(told, trees, sample(row))));"""
    for values, (x, w, y) in zip(ask(script, samples=SAMPLES), SAMPLES, strict=True):
        expected = x * (sigmoid(w * x) - y)
        np.testing.assert_allclose(values[0], expected, rtol=0, atol=1e-7)
        np.testing.assert_allclose(values[1:], expected, rtol=1e-12)


# --------------------------------------------------------------------------- the rounds


def test_the_first_round_is_the_printed_derivation_with_two_false_links():
    first = rounds()[0]
    assert first["texts"][0] == "-dH_dp*dp_dw"
    assert (first["line"], first["key"]) == (0, [0, 1])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_key_of_a_round_is_what_python_computes(seed):
    made = rounds()[seed]
    assert made["key"] == false_links(made["texts"])
    assert made["key"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_round_breaks_the_links_around_its_slip_or_carries_it_on(seed):
    made = rounds()[seed]
    line = made["line"]
    changed = [k for k, text in enumerate(made["texts"]) if text != true_lines()[k]]
    around = [k for k in (line, line + 1) if k < 8]
    assert (changed, made["key"]) in (([line], around), (list(range(line, 8)), [line]))


def test_all_kinds_of_slips_and_all_lines_occur():
    assert {made["kind"] for made in rounds()} == {
        "sign",
        "factor",
        "denominator",
        "square",
        "labels",
    }
    assert {made["line"] for made in rounds()} == set(range(8))
    assert {len(made["key"]) for made in rounds()} == {1, 2}


@pytest.mark.parametrize("seed", SEEDS)
def test_of_the_repairs_one_is_right_and_none_is_what_stands_there(seed):
    made = rounds()[seed]
    right = true_lines()[made["line"]]
    assert made["repairs"].count(right) == 1
    assert len(made["repairs"]) == 4
    wrong = [text for text in made["repairs"] if text != right]
    shown = [*wrong, made["texts"][made["line"]]]
    values = [[evaluate(text, *sample) for sample in SAMPLES] for text in (right, *shown)]
    for i, one in enumerate(values):
        assert not any(np.allclose(one, other, rtol=1e-6) for other in values[i + 1 :])


def test_a_change_that_leaves_the_value_alone_is_no_slip():
    script = """
    const tree = expression.parse("x_j*(p - y)");
    const values = (text) => derivation.differs(told, expression.parse(text), tree);
    answer(["-x_j*(y - p)", "x_j*p - x_j*y", "x_j*(y - p)", "p - y"].map(values));"""
    assert ask(script) == [False, False, True, True]


# --------------------------------------------------------------------------- blocks and blanks


def test_distractors_are_wrong_and_made_of_different_lines():
    script = """
    const made = (seed) => slips.distractors(told, seed, 3).map(({ tree }) => written(tree));
    answer(input.seeds.map(made));"""
    for made in ask(script, seeds=list(SEEDS)):
        assert len(set(made)) == 3
        for text in made:
            assert false_links([text]) == [0]


def test_a_blank_filled_with_what_is_missing_gives_the_line():
    script = """
    const { substituted } = expression;
    const whole = ({ tree, missing }, i) => written(substituted(tree, "ABC"[i], missing));
    const made = (seed) => slips.blanks(told, seed, 3).map((one, i) =>
      [one.line, whole(one, i), written(one.tree).split("ABC"[i]).length - 1]);
    answer(input.seeds.map(made));"""
    for made in ask(script, seeds=list(SEEDS)):
        assert [line for line, *_ in made] == sorted({line for line, *_ in made})
        assert len(made) == 3
        for line, text, blanks in made:
            assert (text, blanks) == (true_lines()[line], 1)
