"""Question 7: the Hessian (A.21), and when it is singular."""

import itertools

import numpy as np

import crossentropy
from autograder.marks import Mark, Question, Student, StudentFailure
from autograder.questions.answers import agrees, as_verdict, mark, numbers_of
from autograder.questions.data import near_data
from autograder.questions.slips import explain_function

NAME, SINGULAR = "mean_loss_hessian", "hessian_is_singular"
# n and d; n is a power of 2, so that the mean of the products rounds as their sum does
REGULAR, WIDE, TALL = ((1, 1), (2, 2)), ((1, 2), (2, 3), (4, 5)), ((4, 2), (4, 3), (8, 4))
SMALL_WIDE, SMALL_TALL = ((1, 2), (2, 3)), ((4, 2), (4, 3))  # where no step needs to be rounded
FORMULA, SHAPE = 2, -1  # points


def judge(student: Student, rng: np.random.Generator) -> Mark:
    """Two points for the matrix, two for when it is singular; either can fail alone."""
    parts = [_part(_matrix, student, rng), _part(_when_singular, student, rng)]
    points, names, feedback = zip(*parts, strict=True)
    diagnosis = ", ".join(dict.fromkeys(filter(None, names)))
    return mark(QUESTION, sum(points), diagnosis, " ".join(filter(None, feedback)))


def _part(part, student, rng):
    try:
        return part(student, rng)
    except StudentFailure as failure:
        return 0, failure.kind, failure.message


def _matrix(student, rng):
    """Return points, diagnosis and feedback for the Hessian."""
    shapes = set()
    for data in near_data(rng):
        truth, scale = crossentropy.mean_loss_hessian(*data), np.abs(data[1]).max() ** 2
        value = numbers_of(student, NAME, *data)
        if not agrees(value, truth, scale):
            slip = explain_function(student, NAME)
            return FORMULA * slip.share, slip.name, slip.feedback
        shapes.add(value.shape == truth.shape)
    if shapes == {True}:
        return FORMULA, "", ""
    feedback = f"The shape of `{NAME}` must be `(d, d)`, also for d = 1."
    return FORMULA + SHAPE, "wrong shape", feedback


def _when_singular(student, rng):
    """Return points, diagnosis and feedback for the verdicts on whole data sets."""
    student.forget()
    groups = [
        [_independent(rng, n, d) for n, d in (*REGULAR, *TALL, *TALL)] + _repeated(rng),
        [_seen_through(rng, _integers, n, d) for n, d in SMALL_WIDE],
        [_seen_through(rng, _dependent, n, d) for n, d in SMALL_TALL],
        _fooling(rng, _integers, WIDE, _NAIVE),
        [*_fooling(rng, _dependent, TALL, _NAIVE + _TOO_STRICT), _sum_of_two(rng)],
    ]
    cases = [(group, X) for group, matrices in enumerate(groups) for X in matrices]
    verdicts: list[list] = [[] for _ in groups]
    for place in rng.permutation(len(cases)):  # so that a count of the calls tells nothing
        group, X = cases[place]
        verdicts[group].append(as_verdict(student.call(SINGULAR, X)))
    if any(None in given for given in verdicts):
        return 0, "not answered", f"`{SINGULAR}` must return `True` or `False`."
    right = [set(given) == {group > 0} for group, given in enumerate(verdicts)]
    regular, wide, tall, rough_wide, _ = right
    if all(right):
        return 2, "", ""
    if regular and wide and tall and rough_wide:
        return 1, "dependent columns missed", _SOME_DEPENDENT
    if regular and wide and tall:
        return 1, "left to rounding", _ROUNDING
    if regular and wide and rough_wide:
        return 1, "dependent columns missed", _DEPENDENT
    return 0, "wrong about singular", _WRONG


_DEPENDENT = (
    f"`{SINGULAR}` misses data with enough samples whose columns depend on each other, such as "
    "(1, 2), (2, 4), (3, 6). Hint: find a direction in which no score changes."
)
_SOME_DEPENDENT = (
    f"`{SINGULAR}` misses some data with enough samples whose columns depend on each other: it "
    "looks for some kinds of dependence alone, or for a number that is exactly 0, or nearer to 0 "
    "than rounding lets it come. Hint: what counts how many columns are independent, up to "
    "rounding?"
)
_ROUNDING = (
    f"`{SINGULAR}` is right where no step is rounded, and wrong where rounding errors come in: a "
    "determinant that should be 0 is only nearly 0. "
    "Hint: what counts how many columns are independent, up to rounding?"
)
_WRONG = (
    f"`{SINGULAR}` is wrong about some X. Hint: for which v is vᵀ∇²L(w)v = 0, "
    "if every p(1 − p) is positive?"
)

# How XᵀX is called singular by those who do not think of rounding.
_NAIVE = (
    lambda A: np.linalg.det(A) == 0,
    lambda A: np.linalg.det(A) <= 0,
    lambda A: np.linalg.eigvalsh(A)[0] == 0,
    lambda A: np.linalg.eigvalsh(A)[0] <= 0,
    lambda A: np.any(np.linalg.eigvals(A) == 0),
    lambda A: _fails(np.linalg.inv, A),
    lambda A: _fails(np.linalg.cholesky, A),
)
_TOO_STRICT = (lambda A: np.linalg.det(A) < 1e-12,)  # and whoever compares its size
_TOLERANT = (
    lambda A: np.linalg.matrix_rank(A) < len(A),
    lambda A: np.linalg.cond(A) > 1e16,
    lambda A: abs(np.linalg.det(A)) < 1e-8,
    lambda A: np.linalg.eigvalsh(A)[0] < 1e-9,
)


def _fails(function, A):
    try:
        function(A)
    except np.linalg.LinAlgError:
        return True
    return False


def _seen_through(rng, draw, n, d):
    """Return X of which whoever does not think of rounding says, too, that XᵀX is singular.

    A column of zeros, which may come, is enough for that.
    """
    while True:
        X = draw(rng, n, d)
        A = X.T @ X
        if X.any() and all(says(A) and says(A / (4 * n)) for says in _NAIVE + _TOLERANT):
            return X


def _fooling(rng, draw, sizes, naive):
    """Return matrices, of each of these sizes at least one, by which all the naive are fooled.

    Who allows for rounding is not: with ranks, or for such small numbers with a tolerance.
    """
    chosen, fooled = [], set()
    for n, d in itertools.cycle(sizes):
        X = draw(rng, n, d)
        A = X.T @ X
        if not X.any() or not all(says(A) for says in _TOLERANT):
            continue
        new = {i for i, says in enumerate(naive) if not says(A)} - fooled
        if new or len(chosen) < len(sizes):
            chosen.append(X)
            fooled |= new
        if len(chosen) >= len(sizes) and len(fooled) == len(naive):
            return chosen


def _integers(rng, n, d):
    return rng.integers(-4, 5, (n, d)).astype(float)


def _independent(rng, n, d):
    """Return small whole numbers with independent columns: of full rank, and far from singular."""
    while True:
        X = _integers(rng, n, d)
        if np.linalg.matrix_rank(X) == d:
            return X


def _sum_of_two(rng):
    """Return X in which no column depends on one other, and the last is the sum of two."""
    X = _independent(rng, 4, 2)
    return np.column_stack([X, X.sum(axis=1)])


def _repeated(rng):
    """Return X with independent columns in which the first d rows are one sample, repeated."""
    parts = [_independent(rng, n, d) for n, d in SMALL_TALL]
    return [np.concatenate([np.repeat(X[:1], X.shape[1], axis=0), X]) for X in parts]


def _dependent(rng, n, d):
    """Return small whole numbers with n > d whose last column is made of others."""
    X = _integers(rng, n, d)
    X[:, -1] = X[:, :-1] @ rng.integers(-1, 2, d - 1)
    return X


QUESTION = Question(7, "The Hessian", "q7", 4, judge)
