"""Chapter 4: what each sample does to the weights."""

# ruff: noqa: RUF001, RUF002  (the words are read by people: minus signs and sigmas are real)

import numpy as np

from crossentropy import logistic, loss_gradient, mean_loss_gradient

from ._style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    along,
    arrow,
    axis_points,
    canvas,
    cross,
    extent,
    fit,
    label,
    panel,
    plain,
    plain_vector,
    roomiest,
    sheet,
    styled,
)
from ._svg import InlineFigure

_KINDS = ((1, "o", BLUE), (0, "s", ORANGE))  # label, and the shape and colour that stand for it


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
    w, X, y, p = _checked(w, X, y)
    pulls, mean = -loss_gradient(w, X, y), -mean_loss_gradient(w, X, y)
    with styled():
        axes = panel(canvas(360, 366), 8, 56, 344, 304)
        fit(axes, np.concatenate([X, X + pulls, [w, w + mean, (0, 0)]]))
        cross(axes, ("$x_1$", "$x_2$"))
        ends = _draw_boundary(axes, w)
        _draw_samples(axes, X, y, pulls)
        _draw_mean(axes, w, mean, [along(*ends), *along(X, X + pulls), *axis_points(axes)])
        _explain(axes.figure)
    return InlineFigure(axes.figure, _alt(w, X, y, p, mean))


def _checked(w, X, y):
    """Return arrays and probabilities of samples that can be drawn in a plane."""
    p = logistic(w, X)
    w, X, y = (np.asarray(value, dtype=float) for value in (w, X, y))
    if w.shape != (2,) or X.ndim != 2 or not len(X):
        raise ValueError(f"X must have shape (n, 2) and w (2,), got {X.shape} and {w.shape}")
    if not w.any():
        raise ValueError("w must not be zero: it has no line w.x = 0")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold the labels 0 and 1, got {y}")
    return w, X, y, p


def _draw_boundary(axes, w):
    """Draw the line on which p = 1/2, name it and its two sides, and return its ends."""
    normal = w / np.linalg.norm(w)
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    with np.errstate(divide="ignore", invalid="ignore"):
        stops = np.sort(limits / np.array([[-normal[1]], [normal[0]]]), axis=1)
    ends = np.outer((np.nanmax(stops[:, 0]), np.nanmin(stops[:, 1])), (-normal[1], normal[0]))
    axes.plot(*ends.T, color=INK, linewidth=1.2, dashes=(5, 4), label="boundary")
    low, high = ends[np.argsort(ends[:, 1], kind="stable")]
    inset = (high - low) * 16 / np.linalg.norm(np.diff(axes.transData.transform(ends), axis=0))
    low, high = low + inset, high - inset
    _write_beside_line(axes, low, normal, r"$\vec w^{\!\top} \vec x = 0$")
    _write_beside_line(axes, high, normal, r"$p > \frac{1}{2}$")
    _write_beside_line(axes, high, -normal, r"$p < \frac{1}{2}$")
    return ends


def _write_beside_line(axes, end, side, formula):
    """Write a formula on one side of a line, near one end and within the panel."""
    artist = label(axes, end, formula)
    half = np.array(extent(artist)) / 2
    box = axes.transData.transform(np.transpose([axes.get_xlim(), axes.get_ylim()]))
    place = axes.transData.transform(end) + side * (np.abs(side) @ half + 5)
    place = np.clip(place, box[0] + half, box[1] - half)
    artist.set_position(axes.transData.inverted().transform(place))


def _draw_samples(axes, X, y, pulls):
    """Draw each sample with its arrow, in the shape and colour of its label."""
    for value, marker, colour in _KINDS:
        axes.plot(*X[y == value].T, marker, color=colour, markersize=6, label=f"y = {value}")
        for x, pull in zip(X[y == value], pulls[y == value], strict=True):
            arrow(axes, x, x + pull, colour)


def _draw_mean(axes, w, mean, obstacles):
    """Draw w from the origin and the mean pull from its tip."""
    arrow(axes, (0, 0), w, INK, linewidth=1.2)
    arrow(axes, w, w + mean, GREEN, linewidth=3)
    obstacles = np.concatenate([*obstacles, along((0, 0), w), along(w, w + mean)])
    label(axes, w, r"$\vec w$", **roomiest(axes, w, obstacles, 13))
    label(axes, w + mean, r"$-\nabla L$", **roomiest(axes, w + mean, obstacles, 18))


def _explain(figure):
    """Say what the two kinds of arrows do, beside the mark that each starts from."""
    axes = sheet(figure)
    for (value, marker, colour), height, words in zip(
        _KINDS, (30, 10), ("pulls the weights towards it", "pushes the weights away"), strict=True
    ):
        axes.plot(60, height, marker, color=colour, markersize=6)
        label(axes, (72, height), f"$y = {value}$", ha="left")
        label(axes, (116, height), words, ha="left")


def _alt(w, X, y, p, mean):
    """Say what the figure shows."""
    hardest = np.argmax(np.abs(p - y))
    return (
        f"Samples pull the weights w = {plain_vector(w)} by −x (p − y): towards x if y = 1, away"
        " from x if y = 0, and the farther p is from y, the harder. Hardest pulls"
        f" x = {plain_vector(X[hardest])}, with y = {plain(y[hardest])} and"
        f" p = {plain(p[hardest])}. The mean of the {len(X)} pulls is −∇L = {plain_vector(mean)}."
    )
