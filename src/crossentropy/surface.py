"""The mean loss as a landscape: its height on a grid of weights, its curvature in a direction."""

from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import as_array, as_labels, as_weights_and_samples, check_entries
from crossentropy.cross_entropy import _mean_of_products
from crossentropy.logistic import _decay, _logits, _slope, _times_decay

__all__ = ["loss_surface", "mean_loss_hessian_product"]

_N_FLOATS = 12_000  # of an intermediate array: below the 128 KB at which malloc asks for new pages


def loss_surface(w0: ArrayLike, w1: ArrayLike, X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Mean loss on a grid of two weights: ``L((w0[j], w1[i]))``, (A.18), in row i and column j.

    Equal to a call of `mean_loss` at each point of the grid up to rounding, and faster: a row of
    the grid is computed at once, for so many samples as keep what is in between in the cache.

    Parameters
    ----------
    w0, w1 : array_like, shape (n_columns,) and (n_rows,)
        Values of the first and of the second weight.
    X : array_like, shape (n, 2)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].

    Returns
    -------
    ndarray of shape (n_rows, n_columns)
        ``L``, as `matplotlib.pyplot.contour` expects it.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, a weight or a logit ``wᵀx`` is not finite, or a
        label is NaN or outside [0, 1].

    Examples
    --------
    >>> loss_surface([-1, 0, 1], [-2, 0], [[800, 0], [0, 800]], [1, 0]).round(4)
    array([[4.000000e+02, 3.466000e-01, 0.000000e+00],
           [4.003466e+02, 6.931000e-01, 3.466000e-01]])
    """
    w0, w1 = _as_weight_values("w0", w0), _as_weight_values("w1", w1)
    _, X = as_weights_and_samples([w0[0], w1[0]], X, name="X")
    y = as_labels(y, X.shape[:1])
    for corner in product((w0.min(), w0.max()), (w1.min(), w1.max())):
        _logits(np.array(corner), X, "X")  # a logit is linear in w: no other one is larger
    signed, share = _by_label(X, y)
    surface = np.zeros((w1.size, w0.size))
    n_rows = max(1, _N_FLOATS // w0.size)
    for start in range(0, len(signed), n_rows):
        rows = slice(start, start + n_rows)
        _add_losses(surface, w0, w1, signed[rows], share[rows] / len(X))
    return surface


def mean_loss_hessian_product(w: ArrayLike, X: ArrayLike, y: ArrayLike, v: ArrayLike) -> np.ndarray:
    """Hessian of the mean loss (A.21) times a vector: ``∇²L(w) v = (1/n) Σ p_i(1-p_i)(x_iᵀv) x_i``.

    The (d, d) matrix is never formed: time and memory grow with the size of `X` alone.  One more
    product with ``v`` gives the curvature along it, (A.31).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1], on which the Hessian does not depend; they are checked all the same.
    v : array_like, shape (d,)
        Direction.

    Returns
    -------
    ndarray of shape (d,)
        ``∇²L(w) v``.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w`, `v`, a logit ``wᵀx`` or a product ``xᵀv`` is
        not finite, or a label is NaN or outside [0, 1].

    Examples
    --------
    >>> mean_loss_hessian_product([0, 0], [[2, 0], [1, 1]], [1, 0], [0, 8])
    array([1., 1.])
    """
    w, X = as_weights_and_samples(w, X, name="X")
    z = _logits(w, X, "X")
    as_labels(y, z.shape)
    v = as_array("v", v)
    if v.shape != w.shape:
        raise ValueError(f"v must have shape {w.shape}, like w, came shape {v.shape}")
    check_entries("v", v, np.isfinite(v), "be finite")
    with np.errstate(over="ignore", invalid="ignore"):  # the next line reports what went wrong
        along = X @ v
    check_entries("X @ v", along, np.isfinite(along), "be finite")
    return _mean_of_products(_slope(_decay(z), _times_decay(along, z)), X)


def _as_weight_values(name, value):
    """Return the values of one weight as a row of finite numbers."""
    values = as_array(name, value)
    if values.ndim != 1:
        raise ValueError(f"{name} must be a row of values, came shape {values.shape}")
    check_entries(name, values, np.isfinite(values), "be finite")
    return values


def _by_label(X, y):
    """Return samples ``s`` that cost ``log(1 + e^{wᵀs})`` each, and the share of each in the loss.

    That is the cost of x if its label is 0, and of -x if its label is 1, by (A.17) and (A.4).  A
    soft label is a share of both, as (5) says.
    """
    is_0, is_1 = y < 1, y > 0
    return np.concatenate([X[is_0], -X[is_1]]), np.concatenate([1 - y[is_0], y[is_1]])


def _add_losses(surface, w0, w1, signed, share):
    """Add the losses of some samples to each row of the grid.

    A logit is the sum of a part from ``w0``, the same in every row, and a part from ``w1``.  Its
    exponential is the product of theirs, so that few exponentials make up the whole grid.
    """
    across, down = np.outer(w0, signed[:, 0]), signed[:, 1]
    overflows = max(np.abs(across).max(), np.abs(w1).max() * np.abs(down).max()) > 350
    if not overflows:
        np.exp(across, out=across)
    t = np.empty_like(across)
    for row, weight in zip(surface, w1, strict=True):
        if overflows:
            t = _log1p_exp(across + weight * down)
        else:
            np.multiply(across, np.exp(weight * down), out=t)
            np.log1p(t, out=t)
        row += t @ share


def _log1p_exp(t):
    """Return ``log(1 + e^t)``, which in float64 is t itself long before ``e^t`` overflows."""
    return np.maximum(t, np.log1p(np.exp(np.minimum(t, 700))))
