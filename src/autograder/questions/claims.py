"""Question 8: four claims; a counterexample counts if the computation confirms it."""

import numpy as np

from autograder.marks import Mark, Question, Student
from autograder.questions.answers import TOLERANCE, as_numbers, is_blank, mark, unanswered
from crossentropy import logistic, loss, loss_gradient, mean_loss_gradient

LARGEST, MOST = 1000, 10_000  # of a number, and how many numbers an array may hold
ROUNDING, DIGITS = 1e-9, 1e-6  # of what is computed, and of the numbers that students give


class NoCounterexampleError(ValueError):
    """The data refute nothing; the message says what was computed with them."""


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """One point for each claim; nothing is drawn, since the student brings the data."""
    answers = student.variable("claims")
    if is_blank(answers):
        return unanswered(QUESTION)
    if not isinstance(answers, dict):
        return mark(QUESTION, 0, "no dictionary", "`claims` must be a dictionary.")
    named = {str(claim).strip().upper(): answer for claim, answer in answers.items()}
    faults = {claim: _fault(claim, named.get(claim)) for claim in CLAIMS}
    wrong = [claim for claim in CLAIMS if faults[claim]]
    feedback = " ".join(f"Claim {claim}: {faults[claim]}" for claim in wrong)
    names = ", ".join(f"claim {claim}" for claim in wrong)
    return mark(QUESTION, len(CLAIMS) - len(wrong), names, feedback)


def _fault(claim, answer):
    """Return why an answer to a claim earns nothing, or nothing if it is right."""
    check, keys, hint = CLAIMS[claim]
    if answer is None:
        return "not answered."
    if isinstance(answer, bool | np.bool_) and answer:
        return "" if check is never_leads_away else f"it is false. Hint: {hint}"
    if not isinstance(answer, dict):
        return "the answer is `True`, or a dictionary with a counterexample."
    try:
        check(**_numbers(answer, keys.split()))
    except ValueError as reason:  # from the check, or from the package, about a shape
        return f"no counterexample: {reason}. Hint: {hint}"
    return ""


def _numbers(answer, keys):
    """Return the numbers of a counterexample, which may hold anything at all, as arrays."""
    if set(answer) != set(keys):
        raise NoCounterexampleError(f"its keys must be {', '.join(keys)}")
    data = {key: as_numbers(answer[key]) for key in keys}
    for key, value in data.items():
        if value is None:
            raise NoCounterexampleError(f"{key} must hold numbers alone")
        if not 0 < value.size <= MOST:
            raise NoCounterexampleError(f"{key} must hold 1 to {MOST} numbers")
        if not (np.abs(value) <= LARGEST).all():
            raise NoCounterexampleError(f"{key} must hold numbers from -1000 to 1000")
    if "y" in data and not np.isin(data["y"], (0, 1)).all():
        raise NoCounterexampleError("y must hold labels 0 and 1")
    return data


def is_stationary_but_wrong(w, X, y):
    """Claim A: raise unless the gradient is zero and some probability is not its label.

    It counts as zero where its terms, one of each sample, cancel each other: w may be rounded.
    """
    gradient, p = mean_loss_gradient(w, X, y), logistic(w, X)
    if (np.abs(p - y) < 1e-3).all():
        raise NoCounterexampleError(f"the probabilities {_shown(p)} are nearly the labels")
    terms = loss_gradient(w, X, y)  # none is zero where x is not: at worst it rounds to it
    tiny = np.copysign(np.nextafter(0, 1), X * (1 - 2 * y)[:, np.newaxis])
    terms = np.where((terms == 0) & (X != 0), tiny, terms)
    if (np.abs(terms.sum(axis=0)) > TOLERANCE * np.abs(terms).sum(axis=0)).any():
        what = _shown(gradient) if gradient.any() else "so small that it rounds to 0"
        raise NoCounterexampleError(f"the gradient is {what}, not zero")


def is_not_convex(x, y, u, v):
    """Claim B: raise unless the squared loss at the middle is above the mean of its values."""
    if {np.size(number) for number in (x, y, u, v)} != {1}:
        raise NoCounterexampleError("x, y, u and v must be one number each")
    weights = [w.ravel() for w in (u, v, (u + v) / 2)]
    left, right, middle = (_log_missing(w, x.ravel(), y.item()) for w in weights)
    if middle > np.logaddexp(left, right) - np.log(2) - ROUNDING:
        losses = [-np.expm1(log_missing) for log_missing in (left, right, middle)]
        mean = (losses[0] + losses[1]) / 2
        here, there = _shown_apart(losses[2], mean)
        raise NoCounterexampleError(f"the loss at the middle is {here}, not above the mean {there}")


def _log_missing(w, x, y):
    """Return log(1 - (p - y)^2), which tells losses apart that are all nearly 1.

    With q the probability of the label, 1 - (1 - q)^2 = q (2 - q), and -log(q) is the loss.
    """
    log_q = -loss(w, x, y)
    return log_q + np.log(2 - np.exp(log_q))


def forecasts_the_same(X, u, v):
    """Claim C: raise unless two different weights give each sample the same score."""
    if u.shape != v.shape or np.abs(u - v).max(initial=0) < 1e-6:
        raise NoCounterexampleError("u and v must have one shape, and differ")
    if u.ndim != 1 or X.ndim != 2 or X.shape[1] != u.size:
        raise NoCounterexampleError("X must have a row for each sample, as long as u and v")
    p, q = logistic(u, X), logistic(v, X)
    if (np.abs(X @ (u - v)) > DIGITS * (np.abs(X) @ np.abs(u - v))).any():
        p, q = _shown_apart(p, q)
        raise NoCounterexampleError(f"the forecasts {p} and {q} differ")


def never_leads_away(w, x, y, eta):
    """Claim D is true: say what the step does with the data that should refute it."""
    if y.size != 1:
        raise NoCounterexampleError("y must be one label")
    if eta.size != 1 or eta.item() <= 0:
        raise NoCounterexampleError("eta must be one positive number")
    if x.ndim != 1 or w.shape != x.shape:
        raise NoCounterexampleError("w and x must be lists of equally many numbers")
    after = w - eta.item() * loss_gradient(w, x, y.item())
    distances = [abs(logistic(weights, x) - y.item()) for weights in (w, after)]
    raise NoCounterexampleError(
        "the distance between probability and label goes from {:.4g} to {:.4g}".format(*distances)
    )


def _shown(array, digits=4):
    if np.ndim(array) == 0:
        return f"{array:.{digits}g}"
    return f"({', '.join(_shown(number, digits) for number in array)})"


def _shown_apart(one, other):
    """Return two results with so many digits that they do not look alike, if they are not."""
    for digits in range(4, 18):
        texts = _shown(one, digits), _shown(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


CLAIMS = {
    "A": (
        is_stationary_but_wrong,
        "w X y",
        "the gradient is a sum over samples; when do two of its terms cancel?",
    ),
    "B": (
        is_not_convex,
        "x y u v",
        "far out on the wrong side the squared loss is flat, and its curve has to bend there.",
    ),
    "C": (
        forecasts_the_same,
        "X u v",
        "weights act through the scores alone; find a direction in which no score changes.",
    ),
    "D": (
        never_leads_away,
        "w x y eta",
        "how does the score change in the step, and what is the sign of p - y?",
    ),
}

QUESTION = Question(8, "Four claims", "q8", len(CLAIMS), judge, reads_only=True)
