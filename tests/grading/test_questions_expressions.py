"""An expression that a student typed: what it is worth, and what is refused, with a reason."""

import numpy as np
import pytest

from autograder.questions.expressions import FUNCTIONS, LONGEST, ExpressionError, evaluate

VALUES = {"z": np.array([0.5, -1.0]), "x_j": np.array([2.0, 3.0])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", [3, 3]),
        ("1_000 + .5e1", [1005, 1005]),
        ("-z**2", [-0.25, -1]),
        ("2 - x_j - 1", [-1, -2]),
        ("x_j/4/2", [0.25, 0.375]),
        ("+(x_j*z)", [1, -3]),
        ("abs(z)", [0.5, 1]),
        ("np.exp(z)", np.exp([0.5, -1])),
        ("math.e**numpy.log(x_j)", [np.e ** np.log(2), np.e ** np.log(3)]),
        ("sigma(0*z)", [0.5, 0.5]),
        ("  z\n  + 1", [1.5, 0]),
        ("1/(0*z)", [np.inf, -np.inf]),
        ("sqrt(z)", [np.sqrt(0.5), np.nan]),
        ("9**9**9**9", [np.inf, np.inf]),
        ("9" * 290 + "*0", [0, 0]),
    ],
)
def test_an_expression_has_the_value_that_it_has_on_paper(text, expected):
    np.testing.assert_allclose(evaluate(text, VALUES), expected, rtol=1e-15)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_known_with_and_without_its_module(name):
    np.testing.assert_equal(evaluate(f"{name}(z)", VALUES), evaluate(f"np.{name}(z)", VALUES))


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__.__base__.__subclasses__()",
        "exp.__globals__",
        "np.load('x')",
        "np.linalg.inv(z)",
        "(lambda: z)()",
        "[z for z in (1,)]",
        "z if z else x_j",
        "(z := 1)",
        "z < 1",
        "z and x_j",
        "z[0]",
        "'z'",
        "f'{z}'",
        "True",
        "1j",
        "z @ z",
        "z // 2",
        "z % 2",
        "~z",
        "exp(*z)",
        "exp(x=z)",
        "exp(z, z)",
        "exp()",
        "exp",
        "...",
    ],
)
def test_whatever_is_no_arithmetic_is_refused(text):
    with pytest.raises(ExpressionError):
        evaluate(text, VALUES)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x_j^2", r"A power is written `\*\*`, not `\^`"),
        ("2x_j", r"cannot read the expression at character 1; every product needs its `\*`"),
        ("x_j(1 + z)", r"The functions are .*; every product needs its `\*`"),
        ("exp(-z", "cannot read the expression at character 4"),
        ("w_j", "The name `w_j` has no meaning here; known are `x_j`, `z`"),
        ("sech(z)", "The functions are `exp`, `log`"),
        ("z = 1", "the expression alone, without `=`"),
        ("$z$", "without `\\$`"),
        ("", "cannot read the expression"),
        ("−z", "Python's minus is `-`"),
        ("2·z", "A product is written `\\*`"),
        ("\0", "cannot read the expression"),
        ("0x" + "f" * 290, "a number that is too large"),
        ("z" * (LONGEST + 1), f"more than {LONGEST} characters"),
        (3, "text in quotes"),
        (None, "text in quotes"),
        (np.array(["z"]), "text in quotes"),
    ],
)
def test_the_reason_says_what_to_do(text, reason):
    with pytest.raises(ExpressionError, match=reason):
        evaluate(text, VALUES)


@pytest.mark.parametrize(
    "piece", ["(", "-", "~", "[", "z**", "exp(", "not ", "lambda:", "f'{", "z."]
)
def test_a_deep_or_endless_expression_ends_in_a_value_or_a_reason(piece):
    for text in (piece * (LONGEST // len(piece)), (piece * LONGEST)[: LONGEST - 1] + "z"):
        assert outcome(text) in ("a value", "a reason")


def outcome(text):
    try:
        evaluate(text, VALUES)
    except ExpressionError:
        return "a reason"
    return "a value"
