"""Question 4: the gradient of the mean loss, (A.20)."""

import numpy as np

import crossentropy
from autograder.marks import Mark, Question, Student
from autograder.questions.answers import agrees, mark, numbers_of
from autograder.questions.data import costly_data, near_data
from autograder.questions.slips import explain_function

NAME = "mean_loss_gradient"
FAR = (1e2, 1e3, 1e5, 1e30)
FORMULA, EVERYWHERE, SHAPE = 4, 2, -1  # points


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """Give points for the formula, for scores of any size, and for the shape of the result."""
    near = near_data(rng)
    values = [numbers_of(student, NAME, *data) for data in near]
    if not all(_is_right(value, data) for value, data in zip(values, near, strict=True)):
        slip = explain_function(student, NAME)
        points, names, feedback = FORMULA * slip.share, [slip.name], [slip.feedback]
        return _with_shape(points, names, feedback, values, near)
    points, names, feedback = FORMULA, [], []
    far = [costly_data(rng, 6, 3, largest=largest) for largest in FAR]
    if all(_is_right(numbers_of(student, NAME, *data), data) for data in far):
        points += EVERYWHERE
    else:
        slip = explain_function(student, NAME)
        names, feedback = [slip.name], [slip.feedback]
    return _with_shape(points, names, feedback, values, near)


def _with_shape(points, names, feedback, values, near):
    """Return the mark, which as many numbers as asked for in another shape make lower."""
    sizes = [None if value is None else value.size for value in values]
    if points and sizes == [w.size for w, *_ in near] and any(value.ndim != 1 for value in values):
        points += SHAPE
        names.append("wrong shape")
        feedback.append("The shape of the result must be `(d,)`, also for d = 1.")
    return mark(QUESTION, points, ", ".join(names), " ".join(feedback))


def _is_right(value, data):
    return agrees(value, crossentropy.mean_loss_gradient(*data), np.abs(data[1]).max())


QUESTION = Question(4, "The gradient of the mean loss, in code", "q4", 6, judge)
