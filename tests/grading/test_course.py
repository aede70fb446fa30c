"""A class in nbgrader's course folder, graded by our command and by nbgrader's own."""

import csv
import functools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from course_folder import (
    QUESTIONS,
    answered,
    command_of,
    grader,
    make_course,
    nbgrader,
    run_grader,
    submit,
)
from nbformat import from_dict
from nbgrader.api import Gradebook
from tiny import RIGHT, WRONG
from traitlets.config import PyFileConfigLoader

from autograder.classroom import Classroom
from autograder.course import Course
from autograder.gradebook import CourseGradebook
from autograder.grading import Task, not_graded, questions_of
from autograder.report import class_report
from autograder.submission import UnreadableError

FLAT = "def square(x):\n    return x if hasattr(x, 'shape') else x * x"
PARTLY = [FLAT, "answer = 42", "pass"]
POINTS = {"ann": [4, 2, "", 1], "bob": [0, 0, "", 0], "cid": [2, 2, "", 0]}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A course folder with a generated assignment and three submissions."""
    root = make_course(tmp_path_factory.mktemp("course") / "tiny course")
    for student, answers in [("ann", RIGHT), ("bob", WRONG), ("cid", PARTLY)]:
        submit(root, student, answered(answers))
    return root


@pytest.fixture
def course(template, tmp_path):
    """A copy of the course folder."""
    return shutil.copytree(template, tmp_path / "course", symlinks=True)


def marks_of(root):
    """Return the points in marks.csv, by student."""
    points = {}
    with open(root / "marks.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = row["points"]
            points.setdefault(row["student"], []).append(float(value) if value else "")
    return points


def rows_of(root, student):
    """Return the rows of a student in marks.csv."""
    with open(root / "marks.csv", encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["student"] == student]


def gradebook_of(root):
    """Return automatic points, manual points and whether a person must look, by cell."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {
            (submission.student.id, grade.name): (
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
            )
            for submission in gradebook.assignment_submissions("tiny")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def give_by_hand(root, student, cell, points):
    """Give points as formgrader does."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(cell, "tiny", "tiny", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def test_our_command_grades_a_class(course):
    done = run_grader(course, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert marks_of(course) == POINTS
    assert "3 of 3 graded" in done.stdout
    assert "not a square (2)" in done.stdout
    assert "to be graded by hand" in done.stdout
    assert "100%" in done.stderr  # the progress bar
    grades = gradebook_of(course)
    assert grades["ann", "test_square"] == (4, None, False)
    assert grades["cid", "test_square"] == (2, None, False)
    assert grades["ann", "essay"] == (None, None, True)


def test_nbgraders_own_command_gives_the_same_marks(template, course):
    grader(course)
    ours = gradebook_of(course)
    for name in ("autograded", ".autograder"):
        shutil.rmtree(course / name)
    shutil.copy(template / "gradebook.db", course)
    status, words = nbgrader(course, "autograde", "tiny")
    assert status == 0, words
    assert gradebook_of(course) == ours


def test_a_second_run_grades_nothing_again_and_says_the_same(course):
    first = grader(course)
    written = (course / "marks.csv").read_bytes()
    graded = course / "autograded" / "ann" / "tiny" / "tiny.ipynb"
    before = graded.stat().st_mtime_ns
    second = grader(course)
    assert (second.returncode, second.stdout) == (0, first.stdout)
    assert (course / "marks.csv").read_bytes() == written
    assert graded.stat().st_mtime_ns == before


def test_the_report_does_not_depend_on_which_worker_was_the_fastest():
    questions = questions_of("tiny", QUESTIONS.read_text(encoding="utf-8"))
    results = {name: not_graded(questions, f"lost by {name}", name) for name in ("a", "b")}
    for graded in results.values():
        graded.marks[0] = replace(graded.marks[0], points=0.0)
    backwards = dict(reversed(results.items()))
    assert class_report(results, questions) == class_report(backwards, questions)


def test_a_submission_whose_marks_cannot_be_written_leaves_nothing_half_done(course, monkeypatch):
    def fail(*_):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("autograder.gradebook.mark", fail)
    with CourseGradebook(course, "tiny") as gradebook:
        with pytest.raises(RuntimeError, match="in the middle"):
            gradebook.fill("ann", from_dict({"cells": []}))
        monkeypatch.undo()
        assert gradebook.students() == set()
        assert gradebook.gradebook.students == []
        gradebook.fill("ann", from_dict({"cells": []}))
        assert gradebook.students() == {"ann"}


def test_what_was_handed_in_again_is_graded_again(course):
    grader(course)
    submit(course, "bob", answered(RIGHT))
    grader(course)
    assert marks_of(course)["bob"] == POINTS["ann"]
    assert gradebook_of(course)["bob", "test_square"][0] == 4


def grade_with(root, run):
    """Grade with a function in place of the workers; return each student's first diagnosis."""
    questions = questions_of("tiny", QUESTIONS.read_text(encoding="utf-8"))
    with CourseGradebook(root, "tiny") as gradebook:
        classroom = Classroom(Course(root, "tiny"), gradebook, questions, Task("", "tiny", (), ""))
        list(classroom.grade(run))
    return {student: graded.marks[0].diagnosis for student, graded in classroom.results.items()}


def lost(task):
    """Return a task with marks that no worker made."""
    questions = questions_of("tiny", QUESTIONS.read_text(encoding="utf-8"))
    return task, not_graded(questions, "lost worker", "Lost.")


def test_what_is_handed_in_again_while_it_is_graded_waits_for_another_run(course):
    def run(tasks):
        for task in tasks:
            submit(course, task.student, answered(WRONG, essay="Another essay."))
            yield lost(task)

    diagnoses = grade_with(course, run)
    assert diagnoses == {"ann": "handed in again", "bob": "lost worker", "cid": "handed in again"}


def test_what_is_taken_away_during_a_run_stops_nobody(course):
    def run(tasks):
        shutil.rmtree(course / "submitted" / "ann")
        for task in tasks:
            (course / "submitted" / "cid" / "tiny" / "tiny.ipynb").unlink()
            yield lost(task)

    diagnoses = grade_with(course, run)
    missing = "unreadable notebook"
    assert diagnoses == {"ann": missing, "bob": "lost worker", "cid": missing}


def test_a_new_seed_and_a_new_gradebook_have_everything_graded_again(template, course):
    grader(course)
    (course / "seed.txt").write_text("another secret of a course")
    graded = course / "autograded" / "ann" / "tiny" / "tiny.ipynb"
    before = graded.stat().st_mtime_ns
    grader(course)
    assert graded.stat().st_mtime_ns > before
    shutil.copy(template / "gradebook.db", course)
    grader(course)
    assert gradebook_of(course)["ann", "test_square"][0] == 4


def test_a_mark_given_by_hand_stays_and_is_in_the_table(course):
    grader(course)
    give_by_hand(course, "ann", "essay", 2.5)
    give_by_hand(course, "bob", "test_square", 3)
    submit(course, "bob", answered(WRONG, essay="Another essay."))
    submit(course, "ann", answered(RIGHT, essay="Another essay."))
    done = grader(course)
    assert done.returncode == 0
    assert gradebook_of(course)["ann", "essay"] == (None, 2.5, True)
    assert gradebook_of(course)["bob", "test_square"] == (0, 3, True)
    assert marks_of(course)["ann"] == [4, 2, 2.5, 1]
    assert marks_of(course)["bob"] == [3, 0, "", 0]
    assert rows_of(course, "ann")[2]["status"] == "by-hand"


def test_an_essay_that_was_not_begun_gets_no_points_without_a_person(course):
    submit(course, "ann", answered(RIGHT, essay="YOUR ANSWER HERE"))
    grader(course)
    assert gradebook_of(course)["ann", "essay"] == (0, None, False)
    row = rows_of(course, "ann")[2]
    assert (row["points"], row["status"], row["diagnosis"]) == ("0", "graded", "not answered")


def test_an_essay_in_an_added_cell_waits_for_a_person(course):
    notebook = json.loads(answered(RIGHT, essay="YOUR ANSWER HERE"))
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "My essay."})
    submit(course, "ann", json.dumps(notebook))
    grader(course)
    assert gradebook_of(course)["ann", "essay"] == (None, None, True)
    assert rows_of(course, "ann")[2]["status"] == "needs-manual"


CHANGES = {
    "the tests deleted": lambda cells: [c for c in cells if not is_graded_code(c)],
    "everything but the code deleted": lambda cells: [c for c in cells if is_solution_code(c)],
    "all names lost": lambda cells: [{**cell, "metadata": {}} for cell in cells],
    "the order reversed": lambda cells: cells[::-1],
    "every cell twice": lambda cells: [*cells, *cells],
    "the tests changed": lambda cells: [
        {**cell, "source": "assert False"} if is_graded_code(cell) else cell for cell in cells
    ],
    "solutions as text": lambda cells: [
        {"cell_type": "markdown", "metadata": typed(cell), "source": cell["source"]}
        for cell in cells
    ],
    "points promised": lambda cells: [
        {**cell, "metadata": {"nbgrader": {**cell["metadata"].get("nbgrader", {}), "points": 99}}}
        for cell in cells
    ],
}


def is_graded_code(cell):
    return cell["metadata"].get("nbgrader", {}).get("locked", False)


def is_solution_code(cell):
    return cell["cell_type"] == "code" and not is_graded_code(cell)


def typed(cell):
    """Return metadata as nbgrader releases it, with the type that the cell should have."""
    marks = cell["metadata"].get("nbgrader")
    return {"nbgrader": {**marks, "cell_type": cell["cell_type"]}} if marks else {}


@pytest.fixture(scope="module")
def changed(template, tmp_path_factory):
    """A class in which each student has changed the notebook in another way, graded."""
    root = shutil.copytree(template, tmp_path_factory.mktemp("changed") / "course")
    shutil.rmtree(root / "submitted" / "ann")
    for name, change in CHANGES.items():
        notebook = json.loads(answered(RIGHT))
        notebook["cells"] = change(notebook["cells"])
        submit(root, name, json.dumps(notebook))
    done = grader(root, "--workers", "2")
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("change", CHANGES)
def test_right_answers_count_with(change, changed):
    assert marks_of(changed)[change] == POINTS["ann"]
    grades = gradebook_of(changed)
    assert [grades[change, f"test_{q}"][0] for q in ("square", "answer", "zero")] == [4, 2, 1]


def test_an_essay_whose_cell_was_lost_waits_for_a_person(changed):
    assert gradebook_of(changed)["all names lost", "essay"] == (None, None, True)


def test_nbgraders_feedback_and_export_work_for_notebooks_that_were_changed(changed):
    status, words = nbgrader(changed, "generate_feedback", "tiny")
    assert status == 0, words
    for student in CHANGES:
        page = (changed / "feedback" / student / "tiny" / "tiny.html").read_text(encoding="utf-8")
        assert "Score: 7.0 / 10.0" in page
        assert "Right." in page
    assert nbgrader(changed, "export")[0] == 0
    with open(changed / "grades.csv", newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {**dict.fromkeys(CHANGES, 7), "bob": 0, "cid": 4}


def hostile_class(root):
    """Hand in what is no notebook, and what leads to other places."""
    submit(root, "empty", "")
    submit(root, "truncated", answered(RIGHT)[:-100])
    submit(root, "binary", "\x00\x01\x02")
    submit(root, "=1+1", answered(WRONG))
    submit(root, "<b>x", answered(RIGHT))
    submit(root, "x,y", answered(RIGHT))
    submit(root, " two", answered(RIGHT))
    folder = root / "submitted"
    (folder / "other name" / "tiny").mkdir(parents=True)
    (folder / "other name" / "tiny" / "tiny (1).ipynb").write_text(answered(RIGHT))
    (folder / "linked").symlink_to(folder / "ann")
    (folder / "linked file" / "tiny").mkdir(parents=True)
    (folder / "linked file" / "tiny" / "tiny.ipynb").symlink_to(folder / "ann/tiny/tiny.ipynb")
    (folder / "pipe" / "tiny").mkdir(parents=True)
    os.mkfifo(folder / "pipe" / "tiny" / "tiny.ipynb")
    (folder / "secrets" / "tiny").mkdir(parents=True)
    (folder / "secrets" / "tiny" / "seed.txt").symlink_to(root / "seed.txt")
    (folder / "secrets" / "tiny" / "tiny.ipynb").write_text(answered(RIGHT))
    (folder / "a file").write_text("x")
    (folder / ".hidden" / "tiny").mkdir(parents=True)
    (folder / "nothing handed in").mkdir()


UNREADABLE = {
    *("binary", "empty", "linked", "linked file", "other name", "pipe", "truncated"),
    *('"<b>x"', '"=1+1"', '"x,y"', '" two"'),  # in quotes: no other name is shown like that
}


def test_files_that_are_no_notebooks_stop_nobody_and_get_no_zero(course):
    hostile_class(course)
    done = grader(course, "--workers", "2")
    assert done.returncode == 0, done.stderr
    points = marks_of(course)
    assert {student: points[student] for student in POINTS} == POINTS
    assert points["secrets"] == POINTS["ann"]
    assert {student for student, row in points.items() if row == [""] * 4} == UNREADABLE
    assert "Not graded: linked file, every question. The notebook is a link" in done.stdout
    assert "Not graded: empty, every question. The notebook is an empty file." in done.stdout
    students = {student for student, _ in gradebook_of(course)}
    assert students == {"ann", "bob", "cid", "secrets"}
    left_out = "two, <b>x, =1+1, linked, linked file, pipe, secrets, x,y"
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("No feedback page")]
    assert line == f"No feedback page from nbgrader for {left_out}: see “What is protected”."
    assert not (course / "autograded" / "secrets" / "tiny" / "seed.txt").exists()


def test_nbgraders_own_command_follows_no_link_and_waits_for_no_pipe(course):
    hostile_class(course)
    nbgrader(course, "autograde", "tiny")
    graded = {path.parts[-3] for path in (course / "autograded").glob("*/tiny/tiny.ipynb")}
    assert graded == {"ann", "bob", "cid"}
    assert "a secret" not in "".join(
        path.read_text(errors="replace") for path in (course / "autograded").rglob("*.txt")
    )
    assert gradebook_of(course)["ann", "test_square"][0] == 4


def test_a_comma_in_a_name_leaves_nobody_else_out(course):
    submit(course, "x,ann", answered(RIGHT))
    (course / "submitted" / "x,ann" / "tiny" / "seed.txt").symlink_to(course / "seed.txt")
    nbgrader(course, "autograde", "tiny")
    graded = {path.parts[-3] for path in (course / "autograded").glob("*/tiny/tiny.ipynb")}
    assert graded == {"ann", "bob", "cid"}
    assert not list((course / "autograded").rglob("seed.txt"))
    assert {student for student, _ in gradebook_of(course)} == {"ann", "bob", "cid"}


def test_nbgrader_does_not_go_on_without_its_configuration(monkeypatch):
    folder = Path(__file__).parents[2] / "assignments"

    def fails(*_):
        raise RuntimeError("no protection")

    monkeypatch.setattr("autograder.preprocessor.configure", fails)
    with pytest.raises(SystemExit, match="RuntimeError: no protection"):
        PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


@pytest.mark.parametrize(
    "name", ["bob,,,40.0", "=A1", "+1", "@a", "-a", " a", "a ", "a  b", "a\nb"]
)
def test_a_name_that_would_change_a_table_is_refused(tmp_path, name):
    submit(tmp_path, name, answered(RIGHT))
    with pytest.raises(UnreadableError, match=r"name may not hold (`.`|spaces|the character)"):
        Course(tmp_path, "tiny").read(name)


@pytest.mark.parametrize(
    "name", ["Jane Doe", "o'neill", "anna-lena.b", "Zoë", "李", "a_1", "a\u200cb"]
)
def test_names_of_people_are_read(tmp_path, name):
    submit(tmp_path, name, answered(RIGHT))
    assert Course(tmp_path, "tiny").read(name).code


@pytest.mark.parametrize(
    "note",
    [
        *("yesterday", "12:00", "2020-06-01 00:00:00 UTC,J0,J999", "2020-13-01 00:00:00 UTC"),
        *("9999-12-31 23:59:59 -0500", "0001-01-01 00:00 +0500"),
        *("9999999999999999999992020010130h", "2020-01-01 00:00:00 /etc/passwd", ""),
    ],
)
def test_a_note_that_is_no_time_is_no_note(tmp_path, note):
    submit(tmp_path, "ann", answered(RIGHT))
    (tmp_path / "submitted/ann/tiny/timestamp.txt").write_text(note)
    assert Course(tmp_path, "tiny").timestamp("ann") is None


@pytest.mark.parametrize(
    "note",
    ["2030-01-02 03:04:05.123456 UTC\n", "2030-01-02T03:04Z", "2030-01-02 03:04:05 +0100"],
)
def test_a_time_is_kept_as_it_is(tmp_path, note):
    submit(tmp_path, "ann", answered(RIGHT))
    (tmp_path / "submitted/ann/tiny/timestamp.txt").write_text(note)
    assert Course(tmp_path, "tiny").timestamp("ann") == note.strip()


def test_a_late_submission_keeps_its_time_and_one_that_is_no_time_stops_nobody(course):
    times = {"ann": b"2030-01-02 03:04:05 UTC", "bob": b"yesterday", "cid": b"\xff\xfe"}
    for student, time_of_it in times.items():
        (course / "submitted" / student / "tiny" / "timestamp.txt").write_bytes(time_of_it)
    done = grader(course)
    assert done.returncode == 0, done.stderr
    assert marks_of(course) == POINTS
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        found = [gradebook.find_submission("tiny", student).timestamp for student in times]
    assert [found[0].isoformat(" "), *found[1:]] == ["2030-01-02 03:04:05", None, None]


def broken_sandbox(folder):
    """Put a bubblewrap before the real one that fails whenever a file says so."""
    folder.mkdir()
    fake = folder / "bwrap"
    real = shutil.which("bwrap")
    fake.write_text(f'#!/bin/sh\n[ -e {folder}/fail ] && exit 1\nexec {real} "$@"\n')
    fake.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def test_without_a_sandbox_nothing_is_graded_and_the_reason_is_told(course, tmp_path):
    environment = broken_sandbox(tmp_path / "bin")
    (tmp_path / "bin" / "fail").touch()
    done = run_grader(course, env=environment)
    assert done.returncode == 2
    assert "error: The sandbox does not start" in done.stderr
    assert not (course / "marks.csv").exists()


def test_an_unsafe_run_says_so_loudly(course, tmp_path):
    environment = broken_sandbox(tmp_path / "bin")
    (tmp_path / "bin" / "fail").touch()
    done = run_grader(course, "--unsafe-no-sandbox", env=environment)
    assert done.returncode == 0, done.stderr
    assert "WARNING: without a sandbox, every notebook can read your files" in done.stderr
    assert marks_of(course) == POINTS


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_goes_on_where_it_was(course, how):
    slow = "import time\ntime.sleep(0.2)"
    for number in range(12):
        submit(course, f"student {number}", answered([f"{RIGHT[0]}\n{slow}", *RIGHT[1:]]))
    (course / "marks.csv").write_text("as it was\n")
    command = command_of(course, "--workers", "1")
    # What runs in the background of a shell, these tests perhaps, hands on that Ctrl+C is ignored.
    listens = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=listens
    ) as process:
        while len(records(course)) < 3:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(how)
        words = process.communicate()[1]
    before = records(course)
    assert 3 <= len(before) < 15
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert f"Interrupted, with {len(before)} of 15 notebooks graded." in words
        assert "The same command goes on from here" in words
        assert (course / "marks.csv").read_text() == "as it was\n"
    done = grader(course, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert f"/{15 - len(before)} [" in done.stderr  # the bar counts what was left
    marks, grades = marks_of(course), gradebook_of(course)
    assert len(marks) == 15
    assert all(row == POINTS.get(student, POINTS["ann"]) for student, row in marks.items())
    assert all(grades[student, "test_square"][0] == row[0] for student, row in marks.items())


def records(root):
    """Return the students whose grading is recorded."""
    return [path.parent.name for path in (root / ".autograder").glob("tiny/*/graded.json")]


def test_two_runs_at_once_are_one_too_many(course):
    submit(course, "slow", answered(["import time\ntime.sleep(5)", *RIGHT[1:]]))
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-c", f"""
import fcntl, pathlib, time
folder = pathlib.Path({str(course)!r}, ".autograder")
folder.mkdir(exist_ok=True)
with open(folder / "lock", "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    (folder / "held").touch()
    time.sleep(100)
"""]  # fmt: skip
    with subprocess.Popen(command, **options) as holder:
        while not (course / ".autograder" / "held").exists():
            time.sleep(0.05)
        done = grader(course)
        holder.kill()
    assert done.returncode == 2
    assert "error: Another run is at work in" in done.stderr


def test_a_course_without_the_assignment_in_its_gradebook_is_told_what_to_do(course):
    (course / "gradebook.db").unlink()
    done = grader(course)
    assert done.returncode == 2
    assert "run: nbgrader generate_assignment tiny" in done.stderr


def test_the_points_of_gradebook_and_questions_must_agree(course):
    questions = course / "questions.py"
    text = QUESTIONS.read_text()
    questions.write_text(text.replace('"test_zero", 1', '"test_zero", 2'))
    done = grader(course, "--questions", questions)
    assert done.returncode == 2
    assert "question 4 should have a cell 'test_zero' with 2 points" in done.stderr
