"""Whatever a student's code returns, a judge gives a mark: few points, and no exception."""

import numpy as np
import pytest

from autograder.marks import Mark, StudentFailure
from autograder.questions import QUESTIONS
from autograder.students import LocalStudent

NESTED = []
for _ in range(15):
    NESTED = [NESTED]

VALUES = {
    "None": None,
    "a number": -1,
    "a huge number": 10**400,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "a complex number": 1j,
    "text": "text",
    "markup": "<script>alert(1)</script> $x$ **bold** `code`",
    "an empty list": [],
    "an empty row": [[]],
    "rows of unequal length": [[1], [1, 2]],
    "a list of nothing": [None, None],
    "a list of text": ["a", "b"],
    "text for which an array has no room": ["x" * 10**6, *["a"] * 10**5],
    "a deep list": NESTED,
    "an empty dictionary": {},
    "a dictionary of anything": {"A": None, "w": "x", "X": 1, "y": NESTED},
    "an empty array": np.zeros((0, 3)),
    "an empty array with a long side": np.zeros((2**32 - 1, 0)),
    "many empty rows": [[]] * 100_000,
    "an array of many dimensions": np.ones((2, 2, 2)),
    "an array of bools": np.array([True, False]),
    "small integers that overflow": np.array([255], dtype=np.uint8),
    "half precision": np.array([np.inf, 6e4], dtype=np.float16),
    "complex numbers": np.array([1j, 2]),
}
VARIABLES = {1: "dp_dw_j", 2: "repairs", 8: "claims"}
FUNCTIONS = {
    4: ["mean_loss_gradient"],
    5: ["mean_loss"],
    6: ["gradient_is_correct"],
    7: ["mean_loss_hessian", "hessian_is_singular"],
}
JUDGED = {q.number: q for q in QUESTIONS["gradient"] if q.judge}
value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


def mark_of(number, namespace):
    """Return the mark as the grader would give it."""
    question = JUDGED[number]
    try:
        mark = question.judge(LocalStudent(namespace), np.random.default_rng(0))
    except StudentFailure as failure:
        mark = Mark(number, 0, question.max_points, "graded", failure.kind, failure.message)
    assert mark.status == "graded"
    assert "script" not in mark.feedback
    assert len(mark.feedback) < 1000
    return mark


@value
@pytest.mark.parametrize("number", VARIABLES)
def test_a_variable_may_hold_anything(number, value):
    mark = mark_of(number, {VARIABLES[number]: value})
    assert mark.points == 0
    assert mark.diagnosis


@value
@pytest.mark.parametrize("number", FUNCTIONS)
def test_a_function_may_return_anything(number, value):
    names = FUNCTIONS[number]
    mark = mark_of(number, {name: lambda *arguments: value for name in names})
    assert mark.points == 0
    assert mark.diagnosis


@value
@pytest.mark.parametrize("claim", ["A", "B", "C", "D"])
def test_a_counterexample_may_hold_anything(claim, value):
    keys = {"A": "wXy", "B": "xyuv", "C": "Xuv", "D": ["w", "x", "y", "eta"]}[claim]
    for changed in keys:
        answer = {key: [1.0] if key in "wuvx" else 1 for key in keys} | {changed: value}
        assert mark_of(8, {"claims": {claim: answer}}).points == 0


@value
def test_a_repair_may_be_anything(value):
    assert mark_of(2, {"repairs": {"D": value, "G": value}}).points == 3


def test_an_answer_may_have_any_keys():
    assert mark_of(2, {"repairs": {"<script>": "z", "D" * 1000: "z"}}).points == 0
    assert mark_of(8, {"claims": {"<script>": True}}).points == 0
    assert mark_of(8, {"claims": {"A": {"<script>": 1}}}).points == 0


@pytest.mark.parametrize("number", FUNCTIONS)
def test_a_function_may_raise_anything(number):
    def raising(*arguments):
        raise RecursionError(f"<script>{arguments}")

    names = FUNCTIONS[number]
    assert mark_of(number, dict.fromkeys(names, raising)).points == 0


def test_a_checker_may_call_back_with_anything():
    refused = []

    def checker(f, gradient, d):
        for value in VALUES.values():
            try:
                f(value), gradient(value)
            except ValueError as error:
                refused.append(str(error))
        return True

    assert mark_of(6, {"gradient_is_correct": checker}).points == 0
    assert any("w must have shape (n_features,)" in message for message in refused)
