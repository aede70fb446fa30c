"""Marks for one notebook: its cells run in a sandbox, the questions are judged out here."""

import functools
import hashlib
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from autograder.marks import GRADED, NEEDS_MANUAL, NOT_GRADED, Mark, Question, StudentFailure
from autograder.questions import QUESTIONS
from autograder.sandbox import Limits, SandboxError
from autograder.sandboxed import SandboxedStudent
from autograder.session import CellRun
from autograder.submission import UnreadableError, read_submission
from autograder.text import as_code_block

__all__ = ["Graded", "Task", "grade", "grade_cells", "not_graded", "perform", "questions_of"]

LONGEST = 10_000  # characters of feedback to one question


@dataclass(frozen=True)
class Graded:
    """The marks of a notebook and what happened when its code cells ran.

    Attributes
    ----------
    marks : list of Mark
        One for each question, in order.
    runs : list of CellRun
        One for each code cell.
    notes : list of str
        What the grader did about statements that ended or outlasted the sandbox.
    """

    marks: list[Mark]
    runs: list[CellRun]
    notes: list[str]

    @property
    def missing(self) -> list[Mark]:
        """The marks that could not be made, which says nothing about the notebook's worth."""
        return [mark for mark in self.marks if mark.status == NOT_GRADED]

    def to_dict(self) -> dict:
        """Return it in terms of JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict) -> "Graded":
        """Return what `to_dict` was called on."""
        marks = [Mark(**mark) for mark in data["marks"]]
        return cls(marks, [CellRun(**run) for run in data["runs"]], data["notes"])


@dataclass(frozen=True)
class Task:
    """A notebook to be graded, with all that a worker on another machine must know.

    Attributes
    ----------
    student, assignment : str
    cells : tuple of str
        The text of the code cells.
    salt : str
        What the random inputs follow from, with the notebook and the question; secret.
    definition : str
        The text of a Python file that defines ``QUESTIONS``, in place of the ones known here.
    limits : Limits
    confined : bool
    """

    student: str
    assignment: str
    cells: tuple[str, ...]
    salt: str
    definition: str = ""
    limits: Limits = field(default_factory=Limits)
    confined: bool = True


def perform(task: Task) -> Graded:
    """Grade a notebook."""
    questions = questions_of(task.assignment, task.definition)
    return grade_cells(task.cells, questions, task.salt, task.limits, confined=task.confined)


@functools.lru_cache(maxsize=8)
def questions_of(assignment: str, definition: str = "") -> tuple[Question, ...]:
    """Return the questions of an assignment, of a definition where there is one.

    Raises
    ------
    KeyError
        If there is no such assignment.
    """
    if not definition:
        return tuple(QUESTIONS[assignment])
    names: dict = {}
    exec(compile(definition, "questions", "exec"), names)  # the instructor's own file
    return tuple(names["QUESTIONS"])


def grade(
    notebook_path: str | Path,
    assignment: str,
    seed: str,
    *,
    student: str = "",
    limits: Limits | None = None,
    confined: bool = True,
) -> list[Mark]:
    """Return the marks of a notebook, one for each question of an assignment.

    Parameters
    ----------
    notebook_path : path
    assignment : str
        A key of `autograder.questions.QUESTIONS`.
    seed : str
        The secret from which, with the student's name and notebook, all random inputs follow: the
        same notebook gets the same marks, in whatever order and on whatever machine.
    student : str, optional
    limits : Limits, optional
    confined : bool, optional
        False runs the notebook without a sandbox; see `autograder.sandbox.Sandbox`.
    """
    questions = QUESTIONS[assignment]
    try:
        code = read_submission(notebook_path).code
    except UnreadableError as error:
        return not_graded(questions, "unreadable notebook", f"The notebook is {error}.").marks
    salt = f"{seed}/{assignment}/{student}"
    return grade_cells(code, questions, salt, limits, confined=confined).marks


def grade_cells(
    cells: Sequence[str],
    questions: Sequence[Question],
    salt: str,
    limits: Limits | None = None,
    *,
    confined: bool = True,
) -> Graded:
    """Run code cells and judge each question; no cells whatever make it raise."""
    try:
        with SandboxedStudent(cells, limits, confined=confined) as student:
            in_turn = sorted(questions, key=lambda question: not question.reads_only)
            marks = {question.number: judged(question, student, salt) for question in in_turn}
            in_order, session = [marks[question.number] for question in questions], student.session
            return Graded(in_order, session.runs, [stop.text for stop in session.stops])
    except SandboxError as error:
        return not_graded(questions, "no sandbox", str(error))
    except StudentFailure as failed:
        return Graded([failed_mark(question, failed) for question in questions], [], [])


def not_graded(questions: Sequence[Question], diagnosis: str, reason: str) -> Graded:
    """Return marks without points, and the reason why."""
    marks = [
        Mark(question.number, None, question.max_points, NOT_GRADED, diagnosis, reason)
        for question in questions
    ]
    return Graded(marks, [], [reason])


def judged(question, student, salt):
    """Return the mark of one question."""
    if question.judge is None:
        return Mark(question.number, None, question.max_points, NEEDS_MANUAL)
    try:
        if not question.reads_only:
            student.forget()
        mark = question.judge(student, generator(salt, student.source, question.number))
        if mark.points is not None and not 0 <= mark.points <= question.max_points:
            raise ValueError(f"{mark.points} points of {question.max_points}")
        return replace(mark, feedback=mark.feedback[:LONGEST])
    except StudentFailure as failed:
        return failed_mark(question, failed)
    except SandboxError:
        raise
    except Exception:  # a fault of the judge: not the student's loss, and not the end of the run
        reason = traceback.format_exc()
        number, most = question.number, question.max_points
        return Mark(number, None, most, NOT_GRADED, "fault of the grader", as_code_block(reason))


def failed_mark(question, failed):
    """Return the mark of a question to which the notebook gave no value."""
    if question.judge is None:
        return Mark(question.number, None, question.max_points, NEEDS_MANUAL)
    return Mark(question.number, 0.0, question.max_points, GRADED, failed.kind, failed.message)


def generator(salt: str, source: str, number: int) -> np.random.Generator:
    """Return the random numbers of one question of one notebook.

    They depend on the notebook, so what a student learns of its inputs is of no use for another.
    """
    digest = hashlib.sha256(f"{salt}/{number}/".encode() + source.encode(errors="surrogatepass"))
    return np.random.default_rng(int.from_bytes(digest.digest()))
