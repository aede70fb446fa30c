"""Hidden data sets, drawn from the generator of a student and a question."""

import numpy as np

__all__ = ["costly_data", "favourable_data", "near_data"]

SIZES = ((1, 1), (1, 3), (3, 3), (4, 2), (3, 5), (40, 4))  # n and d
EDGE = 10  # the largest score that a question calls moderate


def costly_data(rng, n, d, *, largest):
    """Return w, X, y with scores up to `largest` in size; the first label is against its score.

    So the mean loss is at least log(2)/n, and no relative error is one of a tiny number.
    """
    w, X, y = rng.normal(size=d), rng.normal(size=(n, d)), rng.integers(0, 2, n)
    w *= largest * rng.uniform(0.2, 1) / np.abs(X @ w).max()
    y[0] = X[0] @ w < 0
    return w, X, y


def near_data(rng):
    """Return data sets of several sizes with scores up to 10 in size.

    In the first two, which are always the same, the score of a single sample is 10 against its
    label: what is wrong only near the end of what is allowed is found whatever is drawn.
    """
    w = np.array([float(EDGE)])
    fixed = [(w, np.array([[x]]), np.array([y])) for x, y in ((1.0, 0), (-1.0, 1))]
    return [*fixed, *(costly_data(rng, n, d, largest=EDGE) for n, d in SIZES)]


def favourable_data(rng, n, d, *, smallest, largest):
    """Return w, X, y with scores of a size between two bounds, each on the side of its label."""
    w, X, y = rng.normal(size=d), rng.normal(size=(n, d)), rng.integers(0, 2, n)
    z = (2 * y - 1) * rng.uniform(smallest, largest, n)
    X += np.outer(z - X @ w, w) / (w @ w)
    return w, X, y
