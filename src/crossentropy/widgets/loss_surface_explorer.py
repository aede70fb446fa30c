"""Widget 7, for chapter 7: the mean loss over two weights, beside the samples that make it."""

import numpy as np
import traitlets

from crossentropy import make_overlapping, make_separable, mean_loss, newton
from crossentropy.plots import plot_loss_contours
from crossentropy.widgets._exercise import Exercise, Finite
from crossentropy.widgets._pair import pair

LOSSES = ("cross entropy", "squared loss")
MOST = 200  # samples
ANSWERS = ("", "equal", "cancel", "loss", "weights", "rest", "grow", "overflow")


def rounded(X, y):
    """Return samples and labels with two decimals, which are enough for a picture."""
    return {"X": X.round(2).tolist(), "y": y.astype(int).tolist()}


DATASETS = {
    "overlapping": rounded(*make_overlapping(40)),
    "separable": rounded(*make_separable(40)),
}


def samples(trait):
    """Return a trait for what there is one of for each sample."""
    return traitlets.List(trait, minlen=1, maxlen=MOST)


class LossSurfaceExplorer(Exercise, js="loss_surface_explorer"):
    """Walk over the mean loss of two weights, change the samples, and see the surface follow.

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Samples, at most 200.
    y : array_like, shape (n,)
        Their labels, 0 or 1.
    flip : int, optional
        Index of the sample whose label changes in the first task.  There has to be a lowest point
        before and after.  Without it there are no tasks.

    Raises
    ------
    ValueError
        If the shapes do not fit, a value is not finite, a label is not 0 or 1, there are too many
        samples, or there is no lowest point before or after the change of a label.
    traitlets.TraitError
        If a value that is set later is not as described.

    Examples
    --------
    >>> explorer = LossSurfaceExplorer([[2, -1], [1, 2], [1, 1]], [1, 1, 0])
    >>> explorer.w = [1, 2]
    >>> round(explorer.mean_loss, 4)
    1.2495
    """

    intro = "Here the reader walks over this map and changes its samples."
    X = samples(pair()).tag(sync=True, link=True)
    y = samples(traitlets.Int(min=0, max=1)).tag(sync=True, link=True)
    w = pair().tag(sync=True, link=True)
    loss = traitlets.Enum(LOSSES, LOSSES[0]).tag(sync=True, link=True)
    rate = Finite(1, min=0.01, max=100).tag(sync=True, link=True)
    task = traitlets.Int(min=0).tag(sync=True, link=True)
    answer = traitlets.Enum(ANSWERS, "").tag(sync=True, link=True)  # that is chosen in the task
    flip = traitlets.Int(None, allow_none=True, read_only=True).tag(sync=True)
    datasets = traitlets.Dict(DATASETS, read_only=True).tag(sync=True)

    def __init__(self, X, y, *, flip=None):
        plot_loss_contours(X, y)  # refuses what cannot be drawn
        X, y = (np.asarray(value, dtype=float) for value in (X, y))
        if not np.isin(y, (0, 1)).all() or len(y) > MOST:
            raise ValueError(f"y must hold at most {MOST} labels, 0 or 1, got {len(y)}: {y[:9]} …")
        if flip is not None:
            check_flip(X, y, flip)
        self.set_trait("flip", flip)
        super().__init__(X=X.tolist(), y=y.astype(int).tolist())

    @traitlets.validate("X", "y")
    def _same_length(self, proposal):
        """Refuse samples and labels of different number."""
        lengths = {"X": len(self.X), "y": len(self.y)}
        lengths[proposal["trait"].name] = len(proposal["value"])
        if lengths["X"] != lengths["y"]:
            raise traitlets.TraitError(
                f"X and y must have the same length, got {lengths['X']} and {lengths['y']};"
                " set both within hold_trait_notifications()"
            )
        return proposal["value"]

    @property
    def mean_loss(self):
        """The mean loss at the present weights, whichever of the two losses is shown."""
        return mean_loss(self.w, self.X, self.y)

    def figure(self):
        """Return the contours of the mean loss."""
        return plot_loss_contours(self.X, self.y)


def check_flip(X, y, flip):
    """Raise unless there is a lowest point before and after the label of a sample changes."""
    if not 0 <= flip < len(y):
        raise ValueError(f"flip must name a sample from 0 to {len(y) - 1}, got {flip}")
    after = np.where(np.arange(len(y)) == flip, 1 - y, y)
    for labels in (y, after):
        if not newton(np.zeros(2), X, labels).converged:
            raise ValueError(f"flip must leave a lowest point, there is none with labels {labels}")
