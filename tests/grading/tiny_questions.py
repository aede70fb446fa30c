"""The questions of a tiny assignment, as an instructor would define them in a file."""

from autograder.marks import Mark, Question


def judge_square(student, rng):
    """Two points for numbers, two for arrays."""
    x, xs = rng.normal(), rng.normal(size=3)
    right = [float(student.call("square", x, limit=1)) == x**2]
    squares = student.call("square", xs, limit=1)
    right.append(getattr(squares, "shape", None) == (3,) and (squares == xs**2).all())
    return Mark(1, 2.0 * sum(map(bool, right)), 4, diagnosis="" if all(right) else "not a square")


def judge_answer(student, rng):
    """A variable with a known value."""
    right = student.variable("answer") == 42
    return Mark(2, 2.0 * right, 2, diagnosis="" if right else "another answer")


def judge_finds_zero(student, rng):
    """A function that calls a function of the judge."""
    zero = rng.uniform(1, 2)
    found = student.call("zero_of", lambda x: x - zero, limit=1)
    right = abs(found - zero) < 1e-6
    return Mark(4, 1.0 * right, 1, diagnosis="" if right else "no zero")


QUESTIONS = [
    Question(1, "Square", "test_square", 4, judge_square),
    Question(2, "Answer", "test_answer", 2, judge_answer),
    Question(3, "Essay", "essay", 3, None),
    Question(4, "Zero", "test_zero", 1, judge_finds_zero),
]
