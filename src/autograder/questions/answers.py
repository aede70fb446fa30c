"""What the questions share: reading a value that a student returned, and writing the mark."""

import numpy as np

from autograder.marks import Mark, Question, Student, StudentFailure

__all__ = [
    "TOLERANCE",
    "agrees",
    "as_numbers",
    "as_verdict",
    "holds_text",
    "is_blank",
    "mark",
    "numbers_of",
    "unanswered",
]

TOLERANCE = 1e-5  # relative, as the notebook says: float32 is precise enough


def mark(question: Question, points: float, diagnosis: str = "", feedback: str = "") -> Mark:
    """Return the mark of a question that was graded."""
    right = "Right." if points == question.max_points else ""
    text = " ".join(filter(None, [right, feedback]))
    return Mark(question.number, points, question.max_points, diagnosis=diagnosis, feedback=text)


def unanswered(question: Question) -> Mark:
    """Return the mark of a question that was left open."""
    return mark(question, 0, "not answered", "Not answered.")


def is_blank(value) -> bool:
    """Whether a value is what the notebook holds before somebody answers: nothing, in brackets."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def as_numbers(value) -> np.ndarray | None:
    """Return a number, a list or an array as float64; None if it is not made of real numbers.

    Examples
    --------
    >>> as_numbers([1, 2.5])
    array([1. , 2.5])
    >>> as_numbers([[1], [2, 3]]) is as_numbers("1") is as_numbers(None) is None
    True
    """
    if holds_text(value):
        return None
    try:
        array = np.array(value)
    except (ValueError, OverflowError):  # rows of unequal length
        return None
    return array.astype(np.float64) if array.dtype.kind in "biuf" else None


def holds_text(value) -> bool:
    """Whether a value is text, or a list with text in it.

    NumPy would make an array of it with room for the longest text in every entry, so that a few
    megabytes could take many gigabytes.
    """
    return isinstance(value, str) or (isinstance(value, list) and any(map(holds_text, value)))


def as_verdict(value) -> bool | None:
    """Return True or False for what says so, also as an array of one entry; None for the rest."""
    number = as_numbers(value)
    said = number is not None and number.size == 1 and number.item() in (0, 1)
    return bool(number.item()) if said else None


def numbers_of(student: Student, name: str, *arguments) -> np.ndarray | None:
    """Call a student's function; None if it raises, or returns no real numbers.

    Raises
    ------
    StudentFailure
        If it gives no answer for another reason than an exception of its own.
    """
    try:
        return as_numbers(student.call(name, *arguments))
    except StudentFailure as failure:
        if failure.kind != "raised":
            raise
        return None


def agrees(value: np.ndarray | None, truth, scale) -> bool:
    """Whether a value has the right numbers, in whatever shape, up to TOLERANCE times a scale."""
    truth = np.asarray(truth)
    if value is None or value.size != truth.size:
        return False
    with np.errstate(invalid="ignore"):  # inf - inf
        return bool(np.all(np.abs(value.ravel() - truth.ravel()) <= TOLERANCE * scale))
