"""More than two classes: softmax (A.41), the cross entropy of its scores (A.42), its gradient.

Each function starts from ``e_k = e^{a_k - a_max}``, which lies between 0 and 1, where ``a_max`` is
the largest score: a shift of all scores leaves (A.41) as it is.  The largest ``e_k`` is 1, and
``rest`` is the sum of the others, so that ``1 + rest`` is the denominator of (A.41).  P. Blanchard,
D. J. Higham and N. J. Higham, "Accurately computing the log-sum-exp and softmax functions", IMA
Journal of Numerical Analysis 41 (2021), bound the errors of these forms.

Bounds in ULP (units in the last place) are for the scores as float64 holds them.
"""

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import (
    as_class_weights,
    as_scores,
    as_weight_matrix_and_samples,
    check_logits,
)
from crossentropy.cross_entropy import _log1p, _mean, _mean_of_products
from crossentropy.logistic import _scalar_or_array

__all__ = [
    "log_softmax",
    "mean_softmax_loss_and_gradient",
    "softmax",
    "softmax_loss",
    "softmax_loss_gradient",
]


def softmax(a: ArrayLike) -> np.ndarray:
    """Probabilities of K classes from their scores: ``s_k = e^{a_k} / Σ_m e^{a_m}``, (A.41).

    Parameters
    ----------
    a : array_like, shape (K,) or (n, K)
        Finite scores of the classes, real or complex; one sample, or one in each row.  A class
        that cannot occur is left out: the score ``-inf`` is refused.

    Returns
    -------
    ndarray of shape (K,) or (n, K)
        The probabilities, each within K + 4 ULP wherever the exact value is a normal float64.

    Raises
    ------
    ValueError
        If `a` has another shape, is empty or holds what is no finite number.

    Examples
    --------
    >>> softmax([0, 0])
    array([0.5, 0.5])
    >>> softmax([[1000, 1000, -1000], [0, -800, -1e308]])
    array([[0.5, 0.5, 0. ],
           [1. , 0. , 0. ]])
    """
    _, e, rest = _shifted(as_scores(a))
    return e / (1 + rest)


def log_softmax(a: ArrayLike) -> np.ndarray:
    """Logarithms of the probabilities: ``log s_k = a_k - log Σ_m e^{a_m}``, from (A.41).

    Parameters
    ----------
    a : array_like, shape (K,) or (n, K)
        Finite scores of the classes, real or complex; one sample, or one in each row.

    Returns
    -------
    ndarray of shape (K,) or (n, K)
        The logarithms, each within K + 4 ULP, also where the probability is near 0 or near 1; or
        ``-inf`` where the exact value is below the least float64.

    Raises
    ------
    ValueError
        If `a` has another shape, is empty or holds what is no finite number.

    Examples
    --------
    >>> log_softmax([800, 0])
    array([   0., -800.])
    """
    d, _, rest = _shifted(as_scores(a))
    return d - _log1p(rest)


def softmax_loss(a: ArrayLike, y: ArrayLike) -> float | np.ndarray:
    """Cross entropy of the softmax of the scores: ``H = -Σ_k y_k log(s_k)``, (A.42).

    Parameters
    ----------
    a : array_like, shape (K,) or (n, K)
        Finite scores of the classes, real or complex; one sample, or one in each row.
    y : array_like, in the shape of `a`
        Labels: for each sample the probabilities of the classes, or other weights that are at
        least 0.  They need not add up to 1.

    Returns
    -------
    float or ndarray of shape (n,)
        ``H``, one for each sample, within K + 4 ULP; infinite where it exceeds the largest float64.

    Raises
    ------
    ValueError
        If the shapes differ, `a` has another shape, is empty or holds what is no finite number, or
        a label is negative, NaN or infinite, or the labels of a sample have no finite sum.

    Examples
    --------
    >>> softmax_loss([[800, 0, 0], [0, 800, 0]], [[1, 0, 0], [1, 0, 0]])
    array([  0., 800.])
    """
    a = as_scores(a)
    y = as_class_weights("y", y, a.shape)
    d, _, rest = _shifted(a)
    return _scalar_or_array(_loss(d, rest, y))


def softmax_loss_gradient(a: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Gradient of the cross entropy in the scores: ``∂H/∂a_k = (Σ_m y_m) s_k - y_k``, (A.44).

    It is ``s - y``, (A.45), if and only if the labels of the sample add up to 1.

    Parameters
    ----------
    a : array_like, shape (K,) or (n, K)
        Finite scores of the classes; one sample, or one in each row.
    y : array_like, in the shape of `a`
        Labels: for each sample the probabilities of the classes, or other weights that are at
        least 0.  They need not add up to 1.

    Returns
    -------
    ndarray of shape (K,) or (n, K)
        The gradient, one for each sample, in the shape of `a`.  It is within K + 4 ULP if one
        label of the sample is positive; else, where it crosses zero, within K + 4 ULP of
        ``s_k Σ_{m≠k} y_m + y_k Σ_{m≠k} s_m``.  Where a probability is below the smallest normal
        number, 2⁻¹⁰²², its own rounding is multiplied by the labels: ``Σ_m y_m`` times 2⁻¹⁰⁷⁴ may
        come on top.

    Raises
    ------
    ValueError
        If the shapes differ, `a` has another shape, is empty or holds what is no finite number, or
        a label is negative, NaN or infinite, or the labels of a sample have no finite sum.

    Examples
    --------
    >>> softmax_loss_gradient([0, 0], [1, 0])
    array([-0.5,  0.5])
    >>> softmax_loss_gradient([0, 0], [2, 1])
    array([-0.5,  0.5])
    """
    a = as_scores(a, allow_complex=False)
    y = as_class_weights("y", y, a.shape)
    _, e, rest = _shifted(a)
    return _gradient(e / (1 + rest), y)


def mean_softmax_loss_and_gradient(
    W: ArrayLike, X: ArrayLike, Y: ArrayLike
) -> tuple[float, np.ndarray]:
    """Mean over the data of (A.42) for the scores ``XW``, and ``∇L(W) = (1/n) Xᵀ(S - Y)``, (A.47).

    That is the gradient where each row of `Y` adds up to 1.  For other rows it is computed from
    (A.44): a row of ``S`` is multiplied by the sum of the row of `Y`.

    Parameters
    ----------
    W : array_like, shape (d, K)
        Weights, one column for each class.
    X : array_like, shape (n, d)
        A sample in each row.
    Y : array_like, shape (n, K)
        Labels: in each row the probabilities of the classes, or other weights that are at least 0.

    Returns
    -------
    L : float
        Mean loss.
    gradient : ndarray of shape (d, K)
        ``∇L``, in the shape of `W`.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `W` or a score ``XW`` is not finite, or a label
        is negative, NaN or infinite, or the labels of a sample have no finite sum.

    Examples
    --------
    >>> L, gradient = mean_softmax_loss_and_gradient([[0, 0]], [[4], [2]], [[1, 0], [0, 1]])
    >>> round(L, 4), gradient
    (0.6931, array([[-0.5,  0.5]]))
    """
    W, X = as_weight_matrix_and_samples(W, X)
    with np.errstate(over="ignore", invalid="ignore"):  # the next line reports what went wrong
        A = X @ W
    check_logits(A, "X", X, score="A", weights="W")
    Y = as_class_weights("Y", Y, A.shape)
    d, e, rest = _shifted(A)
    gradient = _mean_of_products(_gradient(e / (1 + rest), Y).T, X).T
    return _mean(_loss(d, rest, Y)).item(), gradient


def _shifted(a):
    """Return ``d = a - a_max``, ``e = e^d`` and the sum of `e` without its largest entry, a 1.

    Rounding `d` alone could cost `e` 256 ULP at ``d = -700``.  `lost` is what rounding took from
    `d`, exactly (D. E. Knuth's two-sum), and it gives `e` back its digits.
    """
    largest = _first_largest(a.real)
    top = a[largest].reshape(*a.shape[:-1], 1)
    with np.errstate(over="ignore", invalid="ignore"):  # d may be -inf, where e is 0
        d = a - top
        v = d - a
        lost = (a - (d - v)) - (top + v)
        e = np.exp(d)
        e = np.where(d.real > -800, e + e * lost, 0)
    return d, e, _sum(np.where(largest, 0, e))


def _loss(d, rest, y):
    """Return ``-Σ y_k log s_k``, (A.42): no term is negative, so nothing cancels."""
    with np.errstate(over="ignore", invalid="ignore"):  # where y = 0, d may be -inf
        return np.where(y > 0, y * (_log1p(rest) - d), 0).sum(axis=-1)


def _gradient(s, y):
    """Return ``s_k Σ_{m≠k} y_m - y_k Σ_{m≠k} s_m``, (A.44) without the terms that cancel.

    With one positive label, one of the two terms is 0.  For K = 2 this is line (11).
    """
    return s * _sum_of_others(y) - y * _sum_of_others(s)


def _sum_of_others(v):
    """Return ``Σ_{m≠k} v_m`` for each k, where no ``v_m`` is negative.

    The whole sum minus ``v_k`` would lose its digits where ``v_k`` is most of the sum.  That can
    only be the largest, so the largest is added last.
    """
    largest = _first_largest(v)
    rest = _sum(np.where(largest, 0, v))
    return np.where(largest, rest, (rest - v) + v.max(axis=-1, keepdims=True))


def _first_largest(v):
    """Mark the largest entry of each row; the first one if several are."""
    return np.arange(v.shape[-1]) == v.argmax(axis=-1)[..., np.newaxis]


def _sum(v):
    """Return the sum over the classes, with an axis of length 1 in their place."""
    return v.sum(axis=-1, keepdims=True)
