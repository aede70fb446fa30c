"""Descents reach what others reach, go down, and never claim a minimum that is not there."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from crossentropy import (
    gradient_descent,
    loss,
    make_overlapping,
    make_separable,
    mean_loss,
    mean_loss_gradient,
    mean_loss_hessian,
    newton,
    safe_step,
    standardise,
)
from crossentropy.derivation import EQUATIONS

seeded = settings(derandomize=True, deadline=None)
BOTH = pytest.mark.parametrize("descend", [gradient_descent, newton])
EPS = np.finfo(float).eps


def breast_cancer(n_features):
    """Return standardised features with a column of ones, and the label 1 for malignant."""
    X, target = load_breast_cancer(return_X_y=True)
    X = standardise(X[:, :n_features])
    return np.column_stack([X, np.ones(len(X))]), (target == 0).astype(float)


def peer(X, y, regularisation=0.0):
    """Return the weights that scikit-learn finds; its C multiplies a sum of losses."""
    C = math.inf if regularisation == 0 else 1 / (len(y) * regularisation)
    model = LogisticRegression(
        C=C, fit_intercept=False, solver="newton-cholesky", tol=1e-13, max_iter=1000
    )
    return model.fit(X, y).coef_[0]


def has_no_minimiser(X, y):
    """Ask a linear program for a direction that raises no sample's loss and lowers some."""
    turned = (2 * y - 1)[:, np.newaxis] * X
    soft = (y > 0) & (y < 1)
    equal = {"A_eq": X[soft], "b_eq": np.zeros(soft.sum())} if soft.any() else {}
    hard = turned[~soft]
    gain = hard.sum(axis=0)
    best = linprog(-gain, A_ub=-hard, b_ub=np.zeros(len(hard)), bounds=(-1, 1), **equal)
    assert best.status == 0
    return -best.fun > 1e-9


# --------------------------------------------------------------------------- identity


def test_the_safe_step_has_its_hand_computed_value():
    assert EQUATIONS["A.37"].latex == r"\eta = \frac{4 n}{\|X\|^2}"
    assert safe_step([[3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]) == pytest.approx(12 / 9)
    assert safe_step([[1.0, 1.0], [1.0, 1.0]]) == pytest.approx(2)  # ‖X‖² = 4
    assert safe_step([[1.0], [1.0]], regularisation=0.25) == pytest.approx(2)


def test_the_safe_step_is_one_over_the_bound_of_the_hessian():
    X = np.random.default_rng(0).normal(size=(30, 4))
    largest = np.linalg.eigvalsh(X.T @ X / (4 * 30)).max()
    assert safe_step(X) == pytest.approx(1 / largest)
    assert safe_step(X, regularisation=0.3) == pytest.approx(1 / (largest + 0.3))


def test_a_step_of_gradient_descent_has_its_hand_computed_value():
    X, y = [[2.0, 0.0], [1.0, 1.0]], [1, 0]  # the gradient at 0 is (-1/4, 1/4)
    result = gradient_descent([0, 0], X, y, step=2, max_iterations=1)
    np.testing.assert_array_equal(result.path, [[0, 0], [0.5, -0.5]])
    wanted = [math.log(2), (math.log(1 + math.exp(-1)) + math.log(2)) / 2]
    np.testing.assert_allclose(result.losses, wanted, rtol=1e-15)
    penalised = gradient_descent([4, 0], [[0.0, 1.0]], [0.5], step=0.5, regularisation=0.5)
    np.testing.assert_array_equal(penalised.path[1], [3, 0])  # 4 - 0.5 * 0.5 * 4
    assert penalised.losses[0] == pytest.approx(math.log(2) + 0.25 * 16)


def test_a_step_of_newton_has_its_hand_computed_value():
    X, y = [[2.0, 0.0], [1.0, 1.0]], [0.75, 0.5]  # gradient (-1/4, 0), Hessian [[5, 1], [1, 1]]/8
    result = newton([0, 0], X, y, max_iterations=1)
    np.testing.assert_allclose(result.path, [[0, 0], [0.5, -0.5]], rtol=1e-15)


@BOTH
def test_the_minimum_for_equal_samples_is_the_logit_of_their_share(descend):
    result = descend([0.0], np.ones((5, 1)), [1, 1, 1, 0, 0], tolerance=1e-14)
    assert result.weights == pytest.approx(math.log(3 / 2), rel=1e-12)
    assert result.converged


@BOTH
@pytest.mark.parametrize("n_samples", [20, 200])
def test_weights_are_those_of_scikit_learn_on_toy_data(descend, n_samples):
    for seed in range(5):
        X, y = make_overlapping(n_samples, seed=seed)
        result = descend([0, 0], X, y, tolerance=1e-13)
        np.testing.assert_allclose(result.weights, peer(X, y), rtol=1e-10)
        assert result.converged


@pytest.mark.parametrize(("n_features", "rel"), [(2, 1e-10), (10, 1e-9)])
def test_newton_s_weights_are_those_of_scikit_learn_on_real_data(n_features, rel):
    X, y = breast_cancer(n_features)
    result = newton(np.zeros(n_features + 1), X, y, tolerance=1e-12)
    assert result.converged
    np.testing.assert_allclose(result.weights, peer(X, y), rtol=rel)


def test_newton_s_weights_are_those_of_scikit_learn_on_more_rows_than_fit_into_a_block():
    random = np.random.default_rng(4)
    X = random.normal(size=(20001, 7))
    y = random.random(20001) * (X[:, 0] > random.normal(size=20001)) > 0.2
    result = newton(np.zeros(7), X, y, tolerance=1e-12)
    assert result.converged
    np.testing.assert_allclose(result.weights, peer(X, y), rtol=1e-8, atol=1e-10)
    H, gradient = mean_loss_hessian(np.zeros(7), X, y), mean_loss_gradient(np.zeros(7), X, y)
    np.testing.assert_allclose(result.path[1], -np.linalg.solve(H, gradient), rtol=1e-10)


@BOTH
@pytest.mark.parametrize("make", [make_overlapping, make_separable])
def test_penalised_weights_are_those_of_scikit_learn(descend, make):
    X, y = make(100)
    result = descend([0, 0], X, y, regularisation=0.02, tolerance=1e-13)
    assert result.converged
    assert "With the penalty there is one minimiser" in result.message
    np.testing.assert_allclose(result.weights, peer(X, y, 0.02), rtol=1e-9)
    at_end = mean_loss_gradient(result.weights, X, y) + 0.02 * result.weights
    np.testing.assert_allclose(at_end, 0, atol=1e-13)


# --------------------------------------------------------------------------- consistency


@BOTH
@pytest.mark.parametrize("regularisation", [0, 0.1])
def test_the_losses_are_those_of_the_path(descend, regularisation):
    X, y = make_overlapping(30)
    result = descend([3, -1], X, y, regularisation=regularisation)
    assert result.iterations == len(result.path) - 1 == len(result.losses) - 1 > 2
    np.testing.assert_array_equal(result.path[0], [3, -1])
    np.testing.assert_array_equal(result.path[-1], result.weights)
    for w, value in zip(result.path, result.losses, strict=True):
        penalty = regularisation / 2 * (w[0] ** 2 + w[1] ** 2)
        assert value == pytest.approx(loss(w, X, y).mean() + penalty, rel=1e-13)


@BOTH
def test_a_descent_ends_where_the_gradient_is_first_within_the_tolerance(descend):
    X, y = make_overlapping(30)
    result = descend([0, 0], X, y, tolerance=1e-5)
    lengths = [np.linalg.norm(mean_loss_gradient(w, X, y)) for w in result.path]
    assert lengths[-1] <= 1e-5 < min(lengths[:-1])


def test_a_longer_descent_continues_a_shorter_one():
    X, y = make_overlapping(30)
    long = gradient_descent([0, 0], X, y, max_iterations=20)
    short = gradient_descent([0, 0], X, y, max_iterations=7)
    np.testing.assert_array_equal(long.path[:8], short.path)


# --------------------------------------------------------------------------- properties

data_sets = st.integers(1, 3).flatmap(
    lambda d: st.tuples(
        arrays(float, d, elements=st.floats(-3, 3)),
        arrays(float, (6, d), elements=st.floats(-3, 3).map(lambda v: round(v, 3))),
        arrays(float, 6, elements=st.sampled_from([0.0, 1.0, 0.25])),
    )
)


def assert_never_rises(losses):
    assert (np.diff(losses) <= 8 * EPS * losses[:-1]).all()


@seeded
@given(data_sets, st.sampled_from([0.0, 0.1]))
def test_no_step_raises_the_loss(data_set, regularisation):
    w, X, y = data_set
    X[0, 0] = 1.0  # not all zero
    for descend in (gradient_descent, newton):
        result = descend(w, X, y, max_iterations=30, regularisation=regularisation)
        assert_never_rises(result.losses)


def test_a_step_of_more_than_twice_the_safe_one_can_go_up():
    X, y = np.ones((4, 1)), [1, 1, 0, 0]  # at 0 the curvature is the bound itself
    up = gradient_descent([0.1], X, y, step=2.1 * safe_step(X), max_iterations=1)
    assert up.losses[1] > up.losses[0]
    down = gradient_descent([0.1], X, y, step=1.9 * safe_step(X), max_iterations=1)
    assert down.losses[1] < down.losses[0]


def test_newton_goes_down_also_where_its_full_step_would_go_up():
    X, y = np.ones((4, 1)), np.array([1, 1, 0, 0])
    w = np.array([5.0])
    p = 1 / (1 + math.exp(-5))
    full = w - (p - 0.5) / (p * (1 - p))
    assert mean_loss(full, X, y) > mean_loss(w, X, y)
    result = newton(w, X, y)
    assert_never_rises(result.losses)
    assert result.weights == pytest.approx(0, abs=1e-8)
    assert result.converged


small = arrays(float, (5, 2), elements=st.integers(-2, 2).map(float))
some_labels = arrays(float, 5, elements=st.sampled_from([0.0, 1.0, 0.5]))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(small, some_labels | arrays(float, 5, elements=st.sampled_from([0.0, 1.0])))
def test_the_verdict_is_that_of_a_linear_program(X, y):
    """Few samples on a small grid: separable, quasi-separable, overlapping, dependent columns."""
    result = newton([0, 0], X, y)
    decided = "remains open" not in result.message
    if np.linalg.matrix_rank(X) == 2:
        assert decided
    if decided:
        assert result.converged != has_no_minimiser(X, y)
        assert ("no finite minimiser" in result.message) == has_no_minimiser(X, y)
    if X.any():
        slow = gradient_descent([0, 0], X, y, max_iterations=50)
        if "remains open" not in slow.message:
            assert ("no finite minimiser" in slow.message) == has_no_minimiser(X, y)


# --------------------------------------------------------------------------- no minimum


@BOTH
def test_separable_data_is_never_a_success(descend):
    X, y = make_separable(50)
    for tolerance in (1e-2, 1e-4, 1e-8):
        result = descend([0, 0], X, y, tolerance=tolerance, max_iterations=1000)
        assert not result.converged
        assert result.message.startswith("Not converged after")
        assert "The data is separable, so there is no finite minimiser" in result.message
        assert ((2 * y - 1) * (X @ result.weights) > 0).all()


def test_on_all_30_features_newton_says_that_the_data_is_separable():
    X, y = breast_cancer(30)
    result = newton(np.zeros(31), X, y)
    assert "The data is separable" in result.message
    assert not result.converged
    assert result.losses[-1] < 1e-7
    assert np.linalg.norm(result.weights) > 1000


@BOTH
@pytest.mark.parametrize(
    ("X", "y"),
    [
        pytest.param([[1.0], [2.0], [0.0]], [1, 1, 0], id="a sample at the origin"),
        pytest.param([[1, 1], [1, 0], [1, 0.0]], [1, 1, 0], id="a feature of one class only"),
        pytest.param([[1, 0], [2, 0], [0, 1.0]], [1, 1, 0.5], id="a soft label aside"),
        pytest.param([[1, 0], [-1, 1], [1, -1.0]], [1, 1, 1], id="two samples on the line"),
    ],
)
def test_quasi_separable_data_is_never_a_success(descend, X, y):
    result = descend([0, 0][: np.shape(X)[1]], X, y, max_iterations=1000)
    assert not result.converged
    assert "The data is quasi-separable, so there is no finite minimiser" in result.message


@BOTH
def test_separable_data_of_many_features_is_not_called_quasi_separable(descend):
    X = np.random.default_rng(0).normal(size=(3, 8))  # Newton's method cannot start here
    result = descend(np.zeros(8), X, [1, 0, 1], max_iterations=100)
    assert "The data is separable, so there is no finite minimiser" in result.message


@pytest.mark.parametrize(
    ("X", "name"), [(np.eye(2), "separable"), ([[0, 0], [1, 0], [0, 1.0]], "quasi-separable")]
)
def test_both_names_are_said_where_the_weights_cannot_tell(X, name):
    y = np.ones(len(X))
    assert f"The data is {name}, so" in newton([0, 0], X, y).message
    far = newton([-3, 0], X, y, max_iterations=0)  # the first sample recedes, the second does not
    assert "The data is separable or quasi-separable, so" in far.message


@BOTH
def test_labels_that_a_hair_keeps_from_separable_converge_or_stay_open(descend):
    X, y = [[1.0], [2.0], [1.0]], [1, 1, 0.999]
    result = descend([0.0], X, y, max_iterations=1000)
    assert "no finite minimiser" not in result.message
    assert result.converged == (descend is newton)  # the other needs more steps


def test_a_tolerance_that_is_reached_far_from_the_minimum_is_no_success():
    X, y = make_overlapping(50)
    result = newton([-8, 8], X, y, tolerance=10)
    assert result.iterations == 0
    assert not result.converged
    assert "the gradient is within the tolerance 10." in result.message
    assert result.message.endswith("Whether there is a finite minimiser remains open.")


# --------------------------------------------------------------------------- what else can happen


@BOTH
def test_the_limit_of_steps_is_told(descend):
    X, y = make_overlapping(50)
    result = descend([0, 0], X, y, max_iterations=1, tolerance=1e-12)
    assert result.iterations == 1
    assert not result.converged
    assert result.message.startswith("Not converged after 1 step: the limit of 1 steps is reached")
    assert "above the tolerance 1e-12" in result.message
    assert descend([0, 0], X, y, max_iterations=0).iterations == 0


def test_a_step_that_is_too_long_is_told():
    X, y = make_overlapping(50)
    result = gradient_descent([0, 0], X, y, step=100, max_iterations=100)
    assert not result.converged
    assert result.message.endswith(f"The step 100 is longer than the safe {safe_step(X):.3g}.")
    modest = gradient_descent([0, 0], X, y, step=1.5 * safe_step(X))
    assert modest.converged
    assert "longer" not in modest.message
    short = gradient_descent([0, 0], X, y, step=safe_step(X) / 2, max_iterations=1)
    assert not short.converged
    assert "longer" not in short.message


def test_weights_that_run_away_are_told():
    X, y = make_overlapping(50)
    result = gradient_descent([1, 1], X, y, step=100, regularisation=1)
    assert not result.converged
    assert "the weights outgrow float64" in result.message
    assert np.isfinite(result.losses).all()


def test_newton_refuses_dependent_columns_and_says_so():
    X, y = make_overlapping(50)
    for column in (X[:, 0], X @ [1, 2], np.zeros(50)):
        dependent = np.column_stack([X, column])
        result = newton([0, 0, 0], dependent, y)
        assert not result.converged
        assert "the columns of X are linearly dependent (rank 2 of 3)" in result.message
        np.testing.assert_array_equal(result.weights, 0)
        assert newton([0, 0, 0], dependent, y, regularisation=0.1).converged


def test_gradient_descent_finds_the_nearest_minimiser_for_dependent_columns():
    X, y = make_overlapping(50)
    result = gradient_descent([0, 0, 0], X[:, [0, 1, 0]], y)
    assert result.converged
    assert "one of many, since the columns of X are linearly dependent (rank 2 of" in result.message
    w = newton([0, 0], X, y).weights
    np.testing.assert_allclose(result.weights, [w[0] / 2, w[1], w[0] / 2], atol=1e-6)


@BOTH
def test_no_units_and_no_start_cause_a_floating_point_fault(descend):
    random = np.random.default_rng(0)
    for _ in range(300):
        n_samples, n_features = random.integers(1, 5, size=2)
        size = random.choice([3, 10, 140])
        units = 10.0 ** random.uniform(-size, size, n_features)
        X = random.normal(size=(n_samples, n_features)) * units
        start = random.normal(size=n_features) / units * 10 ** random.uniform(0, 3)
        y = random.choice([0, 0.3, 1], n_samples)
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            result = descend(start, X, y, max_iterations=20)
        assert np.isfinite(result.path).all()
        assert np.isfinite(result.losses).all()


def test_units_do_not_make_columns_dependent():
    X, y = make_overlapping(50)
    scales = np.array([1e-8, 1e8])
    result = newton([0, 0], X * scales, y, tolerance=1e-4)
    assert result.converged
    np.testing.assert_allclose(result.weights * scales, newton([0, 0], X, y).weights, rtol=1e-4)


def test_newton_comes_back_from_far_away_or_says_why_not():
    X, y = make_overlapping(50)
    wanted = newton([0, 0], X, y, tolerance=1e-13).weights
    for start in ([5, -40], [30, -200], [-300, 10]):
        result = newton(start, X, y, tolerance=1e-12)
        assert result.converged
        np.testing.assert_allclose(result.weights, wanted, rtol=1e-9)
    result = newton([5e5, -4e6], X, y)
    assert not result.converged
    assert "the Hessian is singular" in result.message


def test_a_hessian_that_vanishes_on_the_way_is_told():
    X = np.diag([1, 1e-3])
    result = newton([0, 0], X, [1, 1], tolerance=5e-324, max_iterations=2000)
    assert 700 < result.iterations < 743
    assert "the Hessian is singular, since its smallest eigenvalue is lost" in result.message
    assert "The data is separable" in result.message


def test_a_gradient_counts_as_long_as_it_is_not_zero():
    result = newton([0, 0], np.eye(2), [1, 1], tolerance=5e-324, max_iterations=2000)
    assert 730 < result.iterations < 750  # e^{-m} vanishes at m = 745


def test_a_tolerance_below_rounding_is_told():
    X, y = make_overlapping(50)
    result = newton([0, 0], X, y, tolerance=1e-300)
    assert not result.converged
    assert "no step along Newton's direction lowers the loss" in result.message
    assert "A minimiser is proved to be near." in result.message


def test_data_of_zeros_leaves_nothing_to_learn():
    result = newton([1, 2], np.zeros((3, 2)), [1, 0, 0])
    assert result.converged
    assert result.iterations == 0
    with pytest.raises(ValueError, match=r"^‖X‖²/\(4n\) must be positive and finite, came 0\.0"):
        gradient_descent([1, 2], np.zeros((3, 2)), [1, 0, 0])


@BOTH
def test_a_result_cannot_be_changed_and_shares_nothing_with_the_arguments(descend):
    X, y = make_overlapping(30)
    start = np.zeros(2)
    for argument in (start, X, y):
        argument.setflags(write=False)
    result = descend(start, X, y)
    start.setflags(write=True)
    start += 1
    np.testing.assert_array_equal(result.path[0], [0, 0])
    with pytest.raises(ValueError, match="read-only"):
        result.weights[0] = 1
    with pytest.raises(AttributeError):
        result.converged = True
    assert "message=" in repr(result)
    assert "path" not in repr(result)


# --------------------------------------------------------------------------- bad input

X, Y = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 1, 0]


@BOTH
@pytest.mark.parametrize(
    ("arguments", "settings", "message"),
    [
        (([0], X, Y), {}, r"X must have shape \(n_samples, 1\) to match w, came shape \(3, 2\)"),
        (([0, np.nan], X, Y), {}, r"w must be finite, came w\[1\] = nan"),
        (([0, 0], X, [0, 1, 2]), {}, r"y must hold labels in \[0, 1\]"),
        (([0, 0], X, [[0], [1], [0]]), {}, r"y must have shape \(3,\)"),
        (([0, 0], [[1, np.inf], [1, 1]], [0, 1]), {}, r"X must be finite, came X\[0, 1\] = inf"),
        (([0, 0], [[1e200, 1]], [1]), {}, "X must have entries whose squares have a finite sum"),
        (([1e200, 0], [[1, 1]], [1]), {}, r"w must have entries below 1e\+150 in size"),
        (([0, 0], X, Y), {"max_iterations": 1.5}, "max_iterations must be a whole number, came 1"),
        (([0, 0], X, Y), {"max_iterations": -1}, "max_iterations must be at least 0, came -1"),
        (([0, 0], X, Y), {"tolerance": 0}, "tolerance must be finite and above 0, came tolerance"),
        (([0, 0], X, Y), {"tolerance": np.nan}, "tolerance must be finite and above 0"),
        (([0, 0], X, Y), {"regularisation": -1}, "regularisation must be finite and at least 0"),
        (([0, 0], X, Y), {"regularisation": [1, 1]}, "regularisation must be one number, came sh"),
    ],
)
def test_bad_input_is_refused_by_name(descend, arguments, settings, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        descend(*arguments, **settings)


def test_a_bad_step_is_refused():
    for step in (0, -1, np.inf, np.nan):
        with pytest.raises(ValueError, match=r"^step must be finite and above 0, came step = "):
            gradient_descent([0, 0], X, Y, step=step)
    with pytest.raises(ValueError, match=r"^X must have shape \(n_samples, n_features\)"):
        safe_step([1.0, 2.0])
    with pytest.raises(ValueError, match=r"^‖X‖²/\(4n\) must be positive and finite, came inf"):
        safe_step([[1e200]])
