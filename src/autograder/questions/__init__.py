"""The questions of each assignment, in order."""

from autograder.marks import Question

QUESTIONS: dict[str, list[Question]] = {}
