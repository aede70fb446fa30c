"""Correct answers keep all points whatever else a notebook holds, and wherever it was saved."""

import json
from pathlib import Path

import nbformat
import pytest
from course_folder import name_of
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import grade
from autograder.questions import QUESTIONS

SOURCE = Path(__file__).parents[2] / "assignments/source/gradient/gradient.ipynb"
FULL = {q.number: q.max_points for q in QUESTIONS["gradient"] if q.judge}


def solved():
    return nbformat.read(SOURCE, as_version=4)


def answers(notebook):
    return [cell for cell in notebook.cells if name_of(cell).endswith("-answer")]


def with_cells(*sources):
    """Return the solved notebook with a cell before each answer, and one at the end."""
    notebook, cells = solved(), []
    for number, cell in enumerate(notebook.cells):
        cells += [new_code_cell(sources[number % len(sources)]), cell]
    notebook.cells = [*cells, new_code_cell(sources[0])]
    return notebook


def without_public_tests():
    notebook = solved()
    tests = {q.grade_id for q in QUESTIONS["gradient"] if q.judge}
    notebook.cells = [cell for cell in notebook.cells if name_of(cell) not in tests]
    return notebook


def answers_alone():
    return new_notebook(cells=[new_code_cell("import numpy as np"), *answers(solved())])


def answers_in_one_cell():
    source = "\n\n".join(cell.source for cell in answers(solved()))
    return new_notebook(cells=[new_code_cell(f"import numpy as np\n{source}")])


def in_reverse_order():
    notebook = solved()
    notebook.cells.reverse()
    return notebook


def with_other_names_of_cells():
    notebook = solved()
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id = f"renamed-{number}"
    return notebook


def without_metadata():
    notebook = solved()
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def with_helpers_in_a_cell_of_their_own():
    notebook = solved()
    answer = next(cell for cell in notebook.cells if name_of(cell) == "q4-answer")
    answer.source = "def mean_loss_gradient(w, X, y):\n    return average(mistakes(w, X, y), X)"
    helpers = "def mistakes(w, X, y):\n return (1 + np.tanh(X @ w / 2)) / 2 - y\naverage = mean_of"
    notebook.cells.insert(3, new_code_cell(helpers))
    notebook.cells.append(new_code_cell("def mean_of(r, X):\n    return r @ X / len(r)"))
    return notebook


def saved_by_colab():
    notebook = without_metadata()
    for number, cell in enumerate(notebook.cells):
        del cell["id"]
        cell.metadata = {"id": f"x{number}", "colab": {"base_uri": "https://colab.example/"}}
    notebook.nbformat_minor = 0
    notebook.metadata = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "accelerator": "GPU",
    }
    return notebook


def saved_by_vs_code():
    notebook = solved()
    for cell in notebook.cells:
        cell.metadata.vscode = {"languageId": "python"}
        cell.source = cell.source.replace("\n", "\r\n")
    notebook.metadata.language_info = {
        "name": "python",
        "version": "3.13.1",
        "file_extension": ".py",
    }
    notebook.metadata.kernelspec = {"name": "venv", "display_name": ".venv (3.13.1)"}
    return notebook


VARIANTS = {
    "as it is": solved,
    "without public tests": without_public_tests,
    "answers alone": answers_alone,
    "answers in one cell": answers_in_one_cell,
    "in reverse order": in_reverse_order,
    "with other names of cells": with_other_names_of_cells,
    "without metadata": without_metadata,
    "with helpers in a cell of their own": with_helpers_in_a_cell_of_their_own,
    "saved by Colab": saved_by_colab,
    "saved by VS Code": saved_by_vs_code,
    "with magics": lambda: with_cells("%matplotlib inline", "%%time\nsum([1])", "!ls", "%timeit 1"),
    "with plots": lambda: with_cells(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);\nplt.show()",
        "from matplotlib import pyplot\npyplot.hist([1])",
    ),
    "with prints and warnings": lambda: with_cells(
        "print('x' * 10**5)", "import warnings\nwarnings.warn('careful')", "np.log(0)"
    ),
    "with rounding as an error": lambda: with_cells(
        "import numpy as np, warnings\nnp.seterr(all='raise')\nwarnings.simplefilter('error')"
    ),
    "with cells that fail": lambda: with_cells(
        "1/0", "import scipy_that_is_not_there", "raise KeyboardInterrupt", "this is no Python"
    ),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_a_correct_notebook_keeps_all_points(variant, tmp_path):
    path = tmp_path / "gradient.ipynb"
    path.write_text(json.dumps(variant()), encoding="utf-8")
    marks = grade(path, "gradient", seed="of this test")
    points = {mark.question: mark.points for mark in marks if mark.question in FULL}
    assert points == FULL, [mark.feedback for mark in marks]


def test_the_written_answer_waits_for_a_person(tmp_path):
    marks = grade(SOURCE, "gradient", seed="of this test")
    assert [m.question for m in marks if m.status == "needs-manual" and m.points is None] == [3]
