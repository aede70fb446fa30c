"""Chapter 4: what each sample does to the weights."""

import numpy as np

from crossentropy import logistic, loss_gradient, mean_loss_gradient

from ._numbers import plain, plain_vector
from ._plane import Room, arrow, cross, fit, name_axes
from ._style import GRADIENT, INK, Y0, Y1, W, canvas, label, panel, sheet, styled
from ._svg import InlineFigure

_KINDS = (
    (1, "o", Y1),
    (0, "s", Y0),
)  # label, and the shape and colour that stand for it


def plot_push_and_pull(w, X, y):
    """Draw at each sample the step -x (p - y) that it asks of w, and their mean -∇L (A.19).

    Parameters
    ----------
    w : array_like, shape (2,)
        Weights, not all zero.
    X : array_like, shape (n, 2)
        Samples.
    y : array_like, shape (n,)
        Their labels, 0 or 1.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, ``w`` is zero, or a label is not 0 or 1.

    Examples
    --------
    >>> plot_push_and_pull([1, 0], [[1, 1], [2, -1]], [1, 0])  # doctest: +NORMALIZE_WHITESPACE
    Samples pull the weights w = (1, 0) by −x (p − y): towards x if y = 1, away from x if y = 0,
    and the farther p is from y, the harder. Hardest pulls x = (2, −1), with y = 0 and p = 0.88.
    The mean of the 2 pulls is −∇L = (−0.75, 0.57).
    """
    w, X, y = _checked(w, X, y)
    pulls, mean = -loss_gradient(w, X, y), -mean_loss_gradient(w, X, y)
    with styled():
        axes = panel(canvas(360, 384), 8, 76, 344, 304)
        points = np.concatenate([X, X + pulls, [w, (0, 0)]])
        times = _enlargement(mean, np.ptp(points, axis=0).max())
        fit(axes, [*points, w + times * mean], margin=44)
        room = Room(axes)
        cross(axes, room)
        _draw_samples(axes, room, X, y, pulls)
        ends = _draw_boundary(axes, room, w)
        _draw_mean(axes, room, w, times * mean)
        _name_boundary(room, w, ends)
        name_axes(axes, room)
        _explain(axes.figure, times)
    return InlineFigure(axes.figure, _alt(w, X, y, pulls, mean))


def _checked(w, X, y):
    """Return weights, samples and labels as arrays that can be drawn in a plane."""
    mean_loss_gradient(w, X, y)  # refuses what the numerics refuse
    w, X, y = (np.asarray(value, dtype=float) for value in (w, X, y))
    if w.shape != (2,):
        raise ValueError(f"X must have shape (n, 2) and w (2,), got {X.shape} and {w.shape}")
    if not w.any():
        raise ValueError("w must not be zero: it has no line w.x = 0")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold the labels 0 and 1, got {y}")
    return w, X, y


def _enlargement(mean, span):
    """Return how many times as long the mean is to be drawn, so that its direction shows."""
    factors = np.outer(10.0 ** np.arange(9), (1, 2, 5)).ravel()
    long_enough = factors * np.linalg.norm(mean) > span / 16
    return int(factors[np.argmax(long_enough)])


def _draw_samples(axes, room, X, y, pulls):
    """Draw each sample with its arrow, in the shape and colour of its label."""
    for value, marker, colour in _KINDS:
        axes.plot(*X[y == value].T, marker, color=colour, markersize=6, label=f"y = {value}")
        for x, pull in zip(X[y == value], pulls[y == value], strict=True):
            arrow(axes, x, x + pull, colour)
            room.take(x, x + pull)


def _draw_boundary(axes, room, w):
    """Draw the line on which p = 1/2, and return its lower and its upper end."""
    along = np.array([-w[1], w[0]]) / np.linalg.norm(w)
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    with np.errstate(divide="ignore", invalid="ignore"):
        stops = np.sort(limits / along[:, None], axis=1)
    ends = np.outer((np.nanmax(stops[:, 0]), np.nanmin(stops[:, 1])), along)
    axes.plot(*ends.T, color=INK, linewidth=1.2, dashes=(5, 4), label="boundary", zorder=0.5)
    room.take(*ends)
    return ends[np.argsort(ends[:, 1], kind="stable")]


def _name_boundary(room, w, ends):
    """Name the line near its lower end, and its two sides near its upper end."""
    upwards = np.linspace(*ends, 41)[1:-1]
    downwards = upwards[::-1]
    room.write(upwards, r"$\vec w^{\!\top} \vec x = 0$", w, most=1)
    room.write(downwards, r"$p > \frac{1}{2}$", w, most=1)
    room.write(downwards, r"$p < \frac{1}{2}$", -w, most=1)


def _draw_mean(axes, room, w, mean):
    """Draw w from the origin and the mean pull, as long as it is to be, from its tip."""
    arrow(axes, (0, 0), w, W, linewidth=1.6)
    arrow(axes, w, w + mean, GRADIENT, linewidth=3)
    room.take((0, 0), w, w + mean)
    room.write([w], r"$\vec w$", w)
    room.write([w + mean, w + mean / 2], r"$-\nabla L$", mean)


def _explain(figure, times):
    """Say what the arrows are, beside what each kind looks like."""
    axes = sheet(figure)
    rows = ((50, "pulls the weights towards it"), (30, "pushes the weights away"))
    for (value, marker, colour), (height, words) in zip(_KINDS, rows, strict=True):
        axes.plot(61, height, marker, color=colour, markersize=6)
        label(axes, (76, height), f"$y = {value}$", ha="left")
        label(axes, (126, height), words, ha="left")
    arrow(axes, (52, 10), (70, 10), GRADIENT, linewidth=3)
    label(axes, (76, 10), r"$-\nabla L$", ha="left")
    scale = f", drawn {times} times as long" if times > 1 else ""
    label(axes, (126, 10), f"their mean{scale}", ha="left")


def _alt(w, X, y, pulls, mean):
    """Say what the figure shows."""
    hardest = np.argmax(np.linalg.norm(pulls, axis=1))
    p = logistic(w, X[hardest])
    return (
        f"Samples pull the weights w = {plain_vector(w)} by −x (p − y): towards x if y = 1, away"
        " from x if y = 0, and the farther p is from y, the harder. Hardest pulls"
        f" x = {plain_vector(X[hardest])}, with y = {plain(y[hardest])} and"
        f" p = {plain(p)}. The mean of the {len(X)} pulls is −∇L = {plain_vector(mean)}."
    )
