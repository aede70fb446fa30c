"""Question 2: a derivation through the log-odds, with two broken links to find and to repair.

The notebook prints the lines; `BOXES` says what is printed in the box of each, and what has to
stand there for the line to equal the one above it.
"""

from itertools import product

import numpy as np

from autograder.marks import Mark, Question, Student
from autograder.questions.answers import TOLERANCE, is_blank, mark, unanswered
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
NAMES = ("z", "y", "x_j", "p")
SCORES = (("log 3", np.log(3), 0.75), ("-log 3", -np.log(3), 0.25), ("0", 0.0, 0.5))


def judge(student: Student, rng: np.random.Generator, boxes: dict = BOXES) -> Mark:
    """One point a broken link, one a repair, one for no other link; a wrong link costs one."""
    repairs = student.variable("repairs")
    if is_blank(repairs):
        return unanswered(QUESTION)
    if not isinstance(repairs, dict):
        return mark(QUESTION, 0, "no dictionary", "`repairs` must be a dictionary.")
    links = {_letter(link): link for link in boxes}
    named = {links.get(_letter(link), str(link)): box for link, box in repairs.items()}
    broken = {link for link, (printed, right) in boxes.items() if printed != right}
    found, accused = sorted(broken & set(named)), sorted(set(boxes) & set(named) - broken)
    faults = {link: _fault(named[link], boxes[link][1], rng) for link in found}
    repaired = [link for link in found if not faults[link]]
    points = len(found) + len(repaired) + bool(found and not accused) - len(accused)
    diagnosis, feedback = _in_words(faults, accused, missed=len(broken) - len(found))
    if set(named) - set(boxes):
        feedback = f"The links are named {', '.join(boxes)}: no other key counts. {feedback}"
    return mark(QUESTION, max(points, 0), diagnosis, feedback)


def _letter(link):
    return str(link).strip().upper().removeprefix("LINK").strip()


def _fault(box, right, rng):
    """Return what is wrong with the repair of a broken link, or nothing."""
    z, y, x_j = rng.uniform(-4, 4, 40), np.arange(40) % 2, rng.uniform(-3, 3, 40)
    try:
        if _agree(box, right, {"z": z, "y": y, "x_j": x_j, "p": sigmoid(z)}):
            return ""
    except ExpressionError as error:
        return str(error)
    for (score, z, p), y, x_j in product(SCORES, (1.0, 0.0), (2.0, -1.0)):
        simple = {name: np.float64(v) for name, v in zip(NAMES, (z, y, x_j, p), strict=True)}
        if not _agree(box, right, simple):
            expected, came = _shown(evaluate(right, simple), evaluate(box, simple))
            return (
                f"At z = {score}, p = {p:g}, y = {y:g} and x_j = {x_j:g}, the box has to be worth "
                f"{expected} so that its line equals the line above; yours is worth {came}."
            )
    return "The box is right at simple values, but not for all z, y and x_j."


def _shown(*values):
    """Return numbers in as many digits as it takes to tell them apart."""
    for digits in (4, 10):
        texts = [f"{v:.{digits}g}" if np.isfinite(v) else "no finite number" for v in values]
        if len(set(texts)) == len(texts):
            break
    return texts


def _agree(box, right, values):
    return np.allclose(evaluate(box, values), evaluate(right, values), rtol=TOLERANCE, atol=1e-12)


def _in_words(faults, accused, missed):
    """Return the diagnosis and what the student reads."""
    diagnosis, words = [], []
    if accused:
        after = faults and min(faults) < min(accused)  # they go on from a repaired line
        diagnosis.append("follow-on links" if after else "intact link")
        words.append(f"What you name although it holds: {', '.join(accused)}.")
        words.append("Judge each line against the line above it as it stands there.")
    for link, fault in faults.items():
        words.append(f"Link {link} is broken" + (f". {fault}" if fault else ", and repaired."))
    if any(faults.values()):
        diagnosis.append("wrong repair")
    if missed:
        diagnosis.append("broken link missed")
        several = "Broken links are" if missed > 1 else "A broken link is"
        words.append(f"{several} not among those you name: put numbers into both sides of a link.")
    return ", ".join(diagnosis), " ".join(words)


QUESTION = Question(2, "Audit of a derivation", "q2", 5, judge, reads_only=True)
