"""Newton's method against scikit-learn's solvers, on the real data of chapter 8."""

import json
from functools import partial

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from benchmarks.measure import medians, times
from crossentropy import mean_loss_gradient, newton, standardise

N_FEATURES = [2, 10]
TOLERANCE = 1e-8  # on the length of the gradient
OURS, SOLVERS = "crossentropy", ["newton-cholesky", "newton-cg", "lbfgs"]


def make_data(n_features):
    """Return the training data of chapter 8, its features on one scale and a column of ones."""
    features, target = load_breast_cancer(return_X_y=True)
    train = np.arange(len(target)) % 4 != 0
    X = standardise(features[train, :n_features])
    return np.insert(X, n_features, 1, axis=1), (target[train] == 0).astype(float)


def ours(X, y):
    """Return the weights of Newton's method."""
    return newton(np.zeros(X.shape[1]), X, y, tolerance=TOLERANCE).weights


def scikit_learn(X, y, *, solver, tol):
    """Return the weights of a solver of scikit-learn, without a penalty."""
    model = LogisticRegression(
        C=np.inf, solver=solver, tol=tol, fit_intercept=False, max_iter=10_000
    )
    return model.fit(X, y).coef_[0]


def gradient_length(w, X, y):
    """Return how far from the minimum the weights are, as a descent judges it."""
    return np.linalg.norm(mean_loss_gradient(w, X, y)).item()


def loosest(X, y, solver):
    """Return the solver at the loosest of the tolerances 1e-1, 1e-2, ... that reaches ours.

    If none does, which may happen to lbfgs, return it at the one that comes closest.
    """
    closest, shortest = None, np.inf
    for exponent in range(1, 17):
        run = partial(scikit_learn, X, y, solver=solver, tol=10.0**-exponent)
        length = gradient_length(run(), X, y)
        if length < shortest:
            closest, shortest = run, length
        if length <= TOLERANCE:
            break
    return closest


def contestants(X, y):
    """Return a function without arguments for each, which returns the weights."""
    return {OURS: partial(ours, X, y)} | {name: loosest(X, y, name) for name in SOLVERS}


def measure(n_features, *, seconds=8):
    """Return the median seconds of each contestant, and the gradient's length at its end."""
    X, y = make_data(n_features)
    racing = contestants(X, y)
    return {
        "features": n_features,
        "seconds": medians(times(racing, seconds=seconds)),
        "length": {name: gradient_length(run(), X, y) for name, run in racing.items()},
    }


if __name__ == "__main__":
    print(json.dumps([measure(n_features) for n_features in N_FEATURES]))
