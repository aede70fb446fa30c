"""Grade an assignment: ``python -m autograder grade gradient --course-dir assignments ...``.

Exit status: 0 when every readable notebook is graded, 1 when some are not and another run may help,
2 when nothing could be begun or the cluster went away, 130 when it was interrupted.
"""

import argparse
import fcntl
import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tqdm import tqdm

from autograder.classroom import Classroom
from autograder.course import Course, unsafe_folders
from autograder.gradebook import CourseGradebook, GradebookError
from autograder.grading import Task, questions_of
from autograder.questions import QUESTIONS
from autograder.report import class_report, left_out, summary
from autograder.sandbox import SandboxError, require_sandbox
from autograder.seeds import SeedError, read_seed
from autograder.workers import ClusterError, on_cluster, on_this_machine

UNSAFE = """\
WARNING: without a sandbox, every notebook can read your files, use the network and change the marks
of others. Grade in this way only notebooks that you would run yourself."""


INTERRUPTED = """\
Interrupted, with {} of {} notebooks graded. They are kept; marks.csv is as it was before.
The same command goes on from here."""


class UsageError(ValueError):
    """Something that was asked for does not exist."""


def options(arguments):
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(required=True, metavar="command")
    grade = commands.add_parser(
        "grade", help="grade all submissions of an assignment, each in a sandbox"
    )
    add = grade.add_argument
    add("assignment", help=f"one of: {', '.join(QUESTIONS)}; or any, with --questions")
    add("--course-dir", type=Path, required=True, help="nbgrader's course folder")
    add("--seed-file", type=Path, required=True, help="secret text that hidden inputs follow from")
    where = grade.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=positive, default=os.cpu_count(), help="processes on this machine"
    )
    where.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster: tcp://host:8786")
    add("--questions", type=Path, metavar="FILE", help="Python file that defines QUESTIONS")
    add("--unsafe-no-sandbox", action="store_true", help="run notebooks unconfined; see the book")
    return parser.parse_args(arguments)


def positive(text):
    """Return a whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of at least 1, came {text!r}")
    return int(text)


def main(arguments=None) -> int:
    """Do what the command line says, and return the exit status."""
    chosen = options(arguments)
    try:
        with locked(checked(chosen)) as course:
            return grade(course, chosen)
    except (UsageError, SeedError, GradebookError, SandboxError, ClusterError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def checked(chosen) -> Course:
    """Return the course, or raise what is wrong with it."""
    root = chosen.course_dir
    if not root.is_dir():
        raise UsageError(f"There is no course folder {root}.")
    if not chosen.questions and chosen.assignment not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        raise UsageError(f"There is no assignment {chosen.assignment!r}; there are: {known}.")
    if chosen.questions and not chosen.questions.is_file():
        raise UsageError(f"There is no file of questions {chosen.questions}.")
    course = Course(root, chosen.assignment)
    if not course.submitted.is_dir() or not course.students():
        expected = course.submitted / "STUDENT" / chosen.assignment / f"{chosen.assignment}.ipynb"
        raise UsageError(f"There are no submissions. They are looked for in {expected}.")
    return course


@contextmanager
def locked(course):
    """Keep a second run out of the course folder."""
    folder = course.root / ".autograder"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"Another run is at work in {course.root}.") from None
        yield course


def grade(course, chosen) -> int:
    """Grade what is not graded yet, report, and return the exit status."""
    seed, warnings = read_seed(chosen.seed_file)
    warnings += [UNSAFE] if chosen.unsafe_no_sandbox else []
    print(*warnings, sep="\n", end="\n" * bool(warnings), file=sys.stderr)
    if not chosen.unsafe_no_sandbox and not chosen.scheduler:
        require_sandbox()
    definition = chosen.questions.read_text(encoding="utf-8") if chosen.questions else ""
    questions = questions_of(chosen.assignment, definition)
    template = Task(
        student="",
        assignment=chosen.assignment,
        cells=(),
        salt=f"{seed}/{chosen.assignment}",
        definition=definition,
        confined=not chosen.unsafe_no_sandbox,
    )
    run = partial(on_this_machine, workers=chosen.workers)
    if chosen.scheduler:
        run = partial(on_cluster, address=chosen.scheduler)
    with CourseGradebook(course.root, chosen.assignment) as gradebook:
        classroom = Classroom(course, gradebook, questions, template)
        interrupted = not graded_all(classroom, run)
        if interrupted:
            done, every = len(classroom.results), len(course.students())
            print(INTERRUPTED.format(done, every), file=sys.stderr)
            return 130
        path = course.write_marks(classroom.rows())
    print(class_report(classroom.results, questions))
    print(left_out(unsafe_folders(course.submitted)), end="")
    print(summary(classroom.results, path))
    return int(any(may_help(graded) for graded in classroom.results.values()))


def graded_all(classroom, run) -> bool:
    """Grade with a progress bar, and return False if the user stopped it."""
    try:
        with tqdm(
            total=len(classroom.waiting), unit=" notebooks", disable=not classroom.waiting
        ) as bar:
            for _ in classroom.grade(run):
                bar.update()
    except KeyboardInterrupt:
        return False
    return True


def may_help(graded):
    """Return whether another run may come to more."""
    return any(mark.diagnosis != "unreadable notebook" for mark in graded.missing)


if __name__ == "__main__":
    sys.exit(main())
