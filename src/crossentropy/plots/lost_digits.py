"""Chapter 6: which line of the derivation survives in floating point, and at which score."""

import numpy as np
from matplotlib.patches import Rectangle

from crossentropy import loss_gradient
from crossentropy.printed_lines import as_printed, in_decimals, lost_digits

from ._numbers import plain
from ._style import INK, ORANGE, RED, canvas, label, panel, paragraph, sheet, styled
from ._svg import InlineFigure

_LINES = tuple(str(number) for number in range(8, 16))
_PACKAGE = "package"
_CELL, _HEIGHT = 30, 22  # points; the package's column is twice as wide
_FILLED = 0.42  # so much of the colour leaves the words on it legible in either theme


def plot_lost_digits(z, y):
    """Draw how many digits each of (8) to (15) loses at each score, as printed, and the package.

    Each line is computed in float64, for a feature of 1, and compared with (11) in decimals.

    Parameters
    ----------
    z : array_like, shape (n_scores,)
        Scores within ±1000, each drawn as a row.
    y : float
        Label in [0, 1].

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If ``z`` is not a non-empty row of different scores in range, ``y`` is no label, or float64
        does not hold the exact derivative with all its digits, as for y = 1 and z > 708.

    Examples
    --------
    >>> plot_lost_digits([-800, 0, 20, 37], 1)  # doctest: +NORMALIZE_WHITESPACE
    Digits lost, of 15, for the label y = 1 at z = −800, 0, 20 and 37. Line 8: NaN at −800 and 37.
    Lines 9, 10 and 11: NaN at −800. Lines 12, 13, 14 and 15: 8 at 20, all at 37. The package:
    none.
    """
    z = _checked(z)
    marks = _marks(z, y)
    with styled():
        figure = canvas(360, 80 + _HEIGHT * len(z))
        axes = panel(figure, 48, 52, _CELL * (len(_LINES) + 2), _HEIGHT * len(z))
        axes.set(xlim=(0, len(_LINES) + 2), ylim=(len(z), 0))
        axes.axis("off")
        _write_heads(axes, z)
        for column, name in enumerate(marks):
            _draw_column(axes, column, 2 if name == _PACKAGE else 1, marks[name])
        words = ("number: digits lost, of 15; all: not one is right", "NaN, ∞: not even a number")
        paragraph(sheet(figure), (12, 24), words, ha="left")
    return InlineFigure(figure, _alt(z, y, marks))


def _checked(z):
    """Return the scores as an array, in the order in which they came."""
    scores = np.asarray(z, dtype=float)
    if scores.ndim != 1 or not scores.size or np.unique(scores).size < scores.size:
        raise ValueError(f"z must be a non-empty row of different scores, got {z!r}")
    return scores


def _marks(z, y):
    """Return what is written in each column: digits lost, "all" of them, "∞" or "NaN"."""
    exact = [in_decimals("11", score, y) for score in z]
    with np.errstate(all="ignore"):  # the faults are what the figure shows
        values = {line: as_printed(line, z, y) for line in _LINES}
    values[_PACKAGE] = [loss_gradient([score], [1], y)[0] for score in z]
    return {name: list(map(_mark, column, exact)) for name, column in values.items()}


def _mark(value, exact):
    """Return what is written in one cell."""
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞"
    lost = lost_digits(value, exact)
    return "all" if lost == 15 else str(lost)


def _write_heads(axes, z):
    """Write the lines' numbers above the columns, and the scores beside the rows."""
    for column, line in enumerate(_LINES):
        label(axes, (column + 0.5, 0), f"({line})", dy=12)
    label(axes, (len(_LINES) + 1, 0), _PACKAGE, dy=12)
    label(axes, (0, 0), "$z$", dx=-8, dy=12, ha="right")
    for row, score in enumerate(z):
        label(axes, (0, row + 0.5), plain(score), dx=-8, ha="right")


def _draw_column(axes, column, width, marks):
    """Draw the cells of one line, each the fuller of colour the more is lost."""
    for row, mark in enumerate(marks):
        label(axes, (column + width / 2, row + 0.5), mark, color=INK)
        if mark != "0":
            colour = RED if mark in {"NaN", "∞"} else ORANGE
            share = int(mark) / 15 if mark.isdigit() else 1
            cell = Rectangle((column + 0.04, row + 0.05), width - 0.08, 0.9, zorder=0.5)
            cell.set(color=colour, alpha=_FILLED * share, linewidth=0)
            axes.add_patch(cell)


def _alt(z, y, marks):
    """Say what the figure shows, lines that lose the same together."""
    groups = {}
    for name, column in marks.items():
        if name != _PACKAGE:
            groups.setdefault(tuple(column), []).append(name)
    told = [
        f"Line{'s' * (len(names) > 1)} {_listed(names)}: {_losses(z, column)}."
        for column, names in groups.items()
    ]
    scores = _listed([plain(score) for score in z])
    return (
        f"Digits lost, of 15, for the label y = {plain(y)} at z = {scores}. {' '.join(told)}"
        f" The package: {_losses(z, marks[_PACKAGE])}."
    )


def _losses(z, column):
    """Say at which scores a line loses what."""
    found = {}
    for score, mark in zip(z, column, strict=True):
        if mark != "0":
            found.setdefault(mark, []).append(plain(score))
    return ", ".join(f"{mark} at {_listed(scores)}" for mark, scores in found.items()) or "none"


def _listed(words):
    """Join words with commas and a last "and"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
