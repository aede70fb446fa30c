"""Chapter 5: what a numerical derivative loses to its step."""

import numpy as np

from crossentropy import logistic, loss, loss_gradient

from ._numbers import tex
from ._plane import Room
from ._style import GRADIENT, GREEN, GREY, INK, canvas, label, panel, styled
from ._svg import InlineFigure

_EPS = np.finfo(float).eps
_STEPS = np.logspace(-15, 0, 61)
_FLOOR = 1e-17  # an error of 0 has no logarithm and is drawn here
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_METHODS = (
    ("forward", GREY, "-"),
    ("central", GRADIENT, "-"),
    ("complex", GREEN, (0, (3, 2))),
)


def plot_step_error(w, x, y):
    """Draw the error of three numerical derivatives of the loss in w_1 against their step.

    The three are the one-sided difference, the two-sided one (A.22) and the complex step (A.25);
    beside them stands the prediction (A.24) for the second.

    Parameters
    ----------
    w : array_like, shape (d,)
        Weights.
    x : array_like, shape (d,)
        One sample.
    y : float
        Its label in [0, 1].

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the numerics refuse an argument, or the loss has no third derivative in w_1 from which
        the best step could be predicted.

    Examples
    --------
    >>> plot_step_error([1, 0.5], [2, -1], 1)  # doctest: +NORMALIZE_WHITESPACE
    Error of three numerical derivatives of the loss against the step h, both on logarithmic scales.
    From h = 1 to the left, the forward difference improves like h and the central difference like
    h²; then rounding takes over and both rise again, like 1/h. The prediction for the central
    difference is lowest at h = 5.6·10⁻⁶, with an error of 1.2·10⁻¹¹; the forward difference
    never comes near that. The complex step improves like h², too, but does not rise again: it
    stays at the last digit.
    """
    f, exact, (value, third) = _function(w, x, y)
    best = np.cbrt(3 * _EPS * value / third)
    with styled():
        figure = canvas(360, 300)
        axes = panel(figure, 48, 40, 292, 232)
        axes.set(xlim=np.log10(_STEPS[[0, -1]]), ylim=(np.log10(_FLOOR), 1))
        _scale(axes)
        predicted = _predicted(_STEPS, value, third)
        axes.plot(*np.log10([_STEPS, predicted]), color=INK, dashes=(1, 2), label="predicted")
        _draw_errors(axes, f, w, exact)
        _mark_best(axes, best, _predicted(best, value, third))
        _name_curves(axes)
    return InlineFigure(figure, _alt(best, _predicted(best, value, third)))


def _function(w, x, y):
    """Return the loss as a function of w, its exact ∂/∂w_1, and the sizes that (A.24) needs."""
    exact = loss_gradient(w, x, y)
    if exact.ndim != 1:
        raise ValueError(f"x must be one sample of shape (d,), got shape {exact.shape}")
    p = logistic(w, x)
    third = abs(x[0] ** 3 * p * (1 - p) * (1 - 2 * p))
    if third == 0:
        raise ValueError("x[0] must not be 0 and p not 1/2: the third derivative is 0 there")
    return lambda w: loss(w, x, y), exact[0], (loss(w, x, y), third)


def _draw_errors(axes, f, w, exact):
    """Draw how far each method is from the exact derivative, step by step."""
    for name, color, style in _METHODS:
        error = np.abs(_derivative(name, f, w, _STEPS) - exact)
        points = np.log10([_STEPS, np.maximum(error, _FLOOR)])
        axes.plot(*points, color=color, linestyle=style, linewidth=1.4, label=name)


def _derivative(name, f, w, steps):
    """Return the numerical ∂f/∂w_1 at each step, written as the book writes it."""
    w, e = np.asarray(w, dtype=float), np.eye(len(w))[0]
    formula = {
        "forward": lambda h: (f(w + h * e) - f(w)) / h,
        "central": lambda h: (f(w + h * e) - f(w - h * e)) / (2 * h),
        "complex": lambda h: np.imag(f(w + 1j * h * e)) / h,
    }[name]
    return np.array([formula(h) for h in steps])


def _predicted(h, value, third):
    """Return the error (A.24) that truncation and rounding add up to."""
    return h**2 / 6 * third + _EPS / h * value


def _scale(axes):
    """Name the powers of ten on both axes."""
    axes.set_xticks(range(-15, 1, 5), [""] * 4)
    axes.set_yticks(range(-16, 1, 4), [""] * 5)
    for power in range(-15, 1, 5):
        label(axes, (power, axes.get_ylim()[0]), _power(power), dy=-14)
    for power in range(-16, 1, 4):
        label(axes, (-15, power), _power(power), dx=-8, ha="right")
    label(axes, (0, axes.get_ylim()[0]), "$h$", dx=14, dy=2)
    label(axes, (-15, 1), "error", dx=-4, dy=14, ha="left")


def _power(power):
    return rf"$10^{{{power}}}$" if power else "$1$"


def _plain_power(value):
    """Return a number for running text as a multiple of a power of ten."""
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}·10{str(int(power)).translate(_RAISED)}"


def _mark_best(axes, best, error):
    """Draw a plumb line at the step for which the least error is predicted."""
    ends = np.log10([(best, _FLOOR), (best, error)])
    axes.plot(*ends.T, color=GREY, linewidth=0.8, dashes=(4, 3), label="plumb")
    axes.plot(*ends[1], "o", color=INK, markersize=5, label="best")


def _name_curves(axes):
    """Write each method's name beside its curve, where nothing else is."""
    room = Room(axes, margin=6)
    for line in axes.lines:
        room.take(*line.get_xydata())
    curves = {line.get_label(): line.get_xydata() for line in axes.lines}
    room.write(curves["forward"][44:56], "forward", (-1, 1))
    room.write(curves["central"][48:56], "central", (1, -1))
    room.write(curves["complex"][5:30], "complex step", (0, 1))
    best = 10 ** curves["best"][0, 0]
    room.write(curves["best"], f"$h = {tex(best)}$", (1, -0.2))
    room.write(curves["predicted"][2:20], "predicted", (1, 1))


def _alt(best, error):
    """Say what the figure shows."""
    return (
        "Error of three numerical derivatives of the loss against the step h, both on logarithmic"
        " scales. From h = 1 to the left, the forward difference improves like h and the central"
        " difference like h²; then rounding takes over and both rise again, like 1/h. The"
        f" prediction for the central difference is lowest at h = {_plain_power(best)}, with an"
        f" error of {_plain_power(error)}; the forward difference never comes near that. The"
        " complex step improves like h², too, but does not rise again: it stays at the last digit."
    )
