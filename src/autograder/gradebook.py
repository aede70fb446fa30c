"""nbgrader's gradebook, filled with marks that were made elsewhere, by one process at a time."""

import logging
import os
import sys
from collections.abc import Container
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Grade, Gradebook, MissingEntry
from nbgrader.apps.baseapp import NbGrader
from nbgrader.preprocessors import AssignLatePenalties

from autograder.autograded import MasterCell

__all__ = ["CourseGradebook", "GradebookError"]


class GradebookError(RuntimeError):
    """The gradebook does not know the assignment."""


class CourseGradebook:
    """The gradebook of a course folder, open for one assignment of one notebook.

    Parameters
    ----------
    root : path
        The course folder, with its ``nbgrader_config.py``.
    assignment : str
        Its notebook has the same name.
    """

    def __init__(self, root: Path, assignment: str):
        put_tools_on_path()
        self.app = NbGrader(log_level=logging.ERROR)
        self.app.initialize([], root=str(root.resolve()))
        self.assignment, self.course = assignment, self.app.coursedir
        self.gradebook = Gradebook(self.course.db_url, self.course.course_id)

    def __enter__(self):  # noqa: D105
        return self

    def __exit__(self, *_):  # noqa: D105
        self.gradebook.close()

    def masters(self) -> list[MasterCell]:
        """Return the cells of the assignment that nbgrader knows, in order."""
        try:
            notebook = self.gradebook.find_notebook(self.assignment, self.assignment)
        except MissingEntry as error:
            raise GradebookError(
                f"The gradebook does not know the assignment {self.assignment!r} yet. "
                f"In the course folder, run: nbgrader generate_assignment {self.assignment}"
            ) from error
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        points |= {cell.name: cell.max_score for cell in notebook.task_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        return [
            MasterCell(
                cell.cell_type,
                cell.source,
                {
                    "schema_version": 3,
                    "grade_id": cell.name,
                    "grade": cell.name in points and cell.name not in tasks,
                    "solution": cell.name in solutions,
                    "task": cell.name in tasks,
                    "locked": cell.locked,
                    "checksum": cell.checksum,
                    "cell_type": cell.cell_type,
                    **({"points": points[cell.name]} if cell.name in points else {}),
                },
            )
            for cell in notebook.source_cells
        ]

    def students(self) -> set[str]:
        """Return who has a submission in the gradebook."""
        submissions = self.gradebook.assignment_submissions(self.assignment)
        return {submission.student.id for submission in submissions}

    def fill(
        self,
        student: str,
        notebook: NotebookNode,
        timestamp: str | None = None,
        undecided: Container[str] = (),
    ) -> None:
        """Write the marks of an autograded notebook; marks given by hand stay as they are.

        A cell among the undecided ones gets no points, and waits for a person.
        """
        timed = {"timestamp": timestamp} if timestamp else {}
        with one_transaction(self.gradebook.db):
            self.gradebook.update_or_create_student(student)
            submission = self.gradebook.update_or_create_submission(
                self.assignment, student, **timed
            )
            (submitted,) = [n for n in submission.notebooks if n.name == self.assignment]
            mark(submitted, notebook, undecided)
            late = submission.total_seconds_late > 0
        if late:
            self.assign_late_penalty(student, notebook)

    def assign_late_penalty(self, student, notebook):
        """Have nbgrader decide what being late costs, as the course is configured."""
        names = {"notebook": self.assignment, "assignment": self.assignment, "student": student}
        resources = {"nbgrader": {**names, "db_url": self.course.db_url}}
        AssignLatePenalties(parent=self.app).preprocess(notebook, resources)

    def grades(self) -> dict[tuple[str, str], Grade]:
        """Return nbgrader's grades, by student and by the name of the cell."""
        return {
            (submission.student.id, grade.name): grade
            for submission in self.gradebook.assignment_submissions(self.assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def mark(submitted, notebook, undecided):
    """Put the marks and comments of an autograded notebook into nbgrader's record of it."""
    grades = {grade.name: grade for grade in submitted.grades}
    comments = {comment.name: comment for comment in submitted.comments}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in grades and utils.is_grade(cell):
            grade, (points, _) = grades[name], utils.determine_grade(cell)
            points = None if name in undecided else points
            grade.auto_score = points
            grade.needs_manual_grade = points is None or grade.manual_score is not None
        if name in comments:
            same = cell.metadata.nbgrader.checksum == utils.compute_checksum(cell)
            same = same and not utils.is_task(cell)
            comments[name].auto_comment = "No response." if same else None


@contextmanager
def one_transaction(session):
    """Have nbgrader's methods, each of which commits, write everything or nothing."""
    session.commit = session.flush
    try:
        with session.no_autoflush:  # or SQLAlchemy warns about what nbgrader does
            yield
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.commit
    session.commit()


def put_tools_on_path():
    """Put this environment's programs on the path: nbgrader calls one of them by its name."""
    tools = str(Path(sys.executable).parent)
    if tools not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([tools, os.environ["PATH"]])
