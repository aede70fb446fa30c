"""Widget 3, for chapter 4: put the derivation in order, then fill in what has faded from it."""

import traitlets

from crossentropy.plots import plot_line_lengths
from crossentropy.widgets._derivation import derivation
from crossentropy.widgets._exercise import Exercise

N_LINES = 8  # (7) to (14)
N_DISTRACTORS = 3  # as in derivation_blocks.js
N_BLANKS = 3
N_BLOCKS = N_LINES + N_DISTRACTORS


def _block():
    return traitlets.Int(min=0, max=N_BLOCKS - 1)


class DerivationBlocks(Exercise, js="derivation_blocks"):
    """Ask for the order of the lines (7) to (14) among false ones, then for parts of them.

    Parameters
    ----------
    seed : int
        Which false lines there are, which parts fade, and how the lines are shuffled.

    Raises
    ------
    traitlets.TraitError
        If ``seed`` is negative.

    Examples
    --------
    >>> blocks = DerivationBlocks()
    >>> blocks.placed = [0, 1, 2]
    """

    intro = "Here the lines of the derivation, mixed with false ones, are put in order."
    derivation = traitlets.Dict(read_only=True).tag(sync=True)
    seed = traitlets.Int(min=0).tag(sync=True, link=True)
    placed = traitlets.List(_block(), maxlen=N_BLOCKS).tag(sync=True, link=True)
    ordered = traitlets.Bool().tag(sync=True, link=True)
    filled = traitlets.Int(min=0, max=N_BLANKS).tag(sync=True, link=True)
    answer = traitlets.Unicode().tag(sync=True, link=True)

    def __init__(self, *, seed=0):
        self.set_trait("derivation", derivation())
        super().__init__(seed=seed)

    @traitlets.validate("placed")
    def _each_once(self, proposal):
        placed = proposal["value"]
        if len(set(placed)) < len(placed):
            raise traitlets.TraitError(f"placed must hold each block at most once, got {placed}")
        return placed

    @property
    def solved(self):
        """Whether the lines are in order and all parts are filled in."""
        return self.ordered and self.filled == N_BLANKS

    def figure(self):
        """Return how long each line is."""
        return plot_line_lengths()
