"""Widget 5, for chapter 4: in which direction, and how hard, a sample pushes the weights."""

import numpy as np
import traitlets

from crossentropy import mean_loss_gradient
from crossentropy.plots import plot_push_and_pull
from crossentropy.plots._numbers import plain_vector
from crossentropy.widgets._exercise import Exercise
from crossentropy.widgets._pair import pair

REACH = 2  # of a drawn arrow in each direction, as in push_and_pull.js


class PushAndPull(Exercise, js="push_and_pull"):
    """Draw what each sample asks of the weights, ``-x (p - y)``, and then the sum over all of them.

    Parameters
    ----------
    w : array_like, shape (2,)
        Weights, not all zero.
    X : array_like, shape (n, 2)
        Samples.
    y : array_like, shape (n,)
        Their labels, 0 or 1.
    ask : sequence of int
        The indices of the samples that are asked for, in this order; by default all.

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, ``w`` is zero, a label is not 0 or 1, or
        ``ask`` names no sample or one that does not exist.

    Examples
    --------
    >>> exercise = PushAndPull([1, 0.5], [[2, -1], [1, 1]], [1, 0], ask=[1])
    >>> exercise.drawn = [-0.8, -0.8]
    """

    w = pair().tag(sync=True)
    X = traitlets.List(read_only=True).tag(sync=True)
    y = traitlets.List(read_only=True).tag(sync=True)
    ask = traitlets.List(traitlets.Int(), read_only=True).tag(sync=True)
    round = traitlets.Int(min=0).tag(sync=True, link=True)
    drawn = pair(reach=REACH).tag(sync=True, link=True)
    shown = traitlets.Bool().tag(sync=True, link=True)

    def __init__(self, w, X, y, *, ask=None):
        plot_push_and_pull(w, X, y)  # refuses what cannot be drawn
        ask = list(range(len(X))) if ask is None else [int(i) for i in ask]
        if not ask or not set(ask) <= set(range(len(X))):
            raise ValueError(f"ask must name samples from 0 to {len(X) - 1}, got {ask}")
        self.set_trait("X", np.asarray(X, dtype=float).tolist())
        self.set_trait("y", np.asarray(y, dtype=int).tolist())
        self.set_trait("ask", ask)
        super().__init__(w=np.asarray(w, dtype=float).tolist())

    def caption(self, figure):
        """Return what the widget shows, in words."""
        mean = plain_vector(-mean_loss_gradient(self.w, self.X, self.y))
        return (
            "Here the reader draws what each sample asks of the weights, and compares the drawing"
            f" with −x (p − y). The mean of all these pushes is −∇L = {mean}."
        )

    def figure(self):
        """Return the figure with all samples and their pushes."""
        return plot_push_and_pull(self.w, self.X, self.y)
