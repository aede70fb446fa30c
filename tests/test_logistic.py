"""Part (a): identity first, then consistency, properties, extremes (errors: test_errors.py)."""

import functools
import math

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossentropy import logistic, logistic_gradient, sigmoid

close = functools.partial(pytest.approx, abs=0)  # by itself, approx forgives 1e-12
seeded = settings(derandomize=True, deadline=None)
finite = st.floats(allow_nan=False, allow_infinity=False)
moderate = st.floats(-30, 30)
vectors = arrays(float, 3, elements=st.floats(-3, 3))


def test_sigmoid_has_its_hand_computed_values():
    assert sigmoid(0) == 0.5
    assert sigmoid(math.log(3)) == close(3 / 4, rel=1e-15)
    assert sigmoid(-math.log(4)) == close(1 / 5, rel=1e-15)


def test_logistic_is_equation_1_for_the_score_of_the_sample():
    w, x = [0.5, -1.0, 2.0], [2.0, 3.0, 1.0]  # w'x = 1 - 3 + 2 = 0
    assert logistic(w, x) == 0.5
    w, x = [math.log(2), -1.0], [3.0, math.log(4)]  # e^{-w'x} = 1/8 * 4 = 1/2
    assert logistic(w, x) == close(2 / 3, rel=1e-15)


def test_the_gradient_has_its_hand_computed_value():
    w, x = [math.log(3), 0.0], [1.0, -4.0]  # p = 3/4, p (1 - p) = 3/16
    np.testing.assert_allclose(logistic_gradient(w, x), [3 / 16, -3 / 4], rtol=1e-15)


def test_the_gradient_is_what_sympy_derives_from_equation_1():
    w, x = sympy.symbols("w:3"), sympy.symbols("x:3")
    p = 1 / (1 + sympy.exp(-sum(wj * xj for wj, xj in zip(w, x, strict=True))))
    point = [0.5, -0.25, 1.5], [2.0, -3.0, 0.125]
    values = dict(zip((*w, *x), [*point[0], *point[1]], strict=True))
    derived = [float(sympy.diff(p, wj).evalf(30, subs=values)) for wj in w]
    np.testing.assert_allclose(logistic_gradient(*point), derived, rtol=1e-15)


def test_the_gradient_agrees_with_central_differences():
    w, x, h = np.array([0.3, -0.7]), np.array([1.5, 2.0]), 6e-6
    for j, step in enumerate(h * np.eye(2)):
        difference = (logistic(w + step, x) - logistic(w - step, x)) / (2 * h)
        assert logistic_gradient(w, x)[j] == close(difference, rel=1e-9)


@pytest.mark.parametrize("z", [0.0, -0.0, 1e-3, -1e-3, 3.0, -3.0, 40.0, -40.0, 700.0, -700.0])
def test_a_complex_step_gives_the_slope(z):
    slope = logistic_gradient([z], [1.0])[0]
    assert sigmoid(z + 1e-20j).imag / 1e-20 == close(slope, rel=1e-14, abs=1e-300)
    assert logistic([z + 1e-20j], [1.0]).imag / 1e-20 == close(slope, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("z", [-1e308, -1e4, -800.0, -2.0, 0.0, 2.0, 800.0, 1e4, 1e308])
def test_a_complex_step_leaves_the_real_part_alone(z):
    assert sigmoid(z + 1e-20j).real == close(sigmoid(z), rel=1e-15)
    assert logistic(np.array([z + 1e-20j]), [1]).real == close(sigmoid(z), rel=1e-15)


def test_sigmoid_keeps_the_shape_of_its_argument():
    z = np.linspace(-3, 3, 24).reshape(2, 3, 4)
    assert sigmoid(z).shape == (2, 3, 4)
    assert sigmoid(z)[1, 2, 3] == sigmoid(3.0)


def test_one_sample_gives_a_python_float_and_its_gradient_a_vector():
    assert type(sigmoid(0)) is float
    assert type(sigmoid(1j)) is complex
    assert type(logistic([1, 2], [3, 4])) is float
    assert logistic_gradient([1, 2], [3, 4]).shape == (2,)


def test_whatever_holds_real_numbers_gives_float64():
    for z in ([1, 2], (1.0, 2.0), np.float32([1, 2]), np.array([1, 2], dtype=object)):
        assert sigmoid(z).dtype == np.float64
        np.testing.assert_array_equal(sigmoid(z), sigmoid([1.0, 2.0]))
    assert logistic_gradient(np.int8([1, 2]), [[3, 4]]).dtype == np.float64


@seeded
@given(finite)
def test_sigmoid_of_minus_z_is_the_complement(z):
    assert sigmoid(-z) == close(1 - sigmoid(z), abs=2**-52)


@seeded
@given(finite, finite)
def test_sigmoid_never_decreases_and_stays_within_0_and_1(a, b):
    low, high = sorted((a, b))
    slack = 1 + 4 * 2**-52  # two neighbouring results may each be off by rounding
    assert 0 <= sigmoid(low) <= sigmoid(high) * slack <= slack


@seeded
@given(moderate)
def test_the_odds_are_the_exponential_of_the_score(z):
    p = sigmoid(z)
    assert p / sigmoid(-z) == close(math.exp(z), rel=1e-14)


@seeded
@given(vectors, vectors)
def test_the_gradient_is_p_times_one_minus_p_times_x(w, x):
    p = logistic(w, x)
    np.testing.assert_allclose(logistic_gradient(w, x), p * (1 - p) * x, atol=1e-15)


@seeded
@given(vectors, arrays(float, (4, 3), elements=st.floats(-3, 3)))
def test_a_row_gives_what_it_gives_alone(w, X):
    p, gradient = logistic(w, X), logistic_gradient(w, X)
    assert p.shape == (4,)
    assert gradient.shape == (4, 3)
    for i, x in enumerate(X):  # the two products may round a score differently
        np.testing.assert_allclose(logistic(w, x), p[i], rtol=1e-14)
        np.testing.assert_allclose(logistic_gradient(w, x), gradient[i], rtol=1e-14, atol=1e-300)


def test_arguments_are_left_as_they_were():
    w, X = np.array([1.0, -2.0]), np.array([[0.5, 3.0], [-1.0, 4.0]])
    for argument in (w, X):
        argument.setflags(write=False)  # writing to it would raise
    logistic(w, X)
    logistic_gradient(w, X)
    sigmoid(X)
    assert w.tolist() == [1.0, -2.0]
    assert X.tolist() == [[0.5, 3.0], [-1.0, 4.0]]


def test_infinite_scores_give_0_and_1():
    assert sigmoid([-np.inf, np.inf]).tolist() == [0.0, 1.0]
    assert sigmoid(complex(np.inf, 1e-20)) == 1
    assert sigmoid(complex(-np.inf, 1e-20)) == 0


def test_far_from_0_the_probability_that_is_left_keeps_its_digits():
    assert sigmoid(-740) == close(math.exp(-740), rel=1e-2)  # a subnormal
    assert logistic([1.0], [-700.0]) == close(math.exp(-700), rel=1e-15)
    assert logistic_gradient([1.0], [50.0])[0] == close(50 * math.exp(-50), rel=1e-14)


def test_a_large_input_brings_no_lost_digits_to_light():
    w, x = [1.0, 0.0], [-740.0, 1e300]  # e^-740 has two digits left, 1e300 e^-740 all
    wanted = 1e300 * math.exp(-370) * math.exp(-370)
    assert logistic_gradient(w, x)[1] == close(wanted, rel=1e-15)


def test_an_input_of_1_leaves_a_subnormal_factor_as_it_is():
    z = np.linspace(-745, -709, 100)
    gradient = logistic_gradient([1, 0], np.column_stack([z, np.ones_like(z)]))
    np.testing.assert_array_equal(gradient[:, 1], sigmoid(z))
