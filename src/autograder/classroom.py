"""A whole class: grade what is not graded yet, and keep files and gradebook in step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from autograder.autograded import MasterCell, autograded
from autograder.course import Course, key_of
from autograder.gradebook import CourseGradebook, Grade, GradebookError
from autograder.grading import Graded, Task, not_graded
from autograder.marks import GRADED, NEEDS_MANUAL, Mark, Question
from autograder.submission import Submission, UnreadableError

__all__ = ["BY_HAND", "Classroom"]

BY_HAND = "by-hand"  # the status of a mark that a person gave in nbgrader
HANDED_IN_AGAIN = "It was handed in again while it was graded: run the same command once more."


class Classroom:
    """The submissions of one assignment, and how they were graded.

    Parameters
    ----------
    course : Course
    gradebook : CourseGradebook
    questions : sequence of Question
    template : Task
        A task without student and cells, which each submission fills in.

    Attributes
    ----------
    results : dict of str to Graded
        By student; complete once `grade` has run to its end.
    waiting : list of str
        Students whose submission is readable and not graded yet.
    """

    def __init__(
        self,
        course: Course,
        gradebook: CourseGradebook,
        questions: Sequence[Question],
        template: Task,
    ):
        self.course, self.gradebook = course, gradebook
        self.questions, self.template = questions, template
        self.masters, self.given = gradebook.masters(), course.given()
        check_points(questions, self.masters)
        self.results: dict[str, Graded] = {}
        self.waiting: list[str] = []
        self.look()

    def look(self) -> None:
        """Sort the submissions into graded before, unreadable, and waiting."""
        known = self.gradebook.students()
        for student in self.course.students():
            try:
                key = self.key(student, self.course.read(student))
            except UnreadableError as error:
                self.give_up(student, error)
                continue
            before = self.course.recorded(student, key) if student in known else None
            if before:
                self.results[student] = before
            else:
                self.waiting.append(student)

    def give_up(self, student: str, error: UnreadableError) -> None:
        """Note that there is no notebook to be graded, and why."""
        reason = f"The notebook is {error}."
        self.results[student] = not_graded(self.questions, "unreadable notebook", reason)

    def key(self, student: str, submission: Submission) -> str:
        """Return a name for all that the marks of a submission depend on."""
        return key_of(submission, student, self.template.salt, self.template.definition)

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each submission that waits, and has not been taken away meanwhile."""
        for student in self.waiting:
            try:
                cells = tuple(self.course.read(student).code)
            except UnreadableError as error:
                self.give_up(student, error)
                continue
            salt = f"{self.template.salt}/{student}"
            yield replace(self.template, student=student, cells=cells, salt=salt)

    def grade(self, run: Callable[[Iterable[Task]], Iterable[tuple[Task, Graded]]]) -> Iterator:
        """Run the tasks and store what comes of them; yield after each one."""
        for task, graded in run(self.tasks()):
            if submission := self.graded_submission(task):
                self.store(task.student, submission, graded)
            else:
                graded = not_graded(self.questions, "handed in again", HANDED_IN_AGAIN)
            self.results[task.student] = graded
            yield task.student

    def graded_submission(self, task: Task) -> Submission | None:
        """Return the submission, if it still is what was graded."""
        try:
            submission = self.course.read(task.student)
        except UnreadableError:
            return None
        return submission if tuple(submission.code) == task.cells else None

    def store(self, student: str, submission: Submission, graded: Graded) -> None:
        """Write the notebook, then the gradebook, then the record that both are done."""
        if len(graded.missing) == len(graded.marks):
            return
        timestamp = self.course.timestamp(student)
        notebook = autograded(submission, self.masters, self.questions, graded, self.given)
        names = {question.number: question.grade_id for question in self.questions}
        undecided = {names[mark.question] for mark in graded.missing}
        self.course.write_autograded(student, notebook, timestamp)
        self.gradebook.fill(student, notebook, timestamp, undecided)
        if not graded.missing:
            self.course.write_record(student, self.key(student, submission), graded)

    def rows(self) -> Iterator[tuple]:
        """Yield the rows of ``marks.csv``, with the marks that a person gave in nbgrader."""
        grades = self.gradebook.grades()
        for student, graded in sorted(self.results.items()):
            for question, mark in zip(self.questions, graded.marks, strict=True):
                mark = decided(mark, grades.get((student, question.grade_id)))
                points = "" if mark.points is None else f"{mark.points:g}"
                most = f"{mark.max_points:g}"
                yield student, mark.question, points, most, mark.status, mark.diagnosis


def decided(mark: Mark, grade: Grade | None) -> Mark:
    """Return a mark after a person, or nbgrader for an answer not begun, has had a say."""
    if grade is not None and grade.manual_score is not None:
        points = grade.manual_score + (grade.extra_credit or 0)
        return replace(mark, points=points, status=BY_HAND)
    if grade is not None and mark.status == NEEDS_MANUAL and grade.auto_score is not None:
        return replace(mark, points=grade.auto_score, status=GRADED, diagnosis="not answered")
    return mark


def check_points(questions: Sequence[Question], masters: Sequence[MasterCell]) -> None:
    """Raise GradebookError unless the gradebook has a cell of the same points for each question."""
    points = {master.name: master.nbgrader.get("points") for master in masters}
    for question in questions:
        if points.get(question.grade_id) != question.max_points:
            raise GradebookError(
                f"In the gradebook, question {question.number} should have a cell "
                f"{question.grade_id!r} with {question.max_points:g} points, and there is "
                f"{points.get(question.grade_id, 'none')}. After a change of the assignment, run: "
                "nbgrader generate_assignment"
            )
