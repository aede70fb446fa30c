"""What a question is, what a notebook must offer to be judged, and the mark that comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

__all__ = ["CALL_SECONDS", "Mark", "Question", "Student", "StudentFailure"]

CALL_SECONDS = 5.0

GRADED = "graded"  # points stand
NOT_GRADED = "not-graded"  # the grader could not do its work: never a zero
NEEDS_MANUAL = "needs-manual"  # a person reads the answer

# missing: no such name; raised: an exception; timeout: past its limit; died: its process ended;
# unreadable: a value that is no number, text, list or array of them, or is too large
KINDS = ("missing", "raised", "timeout", "died", "unreadable")


class StudentFailure(Exception):  # noqa: N818 - the student's failure, not an error of the grader
    """The student's code gave no value, and the kind says why.

    A judge may catch it, to give points for the rest of a question.  One that it lets through
    makes the question 0 points, with `kind` as diagnosis and `message` as feedback.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    message : str
        A sentence in Markdown for the student, which quotes nothing that could carry an input.
    detail : str
        What the exception says.  It may quote the inputs of this call and of earlier ones, and it
        is the student's text: make it harmless, and show it only where all inputs were public.
    """

    def __init__(self, kind: str, message: str, detail: str = ""):
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {KINDS}, came {kind!r}")
        super().__init__(message)
        self.kind, self.message, self.detail = kind, message, detail


class Student(Protocol):
    """An executed notebook that can be asked, but not trusted.

    Values are None, bool, int, float, complex, str, and lists, tuples, dicts, NumPy scalars and
    arrays of them.  An array keeps its dtype, so a judge can tell float32 from float64; tuples
    arrive as lists, whole numbers that are keys of a dict as text, and an entry of a dict that is
    none of these as None.  Whatever returns may be wrong in any way: of another type, shape or
    size, NaN, infinite.
    """

    source: str
    """The code cells as text, in order, magics included."""

    def call(self, name: str, *arguments: Any, limit: float = CALL_SECONDS) -> Any:
        """Return ``name(*arguments)`` of the notebook's global function, or raise StudentFailure.

        A Python callable among the arguments runs here, on the trusted side, each time that the
        student's function calls it; it should expect any argument.  A `Near` has a copy in
        the sandbox, which saves the way here.  `limit` is in seconds of wall time for the whole
        call.
        """

    def variable(self, name: str) -> Any:
        """Return the value of a global variable of the notebook, or raise StudentFailure."""

    def forget(self) -> None:
        """Go back to where the notebook is after its last cell.

        It costs milliseconds, and happens by itself before each question that may call functions.
        """

    def unaware(self) -> "Student":
        """Return the same notebook where it has never been asked anything that is secret.

        Ask this one for each answer that the feedback will show: what hidden inputs an answer may
        have seen and kept, in a file or in a process that it left behind, is out of its reach.  Ask
        it for public inputs alone.  It costs as much as to run the cells again, once a notebook.
        """


@dataclass(frozen=True)
class Mark:
    """What one question of one notebook earned.

    Attributes
    ----------
    question : int
        Its number.
    points : float or None
        None where no one has decided yet: not graded, or graded by hand.
    max_points : float
    status : str
        ``graded``, ``needs-manual`` or ``not-graded``.
    diagnosis : str
        The mistake in a word or two (``sign``, ``missing x``), the same for everyone who makes
        it, or empty: what the class report counts.
    feedback : str
        Markdown for the student.
    """

    question: int
    points: float | None
    max_points: float
    status: str = GRADED
    diagnosis: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """One question of an assignment.

    Attributes
    ----------
    number : int
    title : str
    grade_id : str
        The nbgrader cell that carries its points.
    max_points : float
    judge : callable or None
        ``judge(student, rng)`` returns a `Mark`; all randomness comes from `rng`, a NumPy
        generator of this student and question.  None: a person grades it.
    reads_only : bool
        Whether the judge reads variables alone.  Such a question is judged before those that call
        functions with hidden inputs, so that no variable can tell of these.
    """

    number: int
    title: str
    grade_id: str
    max_points: float
    judge: Callable[[Student, np.random.Generator], Mark] | None
    reads_only: bool = False
