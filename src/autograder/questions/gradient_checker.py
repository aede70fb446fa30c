"""Question 6: a checker of gradients, tried on right and on wrong ones."""

import numpy as np

from autograder.marks import Mark, Question, Student
from autograder.near import Near
from autograder.questions.answers import as_verdict, mark
from autograder.questions.data import costly_data
from crossentropy import logistic, mean_loss, mean_loss_gradient

NAME = "gradient_is_correct"
N, FEATURES = 12, (1, 3, 4)
UNSEEN = 1  # features up to which the loss stays outside the sandbox
SPREAD = 2  # of the scores, where the components of the weights are of size 1
ACCEPTED, REJECTED = [True] * len(FEATURES), [False] * len(FEATURES)
BEYOND = 10  # scores that a gradient is wrong at


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """One point for each fault that is always found, none if a right gradient is ever rejected.

    All cases come in random order, so that a count of the calls tells nothing.
    """
    cases = [(fault, d) for fault in ("", *FAULTS) for d in FEATURES]
    verdicts: dict[str, list] = {fault: [] for fault in ("", *FAULTS)}
    for place in rng.permutation(len(cases)):
        fault, d = cases[place]
        gradient = FAULTS.get(fault, mean_loss_gradient)
        verdicts[fault].append(_verdict(student, gradient, *_data(rng, d)))
    right = verdicts.pop("")
    if None in right:
        return mark(QUESTION, 0, "not answered", f"`{NAME}` must return `True` or `False`.")
    found = [fault for fault, given in verdicts.items() if given == REJECTED]
    if not all(right):
        return _of_rejected(found, verdicts, any(right))
    missed = [fault for fault in FAULTS if fault not in found]
    if not missed:
        return mark(QUESTION, 4)
    if all(given == ACCEPTED for given in verdicts.values()):
        return mark(QUESTION, 0, "accepts everything", "It finds none of the four faults.")
    feedback = " ".join(f"It does not reject every gradient {HINTS[f]}" for f in missed)
    if any(None in given for given in verdicts.values()):
        feedback = f"Where a gradient is wrong, `{NAME}` must return `False`. {feedback}"
    return mark(QUESTION, len(found), ", ".join(f"accepts {fault}" for fault in missed), feedback)


def _data(rng, d):
    """Return samples and labels drawn without regard to them, so that far out, too, some fail.

    One feature gives scores as large as four do, and is negative.  So there, where a direction is
    no more than a sign, no fault leaves it as it is but the factor.
    """
    _, X, y = costly_data(rng, N, d, largest=1)
    return SPREAD / np.sqrt(d) * (X if d > 1 else -np.abs(X)), y


def _verdict(student, gradient, X, y):
    """Return whether the checker accepts a gradient of the mean loss; None if it does not say.

    A copy of the loss is fast, but its data can be read and the gradient computed from them.  So
    with one feature there is no copy: where nothing but differences tells, each fault is tried.
    """
    d = X.shape[1]

    def loss(w):
        return mean_loss(w, X, y)

    given = Near("mean_loss", (X, y), loss) if d > UNSEEN else loss
    return as_verdict(student.call(NAME, given, lambda w: gradient(w, X, y), d))


def _of_rejected(found, verdicts, sometimes_accepts):
    """Return the mark of a checker that rejects a right gradient."""
    if not sometimes_accepts and all(given == ACCEPTED for given in verdicts.values()):
        reversed_ = "Its verdicts are the wrong way round: it rejects right gradients alone."
        return mark(QUESTION, 0, "verdicts reversed", reversed_)
    hint = (
        "Rounding leaves an error in every difference: ask how large it may be, and look at your "
        "tolerance and your step. And how far apart are the two points, by which you divide?"
    )
    if len(found) == len(FAULTS) and not sometimes_accepts:
        feedback = f"It rejects every gradient, right or wrong. {hint}"
        return mark(QUESTION, 0, "rejects everything", feedback)
    return mark(QUESTION, 0, "rejects a right gradient", f"It rejects right gradients. {hint}")


def _without_x(w, X, y):
    return np.full(X.shape[1], np.mean(logistic(w, X) - y))


def _wrong_beyond(w, X, y):
    """Return a gradient whose far samples count backwards and twice, which changes sign and size.

    So it can be told by either, with one feature too, where a direction is no more than a sign.
    """
    residual = logistic(w, X) - y
    return X.T @ np.where(np.abs(X @ w) > BEYOND, -2 * residual, residual) / len(y)


FAULTS = {
    "sign": lambda w, X, y: -mean_loss_gradient(w, X, y),
    "missing x": _without_x,
    "factor n": lambda w, X, y: len(y) * mean_loss_gradient(w, X, y),
    "large scores": _wrong_beyond,
}
HINTS = {
    "sign": "that has the wrong sign. Compare the two as they are, not their sizes.",
    "missing x": "whose components are all the mean error. Compare every component.",
    "factor n": "that is n times too large. Compare the two as they are, not their directions.",
    "large scores": "that is wrong only where scores are large. Look at weights up to 20 in size.",
}

QUESTION = Question(6, "A checker of gradients", "q6", 4, judge)
