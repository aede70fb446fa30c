"""Every function against arithmetic with 70 digits, where float64 holds the logit exactly."""

import math

import numpy as np
import pytest
from mpmath import MPContext

from crossentropy import (
    cross_entropy,
    cross_entropy_derivative,
    logistic,
    logistic_gradient,
    loss,
    loss_gradient,
    mean_loss,
    mean_loss_and_gradient,
    mean_loss_gradient,
    mean_loss_hessian,
    sigmoid,
)

SMALLEST_NORMAL, SMALLEST_SUBNORMAL = 2.0**-1022, 2.0**-1074
LABELS = [0, 1, SMALLEST_SUBNORMAL, 1e-300, 2**-53, 0.1, 0.5, 0.7, 1 - 2**-53]

exact = MPContext()
exact.dps = 70


def both_signs(values):
    return np.concatenate([values, np.negative(values)])


def with_neighbours(values):
    """Add the three floats on each side, where a branch or a rounding threshold may sit."""
    grown = [values]
    for direction in (-np.inf, np.inf):
        side = values
        for _ in range(3):
            side = np.nextafter(side, direction)
            grown.append(side)
    return np.concatenate(grown)


def logits():
    random = np.random.default_rng(20240)
    thresholds = [math.log(2), 36.04, 36.74, 37.43, 355, 700, 708.396, 709.783, 744.44, 745.133]
    large = [1e4, 1e16, 1e308, np.finfo(float).max]
    small = [0, SMALLEST_SUBNORMAL, 1e-320, SMALLEST_NORMAL, 1e-300, 1e-17, 2**-54, 2**-53, 2**-27]
    return np.concatenate(
        [
            np.arange(-800, 800.5, 0.5),
            random.uniform(-800, 800, 1000),
            random.uniform(-40, 40, 2000),
            both_signs(random.uniform(690, 760, 500)),
            both_signs(10.0 ** random.uniform(-323, 308, 500)),
            both_signs(with_neighbours(thresholds)),
            both_signs(large),
            both_signs(small),
        ]
    )


def samples(z):
    """Rows (z, 1), whose logit for the weights (1, 0) is exactly z."""
    return np.column_stack([z, np.ones_like(z)])


def exact_row(z):
    """Exact p, 1 - p, -log(p) and -log(1 - p) at the logit z."""
    decay, growth = exact.exp(-exact.mpf(z)), exact.exp(exact.mpf(z))
    return 1 / (1 + decay), 1 / (1 + growth), exact.log1p(decay), exact.log1p(growth)


@pytest.fixture(scope="module")
def z():
    return logits()


@pytest.fixture(scope="module")
def truth(z):
    return [exact_row(value) for value in z.tolist()]


@pytest.fixture(autouse=True)
def _floating_point_faults_are_errors():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def worst_error(got, wanted, scale=None, *, subnormal_step=4):
    """Largest error in ULP of the exact value, or of `scale`; a subnormal step counts too."""
    worst = 0.0
    for value, target, size in zip(got.tolist(), wanted, scale or wanted, strict=True):
        size = abs(float(size))
        unit = exact.mpf(math.ulp(size)) / (1 if size >= SMALLEST_NORMAL else subnormal_step)
        worst = max(worst, float(abs(exact.mpf(value) - target) / unit))
    return worst


def times(z, values):
    return [exact.mpf(factor) * value for factor, value in zip(z.tolist(), values, strict=True)]


def test_the_reference_is_the_definition_in_a_thousand_digits():
    definition = MPContext()
    definition.dps = 1000
    for z in (-800, -37.5, -1e-9, 0, 0.1, 36.8, 800):
        p = 1 / (1 + definition.exp(-definition.mpf(z)))
        defined = p, 1 - p, -definition.log(p), -definition.log(1 - p)
        for mine, wanted in zip(exact_row(z), defined, strict=True):
            assert abs(definition.mpf(mine) / wanted - 1) < 1e-68


def test_sigmoid_is_within_4_ulp(z, truth):
    p = [row[0] for row in truth]
    assert worst_error(sigmoid(z), p) <= 4
    assert worst_error(logistic([1, 0], samples(z)), p) <= 4


def test_the_gradient_of_the_logistic_function_is_within_4_ulp(z, truth):
    slope = [row[0] * row[1] for row in truth]
    gradient = logistic_gradient([1, 0], samples(z))
    assert worst_error(gradient[:, 1], slope) <= 4
    assert worst_error(gradient[:, 0], times(z, slope), subnormal_step=2) <= 4  # one more product


@pytest.mark.parametrize("y", LABELS)
def test_the_loss_is_within_4_ulp(z, truth, y):
    exact_y = exact.mpf(y)
    wanted = [exact_y * row[2] + (1 - exact_y) * row[3] for row in truth]
    assert worst_error(loss([1, 0], samples(z), np.full(z.size, y)), wanted) <= 4


@pytest.mark.parametrize("y", LABELS)
def test_the_gradient_of_the_loss_is_within_4_ulp(z, truth, y):
    exact_y = exact.mpf(y)
    terms = [((1 - exact_y) * row[0], exact_y * row[1]) for row in truth]
    wanted = [if_0 - if_1 for if_0, if_1 in terms]
    scale = [if_0 + if_1 for if_0, if_1 in terms]  # the result's own size if y is 0 or 1
    gradient = loss_gradient([1, 0], samples(z), np.full(z.size, y))
    assert worst_error(gradient[:, 1], wanted, scale) <= 4
    wanted, scale = times(z, wanted), times(z, scale)
    assert worst_error(gradient[:, 0], wanted, scale, subnormal_step=2) <= 4  # one more product


def probabilities():
    random = np.random.default_rng(20241)
    marks = [SMALLEST_NORMAL, 1e-300, 2**-53, 1e-9, 0.25, 0.5, 1 - 1e-9, 1 - 2**-50]
    near_0 = 10.0 ** random.uniform(-323, 0, 500)
    near_1 = 1 - 10.0 ** random.uniform(-15, 0, 500)
    return np.concatenate([random.random(1000), with_neighbours(marks), near_0, near_1])


@pytest.mark.parametrize("y", LABELS)
def test_the_cross_entropy_is_within_4_ulp(y):
    p, exact_y = probabilities(), exact.mpf(y)
    wanted = [
        -exact_y * exact.log(value) - (1 - exact_y) * exact.log1p(-value)
        for value in map(exact.mpf, p.tolist())
    ]
    assert worst_error(cross_entropy(p, y), wanted) <= 4


@pytest.mark.parametrize("y", LABELS)
def test_the_derivative_of_the_cross_entropy_is_within_4_ulp(y):
    p, exact_y = probabilities(), exact.mpf(y)
    p = p[p > 1e-308]  # below, 1/p has no float64
    wanted = [
        -(exact_y / value - (1 - exact_y) / (1 - value)) for value in map(exact.mpf, p.tolist())
    ]
    assert worst_error(cross_entropy_derivative(p, y), wanted) <= 4


@pytest.mark.parametrize("n_samples", [1, 7, 2000])
def test_means_lose_no_more_than_a_summation_does(n_samples):
    random = np.random.default_rng(n_samples)
    z = random.uniform(-50, 50, n_samples)
    y = random.choice([0, 1, 0.3], n_samples)
    X, rows = samples(z), [exact_row(value) for value in z.tolist()]
    losses, residuals, slopes = [], [], []
    for label, row in zip(y.tolist(), rows, strict=True):
        losses.append(label * row[2] + (1 - exact.mpf(label)) * row[3])
        residuals.append((1 - exact.mpf(label)) * row[0] - label * row[1])
        slopes.append(row[0] * row[1])

    def agrees(got, terms):
        size = exact.fsum(abs(term) for term in terms)
        return abs(n_samples * exact.mpf(got) - exact.fsum(terms)) <= 1e-14 * size

    L, gradient = mean_loss_and_gradient([1, 0], X, y)
    hessian = mean_loss_hessian([1, 0], X, y)
    for value in (L, mean_loss([1, 0], X, y)):
        assert agrees(value, losses)
    for value in (gradient, mean_loss_gradient([1, 0], X, y)):
        assert agrees(value[0], times(z, residuals))
        assert agrees(value[1], residuals)
    assert agrees(hessian[0, 0], times(z, times(z, slopes)))
    assert agrees(hessian[0, 1], times(z, slopes))
    assert agrees(hessian[1, 1], slopes)
