"""Executable forms: an expression of the derivation's language made a Python function.

Expressions come from the tables of this package, never from a student: they are evaluated.
"""

import ast
from dataclasses import dataclass
from functools import cache

import numpy as np

from crossentropy.logistic import sigmoid

_FUNCTIONS = {"exp": np.exp, "log": np.log, "max": np.maximum, "abs": np.abs, "np": np}


@dataclass(frozen=True)
class Form:
    """An expression, and what part of an answer it computes.

    Attributes
    ----------
    expression : str
        Its names are those of `crossentropy.derivation`.  In a ``value`` that is made of arrays
        they are ``w``, ``x`` or ``X``, ``y``, ``z``, ``p``, ``n``, ``d`` and ``np``.
    part : str
        The whole ``value``; its ``component`` j, or (j, k); the ``term`` of its mean over the
        samples; or the ``component term``, which is both.
    """

    expression: str
    part: str = "value"


def evaluate(form, arguments, n_axes=1):
    """Return what a form computes, as a list of arrays, one for each shape that it may take.

    A component without the features is one number; a student may return it as that, or as a
    vector of equal components.

    Parameters
    ----------
    form : Form
        What to compute.
    arguments : dict of str to array_like
        The arguments of the target by name.
    n_axes : int
        The number of axes of the answer: 1 for a gradient, 2 for a Hessian.
    """
    names = dict(arguments)
    with np.errstate(all="ignore"):
        if form.part == "value":
            return [np.asarray(_value(form.expression, _completed(names)), dtype=float)]
        if form.part == "term":
            return [np.mean(_value(form.expression, _completed(names)))]
        return _components(form.expression, _completed(names), n_axes, "term" in form.part)


def _completed(names):
    """Add the logit, the probability, and the numbers of samples and features, where known."""
    samples = names.get("X", names.get("x"))
    if samples is not None:
        names["z"] = samples @ names["w"]
        names["n"], names["d"] = np.atleast_2d(samples).shape
    if "p" not in names:
        names["p"] = sigmoid(names["z"])
    return names


def _components(expression, names, n_axes, averaged):
    """Return the value with all its axes, and without those on which it does not depend."""
    samples = names.get("X", names.get("x"))
    each = {k: np.reshape(v, np.shape(v) + n_axes * (1,)) for k, v in names.items() if k in "zpy"}
    each["x_j"] = samples[..., np.newaxis] if n_axes == 2 else samples
    each["x_k"] = samples[..., np.newaxis, :]
    value = _value(expression, each) + 0 * each["z"]
    value = value.mean(axis=0) if averaged else value
    full = np.broadcast_to(value, n_axes * (names["d"],))
    missing = n_axes - len({"x_j", "x_k"} & _compiled(expression)[1])
    return [full, value[(..., *missing * (0,))]] if missing else [full]


def _value(expression, names):
    return eval(_compiled(expression)[0], {"__builtins__": {}}, names | _FUNCTIONS)


@cache
def _compiled(expression):
    """Return the code of an expression, and the names in it."""
    tree = ast.parse(expression, mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return compile(tree, expression, "eval"), names
