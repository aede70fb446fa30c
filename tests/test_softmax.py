"""K classes: identity, consistency, properties, accuracy, extremes, errors."""

import functools
import itertools
import math
import re

import numpy as np
import pytest
import scipy.special
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mpmath import MPContext
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from crossentropy import (
    log_softmax,
    loss,
    loss_gradient,
    mean_loss_and_gradient,
    mean_softmax_loss_and_gradient,
    sigmoid,
    softmax,
    softmax_loss,
    softmax_loss_gradient,
)

close = functools.partial(pytest.approx, abs=0)
seeded = settings(derandomize=True, deadline=None)
score_rows = arrays(float, (4, 3), elements=st.floats(-30, 30))
weight_rows = arrays(float, (4, 3), elements=st.floats(0, 5))

SMALLEST_NORMAL, SMALLEST_SUBNORMAL = 2.0**-1022, 2.0**-1074
exact = MPContext()
exact.dps = 60


@pytest.fixture(autouse=True)
def _floating_point_faults_are_errors():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.fixture
def data():
    """Weights (3, 4), 50 samples in rows (50, 3), and their labels (50, 4): hard, soft, neither."""
    random = np.random.default_rng(9)
    Y = np.eye(4)[random.integers(4, size=50)]
    Y[:20] = random.dirichlet(np.ones(4), size=20)
    Y[:10] *= random.uniform(0, 3, size=(10, 1))
    return random.normal(size=(3, 4)), random.normal(size=(50, 3)), Y


# --------------------------------------------------------------------------- identity


def test_softmax_has_its_hand_computed_values():
    a = np.log([1, 2, 5])  # so e^a is 1, 2, 5, and the sum is 8
    np.testing.assert_allclose(softmax(a), [1 / 8, 1 / 4, 5 / 8], rtol=1e-15)
    np.testing.assert_allclose(log_softmax(a), np.log([1 / 8, 1 / 4, 5 / 8]), rtol=1e-15)


def test_loss_and_gradient_have_their_hand_computed_values():
    a = np.log([1, 2, 5])
    assert softmax_loss(a, [0, 1, 0]) == close(math.log(4), rel=1e-15)
    np.testing.assert_allclose(
        softmax_loss_gradient(a, [0, 1, 0]), [1 / 8, -3 / 4, 5 / 8], rtol=1e-15
    )
    assert softmax_loss(a, [2, 1, 0]) == close(math.log(8 * 8 * 4), rel=1e-15)
    np.testing.assert_allclose(
        softmax_loss_gradient(a, [2, 1, 0]), [3 / 8 - 2, 3 / 4 - 1, 15 / 8], rtol=1e-15
    )


def test_the_means_have_their_hand_computed_values():
    W, X = [[math.log(3), 0.0]], [[1.0], [0.0]]  # s = (3/4, 1/4), (1/2, 1/2)
    L, gradient = mean_softmax_loss_and_gradient(W, X, [[1, 0], [0, 1]])
    assert close(math.log(8 / 3) / 2, rel=1e-15) == L
    np.testing.assert_allclose(gradient, [[-1 / 8, 1 / 8]], rtol=1e-15)


@pytest.mark.parametrize("labels", [(0, 1, 0), ("1/2", "1/4", "1/4"), (2, 0, "1/2")])
def test_the_gradient_is_what_sympy_derives_from_the_definitions(labels):
    a = sympy.symbols("a:3")
    y = [sympy.Rational(label) for label in labels]
    total = sum(sympy.exp(score) for score in a)
    H = -sum(label * sympy.log(sympy.exp(score) / total) for label, score in zip(y, a, strict=True))
    point = [0.5, -1.25, 2.0]
    values = dict(zip(a, point, strict=True))
    derived = [float(sympy.diff(H, score).evalf(30, subs=values)) for score in a]
    weights = [float(label) for label in y]
    np.testing.assert_allclose(softmax_loss_gradient(point, weights), derived, rtol=1e-14)
    assert softmax_loss(point, weights) == close(float(H.evalf(30, subs=values)), rel=1e-14)


def test_softmax_and_its_logarithm_agree_with_scipy():
    A = np.random.default_rng(0).normal(size=(200, 7)) * 5
    np.testing.assert_allclose(softmax(A), scipy.special.softmax(A, axis=-1), rtol=1e-14)
    logarithms = scipy.special.log_softmax(A, axis=-1)  # loses digits near 0
    np.testing.assert_allclose(log_softmax(A), logarithms, rtol=1e-14, atol=2e-15)


def test_the_mean_loss_agrees_with_scikit_learn(data):
    W, X, _ = data
    classes = np.arange(50) % 4
    L, _ = mean_softmax_loss_and_gradient(W, X, np.eye(4)[classes])
    assert close(log_loss(classes, scipy.special.softmax(X @ W, axis=1)), rel=1e-14) == L


def test_the_gradient_vanishes_where_scikit_learn_finds_the_minimum(data):
    X = data[1]
    Y = np.eye(4)[np.arange(50) % 4]
    fit = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, solver="newton-cg")
    W = fit.fit(X, Y.argmax(axis=1)).coef_.T
    np.testing.assert_allclose(mean_softmax_loss_and_gradient(W, X, Y)[1], 0, atol=1e-8)
    assert np.abs(mean_softmax_loss_and_gradient(0 * W, X, Y)[1]).max() > 1e-2


# --------------------------------------------------------------------------- two classes

Z = [-1e308, -800.0, -40.0, -1.5, -1e-9, 0.0, 0.3, 2.0, 36.9, 700.0, 1e308]


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_two_classes_give_back_the_logistic_story(y):
    for z in Z:
        scores, labels = [z, 0.0], [y, 1 - y]
        np.testing.assert_allclose(softmax(scores), [sigmoid(z), sigmoid(-z)], rtol=1e-15)
        assert softmax_loss(scores, labels) == close(loss([z], [1.0], y), rel=1e-15)
        residual = loss_gradient([z], [1.0], y)[0]
        wanted = close([residual, -residual], rel=1e-14)
        assert softmax_loss_gradient(scores, labels).tolist() == wanted


def test_two_classes_give_back_the_mean_loss_and_its_gradient():
    random = np.random.default_rng(1)
    w, X, y = random.normal(size=3), random.normal(size=(20, 3)), random.random(20)
    L, gradient = mean_softmax_loss_and_gradient(
        np.column_stack([w, 0 * w]), X, np.column_stack([y, 1 - y])
    )
    wanted_L, wanted = mean_loss_and_gradient(w, X, y)
    assert close(wanted_L, rel=1e-14) == L
    np.testing.assert_allclose(gradient, np.column_stack([wanted, -wanted]), atol=1e-15)


# --------------------------------------------------------------------------- consistency


def test_the_gradient_agrees_with_central_differences(data):
    a, y, h = [0.5, -1.0, 2.0, 0.0], [0.5, 0.0, 2.0, 0.25], 6e-6
    for k, step in enumerate(h * np.eye(4)):
        difference = (softmax_loss(a + step, y) - softmax_loss(a - step, y)) / (2 * h)
        assert softmax_loss_gradient(a, y)[k] == close(difference, rel=1e-8)
    W, X, Y = data
    gradient = mean_softmax_loss_and_gradient(W, X, Y)[1]
    for place in itertools.product(range(3), range(4)):
        step = np.zeros_like(W)
        step[place] = h
        ahead, behind = (mean_softmax_loss_and_gradient(W + s * step, X, Y)[0] for s in (1, -1))
        assert gradient[place] == pytest.approx((ahead - behind) / (2 * h), abs=1e-9)


@pytest.mark.parametrize("shift", [0.0, 1e5, -700.0])
@pytest.mark.parametrize("a", [[0.5, -1.0, 2.0], [40.0, 0.0, 0.0], [0, -300, -600], [1e308, 0, 0]])
def test_complex_steps_give_the_derivatives_and_leave_the_real_part_alone(a, shift):
    a, h = np.array(a) + shift, 1e-20
    y, s = np.array([0.5, 0.0, 2.0]), softmax(a)
    gradient = softmax_loss_gradient(a, y)
    for k, step in enumerate(1j * h * np.eye(3)):
        jacobian = s * ((np.arange(3) == k) - s[k])  # (A.43)
        np.testing.assert_allclose(softmax(a + step).imag / h, jacobian, atol=1e-15)
        np.testing.assert_allclose(softmax(a + step).real, s, rtol=1e-15)
        slope = (np.arange(3) == k) - s[k]
        np.testing.assert_allclose(log_softmax(a + step).imag / h, slope, atol=1e-15)
        np.testing.assert_allclose(log_softmax(a + step).real, log_softmax(a), rtol=1e-15)
        stepped = softmax_loss(a + step, y)
        assert stepped.imag / h == pytest.approx(gradient[k], abs=1e-15)
        assert stepped.real == close(softmax_loss(a, y), rel=1e-15)


def test_a_complex_step_gives_a_small_derivative_with_all_its_digits():
    a = np.array([40.0, 0.0, 1.0])
    wanted = softmax_loss_gradient(a, [1, 0, 0])
    assert 0 < -wanted[0] < 1e-16
    for k, step in enumerate(1e-20j * np.eye(3)):
        value = softmax_loss(a + step, [1, 0, 0]).imag / 1e-20
        assert value == close(wanted[k], rel=1e-14)


# --------------------------------------------------------------------------- properties


@seeded
@given(score_rows, st.integers(-(2**20), 2**20))
def test_a_shift_of_all_scores_changes_nothing(A, shift):
    A = np.round(A * 1024) / 1024  # so that the shift rounds nothing
    np.testing.assert_allclose(softmax(A + shift), softmax(A), rtol=1e-15)
    np.testing.assert_allclose(log_softmax(A + shift), log_softmax(A), rtol=1e-15)


@seeded
@given(score_rows)
def test_probabilities_add_up_to_1_in_the_order_of_the_scores(A):
    s = softmax(A)
    np.testing.assert_allclose(s.sum(axis=1), 1, rtol=1e-15)
    order = np.argsort(A, axis=1)
    assert (np.diff(np.take_along_axis(s, order, axis=1)) >= -1e-15).all()
    np.testing.assert_allclose(np.log(s), log_softmax(A), rtol=1e-13, atol=1e-15)


@seeded
@given(score_rows, weight_rows)
def test_the_gradient_is_the_sum_of_the_labels_times_s_minus_y(A, Y):
    wanted = Y.sum(axis=1, keepdims=True) * softmax(A) - Y
    np.testing.assert_allclose(softmax_loss_gradient(A, Y), wanted, atol=1e-14)
    np.testing.assert_allclose(softmax_loss_gradient(A, Y).sum(axis=1), 0, atol=1e-14)


@seeded
@given(score_rows, weight_rows)
def test_the_loss_is_never_negative_and_a_row_gives_what_it_gives_alone(A, Y):
    losses, gradients = softmax_loss(A, Y), softmax_loss_gradient(A, Y)
    assert losses.shape == (4,)
    assert (losses >= 0).all()
    for i in range(4):
        assert softmax_loss(A[i], Y[i]) == close(losses[i], rel=1e-15)
        np.testing.assert_array_equal(softmax_loss_gradient(A[i], Y[i]), gradients[i])
        np.testing.assert_array_equal(softmax(A[i]), softmax(A)[i])
        np.testing.assert_array_equal(log_softmax(A[i]), log_softmax(A)[i])


def test_the_means_are_the_means_of_the_rows(data):
    W, X, Y = data
    L, gradient = mean_softmax_loss_and_gradient(W, X, Y)
    assert close(softmax_loss(X @ W, Y).mean(), rel=1e-15) == L
    terms = X[:, :, np.newaxis] * softmax_loss_gradient(X @ W, Y)[:, np.newaxis, :]
    np.testing.assert_allclose(gradient, terms.mean(axis=0), atol=1e-15)


def test_the_gradient_is_the_matrix_formula_of_the_book_for_rows_that_add_up_to_1(data):
    W, X, Y = data
    S = softmax(X[10:] @ W)
    gradient = mean_softmax_loss_and_gradient(W, X[10:], Y[10:])[1]
    np.testing.assert_allclose(gradient, X[10:].T @ (S - Y[10:]) / 40, atol=1e-15)


@pytest.mark.parametrize("order", ["C", "F"])
def test_arguments_are_left_as_they_were(data, order):
    W, X, Y = arguments = [np.array(argument, order=order) for argument in data]
    for argument in arguments:
        argument.setflags(write=False)  # writing to it would raise
    mean_softmax_loss_and_gradient(W, X, Y)
    for function in (softmax, log_softmax):
        function(Y)
    for function in (softmax_loss, softmax_loss_gradient):
        function(Y, Y)
    for argument, original in zip(arguments, data, strict=True):
        np.testing.assert_array_equal(argument, original)


def test_whatever_holds_real_numbers_gives_float64():
    for a in ([1, 2], (1.0, 2.0), np.float32([1, 2]), np.array([1, 2], dtype=object)):
        for result in (softmax(a), log_softmax(a), softmax_loss_gradient(a, [True, False])):
            assert result.dtype == np.float64
    assert softmax(np.int8([100, -100])).tolist() == softmax([100, -100]).tolist()


def test_one_sample_gives_a_python_number_for_its_loss(data):
    assert type(softmax_loss([1, 2], [0, 1])) is float
    assert type(softmax_loss([1, 2j], [0, 1])) is complex
    assert type(mean_softmax_loss_and_gradient(*data)[0]) is float
    assert mean_softmax_loss_and_gradient(*data)[1].shape == (3, 4)


# --------------------------------------------------------------------------- accuracy


def rows(K, n, random):
    """Scores of many kinds: moderate, spread, far away, tied, tiny and huge, nearly certain."""
    certain = -random.uniform(0, 60, (n, K))
    certain[:, random.integers(K)] = random.uniform(0, 0.7, n)
    signs = random.choice([-1, 1], (n, K))
    return np.concatenate(
        [
            random.normal(size=(n, K)),
            random.uniform(-40, 40, (n, K)),
            random.uniform(-760, 0, (n, K)),
            random.uniform(-350, 350, (n, K)) + random.choice([1e3, -1e5, 1e6], (n, 1)),
            random.integers(-2, 3, (n, K)),
            signs * 10.0 ** random.uniform(-323, 308, (n, K)),
            certain,
            certain - random.uniform(600, 720, (n, 1)) * (certain < 0),
        ]
    )


def exact_row(a):
    """Exact s, 1 - s and log s of one row of scores."""
    a = [exact.mpf(score) for score in a]
    top = a.index(max(a))
    e = [exact.exp(score - a[top]) for score in a]
    total, rest = exact.fsum(e), exact.fsum(e[:top] + e[top + 1 :])
    s, log_s = [v / total for v in e], [score - a[top] - exact.log1p(rest) for score in a]
    return s, [(rest if k == top else total - v) / total for k, v in enumerate(e)], log_s


def ulps(got, wanted, size=None, weight=0.0):
    """Error in ULP of the exact value, or of `size`, and in `weight` smallest subnormals."""
    size = abs(float(wanted if size is None else size))
    if math.isinf(size):
        return 0.0 if got == math.copysign(math.inf, wanted) else math.inf
    unit = math.ulp(size) + weight * SMALLEST_SUBNORMAL
    return float(abs(exact.mpf(got) - wanted) / unit) if math.isfinite(got) else math.inf


SIZES = [(1, 2), (2, 200), (3, 200), (5, 80), (9, 40), (40, 6), (300, 1)]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"K = {size[0]}")
def cases(request):
    K, n = request.param
    A = rows(K, n, np.random.default_rng(K))
    return A, [exact_row(a) for a in A.tolist()]


@pytest.mark.parametrize("order", ["C", "F"])
def test_softmax_and_its_logarithm_are_within_k_plus_4_ulp(cases, order):
    A, truth = cases
    bound = A.shape[1] + 4
    S, log_S = softmax(np.asarray(A, order=order)), log_softmax(np.asarray(A, order=order))
    for s, log_s, (exact_s, _, exact_log_s) in zip(S.tolist(), log_S.tolist(), truth, strict=True):
        for value, wanted in zip(s, exact_s, strict=True):
            assert ulps(value, wanted, weight=wanted < SMALLEST_NORMAL) <= bound
        for value, wanted in zip(log_s, exact_log_s, strict=True):
            assert ulps(value, wanted) <= bound


def label_rows(kind, shape):
    random = np.random.default_rng(shape[1])
    if kind == "hard":
        return np.eye(shape[1])[random.integers(shape[1], size=shape[0])]
    if kind == "soft":
        return random.dirichlet(np.ones(shape[1]), size=shape[0])
    return np.where(random.random(shape) < 0.5, 0, 10.0 ** random.uniform(-20, 3, shape))


@pytest.mark.parametrize("kind", ["hard", "soft", "weights"])
def test_loss_and_gradient_are_within_k_plus_4_ulp(cases, kind):
    A, truth = cases
    Y, bound = label_rows(kind, A.shape), A.shape[1] + 4
    results = softmax_loss(A, Y).tolist(), softmax_loss_gradient(A, Y).tolist(), Y.tolist(), truth
    for H, gradient, y, (s, others, log_s) in zip(*results, strict=True):
        labels = [exact.mpf(label) for label in y]
        total = exact.fsum(labels)
        wanted = -exact.fsum(label * log for label, log in zip(labels, log_s, strict=True))
        assert ulps(H, wanted, weight=sum(y)) <= bound
        for k, value in enumerate(gradient):
            if_other, if_k = s[k] * exact.fsum(labels[:k] + labels[k + 1 :]), labels[k] * others[k]
            wanted, size = if_other - if_k, if_other + if_k  # `size` is |wanted| if one is 0
            assert abs(wanted - (total * s[k] - labels[k])) < 1e-50 * (1 + total)  # (A.44)
            assert ulps(value, wanted, size, weight=sum(y)) <= bound


# --------------------------------------------------------------------------- extremes


def test_scores_may_be_as_large_as_they_come():
    huge = np.finfo(float).max
    assert softmax([huge, -huge, huge]).tolist() == [0.5, 0, 0.5]
    assert log_softmax([huge, -huge]).tolist() == [0, -math.inf]
    assert softmax_loss([huge, -huge], [1, 0]) == 0
    assert softmax_loss([huge, -huge], [0, 1]) == math.inf
    assert softmax_loss([1e308, 0], [0, 1]) == 1e308
    assert softmax_loss_gradient([huge, -huge], [0, 1]).tolist() == [1, -1]
    assert softmax_loss_gradient([huge, -huge], [1, 0]).tolist() == [0, 0]


def test_labels_may_be_as_large_as_their_sum_allows():
    assert softmax_loss([0, 0, 0], [1e308, 0, 5e307]) == close(1.5e308 * math.log(3), rel=1e-15)
    assert softmax_loss([9, 0], [1e308, 5e307]) == math.inf
    gradient = softmax_loss_gradient([0, 0, 0], [1e308, 0, 0])
    np.testing.assert_allclose(gradient / 1e308, [-2 / 3, 1 / 3, 1 / 3], rtol=1e-15)


def test_labels_of_0_count_nothing():
    assert softmax_loss([3, -4], [0, 0]) == 0
    assert softmax_loss_gradient([3, -4], [0, 0]).tolist() == [0, 0]


def test_ties_share_evenly():
    assert softmax([7, 7, 7, 7]).tolist() == [0.25] * 4
    assert log_softmax([-5, -5]).tolist() == [-math.log(2)] * 2


def test_a_single_class_is_certain():
    assert softmax([-3]).tolist() == [1]
    assert log_softmax([[800], [0]]).tolist() == [[0], [0]]
    assert math.copysign(1, log_softmax([800])[0]) == 1
    assert softmax_loss([5], [2]) == 0
    assert softmax_loss_gradient([5], [2]).tolist() == [0]


def test_a_hard_label_that_is_nearly_certain_keeps_the_digits_of_its_gradient():
    a = [50.0, 0.0, 1.0]
    small = math.exp(-50) + math.exp(-49)
    assert softmax_loss(a, [1, 0, 0]) == close(small, rel=1e-15)
    assert softmax_loss_gradient(a, [1, 0, 0])[0] == close(-small, rel=1e-15)
    assert softmax(a)[0] - 1 == 0  # where the formula read literally loses all of it


def test_a_mean_is_finite_also_where_the_sum_is_not():
    W, X = [[1.0, 0.0]], [[1e308]] * 3
    L, gradient = mean_softmax_loss_and_gradient(W, X, [[0, 1]] * 3)
    assert close(1e308) == L
    assert gradient.tolist() == [close([1e308, -1e308])]


# --------------------------------------------------------------------------- errors


def refusal(message):
    return pytest.raises(ValueError, match="^" + re.escape(message))


def of_scores(a):
    """Call each function that takes scores, with labels that fit them."""
    yield functools.partial(softmax, a)
    yield functools.partial(log_softmax, a)
    yield functools.partial(softmax_loss, a, np.ones(np.shape(a)))
    yield functools.partial(softmax_loss_gradient, a, np.ones(np.shape(a)))


@pytest.mark.parametrize(
    ("a", "message"),
    [
        (1.5, "a must have shape (n_classes,) or (n_samples, n_classes), came shape ()"),
        (np.ones((2, 2, 2)), "a must have shape (n_classes,) or (n_samples, n_classes), came"),
        ([], "a must not be empty, came shape (0,)"),
        ([[], []], "a must not be empty, came shape (2, 0)"),
        ([0, -math.inf], "a must be finite, came a[1] = -inf"),
        ([[0, math.inf]], "a must be finite, came a[0, 1] = inf"),
        ([math.nan, 0], "a must be finite, came a[0] = nan"),
        (["1", "2"], "a must hold real numbers that fit float64, came dtype <U1"),
    ],
)
def test_scores_that_are_none_are_refused(a, message):
    for call in of_scores(a):
        with refusal(message):
            call()


def test_the_gradient_takes_no_complex_scores():
    with refusal("a must hold real numbers that fit float64, came dtype complex128"):
        softmax_loss_gradient([1, 2j], [1, 0])
    with refusal("W must hold real numbers that fit float64, came dtype complex128"):
        mean_softmax_loss_and_gradient([[1, 2j]], [[1]], [[1, 0]])


A, Y = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]


def of_labels(labels):
    """Call each function that takes labels; yield it with the name that it gives them."""
    yield "y", functools.partial(softmax_loss, A, labels)
    yield "y", functools.partial(softmax_loss_gradient, A, labels)
    yield "Y", functools.partial(mean_softmax_loss_and_gradient, A, np.eye(2), labels)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (Y[:1], "must have shape (2, 3), like the scores, came shape (1, 3)"),
        (Y[0], "must have shape (2, 3), like the scores, came shape (3,)"),
        (np.transpose(Y), "must have shape (2, 3), like the scores, came shape (3, 2)"),
        (
            [0, 2],
            "must have shape (2, 3), like the scores, came shape (2,)"
            " (turn numbers of classes c into rows np.eye(3)[c])",
        ),
        (
            [[1, 0, 0], [0, -1, 1]],
            "must hold weights that are finite and at least 0, came {}[1, 1]",
        ),
        ([[1, 0, 0], [0, 1, math.nan]], "must hold weights that are finite and at least 0, came"),
        ([[1, 0, math.inf], [0, 1, 0]], "must hold weights that are finite and at least 0, came"),
        (["a", "b"], "must hold real numbers that fit float64, came dtype <U1"),
    ],
)
def test_labels_that_fit_no_scores_are_refused(labels, message):
    for name, call in of_labels(labels):
        with refusal(f"{name} {message.format(name)}"):
            call()


def test_labels_whose_sum_is_not_finite_are_refused():
    for name, call in of_labels([[1, 0, 0], [1e308, 1e308, 0]]):
        with refusal(f"sum of {name} must be finite, came sum of {name}[1] = inf"):
            call()


@pytest.mark.parametrize(
    ("W", "X", "message"),
    [
        ([1.0, 2.0], np.eye(2), "W must have shape (n_features, n_classes), came shape (2,)"),
        ([[1.0, math.nan]], [[1.0]], "W must be finite, came W[0, 1] = nan"),
        ([[]], [[1.0]], "W must not be empty, came shape (1, 0)"),
        (A, np.eye(3), "X must have shape (n_samples, 2) to match W, came shape (3, 3)"),
        (A, [1.0, 2.0], "X must have shape (n_samples, 2) to match W, came shape (2,)"),
        (A, [[1.0, 2.0], [3.0, math.inf]], "X must be finite, came X[1, 1] = inf"),
        (A, np.empty((0, 2)), "X must not be empty, came shape (0, 2)"),
        (
            [[1e200, 0, 0]],
            [[0.0], [1e200]],
            "A must be finite, where A = X @ W, came A[1, 0] = inf",
        ),
    ],
)
def test_weights_and_samples_that_do_not_fit_are_refused(W, X, message):
    with refusal(message):
        mean_softmax_loss_and_gradient(W, X, Y)
