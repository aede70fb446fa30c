"""The landing page: the answer in one picture."""

import numpy as np

from crossentropy import logistic, loss_gradient, sigmoid

from ._numbers import plain, plain_vector, tex
from ._plane import Room, arrow, cross, fit, name_axes
from ._style import GRADIENT, GREY, INK, Y0, Y1, P, canvas, label, panel, sheet, styled
from ._svg import InlineFigure

_KINDS = {1: Y1, 0: Y0}  # a label in between is ink


def plot_answer(w=(0.5, -1), x=(2, 1.5), y=1):
    """Draw the error p - y of one sample, and how it scales the input to the gradient (15).

    Parameters
    ----------
    w : array_like, shape (2,)
        Weights.
    x : array_like, shape (2,)
        One sample, not zero.
    y : float
        Its label in [0, 1].

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, ``x`` is zero or ``y`` is outside [0, 1].

    Examples
    --------
    >>> plot_answer()  # doctest: +NORMALIZE_WHITESPACE
    For the score z = −0.5 the logistic curve gives p = 0.38, where the label is y = 1: the error
    p − y is −0.62. The gradient is the input x = (2, 1.5) times this error, (−1.24, −0.93), an
    arrow against x and 0.62 times as long.
    """
    gradient = loss_gradient(w, x, y)
    if np.shape(x) != (2,) or not np.any(x):
        raise ValueError(f"x must be one sample in the plane, not zero, got {x!r}")
    z, p, x = float(np.dot(w, x)), float(logistic(w, x)), np.asarray(x, dtype=float)
    with styled():
        figure = canvas(360, 240)
        _draw_error(panel(figure, 22, 76, 142, 130), z, p, float(y))
        _draw_gradient(panel(figure, 200, 62, 154, 150), x, gradient)
        _write_captions(figure, p - y)
    return InlineFigure(figure, _alt(z, p, y, x, gradient))


def _draw_error(axes, z, p, y):
    """Draw the S-curve and, at the sample's score, the step from its label to its probability."""
    end = max(4, 2 * np.ceil(abs(z)))
    grid = np.linspace(-end, end, 241)
    axes.plot([-end, end], [1, 1], color=GREY, linewidth=0.8, dashes=(1, 3))
    axes.plot(grid, sigmoid(grid), color=P, label="S-curve")
    axes.plot([z, z], [0, min(p, y)], color=GREY, linewidth=0.8, dashes=(4, 3), label="plumb")
    axes.set(xlim=(-end, end), ylim=(0, 1))
    axes.set_xticks([z], [""])
    axes.set_yticks([0, 1], ["0", "1"])
    arrow(axes, (z, y), (z, p), GRADIENT, linewidth=2.4)
    axes.plot(z, p, "o", color=P, markersize=7, label="p")
    axes.plot(z, y, "D", color=_KINDS.get(y, INK), markersize=6, label="y")
    _name_points(axes, z, p, y, np.transpose([grid, sigmoid(grid)]))


def _name_points(axes, z, p, y, curve):
    """Write p, y and the name of the curve where nothing else is."""
    room = Room(axes, margin=24)
    end = curve[-1][0]
    room.take(*curve)
    room.take((end, 1), (-end, 1), (-end, 0), (end, 0))
    room.take((z, 0), (z, max(p, y)))
    room.write([(z, 0)], f"$z = {tex(z)}$", (0, -1))
    room.write([(z, y)], f"$y = {tex(y)}$", (0, 1 if y > p else -1))
    room.write([(z, p)], f"$p = {tex(p)}$", (1, -0.4))
    room.write(curve[200::-10], r"$\sigma(z)$", (1, -1), most=2)


def _draw_gradient(axes, x, gradient):
    """Draw the input and its multiple, the gradient."""
    fit(axes, [(0, 0), x, gradient], margin=28)
    room = Room(axes, margin=4)
    cross(axes, room)
    arrow(axes, (0, 0), gradient, GRADIENT, linewidth=3)
    arrow(axes, (0, 0), x, INK, linewidth=1.6)
    room.take(gradient, (0, 0), x)
    room.write([x], r"$\vec x$", x)
    room.write([gradient], r"$\nabla \ell$", (gradient[1], -gradient[0]))
    name_axes(axes, room)


def _write_captions(figure, error):
    """Write the error under the one panel and the gradient under the other."""
    axes = sheet(figure)
    label(axes, (93, 38), "the error")
    label(axes, (93, 16), f"$p - y = {tex(error)}$")
    label(axes, (270, 38), "scales the input")
    label(axes, (270, 16), r"$\nabla \ell = \vec x\,(p - y)$")


def _alt(z, p, y, x, gradient):
    """Say what the figure shows."""
    way = "along" if p > y else "against"
    return (
        f"For the score z = {plain(z)} the logistic curve gives p = {plain(p)}, where the label is"
        f" y = {plain(y)}: the error p − y is {plain(p - y)}. The gradient is the input"
        f" x = {plain_vector(x)} times this error, {plain_vector(gradient)}, an arrow {way} x and"
        f" {plain(abs(p - y))} times as long."
    )
