"""The diagnosis under attack: right functions, mutated at random."""

from functools import cache

import numpy as np
import pytest
from function_mutants import SOURCES, mutant

import crossentropy
from crossentropy.diagnosis import diagnose

SEEDS = range(60)


@cache
def diagnosed(name, seed, n_changes):
    """Return the source of a mutant, the function itself, and its diagnosis."""
    source, function = mutant(name, seed, n_changes)
    return source, function, diagnose(name, function)


def computes_the_truth(name, function):
    """Return whether it does at many points that `diagnose` does not know, extremes among them."""
    rng = np.random.default_rng(12345)
    for size in np.repeat([0.3, 3, 300], 15):
        n, d = rng.integers(1, 8, size=2)
        w, X = rng.normal(size=d), rng.normal(size=(n, d)) * size
        y = rng.integers(0, 2, size=n).astype(float)
        single = {"logistic_gradient": (w, X[0]), "loss_gradient": (w, X[0], y[0])}
        arguments = single.get(name, (w, X, y))
        expected = getattr(crossentropy, name)(*arguments)
        with np.errstate(all="ignore"):
            got = function(*arguments)
        assert np.shape(got) == np.shape(expected)
        if not np.allclose(got, expected, rtol=1e-9, atol=1e-9 * np.abs(X).max() ** 2):
            return False
    return True


@pytest.mark.parametrize("n_changes", [1, 2])
@pytest.mark.parametrize("name", SOURCES)
def test_no_mutant_is_called_right_that_computes_something_else(name, n_changes):
    wrong = 0
    for seed in SEEDS:
        source, function, diagnosis = diagnosed(name, seed, n_changes)
        wrong += not diagnosis.right
        assert not diagnosis.right or computes_the_truth(name, function), source
        assert diagnosis.right or diagnosis.counterexample, source
    assert wrong > 0.7 * len(SEEDS)  # else the mutations are none


@pytest.mark.parametrize("name", SOURCES)
def test_the_unmutated_functions_are_right_for_moderate_scores(name):
    for source in range(20):
        diagnosis = diagnose(name, mutant(name, source, n_changes=0)[1])
        assert diagnosis.right or diagnosis.mistakes in [("overflow",), ("saturated",)]


def test_most_mutants_are_named():
    diagnoses = [diagnosed(name, seed, 1)[2] for name in SOURCES for seed in SEEDS]
    wrong = [diagnosis for diagnosis in diagnoses if not diagnosis.right]
    assert sum(bool(diagnosis.mistakes) for diagnosis in wrong) > 0.7 * len(wrong)
