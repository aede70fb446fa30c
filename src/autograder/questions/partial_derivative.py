"""Question 1: the derivative (3) of the probability, typed as an expression."""

import numpy as np

from autograder.marks import Mark, Question, Student
from autograder.questions.answers import TOLERANCE, is_blank, mark, unanswered
from autograder.questions.expressions import ExpressionError, evaluate
from autograder.questions.slips import explain
from crossentropy import logistic_gradient, sigmoid


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """All points for any expression with the right values, half of them after one slip."""
    expression = student.variable("dp_dw_j")
    if is_blank(expression):
        return unanswered(QUESTION)
    if isinstance(expression, list) and len(expression) == 1:
        (expression,) = expression  # a comma at its end makes a tuple of it

    def value(z, x_j):
        return evaluate(expression, {"z": np.asarray(z), "x_j": np.asarray(x_j), "p": sigmoid(z)})

    z, x_j = rng.uniform(-4, 4, 20), rng.uniform(-3, 3, 20)
    truth = logistic_gradient([1, 0], np.column_stack([z, x_j]))[:, 1]  # the score is 1 z + 0 x_j
    try:
        right = np.allclose(value(z, x_j), truth, rtol=TOLERANCE, atol=1e-12)
    except ExpressionError as error:
        return mark(QUESTION, 0, "unreadable expression", str(error))
    if right:
        return mark(QUESTION, QUESTION.max_points)
    slip = explain("dp_dw", value)
    return mark(QUESTION, QUESTION.max_points * slip.share, slip.name, slip.feedback)


QUESTION = Question(1, "The slope of the probability", "q1", 4, judge, reads_only=True)
