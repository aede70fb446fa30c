"""Whether the mean loss has a finite minimiser: what weights can prove, either way.

Let ``H`` be the Hessian at the weights ``w``, ``a² = ∇Lᵀ H⁻¹ ∇L``, and ``b²`` the largest of
``x_iᵀ H⁻¹ x_i``.  The slope ``p (1 - p)`` changes at most as fast as ``e^z``, so the curvature
along a line through ``w`` falls no faster than ``e^{-bs}``, ``s`` being the distance in the norm
of ``H``.  Where ``a b <= 1/2``, the loss therefore rises outwards all around ``w`` at the distance
``2a``, and a minimiser lies inside.

F. Bach, "Self-concordant analysis for logistic regression", Electronic Journal of Statistics 4
(2010), 384-414.  Where there is no minimiser, the data is separable or quasi-separable: A. Albert
and J. A. Anderson, "On the existence of maximum likelihood estimates in logistic regression
models", Biometrika 71 (1984), 1-10.
"""

import math

import numpy as np

_EPS = np.finfo(float).eps

_NEAR = "A minimiser is proved to be near."
_MANY = " It is one of many, since {}: the one nearest to the start."
_PENALISED = (
    "With the penalty there is one minimiser, at most the length of the gradient over λ away."
)
_SEPARABLE = (
    "The data is separable, so there is no finite minimiser: these weights have every sample on its"
    " own side, and the longer they grow, the closer the loss comes to 0."
)
_QUASI_SEPARABLE = (
    "The data is quasi-separable, so there is no finite minimiser: along some direction no sample's"
    " loss rises, and some fall for ever."
)
_OPEN = "Whether there is a finite minimiser remains open."


def verdict(w, X, y, gradient, H, regularisation):
    """Return whether a finite minimiser exists (None: not known), and a sentence that says so."""
    if regularisation > 0:
        return True, _PENALISED
    singular = is_singular(H)
    if has_minimiser_near(w, X, gradient, H, row_space(X) if singular else None):
        return True, _NEAR + (_MANY.format(dependence(X)) if singular else "")
    if separates(w, X, y):
        return False, _SEPARABLE
    if quasi_separates(-np.linalg.lstsq(H, gradient)[0], X, y):
        return False, _QUASI_SEPARABLE
    return None, _OPEN


def dependence(X):
    """Return in words how the columns of `X` depend on each other, or nothing if they do not."""
    rank = row_space(X).shape[1]
    if rank == X.shape[1]:
        return ""
    return f"the columns of X are linearly dependent (rank {rank} of {X.shape[1]})"


def is_singular(H):
    """Return whether a Hessian is singular to working precision, in any units of the features."""
    scale = np.sqrt(np.diag(H))
    if not scale.all():
        return True
    values = np.linalg.eigvalsh(H / scale / scale[:, np.newaxis])
    return bool(values[0] <= 8 * len(H) * _EPS * values[-1])


def row_space(X):
    """Return an orthonormal basis, as columns, of what the rows of `X` span."""
    scale = np.linalg.norm(X, axis=0)
    _, sizes, rows = np.linalg.svd(X / np.where(scale > 0, scale, 1), full_matrices=False)
    rank = np.count_nonzero(sizes > max(X.shape) * _EPS * sizes[0])
    return np.linalg.qr((rows[:rank] * scale).T)[0]


def has_minimiser_near(w, X, gradient, H, basis=None):
    """Return whether ``a b <= 1/2``, with allowance for rounding, in the space of a basis."""
    if not X.any():
        return True  # the loss does not depend on the weights
    if basis is not None:
        w, X, gradient, H = basis.T @ w, X @ basis, basis.T @ gradient, basis.T @ H @ basis
        if is_singular(H):
            return False
    root = np.linalg.inv(np.linalg.cholesky(H))  # so that H⁻¹ = rootᵀ root
    b = math.sqrt(np.square(X @ root.T).sum(axis=1).max())
    error = 4 * _EPS * (1 + np.mean(np.abs(X) @ np.abs(w)))  # of a residual p - y
    a = np.linalg.norm(root @ gradient) + error * b
    return bool(a * b <= 1 / 2)


def separates(w, X, y):
    """Return whether `w` has every sample, of label 0 or 1, strictly on its own side."""
    margins = (2 * y - 1) * (X @ w)
    rounding = 2 * w.size * _EPS * np.linalg.norm(X, axis=1) * np.linalg.norm(w)
    return bool(np.isin(y, (0, 1)).all() and (margins > rounding).all())


def quasi_separates(v, X, y):
    """Return whether a direction near `v` lowers some samples' loss for ever and raises none.

    Samples that `v` hardly moves, and those of soft label, must not move at all: the part of `v`
    that moves them is taken away, to 12 digits.
    """
    margins = (2 * y - 1) * (X @ v)
    far = np.abs(margins).max()
    still = (np.abs(margins) < far / 10) | (y > 0) & (y < 1)
    v = v - np.linalg.lstsq(X[still], X[still] @ v)[0]
    margins = (2 * y - 1) * (X @ v)
    hair = 1e-12 * np.linalg.norm(X, axis=1) * np.linalg.norm(v)
    found = np.where(still, np.abs(X @ v) <= hair, margins > np.maximum(hair, 1e-6 * far))
    return bool(found.all() and not still.all())
