"""Evaluate an expression that a student typed, by reading its syntax tree; nothing is executed.

The tree may hold numbers, the names and functions given here, ``+ - * / **``, signs and
parentheses, and nothing else. All numbers become float64 first, so that no power can grow, and the
text is short, so that no tree is deep.
"""

import ast
import operator
import warnings

import numpy as np

__all__ = ["FUNCTIONS", "ExpressionError", "evaluate"]

LONGEST = 300  # characters: five times as many as any line of the derivation has
FUNCTIONS = {
    **{name: getattr(np, name) for name in ("exp", "log", "sqrt", "sinh", "cosh", "tanh", "abs")},
    "ln": np.log,
    **dict.fromkeys(["sigma", "sigmoid", "logistic"], lambda z: 1 / (1 + np.exp(-z))),
}
FOREIGN = {
    "^": "A power is written `**`, not `^`.",
    "=": "Write the expression alone, without `=`.",
    "$": "Write a Python expression, without `$`.",
    "\N{MINUS SIGN}": "Python's minus is `-`; the text has the longer `\N{MINUS SIGN}`.",
    "\N{EN DASH}": "Python's minus is `-`; the text has a dash, `\N{EN DASH}`.",
    "\N{MULTIPLICATION SIGN}": "A product is written `*`, not `\N{MULTIPLICATION SIGN}`.",
    "\N{MIDDLE DOT}": "A product is written `*`, not `\N{MIDDLE DOT}`.",
}
CONSTANTS = {"e": np.float64(np.e), "pi": np.float64(np.pi)}
MODULES = {"np", "numpy", "math"}  # np.exp is exp
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


class ExpressionError(ValueError):
    """The text is no expression that may be evaluated; the message says why, for its author."""


def evaluate(text, values):
    """Return what an expression gives where its names have the given values.

    Parameters
    ----------
    text : str
        The expression. It may be anything: it comes from a student.
    values : dict of str to ndarray
        The value of each name, all of one shape.

    Returns
    -------
    ndarray
        Of the shape of the values; infinite or NaN where the expression is.

    Raises
    ------
    ExpressionError
        If the text holds anything but what the module's description allows.

    Examples
    --------
    >>> evaluate("x_j*exp(-z)", {"x_j": np.array([2.0, 3.0]), "z": np.zeros(2)})
    array([2., 3.])
    >>> evaluate("2*k", {"z": np.zeros(1)})
    Traceback (most recent call last):
    autograder.questions.expressions.ExpressionError: The name `k` has no meaning here; ...
    """
    tree, names = _parsed(text), {**CONSTANTS, **values}
    with np.errstate(all="ignore"):
        value = _value(tree, names)
    return np.broadcast_to(value, np.broadcast_shapes(*(np.shape(v) for v in values.values())))


def _parsed(text):
    if not isinstance(text, str):
        raise ExpressionError('An expression is text in quotes, such as `"2*z"`.')
    if len(text) > LONGEST:
        raise ExpressionError(f"The expression has more than {LONGEST} characters.")
    for character, advice in FOREIGN.items():
        if character in text:
            raise ExpressionError(advice)
    text = text.strip()
    has_lines = "\n" in text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about style: the text is a student's
            return ast.parse(f"({text}\n)" if has_lines else text, mode="eval").body
    except SyntaxError as error:
        place = f" at character {error.offset}" if error.offset and not has_lines else ""
        raise ExpressionError(
            f"Python cannot read the expression{place}; every product needs its `*`, and every "
            "parenthesis its other half."
        ) from error
    except (ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError("Python cannot read the expression.") from error


def _value(node, names):
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _number(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name) if name not in FUNCTIONS:
            known = ", ".join(f"`{known}`" for known in sorted(set(names) - set(CONSTANTS)))
            raise ExpressionError(f"The name `{name}` has no meaning here; known are {known}.")
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=function, args=[argument], keywords=[]):
            return _function(function)(_value(argument, names))
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
            if name in CONSTANTS:
                return CONSTANTS[name]
    allowed = "numbers, names, `+ - * / **`, parentheses and functions of one argument"
    raise ExpressionError(f"An expression may contain {allowed}, and nothing else.")


def _number(number):
    try:
        return np.float64(number)
    except OverflowError as error:
        raise ExpressionError("The expression holds a number that is too large.") from error


def _function(node):
    """Return the function that a name, or a name in NumPy or math, stands for."""
    match node:
        case ast.Name(id=name) if name in FUNCTIONS:
            return FUNCTIONS[name]
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
            if name in FUNCTIONS:
                return FUNCTIONS[name]
    known = ", ".join(f"`{name}`" for name in FUNCTIONS)
    raise ExpressionError(f"The functions are {known}; every product needs its `*`.")
