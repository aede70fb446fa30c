"""Widget 6, for chapter 5: five gradients, of which four have a bug that a check can find."""

import numpy as np
import traitlets

from crossentropy.mistakes import TARGETS
from crossentropy.plots import plot_step_error
from crossentropy.widgets._exercise import Exercise, Finite
from crossentropy.widgets._pair import pair

REACH = 3  # of weights and features, as in gradient_detective.js
KEYS = (  # in the order in which the reader may choose them, as in suspects.js
    "sign",
    "inner-sign",
    "no-inner-derivative",
    "no-square",
    "no-exponential",
    "wrong-exponent",
    "p-constant",
    "derivative-in-p",
    "extra-slope",
    "divided-by-slope",
    "swapped-labels",
    "term-lost",
    "labels-forgotten",
    "plus-minus-labels",
    "weights-for-features",
)
MISTAKES = TARGETS["loss_gradient"].mistakes


def answers():
    """Return a trait for the names that were given to the five, empty where there is none yet."""
    return traitlets.List(traitlets.Enum(["", "right", *KEYS]), [""] * 5, minlen=5, maxlen=5)


class GradientDetective(Exercise, js="gradient_detective"):
    """Check five gradients of one sample's loss against differences, and name the bug of each.

    Parameters
    ----------
    w, x : array_like, shape (2,)
        Weights and input at which the check starts, from -3 to 3 each.
    y : int
        The label at the start, 0 or 1.
    seed : int
        Decides which bugs there are, and in which order.

    Raises
    ------
    traitlets.TraitError
        If a value is not as described.

    Examples
    --------
    >>> detective = GradientDetective([1, 0.5], [2, -1], 1)
    >>> detective.exponent = -5
    """

    intro = (
        "Here the reader compares five gradients with central differences, moves the step and the"
        " test point, and names the bug of each."
    )
    w = pair(reach=REACH).tag(sync=True, link=True)
    x = pair(reach=REACH).tag(sync=True, link=True)
    y = traitlets.Int(min=0, max=1).tag(sync=True, link=True)
    exponent = Finite(-1, min=-15, max=0).tag(sync=True, link=True)  # of the step, to the base 10
    seed = traitlets.Int(min=0).tag(sync=True, link=True)
    suspect = traitlets.Int(min=0, max=4).tag(sync=True, link=True)
    choice = traitlets.Enum(["", "right", *KEYS], "").tag(sync=True, link=True)  # not yet committed
    named = answers().tag(sync=True, link=True)
    names = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, w, x, y, *, seed=0):
        self.set_trait("names", {key: MISTAKES[key].name for key in KEYS})
        w, x = (np.asarray(value, dtype=float).tolist() for value in (w, x))
        super().__init__(w=w, x=x, y=y, seed=seed)

    def figure(self):
        """Return the errors of differences over their step."""
        return plot_step_error(self.w, self.x, self.y)
