"""The examples of other questions, as the instructors' page prints them."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from course_folder import name_of

from autograder.questions import QUESTIONS
from autograder.students import LocalStudent

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "chapters/reference/for_instructors.md").read_text(encoding="utf-8")
VARIANT, ANSWER, PUBLIC_TEST, MODULE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def notebook():
    """What the cells at the top of the notebook, and the answer, define."""
    source = nbformat.read(ROOT / "assignments/source/gradient/gradient.ipynb", as_version=4)
    namespace = {}
    exec(next(cell.source for cell in source.cells if name_of(cell) == "tools"), namespace)
    exec(ANSWER, namespace)
    return namespace


def judge(namespace):
    module = {}
    exec(MODULE, module)
    return module["QUESTION"].judge(LocalStudent(namespace), np.random.default_rng(0))


def test_the_solution_passes_the_public_test_and_gets_all_points(notebook, capsys):
    exec(PUBLIC_TEST, notebook)
    assert capsys.readouterr().out == "Right in the example that this test knows.\n"
    assert judge(notebook).points == 2


def test_a_step_for_the_sum_is_recognised_by_both(notebook):
    notebook["safe_step"] = lambda X: 4 / np.linalg.norm(X, 2) ** 2
    mark = judge(notebook)
    assert (mark.points, mark.diagnosis) == (1, "sum-not-mean")
    notebook["safe_step"] = lambda X: 1.0
    with pytest.raises(AssertionError, match="step for the sum of the losses"):
        exec(PUBLIC_TEST, notebook)


@pytest.mark.parametrize("answer", [lambda X: None, lambda X: 2.0, lambda X: X])
def test_a_wrong_step_gets_no_points(notebook, answer):
    assert judge(notebook | {"safe_step": answer}).points == 0


def test_the_private_variant_judges_its_own_derivation():
    variant = {}
    exec(VARIANT, variant)
    of_ours, of_all = variant["QUESTIONS"], QUESTIONS["gradient"]
    assert [(q.number, q.max_points) for q in of_ours] == [(q.number, q.max_points) for q in of_all]
    repairs = {"repairs": {"B": "sigma(z)*sigma(-z)", "D": "x_j*p - x_j*y"}}
    mark = variant["QUESTIONS"][1].judge(LocalStudent(repairs), np.random.default_rng(0))
    assert mark.points == 5
    public = {"repairs": {"D": "log(1 + exp(z))", "G": "sigma(z) - 1"}}
    mark = variant["QUESTIONS"][1].judge(LocalStudent(public), np.random.default_rng(0))
    assert (mark.points, mark.diagnosis) == (2, "wrong repair, broken link missed")
