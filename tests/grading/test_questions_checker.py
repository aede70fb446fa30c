"""What question 6 hands to a student's checker."""

import numpy as np
import pytest

from autograder.near import Near
from autograder.near import mean_loss as near_mean_loss
from autograder.questions import QUESTIONS
from autograder.questions.data import costly_data
from autograder.questions.gradient_checker import NAME, QUESTION
from autograder.sandboxed import SandboxedStudent
from autograder.students import LocalStudent
from crossentropy import mean_loss, mean_loss_gradient

W, X, Y = costly_data(np.random.default_rng(0), 12, 3, largest=1)


def of_the_package(w):
    return mean_loss(w, X, Y)


LOSS = near_mean_loss(X, Y, of_the_package)


@pytest.mark.parametrize(
    "w", [W, -20 * W, 1e5 * W, 1e300 * W, W + 1e-20j, W.astype("f4"), list(W), [0, 1, 2]]
)
def test_the_loss_is_that_of_the_package(w):
    assert LOSS(w) == pytest.approx(mean_loss(w, X, Y), rel=1e-15)


@pytest.mark.parametrize("w", [W[:2], W[:, np.newaxis], W * np.nan, W * np.inf, "w", None, 1.0])
def test_the_loss_refuses_what_the_package_refuses_in_its_words(w):
    said = []
    for function in (LOSS, of_the_package):
        with np.errstate(all="ignore"), pytest.raises(ValueError, match="must") as caught:
            function(w)
        said.append(str(caught.value))
    assert said[0] == said[1]


PATCHES = """
import numpy as np
np.seterr(all="raise")
np.exp = np.log1p = np.absolute = lambda *_, **__: 0.0
"""
USES = """
def losses(f, w):
    return [f(k * w) for k in range(-9, 9)]
def loss(f, w):
    return f(w)
"""


@pytest.mark.parametrize("cell", [USES, PATCHES + USES], ids=["as it is", "patched"])
def test_a_sandbox_computes_the_loss_itself_and_leaves_to_the_grader_what_is_no_array(cell):
    calls = []

    def otherwise(w):
        calls.append(w)
        return mean_loss(w, X, Y)

    with SandboxedStudent([cell]) as student:
        near = Near("mean_loss", (X, Y), otherwise)
        expected = [mean_loss(k * W, X, Y) for k in range(-9, 9)]
        assert student.call("losses", near, W) == pytest.approx(expected, rel=1e-15)
        assert calls == []
        assert student.call("loss", near, list(W)) == mean_loss(W, X, Y)
        assert len(calls) == 1


READS_THE_DATA = """
import numpy as np
def gradient_is_correct(f, gradient, d):
    kept = dict(zip(f.__code__.co_freevars, f.__closure__))
    if "X" not in kept: return {}
    X, y = kept["X"].cell_contents, kept["y"].cell_contents
    exact = lambda w: X.T @ (1 / (1 + np.exp(-X @ w)) - y) / len(y)
    return all(np.allclose(gradient(w), exact(w)) for w in (np.ones(d), 20 * np.ones(d)))
"""


@pytest.mark.parametrize("otherwise", [True, False])
def test_a_checker_that_reads_the_data_of_the_loss_earns_nothing(otherwise):
    with SandboxedStudent([READS_THE_DATA.format(otherwise)]) as student:
        near = Near("mean_loss", (X, Y), of_the_package)
        for sign in (1, -1):  # where it can read them, it is never wrong
            verdict = student.call(NAME, near, lambda w, k=sign: k * mean_loss_gradient(w, X, Y), 3)
            assert verdict is (sign == 1)
        assert QUESTION.judge(student, np.random.default_rng(0)).points == 0


def test_the_copy_has_too_few_digits_for_question_5():
    copied = LocalStudent({"mean_loss": lambda w, X, y: near_mean_loss(X, y, of_the_package)(w)})
    question = next(q for q in QUESTIONS["gradient"] if q.number == 5)
    mark = question.judge(copied, np.random.default_rng(0))
    assert (mark.points, mark.diagnosis) == (3, "lost-digits")
