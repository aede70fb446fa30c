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

import numpy as np

from crossentropy.cross_entropy import mean_loss_gradient, mean_loss_hessian

_EPS = np.finfo(float).eps

_NEAR = "A minimiser is proved to be near."
_MANY = " It is one of many, since {}: the one nearest to the start."
_PENALISED = (
    "With the penalty there is one minimiser, at most the length of the gradient over λ away."
)
_SEPARABLE = (
    "The data is separable, so there is no finite minimiser: {} weights have every sample on its"
    " own side, and the longer they grow, the closer the loss comes to 0."
)
_RECEDING = (
    "The data is {}, so there is no finite minimiser: along some direction no sample's loss rises,"
    " and some fall for ever."
)
_OPEN = "Whether there is a finite minimiser remains open."


def verdict(w, X, y, gradient, H, regularisation):
    """Return whether a finite minimiser exists (None: not known), and a sentence that says so."""
    if regularisation > 0:
        return True, _PENALISED
    units = np.abs(X).max(axis=0)
    units = np.where(units > 0, units, 1)  # with features of size 1, no square is lost
    w, X, gradient, H = w * units, X / units, gradient / units, H / units / units[:, np.newaxis]
    singular = is_singular(H)
    if has_minimiser_near(w, X, gradient, H, row_space(X) if singular else None):
        return True, _NEAR + (_MANY.format(dependence(X)) if singular else "")
    if separates(w, X, y):
        return False, _SEPARABLE.format("these")
    still = ~lowered_for_ever(downhill(gradient, H), X, y)
    return (None, _OPEN) if still.all() else (False, _named(w, X[still], y[still]))


def _named(w, X, y):
    """Return what data is called of which some samples recede for ever, by those that stay."""
    if separates(w, X, y):
        return _SEPARABLE.format("some")
    gradient, H = mean_loss_gradient(w, X, y), mean_loss_hessian(w, X, y)
    soft = (y > 0) & (y < 1)
    overlap = soft.any() or has_minimiser_near(w, X, gradient, H, row_space(X))
    return _RECEDING.format("quasi-separable" if overlap else "separable or quasi-separable")


def dependence(X):
    """Return in words how the columns of `X` depend on each other, or nothing if they do not."""
    rank = row_space(X).shape[1]
    if rank == X.shape[1]:
        return ""
    return f"the columns of X are linearly dependent (rank {rank} of {X.shape[1]})"


def is_singular(H):
    """Return whether a Hessian is singular to working precision, in any units of the features."""
    if not (np.diag(H) > 0).all():
        return True
    values = np.linalg.eigvalsh(_equilibrated(H)[0])
    return bool(values[0] <= 8 * len(H) * _EPS * values[-1])


def _equilibrated(H):
    """Return a Hessian in the units that make its diagonal 1, and these units."""
    diagonal = np.diag(H)
    units = np.sqrt(np.where(diagonal > 0, diagonal, 1))
    return H / units / units[:, np.newaxis], units


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
    H, units = _equilibrated(H)
    root = np.linalg.inv(np.linalg.cholesky(H)) / units  # so that H⁻¹ = rootᵀ root
    with np.errstate(over="ignore", invalid="ignore"):  # where the slopes have all but vanished
        b = np.sqrt(np.square(X @ root.T).sum(axis=1).max())
        error = 4 * _EPS * (1 + np.mean(np.abs(X) @ np.abs(w)))  # of a residual p - y
        a = np.linalg.norm(root @ gradient) + error * b
        return bool(a * b <= 1 / 2)


def separates(w, X, y):
    """Return whether `w` has every sample, of label 0 or 1, strictly on its own side."""
    margins = (2 * y - 1) * (X @ w)
    rounding = 2 * w.size * _EPS * (np.abs(X) @ np.abs(w))
    return bool(np.isin(y, (0, 1)).all() and (margins > rounding).all())


def downhill(gradient, H):
    """Return the direction of ``-H⁻¹ ∇L``, with entries of at most 1; zero if the gradient is."""
    H, units = _equilibrated(H)
    v = -np.linalg.lstsq(H, _shrunk(gradient / units))[0]
    return _shrunk(_shrunk(v) / (units / units.max()))


def _shrunk(v):
    """Return a vector over its largest entry in size; the zero vector as it is."""
    size = np.abs(v).max()
    return v / size if size > 0 else v


def lowered_for_ever(v, X, y):
    """Return whose loss falls for ever along a direction near `v` that raises no sample's loss.

    Samples that `v` hardly moves, and those of soft label, must not move at all: the part of `v`
    that moves them is taken away, to 12 digits.  If that fails, it is nobody's.
    """
    margins = (2 * y - 1) * (X @ v)
    far = np.abs(margins).max()
    still = (np.abs(margins) < far / 10) | (y > 0) & (y < 1)
    v = v - np.linalg.lstsq(X[still], X[still] @ v)[0]
    margins = (2 * y - 1) * (X @ v)
    hair = 1e-12 * np.linalg.norm(X, axis=1) * np.linalg.norm(v)
    found = np.where(still, np.abs(X @ v) <= hair, margins > np.maximum(hair, 1e-6 * far))
    return ~still & found.all()
