"""Widget 1, for chapters 1 and 2: one weight, its probability, and the slope of its tangent."""

import traitlets

from crossentropy import sigmoid
from crossentropy.plots import plot_logistic_in_weight
from crossentropy.widgets._exercise import Exercise, Finite

REACH = 4  # of w and b to either side, as in logistic_explorer.js
FLATTEST, STEEPEST = 0.02, 0.25  # of p (1 - p): what is still easy to set; its value at 1/2, (A.12)


class LogisticExplorer(Exercise, js="logistic_explorer"):
    """Set ``w`` and ``b``, and see ``p = σ(w x + b)`` and its slope ``p (1 - p) x`` in ``w``.

    Parameters
    ----------
    x : float
        The input, not zero.
    w, b : float
        The weight and the rest of the score at the start, from -4 to 4.
    probabilities : sequence of float
        Targets for ``p``, one task each; within (0, 1), and such as some ``w`` and ``b`` reach.
    slopes : sequence of float
        Targets for ``p (1 - p) x``, one task each, after those for ``p``.

    Raises
    ------
    ValueError
        If ``x`` is 0, a target cannot be reached, or there is none.
    traitlets.TraitError
        If ``x``, ``w`` or ``b`` is no finite number or out of range.

    Examples
    --------
    >>> explorer = LogisticExplorer(x=2, b=-0.5, probabilities=[0.9])
    >>> explorer.w = 1
    >>> explorer.probability
    0.8175744761936437
    """

    intro = (
        "Here a slider sets the weight w, and the probability p = σ(w x + b) follows along an"
        " S-shaped curve."
    )
    x = Finite().tag(sync=True)
    w = Finite(min=-REACH, max=REACH).tag(sync=True, link=True)
    b = Finite(min=-REACH, max=REACH).tag(sync=True, link=True)
    tasks = traitlets.List(read_only=True).tag(sync=True)
    solved = traitlets.Int(min=0).tag(sync=True, link=True)
    guess = traitlets.Enum(["", "grow", "shrink", "towards", "away"], "").tag(sync=True, link=True)

    def __init__(self, *, x=2, w=0, b=0, probabilities=(0.9,), slopes=()):
        if x == 0:
            raise ValueError("x must not be 0: no weight would change the probability")
        tasks = [
            *({"kind": "probability", "target": reachable_probability(t)} for t in probabilities),
            *({"kind": "slope", "target": reachable_slope(t, x)} for t in slopes),
        ]
        if not tasks:
            raise ValueError("probabilities and slopes must hold a target, both are empty")
        self.set_trait("tasks", tasks)
        super().__init__(x=x, w=w, b=b)

    @property
    def probability(self):
        """The probability at the present weight."""
        return sigmoid(self.w * self.x + self.b)

    def figure(self):
        """Return the curve with its point and, if a task asks for slopes, the tangent."""
        with_slope = any(task["kind"] == "slope" for task in self.tasks)
        return plot_logistic_in_weight(self.w, self.x, self.b, tangent=with_slope)


def reachable_probability(target):
    """Return a target for p, or say why no weight reaches it."""
    low, high = sigmoid(-REACH), sigmoid(REACH)
    if not low <= target <= high:
        raise ValueError(
            f"probabilities must hold numbers from {low:.3f} to {high:.3f}, got {target}"
        )
    return float(target)


def reachable_slope(target, x):
    """Return a target for p (1 - p) x, or say why no weight reaches it."""
    if not FLATTEST <= target / x <= STEEPEST:
        raise ValueError(
            f"slopes must hold numbers from {0.02 * x:g} to {STEEPEST * x:g}, got {target}"
        )
    return float(target)
