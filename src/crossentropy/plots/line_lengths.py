"""Chapter 4: the lines of the derivation grow before they shrink."""

import ast

import numpy as np

from crossentropy.derivation import EQUATIONS

from ._style import GREY, canvas, label, panel, styled, ticks
from ._svg import InlineFigure

_NUMBERS = tuple(str(number) for number in range(8, 15))
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Call)


def plot_line_lengths():
    """Draw how many operations each of the lines (8) to (14) asks for.

    Returns
    -------
    InlineFigure

    Examples
    --------
    >>> plot_line_lengths()  # doctest: +NORMALIZE_WHITESPACE
    Line (8) of the derivation asks for 15 operations, (9) for 24, (10) for 23, (11) for 16, (12)
    for 7, (13) for 3 and (14) for 2: it grows once, and then everything cancels.
    """
    counts = [operations(EQUATIONS[number].expression) for number in _NUMBERS]
    places = np.arange(len(counts))
    with styled():
        axes = panel(canvas(360, 190), 20, 34, 320, 130)
        axes.bar(places, counts, width=0.6, color=GREY)
        axes.set(xlim=(-0.6, len(counts) - 0.4), ylim=(0, max(counts)))
        ticks(axes)
        axes.spines["left"].set_visible(False)
        for place, number, count in zip(places, _NUMBERS, counts, strict=True):
            label(axes, (place, 0), f"({number})", dy=-14)
            label(axes, (place, count), str(count), dy=10)
    return InlineFigure(axes.figure, _alt(counts))


def operations(expression):
    """Return how many signs and functions an expression has."""
    return sum(isinstance(part, _OPERATIONS) for part in ast.walk(ast.parse(expression)))


def _alt(counts):
    """Say what the figure shows."""
    (first, *others, last) = zip(_NUMBERS, counts, strict=True)
    between = ", ".join(f"({number}) for {count}" for number, count in others)
    return (
        f"Line ({first[0]}) of the derivation asks for {first[1]} operations, {between}"
        f" and ({last[0]}) for {last[1]}: it grows once, and then everything cancels."
    )
