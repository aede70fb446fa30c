"""The questions of each assignment, in order."""

from autograder.marks import Question
from autograder.questions import (
    audit,
    claims,
    gradient_checker,
    hessian,
    mean_gradient,
    partial_derivative,
    stable_loss,
)

WRITTEN = Question(3, "The gradient of the loss, on paper", "q3", 8, judge=None)

QUESTIONS: dict[str, list[Question]] = {
    "gradient": [
        partial_derivative.QUESTION,
        audit.QUESTION,
        WRITTEN,
        mean_gradient.QUESTION,
        stable_loss.QUESTION,
        gradient_checker.QUESTION,
        hessian.QUESTION,
        claims.QUESTION,
    ]
}
