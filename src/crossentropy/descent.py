"""Learning: gradient descent (A.36) and Newton's method (A.38), with a verdict on where they end.

A small gradient proves no minimum: where the classes can be separated, the gradient tends to 0
while the weights grow for ever.  Whether a finite minimiser exists is therefore decided on its own,
either way by a condition that proves it (`crossentropy._minimum`), and said in words.
"""

import math
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._minimum import dependence, is_singular, verdict
from crossentropy._validation import (
    as_count,
    as_labels,
    as_number,
    as_samples,
    as_weights_and_samples,
    check_entries,
)
from crossentropy.cross_entropy import (
    _blocks,
    _loss,
    _residual,
    mean_loss_and_gradient,
    mean_loss_hessian,
)
from crossentropy.logistic import _slope

__all__ = ["Descent", "gradient_descent", "newton", "safe_step"]

_EPS = np.finfo(float).eps
_LARGEST = 1e150  # so that the square of a length fits float64
_LOST = "its smallest eigenvalue is lost to rounding"


class _Place(NamedTuple):
    """Weights with their loss, its gradient and, where it is needed, its Hessian."""

    weights: np.ndarray
    loss: float
    gradient: np.ndarray
    hessian: np.ndarray | None = None


class _NoStepError(Exception):
    """Why no further step can be made."""


@dataclass(frozen=True)
class Descent:
    """What a descent did: its way, its losses, and why it ended.

    Parameters
    ----------
    path : ndarray of shape (iterations + 1, d)
        The weights, from the start on.
    losses : ndarray of shape (iterations + 1,)
        The loss at each: the mean loss (A.18), with the penalty of (A.39) if there is one.
    converged : bool
        Whether the gradient is within the tolerance and a minimiser is proved to be near.
    message : str
        What happened, in words.
    """

    path: np.ndarray = field(repr=False)
    losses: np.ndarray = field(repr=False)
    converged: bool
    message: str

    @property
    def weights(self) -> np.ndarray:
        """Weights at the end, shape (d,)."""
        return self.path[-1]

    @property
    def iterations(self) -> int:
        """Number of steps."""
        return len(self.losses) - 1


def safe_step(X: ArrayLike, *, regularisation: float = 0.0) -> float:
    """Step of which no descent goes up: ``η = 4n/‖X‖²``, (A.37), with the spectral norm of `X`.

    It is one over a bound of the Hessian: ``‖X‖²/(4n)`` by (A.32), and ``λ`` more with a penalty.

    Parameters
    ----------
    X : array_like, shape (n, d)
        A sample in each row, not all of them zero.
    regularisation : float
        ``λ`` of (A.39), at least 0.

    Returns
    -------
    float
        ``η = 1/(‖X‖²/(4n) + λ)``.

    Raises
    ------
    ValueError
        If the shape is wrong, an entry or the square of the norm is not finite, `X` and ``λ`` are
        zero, or ``λ`` is negative.

    Examples
    --------
    >>> safe_step([[2.0, 0.0], [0.0, 1.0]])
    2.0
    """
    X = as_samples("X", X)
    regularisation = as_number("regularisation", regularisation, at_least=0)
    norm = np.linalg.norm(X, 2).item()
    curvature = norm * norm / (4 * len(X)) + regularisation
    if not 0 < curvature < math.inf:
        raise ValueError(f"‖X‖²/(4n) must be positive and finite, came {curvature}")
    return 1 / curvature


def gradient_descent(
    w: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    step: float | None = None,
    max_iterations: int = 10_000,
    tolerance: float = 1e-8,
    regularisation: float = 0.0,
) -> Descent:
    """Go downhill in small steps: ``w_{k+1} = w_k - η ∇L(w_k)``, (A.36).

    With the default step no loss is larger than the one before, up to rounding.  Where the columns
    of `X` are linearly dependent, the descent tends to the minimiser nearest to its start.

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights to start from.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].
    step : float, optional
        ``η``, positive; by default `safe_step`, (A.37).
    max_iterations : int
        Largest number of steps.
    tolerance : float
        Length of the gradient, positive, at which the descent ends.
    regularisation : float
        ``λ`` of (A.39) and (A.40), at least 0.

    Returns
    -------
    Descent
        The weights and what happened.  A gradient within the tolerance alone does not count as
        converged, see `Descent`.

    Raises
    ------
    ValueError
        If an argument is not as described, or `w` or a logit ``wᵀx`` is not finite.

    Examples
    --------
    >>> result = gradient_descent([0.0], [[1.0], [1.0], [1.0]], [1, 1, 0])
    >>> result.weights.round(6), result.converged  # log 2, whose probability is 2/3
    (array([0.693147]), True)
    """
    w, X, y = _checked_data(w, X, y)
    regularisation = as_number("regularisation", regularisation, at_least=0)
    safe = safe_step(X, regularisation=regularisation)
    step = safe if step is None else as_number("step", step, above=0)

    def move(here):
        w = here.weights - step * here.gradient
        _check_size(w)
        return _Place(w, *_loss_and_gradient(w, X, y, regularisation))

    start = _Place(w, *_loss_and_gradient(w, X, y, regularisation))
    result = _descend(move, start, X, y, max_iterations, tolerance, regularisation)
    if step > safe and not result.converged:
        doubt = f" The step {step:.3g} is longer than the safe {safe:.3g}."
        return replace(result, message=result.message + doubt)
    return result


def newton(
    w: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-8,
    regularisation: float = 0.0,
) -> Descent:
    """Go to the minimum of a quadratic fit: ``w_{k+1} = w_k - [∇²L(w_k)]⁻¹ ∇L(w_k)``, (A.38).

    The step is halved until the loss falls enough.  For this loss the method is also known as
    iteratively reweighted least squares (IRLS).

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights to start from; zeros are a good choice.
    X : array_like, shape (n, d)
        A sample in each row.
    y : array_like, shape (n,)
        Labels in [0, 1].
    max_iterations : int
        Largest number of steps.
    tolerance : float
        Length of the gradient, positive, at which the descent ends.
    regularisation : float
        ``λ`` of (A.39) and (A.40), at least 0.

    Returns
    -------
    Descent
        The weights and what happened.  A gradient within the tolerance alone does not count as
        converged, see `Descent`; nor is there a step where the Hessian is singular.

    Raises
    ------
    ValueError
        If an argument is not as described, or `w` or a logit ``wᵀx`` is not finite.

    Examples
    --------
    >>> result = newton([0.0], [[1.0], [1.0], [1.0]], [1, 1, 0])
    >>> result.weights.round(6), result.iterations
    (array([0.693147]), 3)
    >>> newton([0.0], [[1.0], [2.0]], [1, 1]).converged
    False
    """
    w, X, y = _checked_data(w, X, y)
    regularisation = as_number("regularisation", regularisation, at_least=0)
    start = _Place(w, *_up_to_hessian(w, X, y, regularisation))

    def move(here):  # dependent columns show at the start; later, backtracking is guard enough
        direction = _newton_direction(here.gradient, here.hessian, X, here is start)
        return _shortened(here, direction, X, y, regularisation)

    return _descend(move, start, X, y, max_iterations, tolerance, regularisation)


def _descend(move, here, X, y, max_iterations, tolerance, regularisation):
    """Move until the gradient is within the tolerance, or until something ends the descent."""
    max_iterations = as_count("max_iterations", max_iterations)
    tolerance = as_number("tolerance", tolerance, above=0)
    path, losses, reason = [here.weights], [here.loss], ""
    try:
        while _length(here.gradient) > tolerance:
            if len(losses) > max_iterations:
                raise _NoStepError(f"the limit of {max_iterations} steps is reached")
            here = move(here)
            path.append(here.weights)
            losses.append(here.loss)
    except _NoStepError as stop:
        reason = f"{stop}, and the gradient of length {_length(here.gradient):.1e} is above"
    w, _, gradient, H = here
    if H is None:
        H = mean_loss_hessian(w, X, y) + regularisation * np.eye(w.size)
    exists, finding = verdict(w, X, y, gradient, H, regularisation)
    return _told(path, losses, exists, reason, tolerance, finding)


def _told(path, losses, exists, reason, tolerance, finding):
    """Return the result, with a message of what happened."""
    converged = bool(exists and not reason)
    opening = "Converged" if converged else "Not converged"
    steps = f"{len(path) - 1} step" + "s" * (len(path) != 2)
    reason = reason or "the gradient is within"
    message = f"{opening} after {steps}: {reason} the tolerance {tolerance:g}. {finding}"
    path, losses = np.array(path), np.array(losses)
    path.setflags(write=False)
    losses.setflags(write=False)
    return Descent(path, losses, converged, message)


def _shortened(here, direction, X, y, regularisation):
    """Return where a step leads that is halved until the loss falls enough."""
    w, loss, gradient, _ = here
    fall, rounding = gradient @ direction, 8 * _EPS * loss
    for share in 0.5 ** np.arange(60):
        moved = w - share * direction
        there = _Place(moved, *_up_to_hessian(moved, X, y, regularisation))
        if there.loss - loss <= -1e-4 * share * fall:
            return there
        shorter = _length(there.gradient) < _length(gradient)
        if abs(there.loss - loss) <= rounding and shorter:  # here the gradient knows better
            return there
    raise _NoStepError("no step along Newton's direction lowers the loss")


def _newton_direction(gradient, H, X, is_first):
    """Return ``[∇²L]⁻¹ ∇L`` of (A.38)."""
    if is_first and is_singular(H):
        raise _NoStepError(f"the Hessian is singular, since {dependence(X) or _LOST}")
    try:
        direction = np.linalg.solve(H, gradient)
    except np.linalg.LinAlgError as error:
        raise _NoStepError(f"the Hessian is singular, since {_LOST}") from error
    _check_size(direction)
    return direction


def _up_to_hessian(w, X, y, regularisation):
    """Return loss (A.39), gradient (A.40) and Hessian from one exponential for each sample.

    These are `mean_loss_and_gradient` and `mean_loss_hessian`, in half of their time.
    """
    loss, gradient, H = 0.0, 0.0, np.zeros((w.size, w.size))
    with np.errstate(over="ignore", invalid="ignore"):  # `finite` tells
        for rows in _blocks(X):
            X_rows, y_rows = X[rows], y[rows]
            z = X_rows @ w
            e = np.exp(-np.abs(z))
            loss += _loss(z, e, y_rows).sum().item()
            gradient += _residual(z, e, y_rows) @ X_rows
            S = X_rows * np.sqrt(_slope(e, e))[:, np.newaxis]
            H += S.T @ S
    loss, gradient = loss / len(X), gradient / len(X)
    finite = math.isfinite(loss + gradient @ gradient)
    if not finite:  # names the sample at fault, or scales a sum that is too large
        loss, gradient = mean_loss_and_gradient(w, X, y)
    loss, gradient = _penalised(w, loss, gradient, regularisation)
    H /= len(X)
    H.flat[:: w.size + 1] += regularisation
    return loss, gradient, H


def _length(vector):
    """Return the length of a vector; the squares in `numpy.linalg.norm` may vanish."""
    return math.hypot(*vector.tolist())


def _check_size(vector):
    """Raise where a vector is too long."""
    if not np.abs(vector).max() < _LARGEST:
        raise _NoStepError("the weights outgrow float64")


def _loss_and_gradient(w, X, y, regularisation):
    """Return loss (A.39) and gradient (A.40)."""
    return _penalised(w, *mean_loss_and_gradient(w, X, y), regularisation)


def _penalised(w, loss, gradient, regularisation):
    """Add ``λ/2 ‖w‖²`` to a loss, and ``λ w`` to its gradient."""
    return loss + regularisation / 2 * (w @ w).item(), gradient + regularisation * w


def _checked_data(w, X, y):
    """Return start, samples and labels as arrays that have a finite Hessian."""
    w, X = as_weights_and_samples(w, X, name="X")
    check_entries("w", w, np.abs(w) < _LARGEST, f"have entries below {_LARGEST:g} in size")
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.vdot(X, X)
    if not np.isfinite(size):
        check_entries("X", X, np.isfinite(X), "be finite")
        raise ValueError("X must have entries whose squares have a finite sum, came inf")
    return w, X, as_labels(y, X.shape[:1])
