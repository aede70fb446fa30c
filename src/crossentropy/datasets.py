"""Seeded data of two features to look at, and features on one scale.

Real data comes from the package that ships it; nothing is downloaded.
"""

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import as_count, as_samples
from crossentropy.logistic import _sigmoid

__all__ = ["make_overlapping", "make_separable", "standardise"]

_WEIGHTS = np.array([1.0, 0.5])  # those of the first chapters
_COVARIANCE = [[1.0, -0.6], [-0.6, 1.0]]  # who practises more sleeps less
_GAP = 0.5


def make_overlapping(n_samples: int = 200, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two classes that no line through the origin separates: labels drawn with ``p(w)``, (1).

    The features are normal with mean 0, variance 1 and correlation -0.6; ``w = (1, 0.5)``.  Data
    that such a line separates is drawn again, so that the mean loss always has a finite minimiser.

    Parameters
    ----------
    n_samples : int
        Number of samples, at least 4.
    seed : int
        The same seed gives the same data.

    Returns
    -------
    X : ndarray of shape (n_samples, 2)
        A sample in each row.
    y : ndarray of shape (n_samples,)
        Labels, 0 or 1.

    Raises
    ------
    ValueError
        If `n_samples` is no whole number of at least 4.

    Examples
    --------
    >>> X, y = make_overlapping(6)
    >>> X.shape, y.shape
    ((6, 2), (6,))
    """
    n_samples = as_count("n_samples", n_samples, at_least=4)
    random = np.random.default_rng(seed)
    root = np.linalg.cholesky(_COVARIANCE)
    while True:
        X = random.normal(size=(n_samples, 2)) @ root.T
        y = (random.random(n_samples) < _sigmoid(X @ _WEIGHTS)).astype(float)
        if _overlap(X, y):
            return X, y


def make_separable(n_samples: int = 200, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two classes on either side of the line ``wᵀx = 0`` for ``w = (1, 0.5)``, with a gap.

    No sample is closer to the line than 0.5, and each class has half of the samples.

    Parameters
    ----------
    n_samples : int
        Number of samples, at least 2.
    seed : int
        The same seed gives the same data.

    Returns
    -------
    X : ndarray of shape (n_samples, 2)
        A sample in each row.
    y : ndarray of shape (n_samples,)
        Labels, 0 or 1, by turns.

    Raises
    ------
    ValueError
        If `n_samples` is no whole number of at least 2.

    Examples
    --------
    >>> X, y = make_separable(6)
    >>> bool(((X @ [1, 0.5] > 0) == y).all())
    True
    """
    n_samples = as_count("n_samples", n_samples, at_least=2)
    along, across = np.abs(np.random.default_rng(seed).normal(size=(2, n_samples)))
    y = np.arange(n_samples) % 2.0
    sides = np.where(np.arange(n_samples) % 4 < 2, 1, -1)
    direction = _WEIGHTS / np.linalg.norm(_WEIGHTS)
    normal = np.array([-direction[1], direction[0]])
    distance = (2 * y - 1) * (_GAP + along)
    return np.outer(distance, direction) + np.outer(sides * across, normal), y


def standardise(X: ArrayLike, *, like: ArrayLike | None = None) -> np.ndarray:
    """Bring each feature to mean 0 and standard deviation 1: ``(x_j - mean_j) / deviation_j``.

    Parameters
    ----------
    X : array_like, shape (n, d)
        A sample in each row.
    like : array_like, shape (m, d), optional
        Samples whose means and deviations are used, by default those of `X`.  Held-out data is
        brought to the scale of the training data, of which alone a model may know.

    Returns
    -------
    ndarray of shape (n, d)
        The features on the new scale.

    Raises
    ------
    ValueError
        If a shape is wrong, an entry is not finite, or a feature is constant.

    Examples
    --------
    >>> standardise([[1.0, 10.0], [3.0, 30.0]])
    array([[-1., -1.],
           [ 1.,  1.]])
    >>> standardise([[5.0]], like=[[1.0], [3.0]])
    array([[3.]])
    """
    X = as_samples("X", X)
    like = X if like is None else as_samples("like", like)
    if X.shape[1] != like.shape[1]:
        raise ValueError(f"like must have {X.shape[1]} columns like X, came shape {like.shape}")
    constant = (like == like[0]).all(axis=0)
    if constant.any():
        raise ValueError(f"column {np.argmax(constant)} must vary, came one value only")
    return (X - like.mean(axis=0)) / like.std(axis=0)


def _overlap(X, y):
    """Return whether both labels occur and no line through the origin separates them.

    Turn the samples of label 0 around: they must then point into every half plane, so that no two
    neighbours in angle are half a turn apart.
    """
    turned = np.where(y == 1, 1, -1)[:, np.newaxis] * X
    angles = np.sort(np.arctan2(turned[:, 1], turned[:, 0]))
    gaps = np.diff(angles, append=angles[0] + 2 * np.pi)
    return bool(np.ptp(y) == 1 and gaps.max() < np.pi - 1e-6)
