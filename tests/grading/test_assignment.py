"""The assignment: its points, its public tests, and the version that students get."""

import ast
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from course_folder import name_of

from autograder.questions import QUESTIONS, audit
from autograder.questions.expressions import evaluate

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "assignments"
SOURCE = nbformat.read(COURSE / "source/gradient/gradient.ipynb", as_version=4)
STUB = "YOUR ANSWER HERE"
NUMBERS = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
UNANSWERED = [q.grade_id for q in QUESTIONS["gradient"] if q.judge]


@pytest.fixture(scope="session")
def release(tmp_path_factory):
    """Generate the student's version as an instructor does, with nbgrader's own command."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(COURSE / "source", course / "source")
    shutil.copy(COURSE / "nbgrader_config.py", course)
    folder = Path(sys.executable).parent
    subprocess.run(
        [folder / "nbgrader", "generate_assignment", "gradient", "--create"],
        cwd=course,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        check=True,
        capture_output=True,
    )
    return nbformat.read(course / "release/gradient/gradient.ipynb", as_version=4)


def cell(notebook, name):
    return next(cell for cell in notebook.cells if name_of(cell) == name)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def solutions():
    """Return the text of each solution."""
    region = re.compile(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", re.DOTALL)
    return [text for c in SOURCE.cells for text in region.findall(c.source)]


def run(cells):
    """Run cells in a Python of their own, all but their errors; return outcomes by cell."""
    script = f"""
import json, sys
before, namespace, outcomes = set(sys.modules), {{}}, {{}}
for name, source in {[(name_of(c), c.source) for c in cells]!r}:
    try:
        exec(source, namespace)
        outcomes[name] = "ran"
    except Exception as error:
        outcomes[name] = f"{{type(error).__name__}}: {{error}}"
loaded = {{name.split(".")[0] for name in set(sys.modules) - before}} - set(sys.stdlib_module_names)
loaded = {{name for name in loaded if "cython" not in name}}  # parts of NumPy
print(json.dumps([outcomes, sorted(loaded)]))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    return json.loads(done.stdout.splitlines()[-1])


def test_the_cells_carry_the_points_of_the_questions():
    marks = [c.metadata.nbgrader for c in SOURCE.cells]
    points = {mark.grade_id: mark.points for mark in marks if mark.grade}
    assert points == {q.grade_id: q.max_points for q in QUESTIONS["gradient"]}


def test_the_pages_count_the_questions_and_their_points():
    questions = QUESTIONS["gradient"]
    number, total = NUMBERS[len(questions)], sum(question.max_points for question in questions)
    by_program = sum(question.max_points for question in questions if question.judge)
    said = f"{number} questions, {total} points"
    assert f"{said.capitalize()}." in cell(SOURCE, "introduction").source
    page = (ROOT / "chapters/reference/for_instructors.md").read_text(encoding="utf-8")
    assert said in page
    assert f"The grader gives {by_program} of the {total} points." in page
    rows = re.findall(r"^\| (\d+)\. (.*?) \|.*\| (\d+) \|$", page, re.MULTILINE)
    assert rows == [(str(q.number), q.title, str(q.max_points)) for q in questions]
    for name in ("index.md", "chapters/09_softmax.ipynb"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert f"{number} [graded exercises](" in text.lower(), name


def test_the_titles_and_points_on_the_page_are_those_of_the_questions():
    listed = re.findall(r"\| \[(\d)\. (.*?)\].*\| (\d) \|", cell(SOURCE, "introduction").source)
    expected = [(str(q.number), q.title, str(q.max_points)) for q in QUESTIONS["gradient"]]
    assert listed == expected
    for q in QUESTIONS["gradient"]:
        title = f"## Question {q.number}: {q.title[0].lower()}{q.title[1:]} ({q.max_points} points)"
        assert title in cell(SOURCE, f"{q.grade_id}-task").source


def test_the_derivation_on_the_page_is_the_one_that_is_judged():
    source = cell(SOURCE, "q2-task").source
    boxes = dict(re.findall(r"\| ([A-H]) \| .*?\\boxed\{(.*)\}\)?.*?\$ \|", source))
    assert sorted(boxes) == sorted(audit.BOXES)
    shown = {
        "A": r"[\log(p) - \log(1 - p)]",
        "B": "z",
        "C": r"\dfrac{1}{1 + e^{z}}",
        "D": r"\log(1 + e^{-z})",
        "E": r"\dfrac{-x_j\,e^{-z}}{1 + e^{-z}}",
        "F": r"\sigma(-z)",
        "G": r"\sigma(z)",
        "H": "[p - y]",
    }
    for link, latex in shown.items():
        assert rf"\boxed{{{latex}}}" in source
        assert python(latex) == audit.BOXES[link][0].replace(" ", "")


def python(latex):
    """Return a line's LaTeX in the syntax of the judge, without spaces."""
    latex = re.sub(r"\\dfrac\{(.*)\}\{(1 \+ e\^\{-?z\})\}", r"\1/(\2)", latex)
    latex = re.sub(r"e\^\{(-?z)\}", r"exp(\1)", latex).replace(r"\,", "*").strip("[]")
    return latex.replace("\\", "").replace(" ", "")


def lines():
    """Return the lines of the derivation, each with a hole for its box, and the line above A."""
    loss = "-y*log(p) - (1 - y)*log(1 - p)"
    return loss, {
        "A": "-y*({}) - log(1 - p)",
        "B": "-y*({}) - log(1 - p)",
        "C": "-y*z - log({})",
        "D": "-y*z + ({})",
        "E": "-y*x_j + ({})",
        "F": "-y*x_j - x_j*({})",
        "G": "-y*x_j + x_j*({})",
        "H": "x_j*({})",
    }


def test_a_link_is_broken_exactly_where_two_lines_differ():
    rng = np.random.default_rng(0)
    z, y, x_j = rng.uniform(-3, 3, 9), rng.uniform(0, 1, 9), rng.uniform(-2, 2, 9)

    def value(expression, z=z):
        return evaluate(expression, {"z": z, "y": y, "x_j": x_j, "p": 1 / (1 + np.exp(-z))})

    above, templates = lines()
    for link, template in templates.items():
        before = value(above)
        if link == "E":  # the derivative of the line above, by way of z = ... + w_j x_j
            ahead, behind = value(above, z + 1e-5 * x_j), value(above, z - 1e-5 * x_j)
            before = (ahead - behind) / 2e-5
        printed, right = (template.format(box) for box in audit.BOXES[link])
        assert np.allclose(value(right), before, atol=1e-8)
        assert np.allclose(value(printed), before, atol=1e-8) == (printed == right)
        above = printed


def test_the_source_passes_its_own_tests():
    outcomes, loaded = run(code(SOURCE))
    assert set(outcomes.values()) == {"ran"}
    assert loaded == ["numpy"]


def test_the_source_is_stored_without_outputs():
    assert [c.id for c in code(SOURCE) if c.outputs or c.execution_count] == []


def test_every_solution_is_gone_from_the_release(release):
    everything = json.dumps(release)
    assert len(solutions()) >= len(QUESTIONS["gradient"])
    assert everything.count(STUB) == len(solutions()) + 1  # and once where the page explains it
    for solution in solutions():
        for line in solution.splitlines():
            assert len(line) < 10 or json.dumps(line.strip())[1:-1] not in everything
    assert "SOLUTION" not in everything


def test_the_release_holds_no_output_and_no_metadata_but_what_it_needs(release):
    assert [c.id for c in code(release) if c.outputs or c.execution_count] == []
    assert set(release.metadata) == {"kernelspec", "language_info"}
    keys = {key for c in release.cells for key in c.metadata}
    assert keys == {"nbgrader", "deletable", "editable", "tags"}


def test_the_release_runs_with_numpy_alone_and_says_what_is_unanswered(release):
    outcomes, loaded = run(code(release))
    assert {name for name, outcome in outcomes.items() if outcome != "ran"} == set(UNANSWERED)
    assert {outcomes[name] for name in UNANSWERED} == {"AnswerError: Not answered yet."}
    assert loaded == ["numpy"]


def test_every_test_lets_the_run_go_on():
    for name in UNANSWERED:
        assert cell(SOURCE, name).metadata.tags == ["raises-exception"]


def test_a_finding_is_shown_without_a_traceback():
    namespace = {}
    exec(cell(SOURCE, "tools").source, namespace)
    error = namespace["AnswerError"]("The sign is reversed.")
    assert error._render_traceback_() == ["The sign is reversed."]


FINDINGS = {
    "q1": {
        'dp_dw_j = "-p*(1 - p)*x_j"': "The sign is reversed.",
        'dp_dw_j = "p*(1 - p)"': "The inner derivative of the score is missing.",
        'dp_dw_j = "x_j^2"': "A power is ** in Python, not ^.",
        "dp_dw_j = 2": "This is no text in quotes: 2",
        "dp_dw_j = ('p*x_j',)": "This is no text in quotes: ('p*x_j',)",
    },
    "q2": {
        'repairs = {"I": "z"}': "The keys are the letters A to H, not 'I'.",
        'repairs = "D"': "repairs must be a dictionary.",
    },
    "q4": {
        "mean_loss_gradient = lambda w, X, y: X.T @ (y - s(X @ w))/len(y)": "The sign is reversed.",
        "mean_loss_gradient = lambda w, X, y: X.T @ (s(X @ w) - y)": "This is the sum",
        "mean_loss_gradient = lambda w, X, y: s(X @ w) - y": "X is missing: these are the errors.",
        "mean_loss_gradient = lambda w, X, y: np.mean(s(X @ w) - y)": "X is missing: this is the",
        "mean_loss_gradient = lambda w, X, y: X.T @ (s(X @ w) - 1 + y)/4": "labels are swapped.",
        "mean_loss_gradient = lambda w, X, y: [X.T @ (s(X @ w) - y)/len(y)]": "This is a row",
        "mean_loss_gradient = lambda w, X, y: X.T @ ((s(X@w) - y)*s(X@w)*s(-X@w))/4": "too much",
        "mean_loss_gradient = lambda w, X, y: X.T @ (np.exp(X@w)/(1 + np.exp(X@w)) - y)/len(y)": (
            "Which exponential is too large there?"
        ),
    },
    "q5": {
        "mean_loss = lambda w, X, y: np.mean(y*(X@w) - np.logaddexp(0, X@w))": "sign is reversed",
        "mean_loss = lambda w, X, y: np.sum(np.logaddexp(0, X@w) - y*(X@w))": "This is the sum",
        "mean_loss = lambda w, X, y: np.logaddexp(0, X@w) - y*(X@w)": "not their mean",
        "mean_loss = lambda w, X, y: np.mean(np.logaddexp(0, X@w) - (1 - y)*(X@w))": "are swapped.",
        "mean_loss = lambda w, X, y: np.mean(np.logaddexp(0, X@w) - y*(X@w))/np.log(2)": "base 2",
        "mean_loss = lambda w, X, y: np.mean(np.logaddexp(0, X@w) - y*(X@w))/np.log(10)": "base 10",
        "mean_loss = lambda w, X, y: np.mean(np.logaddexp(0, X@w) - y*(X@w))": "digits are lost",
        "mean_loss = lambda w, X, y: np.mean(-np.log(np.where(y, s(X@w), 1 - s(X@w))))": (
            "For the score 1000 and the label 0"
        ),
    },
    "q6": {
        "gradient_is_correct = lambda f, gradient, d: True": "True to everything",
        "gradient_is_correct = lambda f, gradient, d: False": "False to everything",
    },
    "q7": {
        "mean_loss_hessian = lambda w, X, y: X.T @ X/4": "The factor p(1 - p) is missing.",
        "mean_loss_hessian = lambda w, X, y: X.T @ X/16": "There is 1/4 in the place",
        "hessian_is_singular = lambda X: False": "two features has a regular Hessian",
        "hessian_is_singular = lambda X: True": "small example is singular",
    },
    "q8": {
        "claims = {'A': False}": "Claim A: instead of False, give a counterexample.",
        "claims = {'A': True}": "Claim B: not answered yet.",
        "claims = {'A': {'w': 1}}": "Claim A: the keys are w X y.",
    },
}


@pytest.mark.parametrize(
    ("name", "answer", "finding"),
    [(name, answer, finding) for name, row in FINDINGS.items() for answer, finding in row.items()],
)
def test_a_public_test_names_the_mistake(name, answer, finding):
    namespace = {"s": lambda z: np.exp(-np.logaddexp(0, -z))}
    for shared in ("tools", f"{name}-answer"):
        exec(cell(SOURCE, shared).source, namespace)
    exec(answer, namespace)
    with pytest.raises(AssertionError, match=re.escape(finding)):
        exec(cell(SOURCE, name).source, namespace)


def test_the_given_cells_take_no_name_that_a_student_might_use():
    namespace = {}
    for c in code(SOURCE):
        if not name_of(c).endswith("-answer"):
            with contextlib.suppress(Exception):  # there are no answers
                exec(c.source, namespace)
    names = set(namespace) - {"np", "AnswerError", "EXAMPLE_W", "EXAMPLE_X", "EXAMPLE_Y"}
    assert [n for n in names if not n.startswith(("_", "test_question_"))] == []


def test_every_answer_cell_is_python_without_its_solution(release):
    for c in code(release):
        ast.parse(c.source)
