"""Question 2: a derivation through the log-odds, with two broken links to find and to repair.

The notebook prints the lines; `BOXES` says what is printed in the box of each, and what has to
stand there for the line to equal the one above it.
"""

import numpy as np

from autograder.marks import Mark, Question, Student
from autograder.questions.answers import is_blank, mark, unanswered
from autograder.questions.expressions import ExpressionError, evaluate
from crossentropy import sigmoid

BOXES = {  # link: printed, right
    "A": ("log(p) - log(1 - p)", "log(p) - log(1 - p)"),
    "B": ("z", "z"),
    "C": ("1/(1 + exp(z))", "1/(1 + exp(z))"),
    "D": ("log(1 + exp(-z))", "log(1 + exp(z))"),
    "E": ("-x_j*exp(-z)/(1 + exp(-z))", "-x_j*exp(-z)/(1 + exp(-z))"),
    "F": ("sigma(-z)", "sigma(-z)"),
    "G": ("sigma(z)", "sigma(z) - 1"),
    "H": ("p - y", "p - y"),
}
BROKEN = {link for link, (printed, right) in BOXES.items() if printed != right}
FOLLOWS_FROM_D = {"E", "F", "H"}  # these change, too, for whoever goes on from a repaired line D


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """One point a broken link, one a repair, one for no other link; a wrong link costs one."""
    repairs = student.variable("repairs")
    if is_blank(repairs):
        return unanswered(QUESTION)
    if not isinstance(repairs, dict):
        return mark(QUESTION, 0, "no dictionary", "`repairs` must be a dictionary.")
    boxes = {str(link).strip().upper(): box for link, box in repairs.items()}
    found, accused = sorted(BROKEN & set(boxes)), sorted(set(BOXES) & set(boxes) - BROKEN)
    faults = {link: _fault(link, boxes[link], rng) for link in found}
    repaired = [link for link in found if not faults[link]]
    points = len(found) + len(repaired) + bool(found and not accused) - len(accused)
    diagnosis, feedback = _in_words(found, repaired, accused, faults)
    return mark(QUESTION, max(points, 0), diagnosis, feedback)


def _fault(link, box, rng):
    """Return what is wrong with the repair of a broken link, or nothing."""
    z, y, x_j = rng.uniform(-4, 4, 20), rng.uniform(0, 1, 20), rng.uniform(-3, 3, 20)
    values = {"z": z, "y": y, "x_j": x_j, "p": sigmoid(z)}
    try:
        came, right = (evaluate(text, values) for text in (box, BOXES[link][1]))
    except ExpressionError as error:
        return str(error)
    if np.allclose(came, right, rtol=1e-9, atol=1e-12):
        return ""
    simple = {"z": np.log(3), "y": 1.0, "x_j": 2.0, "p": 0.75}
    came, right = (evaluate(text, simple) for text in (box, BOXES[link][1]))
    return (
        f"At z = log 3, p = 3/4, y = 1 and x_j = 2, the box has to be worth {right:.4g} so that "
        f"its line equals the line above; yours is worth {came:.4g}."
    )


def _in_words(found, repaired, accused, faults):
    """Return the diagnosis and what the student reads."""
    diagnosis, words = [], []
    if accused:
        follow_on = "D" in found and set(accused) <= FOLLOWS_FROM_D
        diagnosis.append("follow-on links" if follow_on else "intact link")
        words.append(f"What you name although it holds: {', '.join(accused)}.")
        words.append("Judge each line against the line above it as it stands there.")
    for link in found:
        words.append(f"Link {link} is broken, and your repair holds." if link in repaired else "")
        words.append("" if link in repaired else f"Link {link} is broken. {faults[link]}")
    if len(repaired) < len(found):
        diagnosis.append("wrong repair")
    if len(found) < len(BROKEN):
        diagnosis.append("broken link missed")
        words.append("A broken link is not among those you name: put numbers into both its sides.")
    return ", ".join(diagnosis), " ".join(filter(None, words))


QUESTION = Question(2, "Audit of a derivation", "q2", 5, judge)
