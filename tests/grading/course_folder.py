"""A course folder with the tiny assignment, as nbgrader makes it."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

from tiny import RIGHT, code_cell

from autograder.__main__ import main

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
QUESTIONS = HERE / "tiny_questions.py"
CONFIG = f"""
from pathlib import Path

from autograder.preprocessor import configure

c = get_config()
c.CourseDirectory.course_id = "tiny"
c.BlackBox.questions = {str(QUESTIONS)!r}
configure(c, Path(__file__).parent)
"""


def test_cell(grade_id, points):
    """Return a locked cell that carries points."""
    marks = {"grade": True, "locked": True, "solution": False, "points": points}
    return code_cell(f"# the points of {grade_id}", nbgrader=labelled(grade_id, **marks))


def solution_cell(grade_id, solution):
    """Return a cell for a solution."""
    marks = {"grade": False, "locked": False, "solution": True}
    source = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    return code_cell(source, nbgrader=labelled(grade_id, **marks))


def labelled(grade_id, **marks):
    """Return nbgrader's metadata of a cell."""
    return {"grade_id": grade_id, "schema_version": 3, "task": False, **marks}


def name_of(cell):
    """Return the id that nbgrader's panel gives a cell; Jupyter's own one nobody can choose."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def essay_cell():
    """Return a cell that a person grades."""
    marks = {"grade": True, "locked": False, "solution": True, "points": 3}
    return {
        "cell_type": "markdown",
        "metadata": {"nbgrader": labelled("essay", **marks)},
        "source": "YOUR ESSAY HERE",
    }


def source_notebook():
    """Return the instructor's version."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Tiny"},
        solution_cell("square", RIGHT[0]),
        test_cell("test_square", 4),
        solution_cell("answer", RIGHT[1]),
        test_cell("test_answer", 2),
        essay_cell(),
        solution_cell("zero", RIGHT[2]),
        test_cell("test_zero", 1),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}


def nbgrader(root, *arguments):
    """Run one of nbgrader's commands in a course folder; return its exit status and its words."""
    command = [BIN / "nbgrader", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def make_course(root):
    """Make a course folder whose assignment has been generated."""
    source = root / "source" / "tiny"
    source.mkdir(parents=True)
    (source / "tiny.ipynb").write_text(json.dumps(source_notebook()))
    (root / "nbgrader_config.py").write_text(CONFIG)
    seed = root / "seed.txt"
    seed.write_text("a secret of a test course")
    seed.chmod(0o600)
    status, words = nbgrader(root, "generate_assignment", "tiny")
    assert status == 0, words
    return root


def answered(answers, essay="My essay."):
    """Return the text of the students' version with the solutions filled in, in order."""
    notebook, answers = source_notebook(), iter(answers)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in ("square", "answer", "zero"):
            cell["source"] = next(answers)
        elif grade_id == "essay":
            cell["source"] = essay
    return json.dumps(notebook)


def submit(root, student, text):
    """Put a notebook where nbgrader collects it."""
    folder = root / "submitted" / student / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.ipynb").write_text(text, encoding="utf-8")


def grader(root, *options):
    """Run our command in this process, whose imports are done; return as `run_grader` does."""
    words = [io.StringIO(), io.StringIO()]
    with contextlib.redirect_stdout(words[0]), contextlib.redirect_stderr(words[1]):
        command = command_of(root, *options)
        status = main(command[command.index("grade") :])
    return subprocess.CompletedProcess(command, status, *(text.getvalue() for text in words))


def run_grader(root, *options, **run_options):
    """Run our command as an instructor does; return the finished process."""
    run_options = {"capture_output": True, "text": True, "check": False, **run_options}
    return subprocess.run(command_of(root, *options), **run_options)


def command_of(root, *options):
    """Return our command for a course folder."""
    command = [
        *(sys.executable, "-m", "autograder", "grade", "tiny", "--course-dir", root),
        *("--seed-file", root / "seed.txt", "--questions", QUESTIONS, *options),
    ]
    return [str(part) for part in command]
