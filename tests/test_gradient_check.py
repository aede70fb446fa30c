"""Numerical gradients: known answers first, then the loss, then what they must notice or refuse."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossentropy import (
    central_difference,
    complex_step,
    cross_entropy,
    cross_entropy_derivative,
    gradient_error,
    logistic,
    logistic_gradient,
    loss,
    loss_gradient,
    mean_loss,
    mean_loss_gradient,
)

EPS = np.finfo(float).eps
seeded = settings(derandomize=True, deadline=None)
weights = arrays(float, 3, elements=st.floats(-20, 20))
data_sets = st.tuples(
    weights,
    arrays(float, (4, 3), elements=st.floats(-3, 3)),
    arrays(float, 4, elements=st.sampled_from([0.0, 1.0]) | st.floats(0, 1)),
)
both = pytest.mark.parametrize("numerical", [central_difference, complex_step])


def cubic(w):
    return w[0] ** 3 + w[0] * w[1]


def refusal(message):
    return pytest.raises(ValueError, match="^" + re.escape(message))


# Known answers


def test_a_central_difference_has_its_hand_computed_value():
    # (2.5³ - 1.5³)/1 + w_1 = 12.25 + 5 and w_0 = 2, with nothing rounded
    assert central_difference(cubic, [2, 5], step=0.5).tolist() == [17.25, 2]


def test_a_complex_step_has_its_hand_computed_value():
    # Im (2 + i/2)³ / (1/2) = 12 - 1/4
    assert complex_step(cubic, [2, 5], step=0.5).tolist() == [16.75, 2]


def test_each_weight_may_have_a_step_of_its_own():
    def f(w):
        return w[0] ** 3 + w[1] ** 3

    step = [1.0, 0.5]
    assert central_difference(f, [0, 0], step=step).tolist() == [1, 0.25]
    assert complex_step(f, [0, 0], step=step).tolist() == [-1, -0.25]


def test_the_default_difference_is_near_the_best_there_is():
    w, x = [1.0, 0.5], [2.0, -1.0]
    exact = loss_gradient(w, x, 1)
    errors = [
        gradient_error(central_difference(lambda w: loss(w, x, 1), w, step=h), exact)
        for h in np.logspace(-10, -1, 10)
    ]
    default = gradient_error(central_difference(lambda w: loss(w, x, 1), w), exact)
    assert default < 1e-10
    assert default < 3 * min(errors)


def test_the_default_difference_grows_with_a_large_weight():
    with pytest.raises(ValueError, match="step must change w"):
        central_difference(lambda w: w @ w, [1e13, 1.0], step=6e-6)
    numerical = central_difference(lambda w: w @ w, [1e13, 1.0])
    assert numerical[0] == pytest.approx(2e13, rel=1e-9)


def test_the_complex_step_is_right_to_the_last_digits():
    w, x = [1.0, 0.5], [2.0, -1.0]
    for y in (0, 0.3, 1):
        numerical = complex_step(lambda w, y=y: loss(w, x, y), w)
        np.testing.assert_allclose(numerical, loss_gradient(w, x, y), rtol=1e-15)


@pytest.mark.parametrize("p", [1e-10, 0.3, 1 - 1e-10])
def test_the_complex_step_works_at_the_edge_of_a_domain(p):
    # one step of a difference to the side, and there is no cross entropy
    numerical = complex_step(lambda p: cross_entropy(p[0], 1), [p])
    assert numerical[0] == pytest.approx(cross_entropy_derivative(p, 1), rel=1e-13)


# The package's own gradients


@seeded
@given(data_sets)
def test_differences_agree_with_the_gradient_of_the_mean_loss(data_set):
    w, X, y = data_set
    numerical = central_difference(lambda w: mean_loss(w, X, y), w)
    np.testing.assert_allclose(numerical, mean_loss_gradient(w, X, y), atol=5e-8)


@seeded
@given(data_sets)
def test_complex_steps_agree_with_the_gradient_of_the_mean_loss(data_set):
    w, X, y = data_set
    numerical = complex_step(lambda w: mean_loss(w, X, y), w)
    np.testing.assert_allclose(numerical, mean_loss_gradient(w, X, y), atol=1e-14)


@both
def test_the_gradient_of_the_probability_passes(numerical):
    w, x = [0.3, -1.2, 0.7], [2.0, -1.0, 0.5]
    error = gradient_error(logistic_gradient(w, x), numerical(lambda w: logistic(w, x), w))
    assert error < 1e-9


@both
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda g: -g, 2),
        (lambda g: 4 * g, 0.75),
        (lambda g: 0 * g, 1),
        (lambda g: g[::-1], 0.3),
        (lambda g: g + 1e-5, 1e-6),
    ],
    ids=["flipped", "scaled", "zero", "reversed", "slightly off"],
)
def test_a_wrong_gradient_is_told_by_its_error(numerical, wrong, error):
    w, x = [1.0, 0.5], [2.0, -1.0]
    reference = numerical(lambda w: loss(w, x, 0), w)
    assert gradient_error(wrong(loss_gradient(w, x, 0)), reference) > error * 0.999


# Arguments and results


@both
def test_the_result_is_float64_in_the_shape_of_w(numerical):
    for w in ([1, 2, 3], np.float32([1, 2, 3]), (1.0, 2.0, 3.0)):
        gradient = numerical(lambda w: w[0] * w[1] * w[2], w)
        assert gradient.dtype == np.float64
        np.testing.assert_allclose(gradient, [6, 3, 2], rtol=1e-9)


@both
def test_weights_are_left_alone_whatever_f_does_to_its_argument(numerical):
    def f(w):
        w *= 2
        return w[0] ** 2 + w[1]

    w = np.array([1.0, 2.0])
    w.setflags(write=False)
    np.testing.assert_allclose(numerical(f, w), [8, 2], rtol=1e-9)
    assert w.tolist() == [1, 2]


def test_the_calls_of_f_are_as_many_as_documented():
    calls = []

    def f(w):
        calls.append(w)
        return w @ w

    central_difference(f, np.ones(5))
    assert len(calls) == 10
    complex_step(f, np.ones(5))
    assert len(calls) == 10 + 11


@both
@pytest.mark.parametrize(
    "returned", [None, math.nan, math.inf, "0.5", [0.1, 0.2], np.ones(1), [], [1, [2]], {}]
)
def test_what_is_not_one_finite_number_is_refused_and_shown(numerical, returned):
    shown = repr(returned.tolist() if isinstance(returned, np.ndarray) else returned)
    with refusal(f"f must return one finite number, came {shown} at w = [1.0"):
        numerical(lambda w: returned, [1.0])


@both
def test_losses_of_many_samples_are_shown_in_short(numerical):
    with refusal("f must return one finite number, came [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ...] at w"):
        numerical(lambda w: np.zeros(100), [1.0])


def test_a_difference_takes_no_complex_value():
    with refusal("f must return one finite number, came (1+2j) at w = ["):
        central_difference(lambda w: 1 + 2j, [1.0])


@both
def test_weights_that_are_no_row_of_finite_numbers_are_refused(numerical):
    for w, message in (
        ([[1.0]], "w must have shape (d,), came shape (1, 1)"),
        (1.0, "w must have shape (d,), came shape ()"),
        ([], "w must not be empty"),
        ([1.0, math.nan], "w must be finite, came w[1] = nan"),
        ([1j], "w must hold real numbers"),
    ):
        with refusal(message):
            numerical(lambda w: 1.0, w)


@both
def test_steps_that_are_not_positive_are_refused(numerical):
    for step, message in (
        (0, "step must be positive and finite, came step = 0.0"),
        ([1, -1], "step must be positive and finite, came step[1] = -1.0"),
        (math.nan, "step must be positive and finite, came step = nan"),
        (math.inf, "step must be positive and finite, came step = inf"),
        ([1, 1, 1], "step must be a number or have shape (2,), came shape (3,)"),
        (1j, "step must hold real numbers"),
    ):
        with refusal(message):
            numerical(lambda w: 1.0, [1, 2], step=step)


def test_a_step_that_is_lost_in_the_sum_is_refused():
    with refusal("step must change w, came step = 1e-17 at w[1] = 2.0"):
        central_difference(lambda w: 1.0, [0.0, 2.0], step=1e-17)


@both
def test_errors_of_f_itself_come_through(numerical):
    def f(w):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        numerical(f, [1.0])


# What the complex step notices


def absolute_loss(w):
    z = 2 * w[0] - w[1]
    return np.log(1 + np.exp(-np.abs(z))) + np.maximum(z, 0)


@pytest.mark.parametrize(
    ("f", "shown"),
    [
        (lambda w: np.abs(w).sum(), "a complex step of 0 "),
        (lambda w: (w @ w).real, "a complex step of 0 "),
        (lambda w: np.linalg.norm(w), "a complex step of 0 "),
        (absolute_loss, "a complex step of "),
        (lambda w: w[0] + np.abs(w[1]), "a complex step of "),
    ],
    ids=["abs", "real", "norm", "loss by abs", "one of two terms"],
)
def test_an_imaginary_part_that_is_dropped_is_noticed(f, shown):
    with refusal("f must carry the imaginary part") as caught:
        complex_step(f, [1.0, 0.5])
    assert shown in str(caught.value)


@pytest.mark.parametrize(
    ("f", "said"),
    [
        (lambda w: float(w @ w), "ComplexWarning"),
        (lambda w: math.exp(w[0]), ""),  # a TypeError or a warning, as Python has it
        (lambda w: np.logaddexp(0, w[0]), "TypeError: ufunc 'logaddexp'"),
        (lambda w: loss_gradient(w, w.real, 1)[0], "ValueError: w must hold real numbers"),
    ],
    ids=["float", "math", "logaddexp", "loss_gradient"],
)
def test_a_function_that_takes_no_complex_weights_is_named(f, said):
    with refusal(f"f must take complex w, came {said}"):
        complex_step(f, [1.0, 0.5])


def test_a_function_without_a_value_at_complex_weights_is_refused():
    with refusal("f must return one finite number, came nan at w = [(1+"):
        complex_step(lambda w: math.nan if np.iscomplexobj(w) else 1.0, [1.0])


@pytest.mark.parametrize(
    ("f", "w", "gradient"),
    [
        (lambda w: 3, [1.0, 0.5], [0, 0]),
        (lambda w: 1e300, [1.0, 0.5], [0, 0]),
        (lambda w: w[1] ** 2, [1.0, 0.5], [0, 1]),
        (lambda w: w @ w, [0.0, 0.0], [0, 0]),
        (lambda w: np.log(w[0]), [1e-5], [1e5]),
        (lambda w: np.sqrt(w[0]), [1e-12], [5e5]),
        (lambda w: np.sin(1e8 * w[0]), [0.0], [1e8]),
        (lambda w: 1e8 + w[0] ** 2 - 1e8, [1e-3], [2e-3]),
        (lambda w: np.log(1 + np.exp(-w[0])), [40.0], [-math.exp(-40)]),
        (lambda w: 1e-3 * w[0], [1e-30], [1e-3]),
    ],
    ids=[
        "constant",
        "large constant",
        "constant in one weight",
        "flat point",
        "edge of the logarithm",
        "edge of the root",
        "steep",
        "cancelling",
        "rounded to zero",
        "tiny weight",
    ],
)
def test_no_alarm_is_raised_for_a_function_that_carries_it(f, w, gradient):
    np.testing.assert_allclose(complex_step(f, w), gradient, rtol=1e-9)


def test_no_alarm_is_raised_for_losses_of_any_scale():
    random = np.random.default_rng(5)
    for _ in range(200):
        X = random.normal(size=(5, 3)) * 10 ** random.uniform(-4, 4)
        w, y = random.normal(size=3) * 10 ** random.uniform(-3, 3), random.integers(0, 2, 5)
        numerical = complex_step(lambda w, X=X, y=y: mean_loss(w, X, y), w)
        scale = np.abs(X).max()
        np.testing.assert_allclose(
            numerical / scale, mean_loss_gradient(w, X, y) / scale, atol=1e-13
        )


# gradient_error


def test_the_error_is_relative_to_the_longer_of_the_two():
    assert gradient_error([3, 4], [3, 4]) == 0
    assert gradient_error([-3, -4], [3, 4]) == 2
    assert gradient_error([0, 0], [3, 4]) == gradient_error([3, 4], [0, 0]) == 1
    assert gradient_error([3, 0], [3, 4]) == 0.8
    assert gradient_error([0, 0], [0, 0]) == 0
    assert type(gradient_error([1], [2])) is float


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1e-8, 1e200, 1e307])
def test_the_error_does_not_depend_on_the_unit(scale):
    g, r = np.array([3.0, 4.0]) * scale, np.array([0.0, 4.0]) * scale
    assert gradient_error(g, r) == pytest.approx(0.6, rel=2e-3 if scale < 1e-300 else 1e-15)


def test_gradients_that_cannot_be_compared_are_refused():
    with refusal("gradient must have shape (2,), like reference, came (3,)"):
        gradient_error([1, 2, 3], [1, 2])
    with refusal("gradient must have shape (d,), came shape (2, 1)"):
        gradient_error([[1], [2]], [1, 2])
    with refusal("reference must be finite, came reference[1] = nan"):
        gradient_error([1, 2], [1, math.nan])
    with refusal("gradient must be finite, came gradient[0] = inf"):
        gradient_error([math.inf, 2], [1, 2])
