"""The derivation, checked by machine: the book's own LaTeX against the definitions.

`latex_reader` reads; `proofs` proves from the definitions alone (it knows no table);
`expression_form` compares LaTeX with the table's executable expressions.
"""

import json
from pathlib import Path

import numpy as np
import pytest
import sympy
from equation_sources import latex_by_number
from expression_form import equation_form, expression_form
from proofs.agreement import assert_equal
from proofs.checking import check
from proofs.classes import Classes, ClassSamples
from proofs.evaluation import value, values
from proofs.functions import Taylor
from proofs.reading import Column, read_statement
from proofs.samples import HardLabels, Samples, largest_eigenvalue

import crossentropy as ce
from crossentropy.derivation import EQUATIONS, PRINTED_7, as_json

ROOT = Path(__file__).parents[1]
NUMBERS = list(EQUATIONS)
FOLLOWING = [number for number in NUMBERS if EQUATIONS[number].follows is not None]
COMPUTED = [number for number in NUMBERS if EQUATIONS[number].expression is not None]


@pytest.fixture(scope="session")
def latex():
    """The LaTeX of each number, as the notebooks have it."""
    return latex_by_number(ROOT)


# --------------------------------------------------------------------------- truth


@pytest.mark.parametrize("number", NUMBERS)
def test_an_equation_is_true_by_the_definitions(number, latex):
    check(number, latex[number])


def _same(line, at):
    return line(at)


def _stack(line, at):
    return sympy.Matrix([line(at.bind("j", j)) for j in range(1, at.world.n_features + 1)])


def _in_weight(line, at):
    return line(at).diff(at.world.weights[at.index["j"] - 1])


def _without_high_powers(line, at):
    """Keep the powers of h below 4, and let O stand for the others."""
    powers = sympy.Poly(sympy.cancel(line(at)), at.world.h).terms()
    low = sum(factor * at.world.h**power for (power,), factor in powers if power < 4)
    return low + at.world.bound * at.world.h**4


def _with_rounding(line, at):
    truncation = (line(at) - at.world.slopes[1]).subs(at.world.bound, 0)
    return sympy.Abs(truncation) + at.world.rounding * sympy.Abs(at.world.slopes[0]) / at.world.h


def _with_largest_factors(line, at):
    """Give each p(1 - p) its largest value, at w = 0, and read the matrix off the square."""
    at_zero = line(at).subs(dict.fromkeys(at.world.weights, 0))
    return sympy.hessian(at_zero, list(at.world.direction)) / 2


def _through_the_probabilities(line, at):
    """Add up over all classes m: the slope of -y log(s) in s, times that of s in a logit."""
    classes = range(1, at.world.n_classes + 1)
    labels, probabilities = at.world.labels, at.world.probabilities
    return sum(-labels[m - 1] / probabilities[m - 1] * line(at.bind("m", m)) for m in classes)


def _with_labels_that_add_up_to_one(line, at):
    *others, last = at.world.labels
    return line(at).subs(last, 1 - sum(others))


def _mean_over_samples(line, at):
    """Component (j, k): feature j times what the line says of class k, in the mean."""
    inputs, n = at.world.inputs, at.world.n_samples
    slope = lambda i, k: line(at.bind("i", i + 1).bind("k", k + 1))  # noqa: E731
    entry = lambda j, k: sum(inputs[i, j] * slope(i, k) for i in range(n)) / n  # noqa: E731
    return sympy.Matrix(at.world.n_features, at.world.n_classes, entry)


# How each line is made from the one that it follows: `line(at)` is that one's right side.
STEPS = {
    "1": lambda line, at: line(at).subs(at.world.z, at.world.logit(1)),
    "A.3": lambda line, at: 1 - line(at),
    "A.4": _same,
    "A.5": lambda line, at: (1 - line(at)) / line(at),
    "A.6": lambda line, at: sympy.log(line(at)),
    "A.7": lambda line, at: -_in_weight(line, at),
    "A.8": lambda line, at: sympy.exp(-at.world.logit(1)) * line(at),
    "3": _in_weight,
    "4": _stack,
    "A.9": lambda line, at: line(at).diff(at.world.z),
    "A.10": _same,
    "A.11": _same,
    "A.13": lambda line, at: line(at).subs(at.world.labels[0], 1),
    "A.14": lambda line, at: line(at).subs(at.world.labels[0], 0),
    "A.15": lambda line, at: line(at).diff(at.world.p),
    "A.16": _same,
    "7": lambda line, at: line(at)[at.index["j"] - 1],
    **{str(number): _same for number in range(8, 15)},
    "15": _stack,
    "A.17": lambda line, at: line(at).subs(at.world.p, at.world.probability(1)),
    "A.19": lambda line, at: at.world.gradient(line(at)),
    "A.20": _same,
    "A.21": lambda line, at: line(at).jacobian(at.world.weights),
    "A.23": _without_high_powers,
    "A.24": _with_rounding,
    "A.27": _same,
    "A.29": lambda line, at: line(at).subs(at.world.z, _t(at.world)),
    "A.30": lambda line, at: (
        (1 - 2 * at.world.labels[0]) * line(at).subs(at.world.z, -_t(at.world))
    ),
    "A.31": lambda line, at: (at.world.direction.T * line(at) * at.world.direction)[0],
    "A.32": _with_largest_factors,
    "A.34": lambda line, at: line(at).diff(at.world.z, 2),
    "A.35": lambda line, at: at.world.n_samples * line(at),
    "A.37": lambda line, at: 1 / largest_eigenvalue(line(at)),
    "A.40": lambda line, at: at.world.gradient(line(at)),
    "A.43": lambda line, at: line(at.bind("k", at.index["m"])).diff(
        at.world.logits[at.index["k"] - 1]
    ),
    "A.44": _through_the_probabilities,
    "A.45": _with_labels_that_add_up_to_one,
    "A.46": lambda line, at: line(at.bind("k", 1)),
    "A.47": _mean_over_samples,
}


def _t(world):
    return (1 - 2 * world.labels[0]) * world.logit(1)


# The worlds to take the steps in; A.35 is a condition, so its left side is what is made.
IN_SAMPLES = (Samples(2, 3), Samples(3, 2))
IN_HARD_LABELS = (HardLabels(3, 2, 0), HardLabels(3, 2, 1))
IN_CLASSES = (Classes(2), Classes(3))
WORLDS = {
    "A.23": (Taylor(),),
    "A.24": (Taylor(),),
    "A.29": IN_HARD_LABELS,
    "A.30": IN_HARD_LABELS,
    "A.37": (Samples(2, 3),),
    **{f"A.{number}": IN_CLASSES for number in range(43, 47)},
    "A.47": (ClassSamples(2, 3, 2),),
}
MADE_SIDE = {"A.35": 0}


@pytest.mark.parametrize("number", FOLLOWING)
def test_an_equation_follows_from_the_line_that_it_says_it_follows(number, latex):
    statement = read_statement(latex[number])
    before = read_statement(latex[EQUATIONS[number].follows])
    assert number in STEPS, f"give ({number}) a step, in STEPS of this file"
    for world in WORLDS.get(number, IN_SAMPLES):
        for at in world.places():
            sides = values(statement, at)
            if sides is not None:
                made = STEPS[number](lambda place: value(before.sides[-1], place), at)
                assert_equal(sides[MADE_SIDE.get(number, -1)], made, world)


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
    form = equation_form(read_statement(latex[number]).sides[-1], EQUATIONS[number].part)
    told = f"({number}) is not what the exercise prints, as EXERCISE in this file has it"
    assert form == expression_form(EXERCISE[number]), told


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


def test_the_equations_without_an_expression_are_known():
    expected = {"2", "6", "A.31", "A.32", "A.35"}
    expected |= {f"A.{n}" for n in (*range(22, 27), *range(36, 45), 46)}
    assert set(NUMBERS) - set(COMPUTED) == expected, "a new one without belongs in this list"


@pytest.mark.parametrize(
    "expression",
    ["q + 1", "sin(z)", "z // 2", "1.5*z", "exp(z, p)", "z if p", "max(z, 1)", "max(z)"],
)
def test_other_python_is_no_expression(expression):
    with pytest.raises((ValueError, SyntaxError)):
        expression_form(expression)


RNG = np.random.default_rng(7)
W, X = RNG.normal(size=3), RNG.normal(size=(8, 3))
Y = np.array([0, 1, 0, 1, 0.25, 0.5, 0.9, 1.0])
HARD = np.array([0, 1, 1, 0, 0, 1, 0, 1])
Z = X @ W
P = RNG.uniform(0.05, 0.95, size=8)
CLASS_WEIGHTS = RNG.normal(size=(3, 4))
SCORES = X @ CLASS_WEIGHTS
CLASS_LABELS = RNG.dirichlet(np.ones(4), size=8)
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
    "A.27": lambda: ce.sigmoid(Z),
    "A.28": lambda: ce.loss([1.0], Z[:, None], np.zeros(8)),
    "A.29": lambda: ce.loss(W, X, HARD),
    "A.30": lambda: ce.loss_gradient([1.0], Z[:, None], HARD)[:, 0] / Z,
    "A.45": lambda: ce.softmax_loss_gradient(SCORES, CLASS_LABELS),
    "A.47": lambda: ce.mean_softmax_loss_and_gradient(CLASS_WEIGHTS, X, CLASS_LABELS)[1],
}
HARD_LABELS = ("A.29", "A.30")
OF_CLASSES = ("A.45", "A.47")
FREE_P = ("A.12", "5", "A.13", "A.14", "A.15", "A.16")


def compute(equation):
    """Evaluate an expression for all samples, and for all j, k and classes where they occur."""
    names = _values_of(equation)
    if "x_k" in equation.expression:
        names = {name: array[:, None, None] for name, array in names.items()}
        names |= {"x_j": X[:, :, None], "x_k": X[:, None, :]}
    elif "x_j" in equation.expression:
        names = {name: array[:, None] for name, array in names.items()}
        names |= {"x_j": X[:, :, None] if equation.number in OF_CLASSES else X}
    names |= {"exp": np.exp, "log": np.log, "abs": np.abs, "max": np.maximum, "w_j": W}
    result = eval(equation.expression, {"__builtins__": {}}, names)
    return result.mean(axis=0) if equation.part.endswith("term") else result


def _values_of(equation):
    """Return what the names mean that have a value for each sample, or each sample and class."""
    if equation.number in OF_CLASSES:
        exponentials = np.exp(SCORES)
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        return {"s": probabilities, "y": CLASS_LABELS}
    y = HARD if equation.number in HARD_LABELS else Y
    p = P if equation.number in FREE_P else 1 / (1 + np.exp(-Z))
    return {"z": Z, "y": y, "p": p, "t": (1 - 2 * y) * Z}


@pytest.mark.parametrize("number", PACKAGE)
def test_the_package_computes_what_the_equation_says(number):
    expected = compute(EQUATIONS[number])
    actual = PACKAGE[number]()
    assert np.shape(actual) == np.shape(expected)
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-13)


def test_the_equations_that_the_package_has_no_function_for_are_known():
    unknown = {"A.1", "A.6", "A.7", "A.8", "A.12", "A.33", "A.34"}
    assert set(COMPUTED) - set(PACKAGE) == unknown, "put a new one into PACKAGE or unknown"


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
    assert list(table) == NUMBERS
    assert table["7"]["latex"] == EQUATIONS["7"].latex
