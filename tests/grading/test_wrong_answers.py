"""What each known wrong answer costs, and what its author is told.

The table is wrong answers x questions. An answer to question 1 is an expression in x_j and z; to
question 2, 6 and 8 it is what the notebook asks for; to question 4, 5 and 7 it is what the function
returns, written in w, X, y and, for scores that are right on paper, n, d, z, p, q = 1 - p and
s = p (1 - p), all of them right to rounding.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest

from autograder.questions import QUESTIONS
from autograder.questions.slips import OTHER_QUANTITY
from autograder.students import LocalStudent
from crossentropy.mistakes import TARGETS

FORMULA = """
def {name}(w, X, y):
    (n, d), z, exp, log = X.shape, X @ w, np.exp, np.log
    p, q = np.exp(-np.logaddexp(0, -z)), np.exp(-np.logaddexp(0, z))
    s = p * q
    return {answer}
"""
CHECKER = """
def difference(f, w, h=1e-5):
    return np.array([(f(w + h*e) - f(w - h*e))/(2*h) for e in np.eye(len(w))])
def points(d, sizes=(0.1, 1, 5, 20)):
    rng = np.random.default_rng(1)
    return [size*rng.uniform(-1, 1, d) for size in sizes for _ in range(5)]
def agrees(f, gradient, w, see=np.asarray):
    return np.allclose(see(gradient(w)), see(difference(f, w)), 1e-4, 1e-6)
def gradient_is_correct(f, gradient, d):
    return {answer}
"""
ANSWERS = {
    1: "dp_dw_j = {answer!r}",
    2: "repairs = {answer}",
    4: FORMULA.replace("{name}", "mean_loss_gradient"),
    5: FORMULA.replace("{name}", "mean_loss"),
    6: CHECKER,
    7: FORMULA.replace("{name}", "mean_loss_hessian")
    + "def hessian_is_singular(X):\n    return np.linalg.matrix_rank(X) < X.shape[1]",
    8: "claims = {**RIGHT_CLAIMS, **{answer}}",
}
RIGHT_CLAIMS = {
    "A": {"w": [0], "X": [[1], [1]], "y": [0, 1]},
    "B": {"x": 1, "y": 1, "u": -6, "v": 0},
    "C": {"X": [[1, 1], [2, 2]], "u": [1, 0], "v": [0, 1]},
    "D": True,
}


@dataclass(frozen=True)
class Wrong:
    """A wrong answer to a question, the points that it leaves, and what is diagnosed and said."""

    question: int
    answer: str
    points: float
    diagnosis: str
    said: str


LINE_8 = "-X.T @ ((y/p - (1 - y)/(1 - p))*exp(-z)/(1 + exp(-z))**2)/n"
LOOP = "X.T @ (np.array([1/(1 + __import__('math').exp(-t)) for t in z]) - y)/n"
CLIPPED = "np.mean(-y*log(np.maximum(p, 1e-15)) - (1 - y)*log(np.maximum(1 - p, 1e-15)))"
LIFTED, LIFTED_IS = "np.mean(-y*log(p + E) - (1 - y)*log(1 - p + E))", "clipped, lost-digits"
UNDERFLOW = "{'w': [800], 'X': [[1], [0]], 'y': [1, 1]}"
BY_LABEL = "np.logaddexp(0, np.stack([z, -z], axis=1))[np.arange(n), y]"
SCORE = "Compute the loss from the score"

D, G = "log(1 + exp(z))", "sigma(z) - 1"  # the repairs that hold
NEAR = "all(agrees(f, gradient, w) for w in points(d, [0.1, 1]))"
FAR_OUT = (
    "(lambda t: np.mean(np.where(t < -36, exp(np.minimum(t, 0)), "
    "np.maximum(t, 0) + log(1 + exp(-abs(t))))))((1 - 2*y)*z)"
)
SIZE = "all(agrees(f, gradient, w, np.abs) for w in points(d))"
DIRECTION = "all(agrees(f, gradient, w, lambda g: g/np.linalg.norm(g)) for w in points(d))"
ALL = "all(agrees(f, gradient, w) for w in points(d))"
EXACT = "all(np.array_equal(gradient(w), difference(f, w)) for w in points(d))"
MISSED = "accepts sign, accepts missing x, accepts factor n, accepts large scores"
FEW = "d < 4 and all(agrees(f, gradient, w) for w in points(d))"

TABLE = {
    "a sign is lost in the derivative of e^{-z}": [
        Wrong(1, "-x_j*exp(-z)/(1 + exp(-z))**2", 2, "sign", "minus signs"),
        Wrong(4, "X.T @ (y - p)/n", 2, "sign", "minus signs"),
        Wrong(5, "np.mean(y*log(p) + (1 - y)*log(q))", 1, "sign", "minus signs"),
        Wrong(7, "-(X.T*s) @ X/n", 3, "sign", "minus signs"),
    ],
    "a sign is lost in the derivative of log(1 - p)": [
        Wrong(4, "-X.T @ (y*q + (1 - y)*p)/n", 2, "inner-sign", "derivative of 1 − p"),
        Wrong(5, "np.mean(-y*log(p) + (1 - y)*log(q))", 1, "term-sign", "neither term"),
    ],
    "a sign is lost in the derivative of -y log p": [
        Wrong(4, "X.T @ (s*(y/p + (1 - y)/q))/n", 2, "first-sign", "begins with −y log p"),
    ],
    "a sign is lost in front of the score": [
        Wrong(5, "np.mean(np.logaddexp(0, z) + y*z)", 1, "score-sign", "good forecasts"),
    ],
    "the inner derivative is forgotten": [
        Wrong(1, "exp(-z)/(1 + exp(-z))**2", 2, "no-inner-derivative", "features do not appear"),
        Wrong(4, "np.mean(p - y)", 2, "no-inner-derivative", "features do not appear"),
        Wrong(4, "np.full(d, np.mean(p - y))", 2, "no-inner-derivative", "features do not appear"),
        Wrong(7, "np.mean(s)", 3, "no-inner-derivative", "features do not appear"),
    ],
    "the square in the denominator is lost": [
        Wrong(1, "x_j*exp(-z)/(1 + exp(-z))", 2, "no-square", "reciprocal rule"),
        Wrong(4, "X.T @ ((p - y)/p)/n", 2, "no-square", "reciprocal rule"),
        Wrong(7, "(X.T*q) @ X/n", 3, "no-square", "reciprocal rule"),
    ],
    "the exponential in the numerator is lost": [
        Wrong(1, "x_j/(1 + exp(-z))**2", 2, "no-exponential", "survives differentiation"),
        Wrong(4, "X.T @ ((p - y)*p/q)/n", 2, "no-exponential", "survives differentiation"),
        Wrong(7, "(X.T*p**2) @ X/n", 3, "no-exponential", "survives differentiation"),
    ],
    "only the denominator is differentiated": [
        Wrong(1, "-x_j*exp(-z)", 2, "denominator-only", "which rule is next"),
    ],
    "one exponential has the wrong sign": [
        Wrong(1, "x_j*exp(z)/(1 + exp(-z))**2", 2, "exponential-sign", "from line to line"),
        Wrong(1, "x_j*exp(-z)/(1 + exp(z))**2", 2, "exponential-sign", "from line to line"),
        Wrong(5, "np.mean(log(1 + exp(-z)) - y*z)", 1, "exponential-sign", "from line to line"),
        Wrong(7, "(X.T*exp(z)/(1 + exp(-z))**2) @ X/n", 3, "exponential-sign", "from line to line"),
    ],
    "a plus stands for a minus": [
        Wrong(1, "x_j*p*(1 + p)", 2, "plus-for-minus", "larger than 1"),
        Wrong(4, "X.T @ (p + y)/n", 2, "plus-for-minus", "larger than 1"),
        Wrong(7, "(X.T*p*(1 + p)) @ X/n", 3, "plus-for-minus", "larger than 1"),
    ],
    "the probability stands for its slope": [
        Wrong(1, "x_j*p", 2, "p-for-slope", "how steep"),
        Wrong(7, "(X.T*p) @ X/n", 3, "p-for-slope", "how steep"),
    ],
    "a factor p(1 - p) too many": [
        Wrong(1, "x_j*(p*(1 - p))**2", 2, "extra-slope", "too many"),
        Wrong(4, "X.T @ ((p - y)*s)/n", 2, "extra-slope", "too many"),
        Wrong(7, "(X.T*s**2) @ X/n", 3, "extra-slope", "too many"),
    ],
    "divided by p(1 - p)": [
        Wrong(4, "X.T @ ((p - y)/s)/n", 2, "divided-by-slope", "What cancels?"),
    ],
    "the factor p(1 - p) is missing": [
        Wrong(7, "X.T @ X/n", 3, "no-slope", "one more derivative"),
        Wrong(7, "X.T @ X/(4*n)", 3, "bound", "One quarter is the largest"),
    ],
    "the squared loss": [
        Wrong(5, "np.mean((p - y)**2)", 0, "squared-loss", "not to the cross entropy"),
    ],
    "p is treated as a constant": [
        Wrong(1, "0", 0, "p-constant", "Does p change"),
        Wrong(5, "0", 0, "wrong", "expected 0.2014, got 0."),
        Wrong(4, "np.zeros(d)", 0, "p-constant", "Does p change"),
        Wrong(7, "np.zeros((d, d))", 2, "p-constant", "Does p change"),
    ],
    "the derivative in p for the one in w": [
        Wrong(4, "np.mean((p - y)/s)", 0, "derivative-in-p", "How does p change with a weight"),
    ],
    "the arguments of H are swapped": [
        Wrong(5, "np.mean(-p*log(y) - q*log(1 - y))", 0, "swapped-arguments", "the label?"),
    ],
    "the labels are swapped": [
        Wrong(4, "X.T @ (p - (1 - y))/n", 2, "swapped-labels", "Put in y = 1"),
        Wrong(5, "np.mean(-y*log(q) - (1 - y)*log(p))", 1, "swapped-labels", "Put in y = 1"),
    ],
    "the labels are forgotten": [
        Wrong(4, "X.T @ p/n", 0, "labels-forgotten", "The same forecast"),
        Wrong(5, "np.mean(-log(p))", 0, "labels-forgotten", "The same forecast"),
    ],
    "y/p where p is 0": [
        Wrong(4, LINE_8, 4, "saturated", "compute from the score"),
        Wrong(4, "X.T @ (exp(z)/(1 + exp(z)) - y)/n", 4, "overflow", "without it?"),
        Wrong(
            4, LOOP, 4, "overflow", "but `mean_loss_gradient` raised `OverflowError` at z = −800"
        ),
        Wrong(
            5, "np.mean(-y*log(p) - (1 - y)*log(1 - p))", 2, "saturated, lost-digits", "40, got ∞"
        ),
        Wrong(5, "np.mean(np.log1p(exp((1 - 2*y)*z)))", 4, "overflow", "without it?"),
    ],
    "p is clipped": [
        Wrong(5, CLIPPED, 2, "clipped, lost-digits", "nothing needs to be clipped"),
        *(Wrong(5, LIFTED.replace("E", e), 2, LIFTED_IS, SCORE) for e in ("1e-15", "1e-12")),
        *(Wrong(5, LIFTED.replace("E", e), 1, "clipped", SCORE) for e in ("1e-8", "1e-7")),
        Wrong(5, CLIPPED.replace("1e-15", "1e-4"), 1, "clipped", SCORE),
    ],
    "small losses lose their digits": [
        Wrong(
            5, "np.mean(np.logaddexp(0, z) - y*z)", 3, "lost-digits", "4.248354e-18, and yours is 0"
        ),
        Wrong(5, "np.mean((1 - y)*z + np.logaddexp(0, -z))", 3, "lost-digits", "-40 and the label"),
        Wrong(5, FAR_OUT, 3, "lost-digits", "for the score 34 and the label 1 the loss is"),
    ],
    "a row or a column": [
        Wrong(
            4,
            "((exp(z)/(1 + exp(z)) - y) @ X/n)[:, None]",
            3,
            "overflow, wrong shape",
            "without it?",
        ),
        Wrong(4, "np.squeeze((y - p) @ X/n)", 1, "sign, wrong shape", "minus signs"),
        Wrong(4, "((p - y) @ X)[:, None]", 1, "sum-not-mean, wrong shape", "Repeat every sample"),
        Wrong(5, "np.sum(np.logaddexp(0, (1 - 2*y)*z), keepdims=True)", 1, "sum-not-mean", "twice"),
        Wrong(7, "np.squeeze((X.T*s) @ X/n)", 3, "wrong shape", "must be `(d, d)`"),
        Wrong(4, "(X.T @ (p - y)/n)[:, np.newaxis]", 5, "wrong shape", "must be `(d,)`"),
        Wrong(4, "(X.T @ (p - y)/n)[np.newaxis]", 5, "wrong shape", "must be `(d,)`"),
    ],
    "X for its transpose": [
        Wrong(4, "X @ (p - y)/n", 2, "not-transposed", "Which index is summed over"),
        Wrong(7, "(X*s[:, np.newaxis]) @ X.T/n", 3, "not-transposed", "Which index is summed over"),
    ],
    "the sum for the mean": [
        Wrong(4, "X.T @ (p - y)", 2, "sum-not-mean", "Repeat every sample twice"),
        Wrong(5, "np.sum(np.logaddexp(0, (1 - 2*y)*z))", 1, "sum-not-mean", "Repeat every sample"),
        Wrong(5, f"np.sum({BY_LABEL})", 1, "sum-not-mean", "Repeat every sample"),
        Wrong(7, "(X.T*s) @ X", 3, "sum-not-mean", "Repeat every sample twice"),
    ],
    "divided by d, not by n": [
        Wrong(4, "X.T @ (p - y)/d", 2, "divided-by-d", "Which axis"),
        Wrong(7, "(X.T*s) @ X/d", 3, "divided-by-d", "Which axis"),
        Wrong(5, "np.sum(np.logaddexp(0, (1 - 2*y)*z))/d", 1, "divided-by-d", "Which axis"),
        Wrong(5, "np.sum(np.logaddexp(0, (1 - 2*y)*z))/X.size", 1, "divided-by-d", "Which axis"),
        Wrong(4, "X.T @ (p - y)/X.size", 2, "divided-by-d", "Which axis"),
        Wrong(7, "(X.T*s) @ X/X.size", 3, "divided-by-d", "Which axis"),
    ],
    "no mean at all": [
        Wrong(4, "(p - y)[:, np.newaxis]*X", 2, "not-averaged", "one value for each sample"),
        Wrong(5, "np.logaddexp(0, (1 - 2*y)*z)", 1, "not-averaged", "one value for each sample"),
    ],
    "labels of shape (n, 1) broadcast": [
        Wrong(4, "X.T @ (p - y[:, np.newaxis])/n", 2, "column-labels", "pairs all with all"),
        Wrong(5, "np.mean(np.logaddexp(0, z) - y[:, None]*z)", 1, "column-labels", "all with all"),
    ],
    "labels -1 and 1 in a formula for 0 and 1": [
        Wrong(4, "X.T @ (p - (2*y - 1))/n", 2, "plus-minus-labels", "which labels"),
        Wrong(5, "np.mean(np.log1p(exp(-y*z)))", 1, "zero-one-labels", "for t = 0"),
    ],
    "a scalar in place of a vector": [
        Wrong(4, "np.sum(X.T @ (p - y)/n)", 2, "scalar-sum", "one component for each weight"),
    ],
    "another base of the logarithm": [
        Wrong(5, "np.mean(-y*np.log2(p) - (1 - y)*np.log2(q))", 1, "wrong-base", "base"),
    ],
    "the value for the derivative, or the other way round": [
        Wrong(1, "x_j*tanh(z)", 0, "wrong", "At z = 0.5, x_j = 2"),
        Wrong(
            4,
            "np.full(d, np.mean(np.logaddexp(0, (1 - 2*y)*z)))",
            0,
            "value-for-gradient",
            "not its gradient",
        ),
        Wrong(5, "X.T @ (p - y)/n", 0, "gradient-for-value", "not the loss"),
        Wrong(7, "X.T @ (p - y)/n", 2, "gradient-for-hessian", "Differentiate once more"),
        Wrong(7, "(X.T*(p - y)**2) @ X/n", 2, "outer-of-gradients", "not its square"),
        Wrong(7, "(X.T*(p - y)) @ X/n", 2, "residual-for-slope", "Differentiate p − y"),
        Wrong(7, "np.diag(np.diag((X.T*s) @ X/n))", 3, "diagonal-only", "Two different weights"),
    ],
    "another exponent, factor, or no logistic function at all": [
        Wrong(4, "X.T @ (q - y)/n", 2, "wrong-exponent", "when z grows"),
        Wrong(4, "3*X.T @ (p - y)/n", 2, "constant-factor", "one number more, or less"),
        Wrong(4, "2*X.T @ (p - y)/n", 2, "constant-factor", "it is 2 times the truth"),
        Wrong(4, "X.T @ (z - y)/n", 0, "no-logistic", "What leads from z to p?"),
    ],
    "one of the two terms is lost": [
        Wrong(4, "-X.T @ (y*q)/n", 2, "term-lost", "a term for each label"),
        Wrong(5, "np.mean(-y*log(p))", 1, "term-lost", "a term for each label"),
    ],
    "something else in the place of the features": [
        Wrong(4, "np.mean(p - y)*w", 0, "weights-for-features", "held fixed"),
        Wrong(4, "X.mean(axis=0)*np.mean(p - y)", 0, "means-multiplied", "Multiply first"),
    ],
    "two slips at once": [
        Wrong(1, "-exp(-z)/(1 + exp(-z))**2", 0, "no-inner-derivative + sign", "two reasons"),
        Wrong(4, "X.T @ (y - p)", 0, "sign + sum-not-mean", "two reasons"),
    ],
    "broken links are not found, or wrongly repaired": [
        Wrong(2, "{'D': D}", 3, "broken link missed", "put numbers into both sides"),
        Wrong(2, "{'D': D, 'G': 'sigma(-z)'}", 4, "wrong repair", "has to be worth -0.25"),
        Wrong(2, "{'D': D, 'G': 'p - y'}", 4, "wrong repair", "y = 0 and x_j = 2, the box"),
        Wrong(2, "{'D': D, 'G': '-1/4'}", 4, "wrong repair", "worth -0.75 so"),
        Wrong(2, "{'link D': D, 4: G}", 3, "broken link missed", "The links are named A, B"),
        Wrong(2, "{'D': D, 'G': 'p - y/y'}", 4, "wrong repair", "worth no finite number"),
        Wrong(2, "{'D': D, 'G': 'p - 0.99999'}", 4, "wrong repair", "yours is worth -0.24999."),
        Wrong(2, "{'D': D, 'G': 'log(p - 1)'}", 4, "wrong repair", "worth no finite number"),
        Wrong(2, "{'D': D, 'G': 'sigma(z) - l'}", 4, "wrong repair", "`l` has no meaning here"),
        Wrong(2, "{'D': 1, 'G': []}", 3, "wrong repair", "text in quotes"),
    ],
    "links are named that hold": [
        Wrong(2, "{'B': '2*z'}", 0, "intact link, broken link missed", "although it holds: B"),
        Wrong(
            2, "{'D': D, 'E': 'x_j*p'}", 1, "follow-on links, broken link missed", "as it stands"
        ),
        Wrong(2, "{'D': D, 'G': G, 'H': 'y - p'}", 3, "follow-on links", "as it stands there"),
        Wrong(2, "{'D': D, 'G': G, 'A': '0'}", 3, "intact link", "although it holds: A"),
        Wrong(
            2, "dict.fromkeys('ABCDEFGH', '0')", 0, "intact link, wrong repair", "A, B, C, E, F, H"
        ),
    ],
    "a checker that looks at too little": [
        Wrong(6, "True", 0, "accepts everything", "none of the four faults"),
        Wrong(6, NEAR, 3, "accepts large scores", "weights up to 20"),
        Wrong(6, SIZE, 3, "accepts sign", "wrong sign"),
        Wrong(6, DIRECTION, 3, "accepts factor n", "not their directions"),
    ],
    "a checker that asks too much": [
        Wrong(6, "False", 0, "rejects everything", "rejects every gradient"),
        Wrong(6, f"True if {ALL} else None", 0, MISSED, "must return `False`"),
        Wrong(6, f"d != 3 or {ALL}", 0, MISSED, "It does not reject every gradient"),
        Wrong(6, f"not {ALL}", 0, "verdicts reversed", "the wrong way round"),
        Wrong(6, EXACT, 0, "rejects everything", "rejects every gradient"),
        Wrong(6, FEW, 0, "rejects a right gradient", "look at your tolerance and your step"),
    ],
    "gradient zero means p = y": [
        Wrong(8, "{'A': True}", 3, "claim A", "it is false"),
        Wrong(8, "{'A': {'w': [0], 'X': [[1]], 'y': [1]}}", 3, "claim A", "the gradient is (-0.5)"),
        Wrong(8, "{'A': {'w': [50], 'X': [[1]], 'y': [1]}}", 3, "claim A", "nearly the labels"),
        Wrong(8, "{'A': {'w': [1.1], 'X': [[1]]*4, 'y': [1, 1, 1, 0]}}", 3, "claim A", "zero"),
        Wrong(8, f"{{'A': {UNDERFLOW}}}", 3, "claim A", "so small that it rounds to 0, not zero"),
        Wrong(8, "{'A': {'w': [0, 1], 'X': [[1]], 'y': [1]}}", 3, "claim A", "to match w, came"),
    ],
    "convex in p, so convex in w": [
        Wrong(8, "{'B': True}", 3, "claim B", "it is false"),
        Wrong(8, "{'B': {'x': 1, 'y': 1, 'u': -1, 'v': 2}}", 3, "claim B", "not above the mean"),
        Wrong(8, "{'B': {'x': [1, 2], 'y': 1, 'u': 0, 'v': 2}}", 3, "claim B", "one number each"),
    ],
    "different weights mean different forecasts": [
        Wrong(8, "{'C': True}", 3, "claim C", "it is false"),
        Wrong(8, "{'C': {'X': [[1, 1]], 'u': [1, 0], 'v': [1, 0]}}", 3, "claim C", "and differ"),
        Wrong(8, "{'C': {'X': [[1, 2]], 'u': [1, 0], 'v': [0, 1]}}", 3, "claim C", "differ. Hint"),
        Wrong(8, "{'C': {'X': [[1]], 'u': [100], 'v': [200]}}", 3, "claim C", "(1) and (1) differ"),
    ],
    "a long step overshoots the label": [
        Wrong(
            8, "{'D': {'w': [0], 'x': [1], 'y': 1, 'eta': 9}}", 3, "claim D", "from 0.5 to 0.01099"
        ),
        Wrong(8, "{'D': {'w': [0], 'x': [1], 'y': 1, 'eta': -1}}", 3, "claim D", "one positive"),
    ],
    "nothing": [
        Wrong(8, "dict.fromkeys('ABCD')", 0, "claim A, claim B, claim C, claim D", "not answered"),
        Wrong(1, "", 0, "not answered", "Not answered"),
        Wrong(2, "{}", 0, "not answered", "Not answered"),
        Wrong(4, "None", 0, "not answered", "Not answered"),
        Wrong(5, "None", 0, "not answered", "Not answered"),
        Wrong(6, "None", 0, "not answered", "must return `True` or `False`"),
        Wrong(7, "None", 2, "not answered", "Not answered"),
    ],
    "too few digits": [
        Wrong(4, "np.round(X.T @ (p - y)/n, 4)", 0, "approximate", "got (−0.3649, 0.1824)"),
    ],
    "right up to a score that is not yet large": [
        Wrong(4, "X.T @ (1/(1 + exp(-np.clip(z, -5, 5))) - y)/n", 2, "clipped", "z = −8"),
        Wrong(
            5,
            "np.mean(np.where(z > 5, z, np.logaddexp(0, z)) - y*z)",
            1,
            "clipped",
            "z = 8",
        ),
        Wrong(
            7,
            "(X.T*s) @ X/n*(1 if abs(z).max() < 9.9 else np.nan)",
            2,
            "wrong-at-extremes",
            "z = −40",
        ),
    ],
    "what cannot be read": [
        Wrong(1, "2x_j", 0, "unreadable expression", "every product needs its `*`"),
        Wrong(1, "x_j*sech(z)", 0, "unreadable expression", "The functions are"),
        Wrong(2, "'D'", 0, "no dictionary", "must be a dictionary"),
        Wrong(4, "'0.3'", 0, "not-numbers", "not made of real numbers"),
        Wrong(4, "answer", 0, "raises", "raised `NameError`"),
        Wrong(6, "'yes'", 0, "not answered", "must return `True` or `False`"),
        Wrong(8, "{'A': False}", 3, "claim A", "`True`, or a dictionary"),
    ],
}

ROWS = [
    pytest.param(row, id=f"{row.question}: {row.answer}") for rows in TABLE.values() for row in rows
]


def judge(row, seed):
    """Return the mark of a wrong answer."""
    namespace = {"np": np, "D": D, "G": G, "RIGHT_CLAIMS": RIGHT_CLAIMS}
    exec(
        ANSWERS[row.question]
        .replace("{answer!r}", repr(row.answer))
        .replace("{answer}", row.answer),
        namespace,
    )
    question = next(q for q in QUESTIONS["gradient"] if q.number == row.question)
    return question.judge(LocalStudent(namespace), np.random.default_rng(seed))


@pytest.mark.parametrize("row", ROWS)
def test_a_wrong_answer_loses_what_it_should_and_gets_its_own_hint(row):
    mark = judge(row, seed=0)
    assert (mark.points, mark.diagnosis, mark.status) == (row.points, row.diagnosis, "graded")
    assert row.said in mark.feedback


@pytest.mark.parametrize("row", ROWS)
def test_points_and_feedback_do_not_depend_on_the_hidden_inputs(row):
    seeds = range(1, 16 if row.question == 6 else 4)  # where most is drawn, luck shows late
    assert len({judge(row, seed) for seed in seeds}) == 1


@pytest.mark.parametrize(("number", "points"), [(6, 0), (7, 2)])
@pytest.mark.parametrize("first", [True, False])
def test_a_verdict_that_counts_its_calls_earns_nothing(number, points, first):
    question = next(q for q in QUESTIONS["gradient"] if q.number == number)
    for last in range(30):
        namespace = {"np": np}
        exec(ANSWERS[7].replace("{answer}", "(X.T*s) @ X/n"), namespace)
        calls = itertools.count()
        verdict = lambda *_, last=last, calls=calls: (next(calls) <= last) is first  # noqa: E731
        namespace |= dict.fromkeys(["gradient_is_correct", "hessian_is_singular"], verdict)
        assert question.judge(LocalStudent(namespace), np.random.default_rng(0)).points == points


VERDICTS = {  # on the Gram matrix A of X, with what the two points come to
    "np.linalg.det(A) == 0": 1,
    "abs(np.linalg.det(A)) < 1e-12": 1,
    "np.linalg.det(A) <= 0": 1,
    "np.linalg.det(A) < 1e-12": 1,
    "np.linalg.det(A/(4*len(X))) == 0": 1,
    "np.linalg.eigvalsh(A).min() <= 0": 1,
    "0 in np.linalg.eigvalsh(A)": 1,
    "np.any(np.linalg.eigvals(A/(4*len(X))) == 0)": 1,
    "len(X) < d or np.linalg.det(A) == 0": 1,
    "len(X) < d or any(np.linalg.matrix_rank(X[:, [i, i - 1]]) < 2 for i in range(1, d))": 1,
    "fails(np.linalg.inv, A)": 1,
    "fails(np.linalg.cholesky, A)": 1,
    "len(X) < d": 1,
    "len(X) <= d": 0,
    "len(X) < d or np.linalg.matrix_rank(X[:d]) < d": 0,
    "True": 0,
    "False": 0,
    "np.linalg.matrix_rank(A) < d": 2,
    "np.linalg.cond(A) > 1e12": 2,
    "np.linalg.cond(A) > 1e16": 2,
    "np.isclose(np.linalg.det(A), 0, atol=1e-6)": 2,
    "len(X) < d or np.linalg.svd(X)[1].min() < 1e-8": 2,
    "np.linalg.eigvalsh(A)[0] < 1e-12*np.linalg.eigvalsh(A)[-1]": 2,
}


def fails(function, A):
    try:
        function(A)
    except np.linalg.LinAlgError:
        return True
    return False


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_on_singular_earns_the_same_whatever_is_drawn(verdict):
    namespace = {"np": np, "fails": fails}
    exec(ANSWERS[7].replace("{answer}", "(X.T*s) @ X/n"), namespace)
    verdict_on = eval(f"lambda X, A, d: bool({verdict})", namespace)
    namespace["hessian_is_singular"] = lambda X: verdict_on(X, X.T @ X, X.shape[1])
    question = next(q for q in QUESTIONS["gradient"] if q.number == 7)
    for seed in range(25):
        mark = question.judge(LocalStudent(namespace), np.random.default_rng(seed))
        assert mark.points == 2 + VERDICTS[verdict]


def test_every_classic_mistake_is_in_the_table():
    asked = {1: "dp_dw", 4: "mean_loss_gradient", 5: "mean_loss", 7: "mean_loss_hessian"}
    known = {key for target in asked.values() for key in TARGETS[target].mistakes}
    shapes = {"row", "column"}  # the numbers are right, and "wrong shape" says so
    assert (
        known - shapes
        == {key for (row,) in (param.values for param in ROWS) for key in row.diagnosis.split(", ")}
        & known
    )
    assert known >= OTHER_QUANTITY
