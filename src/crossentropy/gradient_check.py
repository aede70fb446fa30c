"""Gradients without a derivation: what a formula for the gradient is checked against.

A gradient that agrees with them fits its function; whether the function is the one that was meant,
they cannot tell.
"""

import reprlib
import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from crossentropy._validation import as_array, check_entries

__all__ = ["central_difference", "complex_step", "gradient_error"]

_EPS = np.finfo(float).eps
_TINY = 1e-20  # its square is lost beside 1, its product with a derivative is not


def central_difference(
    f: Callable[[np.ndarray], float], w: ArrayLike, *, step: ArrayLike | None = None
) -> np.ndarray:
    """Two-sided differences ``∂f/∂w_j ≈ (f(w + h e_j) - f(w - h e_j))/(2h)``, (A.22).

    Parameters
    ----------
    f : callable
        Takes weights of shape (d,) and returns one number.  It is called 2d times.
    w : array_like, shape (d,)
        Weights.
    step : array_like, scalar or shape (d,), optional
        ``h``, positive.  By default ``eps^{1/3} max(1, |w_j|)`` with ``eps = 2.2e-16``, which is
        about 6e-6: near it, the sum (A.24) of truncation and rounding error is least for a
        function of moderate size and curvature.

    Returns
    -------
    ndarray of shape (d,)
        Numerical gradient, for such a function with about 10 right digits.

    Raises
    ------
    ValueError
        If `w` is not a row of finite numbers, `step` is not positive or too small to change `w`,
        or `f` returns anything but one finite real number.

    Examples
    --------
    >>> central_difference(lambda w: w[0] ** 2 + 3 * w[1], [1, 2], step=0.5)
    array([2., 3.])
    """
    w = _as_point(w)
    h = _as_steps(_EPS ** (1 / 3) * np.maximum(1, np.abs(w)) if step is None else step, w)
    gradient = np.empty(w.size)
    for j, h_j in enumerate(h):
        ahead, behind = _moved(w, j, h_j), _moved(w, j, -h_j)
        distance = ahead[j] - behind[j]  # w + h rounds: this is how far apart the two points are
        if distance == 0:
            raise ValueError(f"step must change w, came step = {h_j} at w[{j}] = {w[j]}")
        gradient[j] = (_value(f, ahead) - _value(f, behind)) / distance
    return gradient


def complex_step(
    f: Callable[[np.ndarray], complex], w: ArrayLike, *, step: ArrayLike = _TINY
) -> np.ndarray:
    """Complex steps ``∂f/∂w_j ≈ Im f(w + i h e_j)/h``, (A.25), which subtract nothing.

    Such a step is right only if every operation in `f` carries an imaginary part as a power series
    would; ``np.abs`` and ``.real`` drop it without a word.  So the result's derivative in one
    direction is first held against real differences, where `f` has values on both sides of `w`.

    Parameters
    ----------
    f : callable
        Takes weights of shape (d,), real or complex, and returns one number.  It is called d + 6
        times.
    w : array_like, shape (d,)
        Weights, real.
    step : array_like, scalar or shape (d,), optional
        ``h``, positive.

    Returns
    -------
    ndarray of shape (d,)
        Numerical gradient, with nearly as many right digits as `f` has.

    Raises
    ------
    ValueError
        If `w` is not a row of finite numbers, `step` is not positive, `f` returns anything but one
        finite number, fails on complex weights, or drops an imaginary part.

    Notes
    -----
    W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions",
    SIAM Review 40 (1998), 110-112.

    Examples
    --------
    >>> complex_step(lambda w: w[0] ** 2 + 3 * w[1], [1, 2])
    array([2., 3.])
    """
    w = _as_point(w)
    h = _as_steps(step, w)
    _check_carries_imaginary_part(f, w)
    stepped = (_moved(w, j, 1j * h_j) for j, h_j in enumerate(h))
    return np.imag([_value(f, w, allow_complex=True) for w in stepped]) / h


def gradient_error(gradient: ArrayLike, reference: ArrayLike) -> float:
    """Relative error ``‖g - r‖/max(‖g‖, ‖r‖)`` of a gradient ``g`` against a reference ``r``.

    Parameters
    ----------
    gradient : array_like, shape (d,)
        Gradient to be checked.
    reference : array_like, shape (d,)
        What it should be, such as a numerical gradient.

    Returns
    -------
    float
        0 if the two agree, 1 if one of them is zero, 2 if one is the other with its sign flipped.

    Raises
    ------
    ValueError
        If an argument is not a row of finite numbers or the shapes differ.

    Examples
    --------
    >>> gradient_error([3, 4], [3, 4]), gradient_error([6, 8], [3, 4])
    (0.0, 0.5)
    """
    g, r = _as_point(gradient, "gradient"), _as_point(reference, "reference")
    if g.shape != r.shape:
        raise ValueError(f"gradient must have shape {r.shape}, like reference, came {g.shape}")
    largest = max(np.abs(g).max(), np.abs(r).max())
    if largest == 0:
        return 0.0
    g, r = g / largest, r / largest  # so that no square overflows
    return (np.linalg.norm(g - r) / max(np.linalg.norm(g), np.linalg.norm(r))).item()


def _as_point(w, name="w"):
    """Return `w` as a float64 array of shape (d,) with finite entries."""
    w = as_array(name, w)
    if w.ndim != 1:
        raise ValueError(f"{name} must have shape (d,), came shape {w.shape}")
    check_entries(name, w, np.isfinite(w), "be finite")
    return w


def _as_steps(step, w):
    """Return one positive finite step for each weight."""
    step = as_array("step", step)
    if step.shape not in ((), w.shape):
        raise ValueError(f"step must be a number or have shape {w.shape}, came shape {step.shape}")
    check_entries("step", step, (step > 0) & np.isfinite(step), "be positive and finite")
    return np.broadcast_to(step, w.shape)


def _moved(w, j, distance):
    """Return a copy of `w` whose component j is moved by a distance, real or imaginary."""
    moved = w.astype(np.result_type(w, distance))
    moved[j] += distance
    return moved


def _value(f, w, *, allow_complex=False):
    """Return ``f(w)``, which must be one finite number."""
    return _number(f(w.copy()), w, allow_complex)  # f may write to its argument


def _number(returned, w, allow_complex):
    """Return what `f` returned for `w` as a Python number."""
    message = f"f must return one finite number, came {_shown(returned)} at w = {_shown(w)}"
    try:
        value = as_array("f(w)", returned, allow_complex=allow_complex)
    except ValueError as error:
        raise ValueError(message) from error
    if value.ndim or not np.isfinite(value):
        raise ValueError(message)
    return value.item()


def _shown(value):
    """Return a short representation, of arrays as lists."""
    return reprlib.repr(value.tolist() if isinstance(value, np.ndarray | np.generic) else value)


def _check_carries_imaginary_part(f, w):
    """Raise if the complex step of `f` along some direction is not its real derivative there.

    The direction is a random one, so that all weights take part and no two of them cancel.  Real
    differences over two distances tell their own error: where they disagree by more than 1 %, `f`
    is too steep or too rough for a verdict.  What rounding may hide of a change is allowed for.
    """
    here = _value(f, w)
    direction = np.random.default_rng(0).uniform(0.5, 1, w.size) * np.maximum(1, np.abs(w))
    slope = _imaginary_part(f, w + 1j * _TINY * direction) / _TINY
    near, far = (_real_slope(f, w, direction, distance) for distance in (1e-4, 2e-4))
    error, percent, lost = abs(near - far), 0.01 * abs(near), 1e-9 + 1e-6 * abs(here)
    if error <= percent and abs(slope - near) > 10 * error + percent + lost:
        raise ValueError(
            "f must carry the imaginary part of w through every operation (np.abs and .real do "
            f"not) and have no kink at w, came a complex step of {slope:.6g} in a direction where "
            f"real differences give {near:.6g}"
        )


def _imaginary_part(f, w):
    """Return ``Im f(w)`` of a function that has a value at the real part of w."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", np.exceptions.ComplexWarning)  # float(z) drops it
            returned = f(w)
    except (TypeError, ValueError, np.exceptions.ComplexWarning) as error:
        message = f"f must take complex w, came {type(error).__name__}: {error}"
        raise ValueError(message) from error
    return _number(returned, w, allow_complex=True).imag


def _real_slope(f, w, direction, distance):
    """Return the two-sided difference along a direction, or NaN where `f` is not defined."""
    try:
        with np.errstate(all="ignore"):
            ahead, behind = (_value(f, w + sign * distance * direction) for sign in (1, -1))
    except (ValueError, ArithmeticError):  # beyond an edge of its domain, f may do as it likes
        return np.nan
    return (ahead - behind) / (2 * distance)
