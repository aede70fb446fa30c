"""What is wrong with an answer, in words, and whether it is one slip, which earns half."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.marks import Student, StudentFailure
from autograder.questions.answers import TOLERANCE, as_numbers, holds_text
from crossentropy.diagnosis import diagnose
from crossentropy.mistakes import GENERAL

__all__ = ["OTHER_QUANTITY", "Slip", "explain", "explain_function"]

# Mistakes whose result is another quantity, and not the right one with a slip in it.
OTHER_QUANTITY = {
    "p-constant",
    "derivative-in-p",
    "swapped-arguments",
    "labels-forgotten",
    "squared-loss",
    "value-for-gradient",
    "gradient-for-value",
    "gradient-for-hessian",
    "weights-for-features",
    "means-multiplied",
    "outer-of-gradients",
    "residual-for-slope",
    "no-logistic",
}
SHAPES = {  # of the result, given w: a shape costs what its question says, and hides no mistake
    "mean_loss_gradient": lambda w: w.shape,
    "mean_loss": lambda w: (),
    "mean_loss_hessian": lambda w: w.shape * 2,
}
NO_SLIP = OTHER_QUANTITY | set(GENERAL) - {"constant-factor"}


@dataclass(frozen=True)
class Slip:
    """What is known of a wrong answer.

    Attributes
    ----------
    name : str
        What the class report counts: the keys of `crossentropy.mistakes`, or ``wrong``.
    share : float
        What share of the points it leaves: one half for one slip, else nothing.
    feedback : str
        Markdown for the student, with a counterexample that is the same for everyone.
    """

    name: str
    share: float
    feedback: str


NOTHING = Slip("not answered", 0, "Not answered, or the function does not end with `return`.")


class _LostError(Exception):
    """The sandbox gave no answer; carries the student's failure through a diagnosis."""


def explain(target: str, function: Callable) -> Slip:
    """Diagnose an answer that is known to be wrong.

    Its points are those that `diagnose` draws without a generator, so none of them is secret.
    """
    found = diagnose(target, function, tolerance=TOLERANCE, reraise=(_LostError,))
    if found.mistake == "nothing-returned":
        return NOTHING
    if found.right:  # wrong on hidden inputs alone
        return Slip("wrong", 0, "Right for simple inputs, but not for all that are allowed.")
    one_slip = len(found.mistakes) == 1 and found.mistake not in NO_SLIP
    parts = [found.message, found.counterexample, found.hint and f"Hint: {found.hint}"]
    feedback = _plain(" ".join(str(part) for part in parts if part))
    return Slip(" + ".join(found.mistakes) or "wrong", 0.5 if one_slip else 0, feedback)


def _plain(text):
    """Return a diagnosis in which a failure's own sentence is a part of another one."""
    text = text.replace("got StudentFailure: ", "but ").replace("StudentFailure: ", "")
    return text.replace("`. at z", "` at z").replace("..", ".")


def explain_function(student: Student, name: str) -> Slip:
    """Diagnose a function of the notebook, of a data set, that is known to be wrong.

    What another shape costs is for the question to say: it hides no mistake in the numbers.
    """
    if _returns_nothing(student, name):
        return NOTHING
    unaware, arrays = student.unaware(), []

    def function(w, X, y):
        labels = y.astype(int) if np.isin(y, (0, 1)).all() else y  # as the hidden ones are
        try:
            value = unaware.call(name, w, X, labels)
        except StudentFailure as failure:
            if failure.kind == "raised":
                raise
            raise _LostError from failure
        arrays.append((as_numbers(value), SHAPES[name](w)))
        return "text" if holds_text(value) else value

    def function_in_shape(w, X, y):
        return np.reshape(function(w, X, y), SHAPES[name](w))

    try:
        slip = explain(name, function)
        are_sized = all(a is not None and a.size == math.prod(shape) for a, shape in arrays)
        if are_sized and any(a.shape != shape for a, shape in arrays):
            slip = explain(name, function_in_shape)
        return slip
    except _LostError as lost:
        raise lost.__cause__ from None


def _returns_nothing(student, name):
    """Return whether a function is not begun: that is known without a sandbox of its own."""
    try:
        return student.call(name, np.zeros(1), np.ones((1, 1)), np.zeros(1, dtype=int)) is None
    except StudentFailure:
        return False
