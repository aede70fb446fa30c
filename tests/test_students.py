"""A student without a sandbox behaves as a judge may expect of any student."""

import numpy as np
import pytest

from autograder.marks import StudentFailure
from autograder.students import LocalStudent


def boom(_):
    raise ValueError("secret input")


class Cunning(Exception):  # noqa: N818
    pass


def cunning():
    raise Cunning


STUDENT = LocalStudent(
    {
        "twice": lambda x: 2 * x,
        "apply": lambda f, x: f(x) + f(2 * x),
        "boom": boom,
        "cunning": cunning,
        "leave": lambda: exit(),
        "endless": lambda: (i for i in []),
        "answer": 42,
    }
)


def test_a_function_gets_arrays_and_returns_them():
    np.testing.assert_array_equal(STUDENT.call("twice", np.array([1.5, 2])), [3, 4])


def test_a_function_cannot_change_the_callers_array():
    student, mine = LocalStudent({"clear": lambda x: x.fill(0)}), np.ones(2)
    student.call("clear", mine)
    assert mine.tolist() == [1, 1]


def test_a_function_may_call_back():
    assert STUDENT.call("apply", lambda x: x + 1, 3) == 11


def test_a_variable_has_its_value():
    assert STUDENT.variable("answer") == 42


@pytest.mark.parametrize(
    ("name", "arguments", "kind", "says"),
    [
        ("absent", [], "missing", "no function `absent`"),
        ("answer", [], "missing", "no function `answer`"),
        ("boom", [1], "raised", "`boom` raised `ValueError`"),
        ("leave", [], "raised", "`SystemExit`"),
        ("cunning", [], "raised", "an exception of its own kind"),
        ("endless", [], "unreadable", "`generator`"),
    ],
)
def test_a_failure_is_named(name, arguments, kind, says):
    with pytest.raises(StudentFailure) as caught:
        STUDENT.call(name, *arguments)
    assert caught.value.kind == kind
    assert says in caught.value.message


def test_a_message_never_quotes_what_an_exception_says():
    with pytest.raises(StudentFailure) as caught:
        STUDENT.call("boom", 1)
    assert "secret" not in caught.value.message
    assert caught.value.detail == "secret input"


def test_an_absent_variable_is_missing():
    with pytest.raises(StudentFailure, match="no variable `absent`"):
        STUDENT.variable("absent")
