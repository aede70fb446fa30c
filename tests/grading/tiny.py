"""A tiny assignment, a right answer to it, and notebooks made of cells."""

import json

from tiny_questions import QUESTIONS

from autograder.grading import grade_cells
from autograder.sandbox import Limits

QUICK = Limits(cell=0.6, grace=0.6, notebook=30)

RIGHT = [
    "import numpy as np\n\ndef square(x):\n    return x * x",
    "answer = 42",
    "def zero_of(f):\n    return -f(0.0)",
]
WRONG = ["def square(x):\n    return x", "answer = 41", "def zero_of(f):\n    return 0.0"]
FULL, NOTHING = [4, 2, None, 1], [0, 0, None, 0]


def graded(cells, limits=QUICK, **options):
    """Return what the grader makes of code cells."""
    return grade_cells(cells, QUESTIONS, "seed", limits, **options)


def points(cells, limits=QUICK):
    """Return the points of each question."""
    return [mark.points for mark in graded(cells, limits).marks]


def code_cell(source, **metadata):
    """Return a code cell of an .ipynb file."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def notebook(cells, /, **parts):
    """Return the text of an .ipynb file."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = {"cells": list(map(code_cell, cells)), "metadata": kernel}
    return json.dumps({**made, "nbformat": 4, "nbformat_minor": 5, **parts})
