"""The toy data is what its names say, for every seed, and standardised features are."""

import numpy as np
import pytest
from scipy.optimize import linprog
from sklearn.preprocessing import StandardScaler

from crossentropy import logistic, make_overlapping, make_separable, standardise

SEEDS = range(40)


def can_be_separated(X, y):
    """Ask a linear program for a w that is not wrong on any sample and right on some."""
    turned = (2 * y - 1)[:, np.newaxis] * X
    best = linprog(-turned.sum(axis=0), A_ub=-turned, b_ub=np.zeros(len(X)), bounds=(-1, 1))
    assert best.status == 0
    return -best.fun > 1e-9


@pytest.mark.parametrize("n_samples", [4, 5, 20, 200])
def test_no_line_separates_overlapping_data(n_samples):
    for seed in SEEDS:
        X, y = make_overlapping(n_samples, seed=seed)
        assert X.shape == (n_samples, 2)
        assert set(y) == {0, 1}
        assert not can_be_separated(X, y)


@pytest.mark.parametrize("n_samples", [2, 5, 200])
def test_a_line_separates_separable_data_with_a_gap(n_samples):
    for seed in SEEDS:
        X, y = make_separable(n_samples, seed=seed)
        distance = (2 * y - 1) * (X @ [1, 0.5]) / np.hypot(1, 0.5)
        assert distance.min() >= 0.5 - 1e-15
        assert can_be_separated(X, y)
        assert abs(y.sum() - n_samples / 2) <= 0.5


def test_overlapping_labels_follow_the_logistic_model():
    X, y = make_overlapping(100_000, seed=3)
    p = logistic([1, 0.5], X)
    for low in np.arange(0, 1, 0.1):
        bin_ = (p >= low) & (p < low + 0.1)
        assert y[bin_].mean() == pytest.approx(p[bin_].mean(), abs=4 * 0.5 / np.sqrt(bin_.sum()))
    np.testing.assert_allclose(np.cov(X.T), [[1, -0.6], [-0.6, 1]], atol=0.02)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=0.02)


def test_separable_samples_lie_all_along_the_line():
    X, y = make_separable()
    along_the_line = X @ [-0.5, 1]
    for label in (0, 1):
        assert (along_the_line[y == label] > 0.5).any()
        assert (along_the_line[y == label] < -0.5).any()


@pytest.mark.parametrize("make", [make_overlapping, make_separable])
def test_the_seed_decides_the_data(make):
    for one, same in zip(make(50, seed=1), make(50, seed=1), strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(make(50, seed=1)[0], make(50, seed=2)[0])
    assert all(array.dtype == np.float64 for array in make())


@pytest.mark.parametrize(("make", "least"), [(make_overlapping, 4), (make_separable, 2)])
def test_too_few_samples_are_refused(make, least):
    with pytest.raises(ValueError, match=f"^n_samples must be at least {least}, came {least - 1}"):
        make(least - 1)
    for n_samples in (10.0, "10", None):
        with pytest.raises(
            ValueError, match=f"^n_samples must be a whole number, came {n_samples!r}"
        ):
            make(n_samples)
    assert len(make(least)[1]) == least


def test_standardised_features_have_mean_0_and_deviation_1():
    X = np.random.default_rng(0).normal([5, -300], [0.1, 70], size=(99, 2))
    Z = standardise(X)
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-13)
    np.testing.assert_allclose(Z.std(axis=0), 1, rtol=1e-13)


def test_other_data_is_brought_to_the_scale_of_the_training_data():
    train, test = np.random.default_rng(1).normal(3, 2, size=(2, 30, 4))
    wanted = StandardScaler().fit(train).transform(test)
    np.testing.assert_allclose(standardise(test, like=train), wanted, rtol=1e-12)


def test_data_that_cannot_be_standardised_is_refused():
    for arguments, message in [
        (([1.0, 2.0],), r"X must have shape \(n_samples, n_features\), came shape \(2,\)"),
        (([[1.0], [np.nan]],), r"X must be finite, came X\[1, 0\] = nan"),
        (([[1.0, 7.0], [2.0, 7.0]],), "column 1 must vary, came one value only"),
    ]:
        with pytest.raises(ValueError, match=f"^{message}"):
            standardise(*arguments)
    with pytest.raises(ValueError, match=r"^like must have 1 columns like X, came shape \(2, 2\)"):
        standardise([[1.0]], like=[[1.0, 2.0], [3.0, 4.0]])
    with pytest.raises(ValueError, match=r"^like must be finite, came like\[0, 0\] = inf"):
        standardise([[1.0]], like=[[np.inf], [3.0]])


def test_standardise_leaves_its_argument_as_it_was():
    X = np.arange(6.0).reshape(3, 2) ** 2
    X.setflags(write=False)
    standardise(X)
    np.testing.assert_array_equal(X, np.arange(6.0).reshape(3, 2) ** 2)
