"""Part (b): the cross entropy (5), the loss of the weights and its gradient (6)-(15); their means.

Lines (11) to (15) are equal, but their floats are not: where ``p`` rounds to 1, the difference
``p - y`` of (14) is 0 for the label 1, while ``1 - p`` of (11) keeps its digits.  Loss and gradient
are therefore computed from the logit ``z``, in forms whose terms do not cancel.
"""

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import (
    as_labels,
    as_probabilities_and_labels,
    as_weights_and_samples,
    check_entries,
)
from crossentropy.logistic import _decay, _logits, _scalar_or_array, _slope, _times_decay

__all__ = [
    "cross_entropy",
    "cross_entropy_derivative",
    "loss",
    "loss_gradient",
    "mean_loss",
    "mean_loss_and_gradient",
    "mean_loss_gradient",
    "mean_loss_hessian",
]


def cross_entropy(p: ArrayLike, y: ArrayLike) -> float | np.ndarray:
    """Cross entropy of ``p`` against ``y``: ``H(p) = -y log(p) - (1 - y) log(1 - p)``, (5).

    The logarithm is natural and ``0 log 0 = 0``.

    Parameters
    ----------
    p : array_like
        Probabilities of the label 1, in [0, 1]; complex if the real part lies there.
    y : array_like
        Labels in [0, 1], in the shape of `p`; a scalar on either side is paired with every entry.

    Returns
    -------
    float or ndarray
        ``H`` in [0, ∞], within 4 ULP; infinite where `p` rules out what `y` allows.

    Raises
    ------
    ValueError
        If the shapes differ, an argument is empty, or an entry is NaN or outside [0, 1].

    Examples
    --------
    >>> round(cross_entropy(0.5, 1), 4)
    0.6931
    >>> cross_entropy([0, 1, 1], [1, 1, 0])
    array([inf,  0., inf])
    """
    p, y = as_probabilities_and_labels(p, y, allow_complex=True)
    with np.errstate(divide="ignore", invalid="ignore"):  # at log 0, and at 0 log 0 = 0
        if_1 = np.where(y > 0, -y * np.log(p), 0)
        if_0 = np.where(y < 1, -(1 - y) * _log1p(-p), 0)
    return _scalar_or_array(if_1 + if_0)


def cross_entropy_derivative(p: ArrayLike, y: ArrayLike) -> float | np.ndarray:
    """Slope of the cross entropy: ``dH/dp = (p - y)/(p (1 - p))``, (A.16).

    It is (A.15) over one denominator.  That cancels nothing, since `p` and `y` are taken as exact.

    Parameters
    ----------
    p : array_like
        Probabilities of the label 1, in the open interval (0, 1).
    y : array_like
        Labels in [0, 1], in the shape of `p`; a scalar on either side is paired with every entry.

    Returns
    -------
    float or ndarray
        ``dH/dp``, within 4 ULP; infinite where it exceeds the largest float64.

    Raises
    ------
    ValueError
        If the shapes differ, an argument is empty, or an entry is NaN or outside its interval.

    Examples
    --------
    >>> cross_entropy_derivative(0.25, 1)
    -4.0
    """
    p, y = as_probabilities_and_labels(p, y)
    check_entries("p", p, (p > 0) & (p < 1), "lie in the open interval (0, 1)")
    with np.errstate(over="ignore"):  # 1/p has no float64 for p < 5.6e-309
        return _scalar_or_array((p - y) / (p * (1 - p)))


def loss(w: ArrayLike, x: ArrayLike, y: ArrayLike) -> float | np.ndarray:
    """Loss of the weights on a sample: ``H(p(w)) = log(1 + e^{wᵀx}) - y wᵀx``, (A.17).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights, real or complex.
    x : array_like, shape (d,) or (n, d)
        One sample, or one in each row.
    y : array_like, scalar or shape (n,)
        Labels in [0, 1], one for each sample.

    Returns
    -------
    float or ndarray of shape (n,)
        The loss, one for each sample, within 4 ULP for the logit ``wᵀx`` as float64 holds it.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> loss([1, -2], [[800, 0], [800, 0]], [1, 0])
    array([  0., 800.])
    """
    w, x = as_weights_and_samples(w, x, allow_complex=True)
    z = _logits(w, x)
    y = as_labels(y, z.shape)
    return _scalar_or_array(_loss(z, _decay(z), y))


def loss_gradient(w: ArrayLike, x: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Gradient of the loss on a sample: ``x (p(w) - y)``, (15), computed in the form (11).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    x : array_like, shape (d,) or (n, d)
        One sample, or one in each row.
    y : array_like, scalar or shape (n,)
        Labels in [0, 1], one for each sample.

    Returns
    -------
    ndarray of shape (d,) or (n, d)
        The gradient, one for each sample, in the shape of `x`.  For the logit ``wᵀx`` as float64
        holds it, the factor of ``x`` is within 4 ULP for a label 0 or 1; in between, where it
        crosses zero, within 4 ULP of ``y (1 - p) + (1 - y) p``.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> loss_gradient([1, -2], [2, 1], 1)
    array([-1. , -0.5])
    """
    w, x = as_weights_and_samples(w, x)
    z = _logits(w, x)
    y = as_labels(y, z.shape)[..., np.newaxis]
    z = z[..., np.newaxis]
    return _gradient(z, _decay(z), y, x, _times_decay(x, z))


def mean_loss(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> float:
    """Mean loss over the data: ``L(w) = (1/n) Σ H_i(p_i(w))``, (A.18).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights, real or complex.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].

    Returns
    -------
    float
        ``L``; complex if `w` is.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> mean_loss([1, -2], [[800, 0], [800, 0]], [1, 0])
    400.0
    """
    w, X = as_weights_and_samples(w, X, name="X", allow_complex=True)
    z = _logits(w, X, "X")
    y = as_labels(y, z.shape)
    return _mean(_loss(z, _decay(z), y)).item()


def mean_loss_gradient(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Gradient of the mean loss: ``∇L(w) = (1/n) Xᵀ(p - y)``, (A.20).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].

    Returns
    -------
    ndarray of shape (d,)
        ``∇L``.  Each ``p_i - y_i`` is rounded before it meets ``x_i``: where it is below the
        smallest normal number, 2⁻¹⁰²², at ``|z| > 708``, it has fewer digits to give.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> mean_loss_gradient([0, 0], [[2, 0], [1, 1]], [1, 0])
    array([-0.25,  0.25])
    """
    w, X = as_weights_and_samples(w, X, name="X")
    z = _logits(w, X, "X")
    y = as_labels(y, z.shape)
    return _mean_of_products(_residual(z, _decay(z), y), X)


def mean_loss_hessian(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Hessian of the mean loss: ``∇²L(w) = (1/n) Σ p_i (1 - p_i) x_i x_iᵀ``, (A.21).

    It does not depend on the labels, which are checked all the same.

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].

    Returns
    -------
    ndarray of shape (d, d)
        ``∇²L``, symmetric and positive semidefinite.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> mean_loss_hessian([0, 0], [[2, 0], [1, 1]], [1, 0])
    array([[0.625, 0.125],
           [0.125, 0.125]])
    """
    w, X = as_weights_and_samples(w, X, name="X")
    z = _logits(w, X, "X")
    as_labels(y, z.shape)
    e = _decay(z)
    root = np.sqrt(_slope(e, e))[:, np.newaxis]
    hessian = np.zeros((w.size, w.size))
    for rows in _blocks(X):
        S = root[rows] * X[rows]  # SᵀS is symmetric to the last bit
        hessian += S.T @ S
    return hessian / len(X)


def mean_loss_and_gradient(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> tuple[float, np.ndarray]:
    """Mean loss (A.18) and its gradient (A.20) at once, which is what a descent step needs.

    Equal to ``mean_loss(w, X, y), mean_loss_gradient(w, X, y)`` up to rounding, and faster: the two
    share each exponential, and `X` is read from memory once.

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].

    Returns
    -------
    L : float
        Mean loss.
    gradient : ndarray of shape (d,)
        ``∇L``.

    Raises
    ------
    ValueError
        If a shape is wrong, an argument is empty, `w` or a logit ``wᵀx`` is not finite, or a label
        is NaN or outside [0, 1].

    Examples
    --------
    >>> L, gradient = mean_loss_and_gradient([0, 0], [[2, 0], [1, 1]], [1, 0])
    >>> round(L, 4), gradient
    (0.6931, array([-0.25,  0.25]))
    """
    w, X = as_weights_and_samples(w, X, name="X")
    y = as_labels(y, X.shape[:1])
    total, gradient = 0.0, np.zeros(w.size)
    with np.errstate(over="ignore", invalid="ignore"):  # `finite` tells
        for rows in _blocks(X):
            z = X[rows] @ w
            e = np.exp(-np.abs(z))
            total += _loss(z, e, y[rows]).sum()
            gradient += _residual(z, e, y[rows]) @ X[rows]
    finite = np.isfinite(total) and np.isfinite(gradient).all()
    if not finite:  # these two name the sample at fault, or scale a sum that is too large
        return mean_loss(w, X, y), mean_loss_gradient(w, X, y)
    return total.item() / len(X), gradient / len(X)


def _loss(z, e, y):
    """Return ``log(1 + e^z) - yz``, (A.17), from z and ``e = e^{-|z|}``.

    With ``log(1 + e^z) = log(1 + e) + max(z, 0)``, and ``max(z, 0) - yz`` as one product, both
    terms are at least 0: nothing cancels.
    """
    return _log1p(e) + ((z.real >= 0) - y) * z


def _gradient(z, e, y, x, x_e):
    """Return ``-x [y (1 - p) - (1 - y) p]``, (11), from z, ``e = e^{-|z|}``, x and ``x e``.

    Times ``1 + e``, ``p`` is 1 and ``1 - p`` is e where z >= 0, and the other way round elsewhere:
    ``(1 - y) - y e`` or ``-y + (1 - y) e``.
    """
    return (((z >= 0) - y) * x + ((z < 0) - y) * x_e) / (1 + e)


def _residual(z, e, y):
    """Return ``p - y`` in the form (11), the gradient for an input of 1."""
    return (((z >= 0) - y) + ((z < 0) - y) * e) / (1 + e)


def _log1p(u):
    """Return ``log(1 + u)``, where NumPy's log1p rounds a small complex u away.

    For ``u = a + bi``, ``1 + u = (1 + a)(1 + ti)`` with ``t = b/(1 + a)``.
    """
    if not np.iscomplexobj(u):
        return np.log1p(u)
    t = u.imag / (1 + u.real)
    return np.log1p(u.real) + np.log1p(t * t) / 2 + 1j * np.arctan(t)


def _mean(terms):
    """Return the mean, also where only the sum exceeds the largest float64."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = terms.mean()
    return mean if np.isfinite(mean) else (terms / len(terms)).sum()


def _mean_of_products(residual, X):
    """Return ``Xᵀ residual / n``, also where only the sum exceeds the largest float64."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = residual @ X / len(X)
    return mean if np.isfinite(mean).all() else (residual / len(X)) @ X


def _blocks(X):
    """Yield slices of rows of about 1 MB, which stay in the cache until they are needed again."""
    n_samples, n_features = X.shape
    n_rows = max(1, min(2**17 // n_features, 2**13))
    for start in range(0, n_samples, n_rows):
        yield slice(start, start + n_rows)
