"""Widget 2, for chapter 4: a derivation with false equals signs, to be found and repaired."""

import traitlets

from crossentropy.plots import plot_printed_values
from crossentropy.widgets._derivation import derivation
from crossentropy.widgets._exercise import Exercise, Finite

N_LINKS = 8  # each line (7) to (14) has one before it
REACH = {"x": 3, "w": 2}  # of the probe, to either side, as in probe.js


def _link(default=0):
    return traitlets.Int(default, min=0, max=N_LINKS - 1)


class ErrorHunt(Exercise, js="error_hunt"):
    """Ask for the false equals signs of a derivation, and for the line that repairs them.

    The first derivation is the one of the exercise, with the slip in (7) that it was printed with;
    each other number gives the verified derivation with another slip.

    Parameters
    ----------
    seed : int
        Which derivation: 0 is the printed one.
    x, w : float
        The feature and the weight of the probe, whose score is ``w x``.
    y : {0, 1}
        Its label.

    Raises
    ------
    traitlets.TraitError
        If an argument is out of range.

    Examples
    --------
    >>> hunt = ErrorHunt()
    >>> hunt.marked = [0, 1]
    """

    intro = (
        "Here the false equals signs of the printed derivation are marked, after a test with"
        " numbers."
    )
    derivation = traitlets.Dict(read_only=True).tag(sync=True)
    seed = traitlets.Int(min=0).tag(sync=True, link=True)
    marked = traitlets.List(_link(), maxlen=N_LINKS).tag(sync=True, link=True)
    probed = _link(N_LINKS - 1).tag(sync=True, link=True)
    x = Finite(min=-REACH["x"], max=REACH["x"]).tag(sync=True, link=True)
    w = Finite(min=-REACH["w"], max=REACH["w"]).tag(sync=True, link=True)
    y = traitlets.Int(min=0, max=1).tag(sync=True, link=True)
    found = traitlets.Bool().tag(sync=True, link=True)
    repair = traitlets.Int(-1, min=-1, max=3).tag(sync=True, link=True)
    solved = traitlets.Bool().tag(sync=True, link=True)

    def __init__(self, *, seed=0, x=2, w=0.75, y=1):
        self.set_trait("derivation", derivation())
        super().__init__(seed=seed, x=x, w=w, y=y)

    def figure(self):
        """Return the values of the printed lines at the sample of the probe."""
        return plot_printed_values(self.w, self.x, self.y)
