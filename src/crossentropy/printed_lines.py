"""What a machine makes of the book's lines when it computes them as they are printed.

The right side of an equation, as the table of `crossentropy.derivation` holds it, is evaluated
operation for operation: once in float64, and once in decimal numbers with so many digits that no
step loses one that counts.  Lines that are equal agree in the second, and need not in the first.

The functions of the package itself never compute in this way.
"""

import ast
from decimal import Decimal, localcontext

import numpy as np

from crossentropy._validation import as_array, as_labels, check_entries
from crossentropy.derivation import EQUATIONS

__all__ = ["as_printed", "in_decimals", "lost_digits"]

_NAMES = {"z", "y", "p", "t", "x_j", "exp", "log", "max", "abs"}
_FARTHEST = 1000  # in_decimals needs a digit for each unit of z
_IN_FLOATS = {"exp": np.exp, "log": np.log, "max": np.maximum, "abs": np.abs}
_IN_DECIMALS = {"exp": Decimal.exp, "log": Decimal.ln, "max": max, "abs": abs}
_SMALLEST_NORMAL = Decimal(float(np.finfo(float).tiny))
_EPSILON = Decimal(float(np.finfo(float).eps))


def as_printed(number, z, y):
    """Right side of an equation in float64, operation for operation, for a feature of 1.

    Where a step overflows, divides by zero or has no value, NumPy warns and goes on with infinity
    or NaN, as it does for any formula; `numpy.errstate` decides about that.

    Parameters
    ----------
    number : str
        The equation's number, ``"8"`` to ``"15"`` or any other whose right side depends on no more
        than the logit and the label.  In (5), ``p`` is taken at the logit: it is then the loss.
    z : array_like
        Logits.
    y : float
        Label in [0, 1].

    Returns
    -------
    float or ndarray
        The value in the shape of `z`, exact or not.

    Raises
    ------
    ValueError
        If there is no such equation, a logit is not finite, or `y` is no label or, in (A.29) and
        (A.30), neither 0 nor 1.

    Examples
    --------
    >>> as_printed("13", 37, 1) == 0
    True
    >>> f"{as_printed('11', 37, 1):.1e}"
    '-8.5e-17'
    """
    right_side, z, y = _checked(number, z, y)
    value = np.asarray(_evaluate(right_side, z, y, _IN_FLOATS))
    return value.item() if value.ndim == 0 else value


def in_decimals(number, z, y):
    """Right side of an equation in decimal arithmetic, operation for operation, right to 50 digits.

    It computes with ``60 + |z|`` digits: the smallest number that meets 1 in a sum or difference is
    ``e^{-|z|}``, which begins ``0.43 |z|`` digits after it.

    Parameters
    ----------
    number : str
        As for `as_printed`.
    z : float
        One logit, within ±1000, taken as exact.
    y : float
        Label in [0, 1], taken as exact.

    Returns
    -------
    decimal.Decimal
        The value.

    Raises
    ------
    ValueError
        If there is no such equation, `z` is out of range, or `y` is no label or, in (A.29) and
        (A.30), neither 0 nor 1.

    Examples
    --------
    >>> [f"{in_decimals(number, 37, 1):.4e}" for number in ("8", "11", "15")]
    ['-8.5330e-17', '-8.5330e-17', '-8.5330e-17']
    """
    right_side, z, y = _checked(number, z, y)
    if z.ndim:
        raise ValueError(f"z must be one number, came shape {z.shape}")
    check_entries("z", z, np.abs(z) <= _FARTHEST, f"lie within ±{_FARTHEST}")
    with localcontext(prec=60 + int(abs(z))):
        return _evaluate(right_side, Decimal(float(z)), Decimal(float(y)), _IN_DECIMALS)


def lost_digits(value, exact):
    """Decimal digits by which a float64 falls short of the 15 that it can hold.

    It is the number of decimal places by which the relative error exceeds 2.2e-16, the distance
    from 1 to the next float64, rounded down: an error of a few units in the last place loses none.

    Parameters
    ----------
    value : float
        What a formula gave; not NaN.
    exact : decimal.Decimal
        What it should have given, of a size that a float64 holds with all its digits.

    Returns
    -------
    int
        0 where all digits are right, up to 15 where none is.

    Raises
    ------
    ValueError
        If `value` is NaN, or `exact` is smaller than 2.2e-308, the smallest normal float64.

    Examples
    --------
    >>> lost_digits(0.333, Decimal(1) / 3)
    12
    >>> lost_digits(1 / 3, Decimal(1) / 3), lost_digits(0.0, Decimal(1) / 3)
    (0, 15)
    """
    if np.isnan(value):
        raise ValueError("value must be a number, came NaN")
    if abs(exact) < _SMALLEST_NORMAL:
        raise ValueError(f"exact must be at least {_SMALLEST_NORMAL:.1e} in size, came {exact:.1e}")
    error = abs(Decimal(float(value)) / exact - 1)
    if error < _EPSILON:
        return 0
    return min((error / _EPSILON).adjusted(), 15) if error.is_finite() else 15


def _checked(number, z, y):
    """Return the right side of an equation, ready to be evaluated, and its logits and label."""
    equation = EQUATIONS.get(number)
    if equation is None or equation.expression is None:
        raise ValueError(f"number must be that of an equation with a value, came {number!r}")
    tree = ast.parse(equation.expression, mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if other := names - _NAMES:
        raise ValueError(f"number must be that of an equation in z and y, came one in {other}")
    z, y = as_array("z", z), as_labels(y, ())
    check_entries("z", z, np.isfinite(z), "be finite")
    if "t" in names:
        check_entries("y", y, np.isin(y, (0, 1)), f"be 0 or 1, which ({number}) needs")
    return compile(tree, f"({number})", "eval"), z, y


def _evaluate(right_side, z, y, functions):
    names = {"z": z, "y": y, "t": (1 - 2 * y) * z, "x_j": 1}
    if "p" in right_side.co_names:  # else its overflow would be none of the equation's
        names["p"] = 1 / (1 + functions["exp"](-z))
    return eval(right_side, {"__builtins__": {}}, names | functions)
