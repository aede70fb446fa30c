"""Part (b): identity first, then consistency, properties, extremes (errors: test_errors.py)."""

import functools
import math
import tracemalloc

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossentropy import (
    cross_entropy,
    cross_entropy_derivative,
    logistic,
    loss,
    loss_gradient,
    mean_loss,
    mean_loss_and_gradient,
    mean_loss_gradient,
    mean_loss_hessian,
)

close = functools.partial(pytest.approx, abs=0)  # by itself, approx forgives 1e-12
seeded = settings(derandomize=True, deadline=None)
labels = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
weights = arrays(float, 3, elements=st.floats(-3, 3))
data_sets = st.tuples(
    weights,
    arrays(float, (4, 3), elements=st.floats(-3, 3)),
    arrays(float, 4, elements=labels),
)


@pytest.fixture
def data():
    random = np.random.default_rng(7)
    return random.normal(size=3), random.normal(size=(50, 3)), random.choice([0, 1, 0.25], 50)


def test_the_cross_entropy_has_its_hand_computed_values():
    assert cross_entropy(1 / 8, 1) == close(3 * math.log(2), rel=1e-15)
    assert cross_entropy(1 / 8, 0) == close(math.log(8 / 7), rel=1e-15)
    assert cross_entropy(1 / 4, 1 / 2) == close(math.log(4 / math.sqrt(3)), rel=1e-15)


def test_the_derivative_has_its_hand_computed_values():
    assert cross_entropy_derivative(1 / 8, 1) == -8
    assert cross_entropy_derivative(1 / 4, 0) == close(4 / 3, rel=1e-15)
    assert cross_entropy_derivative(1 / 4, 1 / 4) == 0


def test_the_loss_has_its_hand_computed_values():
    w, x = [math.log(3), -1.0], [2.0, math.log(3)]  # p = 3/4
    assert loss(w, x, 1) == close(math.log(4 / 3), rel=1e-15)
    assert loss(w, x, 0) == close(math.log(4), rel=1e-15)
    assert loss(w, x, 0.5) == close(math.log(16 / 3) / 2, rel=1e-15)


def test_the_gradient_has_its_hand_computed_values():
    w, x = [math.log(3), 0.0], [1.0, -4.0]  # p = 3/4
    np.testing.assert_allclose(loss_gradient(w, x, 1), [-1 / 4, 1], rtol=1e-15)
    np.testing.assert_allclose(loss_gradient(w, x, 0), [3 / 4, -3], rtol=1e-15)
    np.testing.assert_allclose(loss_gradient(w, x, 0.5), [1 / 4, -1], rtol=1e-15)


def test_the_means_have_their_hand_computed_values():
    w, X, y = [math.log(3), 0.0], [[1.0, 2.0], [0.0, 4.0]], [1, 0]  # p = 3/4, 1/2
    assert mean_loss(w, X, y) == close(math.log(8 / 3) / 2, rel=1e-15)
    gradient = [-1 / 8, 3 / 4]  # half of -1/4 (1, 2) + 1/2 (0, 4)
    np.testing.assert_allclose(mean_loss_gradient(w, X, y), gradient, rtol=1e-15)
    hessian = [[3 / 32, 3 / 16], [3 / 16, 19 / 8]]  # half of 3/16 (1, 2)(1, 2)' + 1/4 (0, 4)(0, 4)'
    np.testing.assert_allclose(mean_loss_hessian(w, X, y), hessian, rtol=1e-15)
    both = mean_loss_and_gradient(w, X, y)
    assert both[0] == close(math.log(8 / 3) / 2, rel=1e-15)
    np.testing.assert_allclose(both[1], gradient, rtol=1e-15)


@pytest.mark.parametrize("label", [0, 1, sympy.Rational(3, 10)])
def test_the_gradients_are_what_sympy_derives_from_equations_1_and_5(label):
    w, p = sympy.symbols("w:2"), sympy.Symbol("p")
    H = -label * sympy.log(p) - (1 - label) * sympy.log(1 - p)
    x, point, y = [2.0, -3.0], [0.5, 0.25], float(label)
    composed = H.subs(p, 1 / (1 + sympy.exp(-w[0] * x[0] - w[1] * x[1])))
    values = dict(zip(w, point, strict=True))
    derived = [float(sympy.diff(composed, wj).evalf(30, subs=values)) for wj in w]
    np.testing.assert_allclose(loss_gradient(point, x, y), derived, rtol=1e-14)
    slope = float(sympy.diff(H, p).subs(p, sympy.Rational(3, 8)))
    assert cross_entropy_derivative(3 / 8, y) == close(slope, rel=1e-15)


def test_the_order_of_the_arguments_is_probability_then_label():
    assert cross_entropy(0.0, 0.5) == math.inf
    assert cross_entropy(0.5, 0.0) == close(math.log(2))


@pytest.mark.parametrize("z", [-1e308, -800.0, -37.0, -1.0, 0.0, 1.0, 37.0, 800.0, 1e308])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_complex_steps_give_the_gradient_and_leave_the_real_part_alone(z, y):
    residual = loss_gradient([z], [1.0], y)[0]
    stepped = [z + 1e-20j]
    for value in (loss(stepped, [1.0], y), mean_loss(stepped, [[1.0]], [y])):
        assert value.real == close(loss([z], [1.0], y), rel=1e-14)
        assert value.imag / 1e-20 == close(residual, rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("p", [1e-200, 1e-20, 0.1, 0.5, 0.9, 1 - 1e-10, 1 - 2**-53])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_a_complex_step_in_p_gives_the_derivative_of_the_cross_entropy(p, y):
    value = cross_entropy(p + 1e-220j, y)
    assert value.real == close(cross_entropy(p, y), rel=1e-14)
    assert value.imag / 1e-220 == close(cross_entropy_derivative(p, y), rel=1e-14)


def test_gradient_and_hessian_agree_with_central_differences(data):
    w, X, y = data
    h = 6e-6
    for j, step in enumerate(h * np.eye(3)):
        difference = (mean_loss(w + step, X, y) - mean_loss(w - step, X, y)) / (2 * h)
        assert mean_loss_gradient(w, X, y)[j] == close(difference, rel=1e-8)
        ahead, behind = (mean_loss_gradient(w + sign * step, X, y) for sign in (1, -1))
        column = (ahead - behind) / (2 * h)
        np.testing.assert_allclose(mean_loss_hessian(w, X, y)[j], column, rtol=1e-8, atol=1e-10)


def test_the_chain_rule_joins_its_two_factors(data):
    w, X, y = data
    p = logistic(w, X)
    np.testing.assert_allclose(loss(w, X, y), cross_entropy(p, y), rtol=1e-13)
    chained = (cross_entropy_derivative(p, y) * p * (1 - p))[:, np.newaxis] * X
    np.testing.assert_allclose(loss_gradient(w, X, y), chained, rtol=1e-12)


@seeded
@given(data_sets)
def test_the_gradient_is_error_times_input(data_set):
    w, X, y = data_set
    error = (logistic(w, X) - y)[:, np.newaxis]
    np.testing.assert_allclose(loss_gradient(w, X, y), X * error, atol=1e-14)


@seeded
@given(data_sets)
def test_a_row_gives_what_it_gives_alone(data_set):
    w, X, y = data_set
    losses, gradients = loss(w, X, y), loss_gradient(w, X, y)
    assert losses.shape == (4,)
    assert gradients.shape == (4, 3)
    for i in range(4):  # the two products may round a score differently
        np.testing.assert_allclose(loss(w, X[i], y[i]), losses[i], rtol=1e-13)
        np.testing.assert_allclose(loss_gradient(w, X[i], y[i]), gradients[i], atol=1e-14)


@seeded
@given(data_sets)
def test_the_means_are_the_means_of_the_rows(data_set):
    w, X, y = data_set
    L, gradient = mean_loss_and_gradient(w, X, y)
    for value in (L, mean_loss(w, X, y)):
        assert value == close(loss(w, X, y).mean(), rel=1e-14)
    for value in (gradient, mean_loss_gradient(w, X, y)):
        np.testing.assert_allclose(value, loss_gradient(w, X, y).mean(axis=0), atol=1e-14)


@seeded
@given(data_sets)
def test_the_hessian_lies_between_0_and_a_quarter_of_the_gram_matrix(data_set):
    w, X, y = data_set
    hessian, bound = mean_loss_hessian(w, X, y), X.T @ X / (4 * len(X))
    np.testing.assert_array_equal(hessian, hessian.T)
    assert np.linalg.eigvalsh(hessian).min() >= -1e-14
    assert np.linalg.eigvalsh(bound - hessian).min() >= -1e-14


@seeded
@given(st.floats(0, 1), labels)
def test_the_cross_entropy_is_never_negative(p, y):
    assert cross_entropy(p, y) >= 0


@seeded
@given(st.floats(0, 1), st.floats(0.01, 0.99))
def test_no_probability_beats_the_label_itself(p, y):
    assert cross_entropy(p, y) >= cross_entropy(y, y) * (1 - 1e-15)


@seeded
@given(st.floats(-1e308, 1e308), labels)
def test_swapping_the_labels_mirrors_the_loss(z, y):
    mirrored = 1 - y
    y = 1 - mirrored  # now exact both ways
    assert loss([z], [1.0], y) == loss([-z], [1.0], mirrored) >= 0
    assert loss_gradient([z], [1.0], y) == -loss_gradient([-z], [1.0], mirrored)


def test_a_scalar_on_either_side_is_paired_with_every_entry():
    np.testing.assert_array_equal(
        cross_entropy([0.1, 0.2], 1), [cross_entropy(0.1, 1), cross_entropy(0.2, 1)]
    )
    np.testing.assert_array_equal(
        cross_entropy_derivative(0.1, [[0], [1]]),
        [[cross_entropy_derivative(0.1, 0)], [cross_entropy_derivative(0.1, 1)]],
    )


def test_scalars_come_back_as_python_floats(data):
    w, X, y = data
    assert type(cross_entropy(0.5, 1)) is float
    assert type(cross_entropy_derivative(0.5, 1)) is float
    assert type(loss(w, X[0], 1)) is float
    assert type(mean_loss(w, X, y)) is float
    assert type(mean_loss(w + 1j, X, y)) is complex
    assert type(mean_loss_and_gradient(w, X, y)[0]) is float


def test_lists_integers_and_booleans_give_float64():
    w, X, y = [1, -1], [[1, 2], [3, 4]], [True, False]
    for result in (loss(w, X, y), loss_gradient(w, X, y), mean_loss_and_gradient(w, X, y)[1]):
        assert result.dtype == np.float64
    assert mean_loss_hessian(w, np.float32(X), y).dtype == np.float64


@pytest.mark.parametrize("order", ["C", "F"])
def test_arguments_are_left_as_they_were(data, order):
    w, X, y = (np.array(argument, order=order) for argument in data)
    for argument in (w, X, y):
        argument.setflags(write=False)  # writing to it would raise
    for function in (loss, loss_gradient, mean_loss, mean_loss_gradient):
        function(w, X, y)
    mean_loss_and_gradient(w, X, y)
    mean_loss_hessian(w, X, y)
    cross_entropy(y, y)
    for argument, original in zip((w, X, y), data, strict=True):
        np.testing.assert_array_equal(argument, original)


def test_0_log_0_is_0_and_a_certain_mistake_costs_infinitely_much():
    assert cross_entropy([0, 1], [0, 1]).tolist() == [0, 0]
    assert cross_entropy([0, 1, 0, 1], [1, 0, 0.5, 0.5]).tolist() == [math.inf] * 4


def test_a_derivative_beyond_the_largest_float_is_infinite():
    assert cross_entropy_derivative([5e-324, 5e-324], [1, 0]).tolist() == [-math.inf, 1]


def test_large_scores_give_the_loss_and_gradient_of_line_11():
    assert loss([800.0], [1.0], 0) == 800
    assert loss([800.0], [1.0], 1) == 0
    assert loss([40.0], [1.0], 1) == close(math.exp(-40), rel=1e-15)
    assert loss_gradient([40.0], [1.0], 1) == close(-math.exp(-40), rel=1e-15)
    assert loss_gradient([-800.0], [1.0], 1) == -1


def test_a_large_input_brings_no_lost_digits_to_light():
    w, x = [1.0, 0.0], [740.0, 1e300]  # e^-740 has two digits left, 1e300 e^-740 all
    wanted = -1e300 * math.exp(-370) * math.exp(-370)
    assert loss_gradient(w, x, 1)[1] == close(wanted, rel=1e-15)


def test_a_mean_is_finite_also_where_the_sum_is_not():
    w, X, y = [1.0], [[1e308], [-1e308], [1e308]], [0, 1, 0]
    assert mean_loss(w, X, y) == close(1e308)
    assert mean_loss_gradient(w, X, y) == close(1e308)
    L, gradient = mean_loss_and_gradient(w, X, y)
    assert (L, *gradient) == close((1e308, 1e308))


@pytest.mark.parametrize("shape", [(1, 1), (20001, 1), (9001, 2), (700, 400), (3, 200000)])
def test_blocks_of_rows_leave_no_row_out(shape):
    random = np.random.default_rng(0)
    w, X, y = random.normal(size=shape[1]) / 99, random.normal(size=shape), random.random(shape[0])
    L, gradient = mean_loss_and_gradient(w, X, y)
    assert close(mean_loss(w, X, y), rel=1e-13) == L
    np.testing.assert_allclose(gradient, mean_loss_gradient(w, X, y), rtol=1e-9, atol=1e-12)


def test_blocks_of_rows_add_up_to_the_hessian():
    random = np.random.default_rng(0)
    w, X, y = random.normal(size=20), random.normal(size=(20001, 20)), random.random(20001)
    p = logistic(w, X)
    wanted = X.T @ (X * (p * (1 - p))[:, np.newaxis]) / len(X)
    np.testing.assert_allclose(mean_loss_hessian(w, X, y), wanted, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    "function", [mean_loss, mean_loss_gradient, mean_loss_hessian, mean_loss_and_gradient]
)
def test_the_memory_needed_grows_with_the_samples_not_with_the_data(function):
    random = np.random.default_rng(0)
    w, X, y = np.zeros(200), random.normal(size=(20000, 200)), np.zeros(20000)
    tracemalloc.start()
    function(w, X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * y.nbytes + 2**22  # X itself takes 200 times y
