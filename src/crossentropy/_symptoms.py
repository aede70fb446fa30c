"""What can be said of a wrong function when no mistake explains all that it gives."""

import numpy as np

from crossentropy._outcomes import shown


@np.errstate(all="ignore")  # what a wrong function gives may be infinite
def symptom(trials):
    """Return a key of `crossentropy.mistakes.GENERAL` and a detail in words, or None and facts."""
    first = next(trial for trial in trials if not trial.is_right())
    if first.outcome.problem:
        return first.outcome.problem, ""
    if not first.has_shape():
        return "wrong-shape", ""
    if not np.isfinite(first.outcome.value).all():
        return "not-finite", ""
    return _partly_right(trials) or _of_ratios(trials)


@np.errstate(all="ignore")
def constant_factor(trials):
    """Return the one number, but 0, that every value is the truth times; None if there is none."""
    if not all(trial.has_shape() for trial in trials):
        return None
    ratios = _ratios(trials)
    return ratios[0] if ratios[0] and np.ptp(ratios) <= 1e-5 * abs(ratios[0]) else None


def _ratios(trials):
    return np.concatenate([np.ravel(t.outcome.value / t.expected) for t in trials])


def _partly_right(trials):
    """Tell whether it is right for one label, or for one sample, alone."""
    for y in (0, 1):
        of_y, others = (_with_labels(trials, label) for label in (y, 1 - y))
        if of_y and all(t.is_right() for t in of_y) and not any(t.is_right() for t in others):
            return "one-label", f": right where y = {y}, wrong where y = {1 - y}"
    if "X" not in trials[0].point.arguments:
        return None
    if all(t.is_right() == (len(t.point.arguments["X"]) == 1) for t in trials):
        return "one-sample", ""
    return None


def _with_labels(trials, y):
    """Return the trials whose labels are all the same `y`."""
    return [t for t in trials if "y" in t.point.arguments and np.all(t.point.arguments["y"] == y)]


def _of_ratios(trials):
    """Tell a factor that is wrong, or say what signs and shapes are right."""
    if not all(trial.has_shape() for trial in trials):
        return None, ""
    if factor := constant_factor(trials):
        return "constant-factor", f": it is {shown(factor)} times the truth"
    ratios = _ratios(trials)
    if _is_a_multiple_for_each_sample(trials):
        return "wrong-factor", ""
    if (ratios < 0).all():
        return None, "The shape is right, and every sign is opposite."
    if (ratios > 0).all():
        return None, "The shape and every sign are right."
    return None, "The shape is right."


def _is_a_multiple_for_each_sample(trials):
    """Return whether it gives, for every single sample, the truth times some number."""
    several = [t for t in trials if t.expected.size > 1 and _is_single(t.point.arguments)]
    ratios = [t.outcome.value / t.expected for t in several]
    return bool(several) and all(np.ptp(r) <= 1e-5 * np.abs(r).max() for r in ratios)


def _is_single(arguments):
    return "x" in arguments or len(arguments["X"]) == 1
