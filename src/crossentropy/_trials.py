"""One point at which a function is tried, with what is expected there and what came."""

from dataclasses import dataclass

import numpy as np

import crossentropy
from crossentropy._forms import Form, evaluate
from crossentropy._outcomes import Outcome, close, outcome_of
from crossentropy._probes import Point

_SINGLE, _FIRST_DIGITS = 1e-5, 1e-4  # tolerances, in units of a target's scale


@dataclass(frozen=True, eq=False)
class Trial:
    """A point, what is expected there, the size of the terms that make it up, and what came."""

    point: Point
    expected: np.ndarray
    scale: float
    outcome: Outcome
    tolerance: float

    def is_right(self):
        """Return whether it is right within the tolerance, to rounding if it came as float32."""
        return self._is_close(max(self.tolerance, _SINGLE * self.outcome.single))

    def is_roughly_right(self):
        """Return whether the first digits are right."""
        return self._is_close(_FIRST_DIGITS)

    def _is_close(self, tolerance):
        return close(self.outcome.value, self.expected, tolerance * self.scale)

    def has_shape(self):
        """Return whether numbers of the right shape came."""
        return self.outcome.value is not None and self.outcome.value.shape == self.expected.shape

    def has_no_value(self):
        """Return whether an error was raised, or numbers came that are not all finite."""
        value = self.outcome.value
        return self.outcome.problem == "raises" if value is None else not np.isfinite(value).all()

    def is_large(self):
        """Return whether the truth is not next to nothing."""
        return np.abs(self.expected).max() > 0.01

    def logit(self):
        """Return the logit of the first sample."""
        samples = self.point.arguments.get("X", self.point.arguments.get("x"))
        return np.atleast_1d(samples @ self.point.arguments["w"])[0]


def trial_of(target, function, point, tolerance, reraise):
    """Try a function at a point."""
    truth = getattr(crossentropy, target.name, None)
    if truth is None:
        expected = evaluate(target.truth, point.arguments)[0]
    else:
        expected = np.asarray(truth(*point.arguments.values()))
    scale = evaluate(Form(target.scale), point.arguments)[0].item()
    outcome = outcome_of(function, point.arguments, reraise)
    return Trial(point, expected, scale, outcome, tolerance)


def is_clipped(trials):
    """Return whether what should be large is too small, and what should be small is nearly 0."""
    large = [trial for trial in trials if trial.is_large()]
    if not large or not all(trial.has_shape() for trial in trials):
        return False
    return all(
        np.all(np.abs(t.outcome.value) <= (np.abs(t.expected) if t.is_large() else 0.01))
        for t in trials
    )


def has_lost_digits(trial):
    """Return whether not even two digits are right of what a float64 can hold."""
    size = np.abs(trial.expected)
    wrong = np.abs(trial.outcome.value - trial.expected) > 0.01 * size
    return not trial.outcome.single and bool((wrong & (size > 1e-300)).any())
