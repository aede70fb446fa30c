"""What a class did: a summary, and which mistake was made how often."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.grading import Graded
from autograder.marks import NEEDS_MANUAL, Question
from autograder.text import as_line

__all__ = ["class_report", "left_out", "summary"]

MOST_MISTAKES = 5


def class_report(results: Mapping[str, Graded], questions: Sequence[Question]) -> str:
    """Return the report as text.

    Parameters
    ----------
    results : mapping of str to Graded
        By student.
    questions : sequence of Question
    """
    results = dict(sorted(results.items()))  # and not by which worker was the fastest
    titles = [f"{question.number} {question.title}" for question in questions]
    width = max(map(len, titles), default=0)
    lines = [f"{'question':<{width}} {'mean':>11} {'full marks':>11}   mistakes"]
    for place, (question, title) in enumerate(zip(questions, titles, strict=True)):
        marks = [graded.marks[place] for graded in results.values()]
        lines.append(f"{title:<{width}} {question_line(question, marks)}")
    return "\n".join([*lines, "", *not_graded_lines(results)]).rstrip()


def question_line(question, marks):
    """Return what there is to tell about one question."""
    given = [mark for mark in marks if mark.points is not None]
    if not given:
        what = "to be graded by hand" if question.judge is None else "not graded"
        return f"{'':>11} {'':>11}   {what}"
    mean = f"{sum(mark.points for mark in given) / len(given):.1f} of {question.max_points:g}"
    full = sum(mark.points == mark.max_points for mark in given) / len(given)
    mistakes = Counter(mark.diagnosis for mark in given if mark.diagnosis)
    told = ", ".join(f"{name} ({count})" for name, count in mistakes.most_common(MOST_MISTAKES))
    waiting = sum(mark.status == NEEDS_MANUAL for mark in marks)
    told += f"{waiting} to be graded by hand" if waiting else ""
    return f"{mean:>11} {full:>11.0%}   {told}".rstrip()


def not_graded_lines(results):
    """Yield a line about each submission that lacks a mark, and why."""
    for student, graded in results.items():
        for reason in dict.fromkeys(mark.feedback for mark in graded.missing):
            numbers = [str(m.question) for m in graded.missing if m.feedback == reason]
            every = len(numbers) == len(graded.marks)
            what = "every question" if every else f"question {', '.join(numbers)}"
            yield f"Not graded: {as_line(student)}, {what}. {reason}"


def left_out(students: Sequence[str]) -> str:
    """Return that nbgrader's own commands make no pages for some students, if there are any."""
    names = ", ".join(map(as_line, students))
    told = f"No feedback page from nbgrader for {names}: see “What is protected”.\n"
    return told if students else ""


def summary(results: Mapping[str, Graded], path: Path) -> str:
    """Return how many are graded, and where the marks are."""
    missing = sum(bool(graded.missing) for graded in results.values())
    done = len(results) - missing
    told = f", {missing} not (see above)" if missing else ""
    return f"{done} of {len(results)} graded{told}. The marks are in {path}."
