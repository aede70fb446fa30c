"""The height of the mean loss on a grid of weights, and its curvature in a direction."""

import re
import subprocess
import sys
import tracemalloc
import warnings

import numpy as np
import pytest
from mpmath import MPContext
from numpy.testing import assert_allclose, assert_array_equal

from crossentropy import mean_loss, mean_loss_gradient, mean_loss_hessian
from crossentropy.surface import loss_surface, mean_loss_hessian_product

exact = MPContext()
exact.dps = 70

SIX_X = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]]
SIX_Y = [1, 1, 0, 0, 0, 0]
W0, W1 = [-3, -0.5, 0, 2], [-1, 0, 4]


def random_samples(n_samples=40, n_features=2, seed=0, soft=False):
    rng = np.random.default_rng(seed)
    y = rng.random(n_samples)
    return rng.normal(size=(n_samples, n_features)), y if soft else (y < 0.4) * 1


def one_by_one(w0, w1, X, y):
    return [[mean_loss([a, b], X, y) for a in w0] for b in w1]


def exact_mean_loss(w, X, y):
    """Mean of (5) at (1), label by label, with 70 digits."""
    total = exact.mpf(0)
    for x, label in zip(np.array(X, dtype=float), y, strict=True):
        e = exact.exp(-sum(exact.mpf(a) * exact.mpf(b) for a, b in zip(w, x, strict=True)))
        label = exact.mpf(float(label))
        total += label * exact.log(1 + e) + (1 - label) * exact.log(1 + 1 / e)
    return total / len(y)


# loss_surface: what it is


def test_height_at_the_origin_is_log_2_whatever_the_data():
    assert_allclose(loss_surface([0], [0], *random_samples()), [[np.log(2)]], rtol=1e-15)


def test_rows_belong_to_the_second_weight_and_columns_to_the_first():
    surface = loss_surface([0, 1, 2], [0, 3], [[1, 0]], [1])
    slope = np.log1p(np.exp([0.0, -1.0, -2.0]))
    assert_allclose(surface, [slope, slope], rtol=1e-15)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (SIX_X, SIX_Y),
        (SIX_X, [0] * 6),
        (SIX_X, [1] * 6),
        (SIX_X, [0, 0.25, 0.5, 1, 1e-300, 1 - 2**-53]),
        random_samples(soft=True),
        random_samples(n_samples=7000),  # more than one block
        ([[3, 1]], [1]),
    ],
)
def test_each_height_is_the_mean_loss_there(X, y):
    assert_allclose(loss_surface(W0, W1, X, y), one_by_one(W0, W1, X, y), rtol=1e-14)


def test_a_row_longer_than_a_block_is_computed_whole():
    w0 = np.linspace(-2, 2, 12_345)
    surface = loss_surface(w0, [1], SIX_X, SIX_Y)
    assert_allclose(surface[0, ::1000], one_by_one(w0[::1000], [1], SIX_X, SIX_Y)[0], rtol=1e-14)


@pytest.mark.parametrize("soft", [False, True])
def test_heights_are_right_to_the_last_digits(soft):
    X, y = random_samples(n_samples=5, seed=3, soft=soft)
    X = np.round(X * 64) / 64  # so that float64 holds each logit exactly
    w = np.array([-300.0, -37, -4, -1, 0, 0.5, 17, 250])
    surface = loss_surface(w, w, X, y)
    truth = [[float(exact_mean_loss((a, b), X, y)) for a in w] for b in w]
    assert_allclose(surface, truth, rtol=8 * np.finfo(float).eps)


def test_a_small_loss_keeps_its_digits():
    reach = np.array([20, 40, 300, 349, 351, 700])
    surface = loss_surface(reach, [0], [[1, 0], [-1, 0]], [1, 0])
    assert_allclose(surface[0], np.exp(-reach.astype(float)), rtol=1e-8)
    assert_allclose(surface[0, 1:], np.exp(-reach[1:].astype(float)), rtol=4e-16)


@pytest.mark.parametrize("reach", [349, 351, 699, 701, 709, 711, 1e4, 1e300])
def test_no_exponential_overflows(reach):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        surface = loss_surface([-reach, reach], [-reach, reach], [[1, 1], [1, 1]], [0, 1])
    assert_allclose(surface, [[reach, np.log(2)], [np.log(2), reach]], rtol=1e-14)


def test_a_mean_is_found_where_the_sum_overflows():
    X = np.full((4, 2), 8e307)
    assert_allclose(loss_surface([1], [1], X, [0, 0, 0, 0]), [[1.6e308]])


def test_arguments_are_left_alone_and_lists_will_do():
    X, y = random_samples()
    w0, w1 = np.array(W0, dtype=float), np.array(W1, dtype=float)
    before = [array.copy() for array in (w0, w1, X, y)]
    surface = loss_surface(w0, w1, X, y)
    for array, copy in zip((w0, w1, X, y), before, strict=True):
        assert_array_equal(array, copy)
    assert surface.dtype == np.float64
    assert_array_equal(surface, loss_surface(W0, W1, X.tolist(), y.tolist()))


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("scale", [1, 1000])
def test_memory_stays_below_a_megabyte_above_the_result(soft, scale):
    X, y = random_samples(n_samples=1000, soft=soft)
    w = np.linspace(-5, 5, 200)
    tracemalloc.start()
    surface = loss_surface(w, scale * w, X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - surface.nbytes < 2**20


def test_a_fresh_process_needs_no_more():
    program = """if True:
        import resource, numpy as np
        from crossentropy.surface import loss_surface
        rng = np.random.default_rng(0)
        X, w = rng.normal(size=(1000, 2)), np.linspace(-5, 5, 200)
        y = (rng.random(1000) < 0.5) * 1
        loss_surface([0], [0], X, y)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        loss_surface(w, w, X, y)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(run.stdout) * unit < 8 * 2**20


# mean_loss_hessian_product


def test_product_of_one_sample_by_hand():
    assert_allclose(mean_loss_hessian_product([0, 0], [[2, -1]], [1], [1, 3]), [-0.5, 0.25])


@pytest.mark.parametrize("n_features", [1, 2, 5])
def test_product_is_that_with_the_matrix(n_features):
    X, y = random_samples(n_features=n_features)
    w, v = np.random.default_rng(1).normal(size=(2, n_features))
    product = mean_loss_hessian_product(w, X, y, v)
    assert product.shape == (n_features,)
    assert_allclose(product, mean_loss_hessian(w, X, y) @ v, rtol=1e-13, atol=1e-15)


def test_product_is_the_change_of_the_gradient_along_the_direction():
    X, y = random_samples(soft=True)
    w, v, h = np.array([0.3, -1.2]), np.array([2.0, 0.7]), 1e-5
    change = mean_loss_gradient(w + h * v, X, y) - mean_loss_gradient(w - h * v, X, y)
    assert_allclose(mean_loss_hessian_product(w, X, y, v), change / (2 * h), rtol=1e-8)


def test_product_does_not_depend_on_the_labels():
    X, y = random_samples()
    products = [mean_loss_hessian_product([1, -1], X, labels, [1, 2]) for labels in (y, 1 - y)]
    assert_array_equal(*products)


@pytest.mark.parametrize("seed", range(5))
def test_curvature_lies_between_zero_and_its_bound(seed):
    X, y = random_samples(seed=seed)
    w, v = np.random.default_rng(seed + 10).normal(size=(2, 2)) * 3
    curvature = v @ mean_loss_hessian_product(w, X, y, v)
    p = 1 / (1 + np.exp(-X @ w))
    assert_allclose(curvature, np.mean(p * (1 - p) * (X @ v) ** 2))  # (A.31)
    assert 0 < curvature <= np.sum((X @ v) ** 2) / (4 * len(X))  # (A.32)


def test_product_keeps_its_digits_where_the_slope_is_subnormal():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        product = mean_loss_hessian_product([1.0, 0], [[740.0, 1e6]], [1], [0, 1e3])
    slope = exact.exp(-740)
    assert_allclose(product, [float(slope * 740 * 10**9), float(slope * 10**15)], rtol=1e-12)


def test_product_needs_no_square_of_the_number_of_features():
    X, y = random_samples(n_samples=3, n_features=20_000)
    tracemalloc.start()
    mean_loss_hessian_product(np.zeros(20_000), X, y, np.ones(20_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * X.nbytes


def test_product_leaves_its_arguments_alone():
    X, y = random_samples()
    arguments = [np.array([1.0, 2.0]), X, y.astype(float), np.array([3.0, 4.0])]
    before = [array.copy() for array in arguments]
    mean_loss_hessian_product(*arguments)
    for array, copy in zip(arguments, before, strict=True):
        assert_array_equal(array, copy)


# Bad input


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"w0": [[1, 2]]}, "w0 must be a row of values, came shape (1, 2)"),
        ({"w0": 1}, "w0 must be a row of values, came shape ()"),
        ({"w1": []}, "w1 must not be empty, came shape (0,)"),
        ({"w1": [0, np.nan]}, "w1 must be finite, came w1[1] = nan"),
        ({"w0": [np.inf]}, "w0 must be finite, came w0[0] = inf"),
        ({"w0": [1j]}, "w0 must hold real numbers that fit float64, came dtype complex128"),
        ({"X": [[1, 2, 3]]}, "X must have shape (n_samples, 2) to match w, came shape (1, 3)"),
        ({"X": [1, 2]}, "X must have shape (n_samples, 2) to match w, came shape (2,)"),
        ({"X": [[1, 2], [np.nan, 1]]}, "X must be finite, came X[1, 0] = nan"),
        ({"X": [[1e308, 1e308], [1, 1]]}, "z must be finite, where z = X @ w, came z[0] ="),
        ({"y": [[0], [1]]}, "y must have shape (2,), like what it labels, came shape (2, 1)"),
        ({"y": [-1, 1]}, "y must hold labels in [0, 1] (turn labels t of -1 and 1 into"),
        ({"y": [0, 2]}, "y must hold labels in [0, 1], came y[1] = 2.0"),
    ],
)
def test_surface_refuses_what_it_cannot_draw(change, message):
    arguments = {"w0": [0, 1], "w1": [0, 2], "X": [[1, 2], [3, 4]], "y": [0, 1], **change}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match="^" + re.escape(message)):
            loss_surface(**arguments)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"v": [1, 2, 3]}, "v must have shape (2,), like w, came shape (3,)"),
        ({"v": [[1], [2]]}, "v must have shape (2,), like w, came shape (2, 1)"),
        ({"v": []}, "v must not be empty, came shape (0,)"),
        ({"v": [0, np.nan]}, "v must be finite, came v[1] = nan"),
        ({"v": [1e308, 1e308]}, "X @ v must be finite, came X @ v[0] = inf"),
        ({"w": [np.nan, 0]}, "w must be finite, came w[0] = nan"),
        ({"w": [1, 2, 3]}, "X must have shape (n_samples, 3) to match w, came shape (2, 2)"),
        ({"X": [[np.inf, 0], [0, 0]]}, "X must be finite, came X[0, 0] = inf"),
        ({"y": [0]}, "y must have shape (2,), like what it labels, came shape (1,)"),
        ({"y": [0, 3]}, "y must hold labels in [0, 1], came y[1] = 3.0"),
    ],
)
def test_product_refuses_what_is_wrong(change, message):
    arguments = {"w": [1, 1], "X": [[1, 2], [3, 4]], "y": [0, 1], "v": [1, 0], **change}
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        mean_loss_hessian_product(**arguments)
