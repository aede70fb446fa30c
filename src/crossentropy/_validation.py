"""Checks at the public boundary: each message names the argument, what was expected, what came."""

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
    message = f"{name} must hold real numbers that fit float64, came dtype {array.dtype}"
    if array.dtype.kind not in "biufO":  # a string such as "1.5" would be parsed
        raise ValueError(message)
    try:
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{message}: {error}") from error


def check_entries(name, array, valid, expected):
    """Raise, naming the first entry that breaks the rule, unless `valid` holds everywhere."""
    if not valid.all():
        index = [int(i) for i in np.argwhere(~valid)[0]]
        entry = f"{name}{index}" if index else name
        raise ValueError(f"{name} must {expected}, came {entry} = {array[tuple(index)]}")


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


def check_logits(z, name, x):
    """Raise unless every logit is finite, naming the sample or the product at fault."""
    if np.isfinite(z).all():
        return
    check_entries(name, x, np.isfinite(x), "be finite")
    check_entries("z", np.asarray(z), np.isfinite(z), f"be finite, where z = {name} @ w")
