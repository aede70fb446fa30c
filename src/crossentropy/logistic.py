"""Part (a): the logistic function (1) and its gradient (2)-(4).

Written as in (1), ``e^{-z}`` overflows for ``z < -709``.  Every function here therefore starts from
``e = e^{-|z|}``, which lies between 0 and 1: multiply the numerator and the denominator of (1) by
``e^z`` where ``z`` is negative.
"""

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import (
    as_array,
    as_weights_and_samples,
    check_entries,
    check_logits,
)

__all__ = ["logistic", "logistic_gradient", "sigmoid"]


def sigmoid(z: ArrayLike) -> float | np.ndarray:
    """Logistic function of a score: ``sigmoid(z) = 1/(1 + e^{-z})``, (A.2).

    Parameters
    ----------
    z : array_like
        Logits of any shape, real or complex.  ``-inf`` and ``inf`` give 0 and 1.

    Returns
    -------
    float or ndarray
        Numbers in the shape of `z`, within 4 units in the last place (ULP) wherever the exact
        value is a normal float64.

    Raises
    ------
    ValueError
        If `z` is empty, holds NaN or holds what is no number.

    Examples
    --------
    >>> sigmoid(0)
    0.5
    >>> sigmoid([-800, 0, 800])
    array([0. , 0.5, 1. ])
    """
    z = as_array("z", z, allow_complex=True)
    check_entries("z", z, ~np.isnan(z), "not hold NaN")
    return _scalar_or_array(_sigmoid(z))


def logistic(w: ArrayLike, x: ArrayLike) -> float | np.ndarray:
    """Probability of the label 1: ``p(w) = 1/(1 + e^{-wᵀx})``, (1).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights, real or complex.
    x : array_like, shape (d,) or (n, d)
        One sample, or one in each row.

    Returns
    -------
    float or ndarray of shape (n,)
        ``p``, one for each sample, within 4 ULP for the logit ``wᵀx`` as float64 holds it.

    Raises
    ------
    ValueError
        If a shape is wrong, `w` or `x` is empty, or `w` or a logit ``wᵀx`` is not finite.

    Examples
    --------
    >>> logistic([1, -2], [2, 1])
    0.5
    >>> logistic([1, -2], [[2, 1], [800, 0]])
    array([0.5, 1. ])
    """
    w, x = as_weights_and_samples(w, x, allow_complex=True)
    return _scalar_or_array(_sigmoid(_logits(w, x)))


def logistic_gradient(w: ArrayLike, x: ArrayLike) -> np.ndarray:
    """Gradient of the probability: ``∇p(w) = x e^{-wᵀx}/(1 + e^{-wᵀx})²``, (4).

    Its components are the partial derivatives (3).  The factor of ``x`` is the slope (A.9), which
    is ``p (1 - p)``, (A.10); computed from ``p``, it would be 0 from ``wᵀx = 37`` on.

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    x : array_like, shape (d,) or (n, d)
        One sample, or one in each row.

    Returns
    -------
    ndarray of shape (d,) or (n, d)
        ``∇p``, one for each sample, in the shape of `x`.

    Raises
    ------
    ValueError
        If a shape is wrong, `w` or `x` is empty, or `w` or a logit ``wᵀx`` is not finite.

    Examples
    --------
    >>> logistic_gradient([1, -2], [2, 1])
    array([0.5 , 0.25])
    """
    w, x = as_weights_and_samples(w, x)
    z = _logits(w, x)[..., np.newaxis]
    return _slope(_decay(z), _times_decay(x, z))


def _logits(w, x, name="x"):
    """Return the score ``wᵀx`` of each sample, (A.1)."""
    with np.errstate(over="ignore", invalid="ignore"):  # the next line reports what went wrong
        z = np.asarray(x @ w)
    check_logits(z, name, x)
    return z


def _decay(z):
    """Return ``e^{-|z|}``; ``np.abs`` would drop the imaginary part of a complex step."""
    return np.exp(np.where(z.real >= 0, -z, z))


def _sigmoid(z):
    """Return ``1/(1 + e^{-z})`` or, where z < 0, the equal ``e^z/(1 + e^z)``."""
    e = _decay(z)
    return np.where(z.real >= 0, 1, e) / (1 + e)


def _slope(e, x_e):
    """Return ``x e/(1 + e)²``, (4), from ``e = e^{-|z|}``, since the slope is even in z."""
    return x_e / (1 + e * (2 + e))  # a square would double the rounding error of 1 + e


def _times_decay(x, z):
    """Return ``x e^{-|z|}``, by way of two roots where the exponential alone would lose digits.

    From |z| = 708 on it is subnormal, while its product with a large x need not be.
    """
    m = np.abs(z)
    root = np.exp(-m / 2)
    return np.where((m > 708) & (np.abs(x) > 1), x * root * root, x * np.exp(-m))


def _scalar_or_array(value):
    """Return a Python number for a single sample, which a notebook shows as 0.5."""
    return value.item() if value.ndim == 0 else value
