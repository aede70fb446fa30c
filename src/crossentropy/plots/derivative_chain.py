"""Chapter 4: from the weights to the loss and back, the central picture of the book."""

from itertools import pairwise

import numpy as np
from matplotlib.patches import BoxStyle, FancyBboxPatch

from crossentropy import cross_entropy, cross_entropy_derivative, logistic, loss_gradient

from ._numbers import plain, plain_vector, tex, tex_vector
from ._plane import arrow
from ._style import GRADIENT, GREY, INK, RED, canvas, formula_size, label, paragraph, sheet, styled
from ._svg import InlineFigure

_ROWS = (410, 322, 234, 146)  # heights of the boxes w, z, p and H on the sheet
_CENTRE = 104  # of the boxes


def plot_derivative_chain(w, x, y):
    """Draw w → z → p → H with its values, and the local derivatives of (7) on the way back.

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
        If the shapes do not fit, a value is not finite, ``y`` is outside [0, 1], or p is so near
        to 0 or 1 that the derivative of H in p is not finite in floating point.

    Examples
    --------
    >>> plot_derivative_chain([0.5, -1], [2, 1.5], 1)  # doctest: +NORMALIZE_WHITESPACE
    Forward, w = (0.5, −1) and x = (2, 1.5) give the score z = −0.5, the probability p = 0.378
    and, with y = 1, the loss H = 0.974. Backward, the local derivatives are −2.649 for H in p,
    0.235 for p in z and x_j for z in w_j. Multiplied, p (1 − p) cancels, and x_j (p − y) =
    −0.622 x_j is left: the gradient is (−1.245, −0.934).
    """
    values = _values(w, x, y)
    with styled():
        axes = sheet(canvas(360, 436))
        _draw_boxes(axes, values)
        _draw_arrows(axes, values)
        _draw_product(axes, values)
    return InlineFigure(axes.figure, _alt(values))


def _values(w, x, y):
    """Return every number of the chain by its name."""
    if np.ndim(x) != 1 or np.ndim(y) != 0:
        shapes = f"shapes {np.shape(x)} and {np.shape(y)}"
        raise ValueError(f"x must be one sample, shape (d,), and y its one label, got {shapes}")
    p = float(logistic(w, x))
    w, x = np.asarray(w, dtype=float), np.asarray(x, dtype=float)
    return {
        "w": w,
        "x": x,
        "y": float(y),
        "z": float(w @ x),
        "p": p,
        "H": float(cross_entropy(p, y)),
        "dH/dp": float(cross_entropy_derivative(p, y)),
        "dp/dz": p * (1 - p),
        "error": p - float(y),
        "gradient": loss_gradient(w, x, y),
    }


def _draw_boxes(axes, v):
    """Draw the four quantities, each with its value, and where x and y come in."""
    formulas = (
        rf"$\vec w = {_vector(v['w'], 125)}$",
        rf"$z = \vec w^{{\!\top}} \vec x = {tex(v['z'], 3)}$",
        rf"$p = \sigma(z) = {tex(v['p'], 3)}$",
        rf"$H(p) = {tex(v['H'], 3)}$",
    )
    for height, formula in zip(_ROWS, formulas, strict=True):
        _box(axes, (_CENTRE, height), 172, 34)
        label(axes, (_CENTRE, height), formula)
    for height, given in (
        (_ROWS[1], rf"$\vec x = {_vector(v['x'], 100)}$"),
        (_ROWS[3], f"$y = {tex(v['y'])}$"),
    ):
        arrow(axes, (220, height), (194, height), INK, linewidth=1.2)
        label(axes, (226, height), given, ha="left")


def _vector(vector, width, decimals=2):
    """Return as many components of a vector as fit the width."""
    for shown in range(min(len(vector), 4), 0, -1):
        text = tex_vector(vector, shown, decimals)
        if formula_size(f"${text}$")[0] <= width:
            break
    return text


def _draw_arrows(axes, v):
    """Draw the way forward as solid arrows, and the way back with its local derivatives."""
    derivatives = (
        r"$\dfrac{\partial z}{\partial w_j} = x_j$",
        rf"$\dfrac{{dp}}{{dz}} = p\,(1-p) = {tex(v['dp/dz'], 3)}$",
        rf"$\dfrac{{\partial H}}{{\partial p}} = \dfrac{{p-y}}{{p\,(1-p)}} = {tex(v['dH/dp'], 3)}$",
    )
    for (upper, lower), derivative in zip(pairwise(_ROWS), derivatives, strict=True):
        top, bottom = upper - 20, lower + 20
        arrow(axes, (56, top), (56, bottom), INK)
        axes.plot((144, 144), (bottom, top - 7), color=GRADIENT, dashes=(3, 2), label="back")
        arrow(axes, (144, top - 7), (144, top), GRADIENT)
        label(axes, (158, (top + bottom) / 2), derivative, ha="left")
    forward, back = ("values", "forward"), ("local derivatives", "on the way back")
    paragraph(axes, (66, (_ROWS[0] + _ROWS[1]) / 2), forward, color=INK, ha="left")
    paragraph(axes, (204, _ROWS[0]), back, color=GRADIENT, ha="left")


def _draw_product(axes, v):
    """Write the product of the three derivatives, with the factors that cancel struck out."""
    axes.plot((18, 342), (118, 118), color=GREY, linewidth=0.8, label="rule")
    factors = (r"\dfrac{p-y}{p\,(1-p)}", r"\cdot", r"p\,(1-p)", r"\cdot", "x_j")
    name = r"\dfrac{\partial \ell}{\partial w_j}"
    _, quotient, _, product, *_ = _typeset(axes, 82, name, ("=", *factors, "=", r"x_j\,(p-y)"))
    axes.plot(quotient, (69, 82), color=RED, linewidth=1.4, label="strike")
    axes.plot(product, (80, 93), color=RED, linewidth=1.4, label="strike")
    scaled = rf"{tex(v['error'], 3)} \cdot {_vector(v['x'], 150)}"
    _typeset(axes, 42, r"\nabla \ell", ("=", r"\vec x\,(p-y)", "=", scaled))
    _typeset(axes, 18, None, ("=", _vector(v["gradient"], 280, 3)))


def _typeset(axes, height, name, formulas):
    """Set formulas in a row to the right of a name; return where each begins and ends."""
    x, ends = 48, []
    if name:
        label(axes, (x - 5, height), f"${name}$", ha="right", va="baseline")
    for formula in formulas:
        width, _ = formula_size(f"${formula}$")
        label(axes, (x, height), f"${formula}$", ha="left", va="baseline")
        ends.append((x, x + width))
        x += width + 5
    return ends


def _box(axes, centre, width, height):
    """Draw a frame with rounded corners."""
    corner = (centre[0] - width / 2, centre[1] - height / 2)
    shape = BoxStyle("round", pad=0, rounding_size=6)
    frame = FancyBboxPatch(corner, width, height, boxstyle=shape, edgecolor=GREY, facecolor="none")
    return axes.add_patch(frame)


def _alt(v):
    """Say what the figure shows."""
    return (
        f"Forward, w = {plain_vector(v['w'])} and x = {plain_vector(v['x'])} give the score"
        f" z = {plain(v['z'], 3)}, the probability p = {plain(v['p'], 3)} and, with"
        f" y = {plain(v['y'])}, the loss H = {plain(v['H'], 3)}."
        f" Backward, the local derivatives are {plain(v['dH/dp'], 3)} for H in p,"
        f" {plain(v['dp/dz'], 3)} for p in z and x_j for z in w_j."
        f" Multiplied, p (1 − p) cancels, and x_j (p − y) = {plain(v['error'], 3)} x_j is left:"
        f" the gradient is {plain_vector(v['gradient'], 3)}."
    )
