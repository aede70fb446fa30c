"""Recognises which classic mistake a function makes that a student wrote.

The function is called at points that `crossentropy._probes` chooses, and what it gives is compared
with the truth and with every mistake of `crossentropy.mistakes`, by value alone: any correct style
is right, and a mistake is the same mistake however it is written.
"""

from dataclasses import dataclass, replace

import numpy as np

from crossentropy._explanations import explanation
from crossentropy._outcomes import agree, outcome_of, shown
from crossentropy._probes import KINDS, MODERATE, points
from crossentropy._symptoms import symptom
from crossentropy._trials import has_lost_digits, is_clipped, trial_of
from crossentropy.mistakes import GENERAL, TARGETS

__all__ = ["MAX_CALLS", "Counterexample", "Diagnosis", "diagnose"]

MAX_CALLS = 40
"""No function is called more often than this in one diagnosis."""

NOTHING_SATURATES, NOTHING_OVERFLOWS = 30, 100
"""Up to the first logit p is not rounded to 0 or 1; up to the second no power of e^z overflows."""

UNKNOWN = "Do this point by hand, one factor after the other, and print the same in your code."


@dataclass(frozen=True)
class Counterexample:
    """A point at which the function is wrong, as text: arguments by name, expected, and got.

    `drawn` says whether the random generator drew the point: a grader may want to keep it secret.
    """

    arguments: dict[str, str]
    expected: str
    got: str
    drawn: bool

    def __str__(self):
        """Return it as one sentence."""
        point = ", ".join(f"{name} = {value}" for name, value in self.arguments.items())
        return f"At {point}: expected {self.expected}, got {self.got}."


@dataclass(frozen=True)
class Diagnosis:
    """What `diagnose` found.

    Attributes
    ----------
    right : bool
        Whether every value is right within the tolerance.
    mistakes : tuple of str
        The keys of one or of two mistakes that together explain every value; empty if none do.
        A right function may have one of ``lost-digits`` and ``changes-arguments``, as a remark.
    message : str
        The verdict in words.
    hint : str
        What leads to the repair, or nothing.
    counterexample : Counterexample or None
        The simplest point tried at which the function is wrong.
    """

    right: bool
    mistakes: tuple[str, ...]
    message: str
    hint: str = ""
    counterexample: Counterexample | None = None

    @property
    def mistake(self):
        """The key of the first mistake, or None."""
        return self.mistakes[0] if self.mistakes else None

    def __str__(self):
        """Return message, counterexample and hint, a line each."""
        parts = [self.message, self.counterexample, self.hint and f"Hint: {self.hint}"]
        return "\n".join(str(part) for part in parts if part)


def diagnose(name, function, *, rng=None, soft_labels=False, tolerance=1e-11, reraise=()):
    """Try a student's function, and say whether it is right or which mistake it makes.

    It is called at most `MAX_CALLS` times, with copies of the arguments by position.  Samples have
    1 to 4 features, data sets 1 to 6 samples, labels are 0 or 1; logits are moderate, then as far
    out as ±1e5.  Shapes count; an int, a list or any other kind of array is as good as an ndarray.

    Parameters
    ----------
    name : str
        What the function should compute: a key of `crossentropy.mistakes.TARGETS`.
    function : callable
        The student's function.
    rng : numpy.random.Generator, optional
        Draws some of the points; if None, they are the same at each call.
    soft_labels : bool
        Whether it must be right for labels between 0 and 1, too.
    tolerance : float
        How far a right value may be off, in units of the size of its terms; 1e-5 at least, if it
        comes as float32.
    reraise : tuple of exception types
        Those that are not the function's own and pass through: of a sandbox that is lost, say.

    Returns
    -------
    Diagnosis
        The verdict.

    Raises
    ------
    ValueError
        If there is no target of this name.
    BaseException
        What is no `Exception`, such as `SystemExit` and `KeyboardInterrupt`, and what `reraise`
        names.  Every other exception of the function is caught and becomes part of the verdict.
        An endless loop is not ended: the caller has to limit time, memory and output.  A
        `TimeoutError`, with which a caller's limit ends a call, is the last call of the diagnosis.

    Examples
    --------
    >>> from crossentropy import logistic
    >>> diagnosis = diagnose("loss_gradient", lambda w, x, y: x * (y - logistic(w, x)))
    >>> diagnosis.right, diagnosis.mistake
    (False, 'sign')
    >>> print(diagnosis.counterexample)
    At w = (1, 0.5), x = (2, −1), y = 1: expected (−0.3649, 0.1824), got (0.3649, −0.1824).
    """
    if name not in TARGETS:
        raise ValueError(f"name must be one of {', '.join(TARGETS)}, came {name!r}")
    target = TARGETS[name]
    rng = np.random.default_rng(0) if rng is None else rng
    trials = []
    for point in points(target.arguments, rng):
        trials.append(trial_of(target, function, point, tolerance, reraise))
        if trials[-1].outcome.problem == "endless":
            return _general("endless", trials[-1])
    again = outcome_of(function, trials[0].point.arguments, reraise)
    if not agree(again, trials[0].outcome):
        return _general("not-deterministic", replace(trials[0], outcome=again))
    kinds = {kind: [t for t in trials if t.point.kind == kind] for kind in KINDS}
    if not all(trial.is_right() for trial in kinds["moderate"]):
        return _of_wrong(target, kinds["moderate"], kinds["soft"])
    return (
        _of_wrong_far(target, [t for t in kinds["far"] if not t.is_right()])
        or _of_wrong_soft([t for t in kinds["soft"] if soft_labels and not t.is_right()])
        or _of_right(target, kinds["moderate"] + kinds["far"])
    )


def _of_wrong(target, trials, soft):
    """Return the verdict on a function that is wrong where logits are moderate."""
    first = next(trial for trial in trials if not trial.is_right())
    if all(trial.is_roughly_right() for trial in trials):
        return _general("approximate", first)
    keys = explanation(target, trials, soft)
    if keys:
        names = "; ".join(target.mistakes[key].name for key in keys)
        several = "Not right, for two reasons" if len(keys) > 1 else "Not right"
        hint = " ".join(target.mistakes[key].hint for key in keys)
        return Diagnosis(False, keys, f"{several}: {names}.", hint, _counterexample(first))
    key, detail = symptom(trials)
    if key:
        return _general(key, first, detail)
    message = f"Not right, and of no kind that is known here. {detail}".strip()
    return Diagnosis(False, (), message, UNKNOWN, _counterexample(first))


def _of_wrong_far(target, wrong):
    """Return the verdict on a function that is right for moderate logits, if wrong far out."""
    if not wrong:
        return None
    lost = [t for t in wrong if t.has_no_value()]
    key = _why_lost(abs(lost[0].logit())) if lost else "clipped" if is_clipped(wrong) else None
    mistake = target.mistakes.get(key, GENERAL["wrong-at-extremes"])
    first = next(t for t in lost or wrong if mistake.key != "clipped" or t.is_large())
    at = f"{first.outcome.shown} at z = {shown(first.logit())}"
    message = f"Right for z from −{MODERATE} to {MODERATE}, but {at}: {mistake.name}."
    return Diagnosis(False, (mistake.key,), message, mistake.hint, _counterexample(first))


def _why_lost(size):
    """Return the key of the usual reason why there is no value for a logit of this size."""
    if size < NOTHING_SATURATES:
        return None
    return "saturated" if size < NOTHING_OVERFLOWS else "overflow"


def _of_wrong_soft(wrong):
    return _general("hard-labels-only", wrong[0]) if wrong else None


def _of_right(target, trials):
    """Return the verdict on a function that is right, with a remark if there is one to make."""
    changed = [trial for trial in trials if trial.outcome.changed]
    if changed:
        mistake = GENERAL["changes-arguments"]
        name = f"{mistake.name} (here {changed[0].outcome.changed})"
        return Diagnosis(True, (mistake.key,), f"Right, but {name}.", mistake.hint)
    lost = [t for t in trials if t.point.kind == "far" and has_lost_digits(t)]
    if lost and "lost-digits" in target.mistakes:
        mistake = target.mistakes["lost-digits"]
        example = _counterexample(lost[0])
        return Diagnosis(True, (mistake.key,), f"Right, but {mistake.name}.", mistake.hint, example)
    return Diagnosis(True, (), f"Right at all {len(trials)} points that were tried.")


def _general(key, trial, detail=""):
    """Return the verdict of a mistake that any function may make."""
    mistake = GENERAL[key]
    message = f"Not right: {mistake.name}{detail}."
    return Diagnosis(False, (key,), message, mistake.hint, _counterexample(trial))


def _counterexample(trial):
    arguments = {name: shown(value) for name, value in trial.point.arguments.items()}
    expected, got = shown(trial.expected), trial.outcome.shown
    if expected == got:  # they differ behind the digits that are shown
        expected, got = shown(trial.expected, 14), shown(trial.outcome.value, 14)
    return Counterexample(arguments, expected, got, trial.point.drawn)
