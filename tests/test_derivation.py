"""The derivation, checked by machine: the book's own LaTeX against the definitions.

`latex_reader` reads; `line_proof` proves from the definitions alone (it knows no table);
`expression_form` compares LaTeX with the table's executable expressions.
"""

import json
from pathlib import Path

import numpy as np
import pytest
import sympy
from expression_form import equation_form, expression_form
from latex_reader import Column, read_book, read_statement
from line_proof import LEFT_SIDES, Setting, assert_equal, check, places, values

import crossentropy as ce
from crossentropy.derivation import EQUATIONS, PRINTED_7, as_json

ROOT = Path(__file__).parents[1]
NUMBERS = [number for number in EQUATIONS if number in LEFT_SIDES]
FOLLOWING = [number for number in NUMBERS if EQUATIONS[number].follows is not None]
COMPUTED = [number for number in NUMBERS if EQUATIONS[number].expression is not None]


@pytest.fixture(scope="session")
def latex():
    """The LaTeX of each number, as the notebooks have it."""
    return {equation.number: equation.latex for equation in read_book(ROOT) if equation.number}


# --------------------------------------------------------------------------- truth


@pytest.mark.parametrize("number", NUMBERS)
def test_an_equation_is_true_by_the_definitions(number, latex):
    check(number, latex[number])


def _same(line, at):
    return line(at)


def _stack(line, at):
    return sympy.Matrix([line(at.bind("j", j)) for j in range(1, at.setting.n_features + 1)])


def _in_weight(line, at):
    return line(at).diff(at.setting.weights[at.index["j"] - 1])


# How each line is made from the one that it follows: `line(at)` is that one's right side.
STEPS = {
    "1": lambda line, at: line(at).subs(at.setting.z, at.setting.logit(1)),
    "A.3": lambda line, at: 1 - line(at),
    "A.4": _same,
    "A.5": lambda line, at: (1 - line(at)) / line(at),
    "A.6": lambda line, at: sympy.log(line(at)),
    "A.7": lambda line, at: -_in_weight(line, at),
    "A.8": lambda line, at: sympy.exp(-at.setting.logit(1)) * line(at),
    "3": _in_weight,
    "4": _stack,
    "A.9": lambda line, at: line(at).diff(at.setting.z),
    "A.10": _same,
    "A.11": _same,
    "A.13": lambda line, at: line(at).subs(at.setting.labels[0], 1),
    "A.14": lambda line, at: line(at).subs(at.setting.labels[0], 0),
    "A.15": lambda line, at: line(at).diff(at.setting.p),
    "A.16": _same,
    "7": lambda line, at: line(at)[at.index["j"] - 1],
    **{str(number): _same for number in range(8, 15)},
    "15": _stack,
    "A.17": lambda line, at: line(at).subs(at.setting.p, at.setting.probability(1)),
    "A.19": lambda line, at: at.setting.gradient(line(at)),
    "A.20": _same,
    "A.21": lambda line, at: line(at).jacobian(at.setting.weights),
}


@pytest.mark.parametrize("number", FOLLOWING)
def test_an_equation_follows_from_the_line_that_it_says_it_follows(number, latex):
    statement = read_statement(latex[number])
    before = read_statement(latex[EQUATIONS[number].follows])
    for setting in (Setting(2, 3), Setting(3, 2)):
        for at in places(setting):
            made = STEPS[number](lambda place: values(before, place)[-1], at)
            assert_equal(values(statement, at)[-1], made, setting)


def test_a_line_that_follows_another_stands_behind_it():
    for number in FOLLOWING:
        assert NUMBERS.index(EQUATIONS[number].follows) < NUMBERS.index(number)


# The right sides of the exercise, typed in from it once more, so that true lines cannot trade
# places; (7) stands corrected.
EXERCISE = {
    "1": "1 / (1 + exp(-z))",
    "3": "x_j * exp(-z) / (1 + exp(-z))**2",
    "4": "x_j * (exp(-z) / (1 + exp(-z))**2)",
    "5": "-y * log(p) - (1 - y) * log(1 - p)",
    "7": "-(y/p - (1 - y)/(1 - p)) * (x_j * exp(-z) / (1 + exp(-z))**2)",
    "8": "-(y/p - (1 - y)/(1 - p)) * (x_j * exp(-z) / (1 + exp(-z))**2)",
    "9": "-(y / (1/(1 + exp(-z))) - (1 - y) / (exp(-z)/(1 + exp(-z))))"
    " * (x_j * exp(-z) / (1 + exp(-z))**2)",
    "10": "-(y * (1 + exp(-z)) - (1 - y) * (1 + exp(-z)) / exp(-z))"
    " * (x_j * exp(-z) / (1 + exp(-z))**2)",
    "11": "-x_j * (y * (exp(-z) / (1 + exp(-z))) - (1 - y) * (1 / (1 + exp(-z))))",
    "12": "-x_j * (y * (1 - p) - (1 - y) * p)",
    "13": "-x_j * (y - p)",
    "14": "x_j * (p - y)",
    "15": "x_j * (p - y)",
}


@pytest.mark.parametrize("number", EXERCISE)
def test_a_line_of_the_exercise_has_the_form_that_the_exercise_gives_it(number, latex):
    right = read_statement(latex[number]).sides[-1]
    assert equation_form(right, EQUATIONS[number].part) == expression_form(EXERCISE[number])


@pytest.mark.parametrize(("number", "slope"), [("2", "slopeofp"), ("6", "slopeofloss")])
def test_a_gradient_is_defined_as_the_column_of_partial_derivatives(number, slope, latex):
    first, last = sympy.symbols([f"{slope}_{{1}}", f"{slope}_{{features}}"])
    assert read_statement(latex[number]).sides[-1] == Column(first, last)


# The one line of the exercise that the book corrects must read as chain rule, not as line 8.
def test_line_7_is_the_product_of_the_two_derivatives(latex):
    factors = sympy.symbols(["slopeofHatpi", "slopeofp_{j}"])
    assert read_statement(latex["7"]).sides[-1].args == tuple(factors)


# --------------------------------------------------------------------------- expressions


@pytest.mark.parametrize("number", COMPUTED)
def test_an_expression_computes_its_equation_operation_for_operation(number, latex):
    right = read_statement(latex[number]).sides[-1]
    expected = equation_form(right, EQUATIONS[number].part)
    assert expression_form(EQUATIONS[number].expression) == expected


def test_the_expression_of_the_printed_line_7_computes_it_operation_for_operation():
    right = read_statement(PRINTED_7.latex).sides[-1]
    assert expression_form(PRINTED_7.expression) == equation_form(right, PRINTED_7.part)


def test_only_the_two_definitions_of_a_gradient_have_no_expression():
    assert set(NUMBERS) - set(COMPUTED) == {"2", "6"}


@pytest.mark.parametrize(
    "expression", ["q + 1", "sin(z)", "z // 2", "1.5*z", "exp(z, p)", "z if p"]
)
def test_other_python_is_no_expression(expression):
    with pytest.raises((ValueError, SyntaxError)):
        expression_form(expression)


RNG = np.random.default_rng(7)
W, X = RNG.normal(size=3), RNG.normal(size=(8, 3))
Y = np.array([0, 1, 0, 1, 0.25, 0.5, 0.9, 1.0])
Z = X @ W
P = RNG.uniform(0.05, 0.95, size=8)
SLOPE = ce.logistic_gradient([1.0], Z[:, None])[:, 0] / Z

# What the package computes for each line, for all samples and all components j (and k).
PACKAGE = {
    "A.2": lambda: ce.sigmoid(Z),
    "1": lambda: ce.logistic(W, X),
    "A.3": lambda: 1 - ce.sigmoid(Z),
    "A.4": lambda: ce.sigmoid(-Z),
    "A.5": lambda: ce.sigmoid(Z) / ce.sigmoid(-Z),
    "3": lambda: ce.logistic_gradient(W, X),
    "4": lambda: ce.logistic_gradient(W, X),
    "A.9": lambda: SLOPE,
    "A.10": lambda: SLOPE,
    "A.11": lambda: ce.logistic_gradient(W, X),
    "5": lambda: ce.cross_entropy(P, Y),
    "A.13": lambda: ce.cross_entropy(P, np.ones(8)),
    "A.14": lambda: ce.cross_entropy(P, np.zeros(8)),
    "A.15": lambda: ce.cross_entropy_derivative(P, Y),
    "A.16": lambda: ce.cross_entropy_derivative(P, Y),
    **{str(number): lambda: ce.loss_gradient(W, X, Y) for number in range(7, 16)},
    "A.17": lambda: ce.loss(W, X, Y),
    "A.18": lambda: ce.mean_loss(W, X, Y),
    "A.19": lambda: ce.mean_loss_gradient(W, X, Y),
    "A.20": lambda: ce.mean_loss_gradient(W, X, Y),
    "A.21": lambda: ce.mean_loss_hessian(W, X, Y),
}
FREE_P = ("A.12", "5", "A.13", "A.14", "A.15", "A.16")


def compute(equation):
    """Evaluate an expression for all samples, and for all j and k where they occur."""
    names = {"z": Z, "y": Y, "p": P if equation.number in FREE_P else 1 / (1 + np.exp(-Z))}
    if "x_k" in equation.expression:
        names = {name: array[:, None, None] for name, array in names.items()}
        names |= {"x_j": X[:, :, None], "x_k": X[:, None, :]}
    elif "x_j" in equation.expression:
        names = {name: array[:, None] for name, array in names.items()} | {"x_j": X}
    names |= {"exp": np.exp, "log": np.log, "w_j": W}
    result = eval(equation.expression, {"__builtins__": {}}, names)
    return result.mean(axis=0) if equation.part.endswith("term") else result


@pytest.mark.parametrize("number", PACKAGE)
def test_the_package_computes_what_the_equation_says(number):
    expected = compute(EQUATIONS[number])
    actual = PACKAGE[number]()
    assert np.shape(actual) == np.shape(expected)
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-13)


def test_the_equations_that_the_package_has_no_function_for_are_known():
    assert set(COMPUTED) - set(PACKAGE) == {"A.1", "A.6", "A.7", "A.8", "A.12"}


def test_loss_and_gradient_together_are_the_two_equations():
    value, gradient = ce.mean_loss_and_gradient(W, X, Y)
    np.testing.assert_allclose(value, compute(EQUATIONS["A.18"]), rtol=1e-12)
    np.testing.assert_allclose(gradient, compute(EQUATIONS["A.19"]), rtol=1e-12)


def test_the_printed_line_7_differs_from_line_8_by_the_size_in_the_errata():
    difference = compute(PRINTED_7) - compute(EQUATIONS["8"])
    size = 2 * X * (Y - ce.sigmoid(Z))[:, None]
    np.testing.assert_allclose(difference, size, rtol=1e-12, atol=1e-13)


def test_the_table_survives_json():
    table = json.loads(json.dumps(as_json()))
    assert list(table) == list(EQUATIONS)
    assert table["7"]["latex"] == EQUATIONS["7"].latex
