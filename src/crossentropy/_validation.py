"""Checks at the public boundary: each message names the argument, what was expected, what came."""

import math
import operator

import numpy as np


def as_array(name, value, *, allow_complex=False):
    """Return `value` as a non-empty float64 array, or complex128 where that is allowed."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must be an array, came rows of unequal length") from error
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, came shape {array.shape}")
    if array.dtype.kind == "c" and allow_complex:
        return array.astype(np.complex128, copy=False)
    try:
        if array.dtype.kind not in "biufO":  # a string such as "1.5" would be parsed
            raise TypeError("not numbers")
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        message = f"{name} must hold real numbers that fit float64, came dtype {array.dtype}"
        raise ValueError(f"{message}: {error}") from error


def check_entries(name, array, valid, expected):
    """Raise, naming the first entry that breaks the rule, unless `valid` holds everywhere."""
    if not valid.all():
        index = [int(i) for i in np.argwhere(~valid)[0]]
        entry = f"{name}{index}" if index else name
        raise ValueError(f"{name} must {expected}, came {entry} = {array[tuple(index)]}")


def as_number(name, value, *, above=-math.inf, at_least=-math.inf):
    """Return one finite real number within bounds."""
    number = as_array(name, value)
    if number.ndim:
        raise ValueError(f"{name} must be one number, came shape {number.shape}")
    bound = f"above {above}" if above > at_least else f"at least {at_least}"
    valid = np.isfinite(number) & (number > above) & (number >= at_least)
    check_entries(name, number, valid, f"be finite and {bound}")
    return number.item()


def as_count(name, value, *, at_least=0):
    """Return a whole number within its bound."""
    try:
        count = operator.index(value)
    except TypeError as error:
        raise ValueError(f"{name} must be a whole number, came {value!r}") from error
    if count < at_least:
        raise ValueError(f"{name} must be at least {at_least}, came {count}")
    return count


def as_samples(name, X):
    """Return samples as rows (n, d) of finite numbers."""
    X = as_array(name, X)
    if X.ndim != 2:
        raise ValueError(f"{name} must have shape (n_samples, n_features), came shape {X.shape}")
    check_entries(name, X, np.isfinite(X), "be finite")
    return X


def as_weights_and_samples(w, x, *, name="x", allow_complex=False):
    """Return `w` of shape (d,) and one sample (d,) or rows (n, d); named X, it must be rows."""
    w = as_array("w", w, allow_complex=allow_complex)
    if w.ndim != 1:
        raise ValueError(f"w must have shape (n_features,), came shape {w.shape}")
    check_entries("w", w, np.isfinite(w), "be finite")
    x = as_array(name, x)
    shapes = {1: f"({w.size},)"} if name == "x" else {}
    shapes[2] = f"(n_samples, {w.size})"
    if x.ndim not in shapes or x.shape[-1] != w.size:
        expected = " or ".join(shapes.values())
        raise ValueError(f"{name} must have shape {expected} to match w, came shape {x.shape}")
    return w, x


def as_labels(y, shape):
    """Return `y` as an array of the given shape with entries in [0, 1]."""
    y = as_array("y", y)
    if y.shape != shape:  # (n, 1) labels would broadcast against n probabilities to (n, n)
        raise ValueError(f"y must have shape {shape}, like what it labels, came shape {y.shape}")
    if not (y.min() >= 0 and y.max() <= 1):  # a NaN makes both comparisons false
        expected = "hold labels in [0, 1]"
        if y.min() == -1:
            expected += " (turn labels t of -1 and 1 into y = (t + 1)/2, since t = 2y - 1)"
        check_entries("y", y, (y >= 0) & (y <= 1), expected)
    return y


def as_probabilities_and_labels(p, y, *, allow_complex=False):
    """Return `p` and `y` as arrays of one shape, or one of them as a scalar."""
    p = as_array("p", p, allow_complex=allow_complex)
    check_entries("p", p, (p.real >= 0) & (p.real <= 1), "hold probabilities in [0, 1]")
    y = as_array("y", y)
    return p, as_labels(y, y.shape if 0 in (p.ndim, y.ndim) else p.shape)


def check_logits(z, name, x, *, score="z", weights="w"):
    """Raise unless every logit is finite, naming the sample or the product at fault."""
    if np.isfinite(z).all():
        return
    check_entries(name, x, np.isfinite(x), "be finite")
    rule = f"be finite, where {score} = {name} @ {weights}"
    check_entries(score, np.asarray(z), np.isfinite(z), rule)


def as_scores(a, *, allow_complex=True):
    """Return the finite scores of the classes, of one sample (K,) or in rows (n, K)."""
    a = as_array("a", a, allow_complex=allow_complex)
    if a.ndim not in (1, 2):
        expected = "(n_classes,) or (n_samples, n_classes)"
        raise ValueError(f"a must have shape {expected}, came shape {a.shape}")
    check_entries("a", a, np.isfinite(a), "be finite")
    return a


def as_class_weights(name, y, shape):
    """Return `y` as an array of the given shape, with entries >= 0 whose sums are finite."""
    y = as_array(name, y)
    if y.shape != shape:
        message = f"{name} must have shape {shape}, like the scores, came shape {y.shape}"
        if y.shape == shape[:-1]:
            message += f" (turn numbers of classes c into rows np.eye({shape[-1]})[c])"
        raise ValueError(message)
    check_entries(name, y, (y >= 0) & np.isfinite(y), "hold weights that are finite and at least 0")
    with np.errstate(over="ignore"):
        sums = np.asarray(y.sum(axis=-1))
    check_entries(f"sum of {name}", sums, np.isfinite(sums), "be finite")
    return y


def as_weight_matrix_and_samples(W, X):
    """Return weights of shape (d, K), a column for each class, and samples as rows (n, d)."""
    W, X = as_array("W", W), as_array("X", X)
    if W.ndim != 2:
        raise ValueError(f"W must have shape (n_features, n_classes), came shape {W.shape}")
    check_entries("W", W, np.isfinite(W), "be finite")
    if X.ndim != 2 or X.shape[1] != len(W):
        expected = f"(n_samples, {len(W)})"
        raise ValueError(f"X must have shape {expected} to match W, came shape {X.shape}")
    return W, X
