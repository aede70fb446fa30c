"""Which mistake, or which two at once, explain all that a function gave."""

from itertools import chain, product

import numpy as np

from crossentropy._forms import Form, evaluate
from crossentropy._outcomes import close
from crossentropy._symptoms import constant_factor

AT_FAR = {"overflow", "saturated", "clipped", "lost-digits"}
"""Mistakes that change nothing where logits are moderate."""

_FACTORS = {
    *("sign", "no-inner-derivative", "no-square", "no-exponential", "p-for-slope", "no-slope"),
    *("extra-slope", "divided-by-slope", "bound"),
}
_OF_THE_WHOLE = {"sign": lambda _: -1, "sum-not-mean": lambda arguments: len(arguments["X"])}
_TOLERANCE = 1e-5  # of float32; mistakes are farther than that from each other


def explanation(target, trials, soft):
    """Return the keys of the mistakes that explain the outcomes of all trials, or nothing.

    Soft labels decide only where hard ones give no finite number: of the arguments of ``H`` it
    takes the logarithm of the label when they are swapped.

    One mistake is tried before two.  The second of two is one that multiplies each term by a
    factor, or the sum by the number of samples.  Two whose factors cancel up to a number are not
    what happened where every value is the truth times that number.
    """
    finite = [t.outcome.value is not None and np.isfinite(t.outcome.value).all() for t in trials]
    trials = trials if any(finite) else trials + soft
    double = _double(target) if constant_factor(trials) is None else ()
    for keys, form, factor in chain(_single(target), double):
        if any(_explains(target, form, factor, variant, trials) for variant in (0, -1)):
            return keys
    return ()


def _single(target):
    for key, mistake in target.mistakes.items():
        for form in mistake.forms:
            if key not in AT_FAR:
                yield (key,), form, _once


def _double(target):
    single = list(_single(target))
    for (keys, form, _), (other, factor) in product(single, _OF_THE_WHOLE.items()):
        if other in target.mistakes and other not in keys:
            yield (*keys, other), form, factor
    for (keys, form, _), (others, factor, _) in product(single, single):
        if others[0] in _FACTORS - {*keys} and form.part == factor.part == target.truth.part:
            both = f"({form.expression})*({factor.expression})/({target.truth.expression})"
            yield keys + others, Form(both, form.part), _once


def _once(_):
    return 1


def _values(target, form, trial):
    """Return what a form computes at a trial, in each shape, or nothing where it cannot."""
    try:
        return evaluate(form, trial.point.arguments, target.n_axes)
    except ValueError:  # shapes that do not fit together
        return []


def _explains(target, form, factor, variant, trials):
    compared = 0
    for trial in trials:
        values = _values(target, form, trial)
        if not values:
            if trial.outcome.problem != "raises":
                return False
            continue
        with np.errstate(all="ignore"):
            value = values[variant] * factor(trial.point.arguments)
            tolerance = _TOLERANCE * (trial.scale + np.abs(np.nan_to_num(value)))
        if not close(trial.outcome.value, value, tolerance):
            return False
        compared += np.isfinite(value).all()
    return compared >= 2
