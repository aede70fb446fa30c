"""What is refused, and that the message names the argument, what was expected and what came."""

import re

import numpy as np
import pytest

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

PER_SAMPLE = [loss, loss_gradient]
OVER_DATA = [mean_loss, mean_loss_gradient, mean_loss_hessian, mean_loss_and_gradient]
OF_PROBABILITY = [cross_entropy, cross_entropy_derivative]

w, X, y = [0.5, -1.0], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 1, 1]


def refusal(message):
    return pytest.raises(ValueError, match="^" + re.escape(message))


def call(function, w=w, X=X, y=y):
    return function(w, X) if function in (logistic, logistic_gradient) else function(w, X, y)


of_weights = pytest.mark.parametrize(
    "function", [logistic, logistic_gradient, *PER_SAMPLE, *OVER_DATA]
)
of_labels = pytest.mark.parametrize("function", PER_SAMPLE + OVER_DATA)
over_data = pytest.mark.parametrize("function", OVER_DATA)
of_probability = pytest.mark.parametrize("function", OF_PROBABILITY)


def name_of_samples(function):
    return "X" if function in OVER_DATA else "x"


def test_sigmoid_refuses_what_is_no_number():
    with refusal("z must not hold NaN, came z[1] = nan"):
        sigmoid([0, np.nan, np.nan])
    with refusal("z must not hold NaN, came z = nan"):
        sigmoid(np.nan)
    with refusal("z must not be empty, came shape (0,)"):
        sigmoid([])
    with refusal("z must hold real numbers that fit float64, came dtype <U3"):
        sigmoid("1.5")
    with refusal("z must hold real numbers that fit float64, came dtype object: "):
        sigmoid({})
    with refusal("z must hold real numbers that fit float64, came dtype object: "):
        sigmoid(10**400)
    with refusal("z must be an array, came rows of unequal length"):
        sigmoid([[1, 2], [3]])


@of_weights
def test_weights_of_a_wrong_shape_are_refused(function):
    with refusal("w must have shape (n_features,), came shape (2, 1)"):
        call(function, w=[[0.5], [-1.0]])
    with refusal("w must have shape (n_features,), came shape ()"):
        call(function, w=2.0)
    with refusal("w must not be empty, came shape (0,)"):
        call(function, w=[])


@of_weights
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_weights_that_are_not_finite_are_refused(function, bad):
    with refusal(f"w must be finite, came w[1] = {bad}"):
        call(function, w=[0.5, bad])


@of_weights
def test_samples_with_another_number_of_features_are_refused(function):
    name = name_of_samples(function)
    shapes = "(n_samples, 3)" if name == "X" else "(3,) or (n_samples, 3)"
    with refusal(f"{name} must have shape {shapes} to match w, came shape (3, 2)"):
        call(function, w=[1.0, 2.0, 3.0])
    with refusal(f"{name} must have shape {shapes} to match w, came shape (1, 1, 3)"):
        call(function, w=[1.0, 2.0, 3.0], X=[[[1.0, 2.0, 3.0]]])


@of_weights
def test_empty_data_are_refused(function):
    name = name_of_samples(function)
    with refusal(f"{name} must not be empty, came shape (0, 2)"):
        call(function, X=np.empty((0, 2)), y=[])


@over_data
def test_a_mean_over_a_single_sample_without_its_row_is_refused(function):
    with refusal("X must have shape (n_samples, 2) to match w, came shape (2,)"):
        function(w, [1.0, 2.0], 1)


@of_weights
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("weights", [w, [0.0, 0.0]])
@pytest.mark.parametrize("order", ["C", "F"])
def test_samples_that_are_not_finite_are_refused(function, bad, weights, order):
    samples = np.array(X, order=order)
    samples[2, 1] = bad
    with refusal(f"{name_of_samples(function)} must be finite, came {name_of_samples(function)}"):
        call(function, w=weights, X=samples)


def test_the_entry_at_fault_is_named_also_beyond_the_first_block_of_rows():
    samples = np.ones((20000, 2))
    samples[19998, 1] = np.nan
    with refusal("X must be finite, came X[19998, 1] = nan"):
        mean_loss_and_gradient(w, samples, np.ones(20000))


@of_weights
def test_a_score_that_overflows_is_refused(function):
    name = name_of_samples(function)
    with refusal(f"z must be finite, where z = {name} @ w, came z[1] = inf"):
        call(function, w=[1e200, 0.0], X=[[1.0, 0.0], [1e200, 0.0], [1.0, 1.0]])


@of_labels
@pytest.mark.parametrize("labels", [[[0], [1], [1]], [[0, 1, 1]], [0, 1], 1])
def test_labels_of_a_shape_that_numpy_would_broadcast_or_mix_up_are_refused(function, labels):
    came = np.shape(labels)
    with refusal(f"y must have shape (3,), like what it labels, came shape {came}"):
        function(w, X, labels)


@pytest.mark.parametrize("function", PER_SAMPLE)
def test_a_single_sample_takes_a_single_label(function):
    with refusal("y must have shape (), like what it labels, came shape (1,)"):
        function(w, X[0], [1])


@of_labels
@pytest.mark.parametrize("bad", [-0.5, 1.5, 2.0, np.nan, np.inf])
def test_labels_outside_0_and_1_are_refused(function, bad):
    with refusal(f"y must hold labels in [0, 1], came y[1] = {bad}"):
        function(w, X, [0, bad, 1])


@of_labels
def test_labels_of_minus_1_and_1_are_refused_with_what_to_do(function):
    with refusal(
        "y must hold labels in [0, 1] (turn labels t of -1 and 1 into y = (t + 1)/2, "
        "since t = 2y - 1), came y[2] = -1.0"
    ):
        function(w, X, [1, 1, -1])


@of_labels
def test_labels_that_are_no_numbers_are_refused(function):
    with refusal("y must hold real numbers that fit float64, came dtype <U3"):
        function(w, X, ["no", "yes", "yes"])


@pytest.mark.parametrize(
    "function", [logistic_gradient, loss_gradient, *(f for f in OVER_DATA if f is not mean_loss)]
)
def test_gradients_take_no_complex_weights(function):
    with refusal("w must hold real numbers that fit float64, came dtype complex128"):
        call(function, w=[0.5, 1j])


@of_labels
def test_samples_and_labels_are_never_complex(function):
    name = name_of_samples(function)
    with refusal(f"{name} must hold real numbers that fit float64, came dtype complex128"):
        function(w, np.array(X) + 0j, y)
    with refusal("y must hold real numbers that fit float64, came dtype complex128"):
        function(w, X, np.array(y) + 0j)


@of_probability
@pytest.mark.parametrize("bad", [-0.25, 1.25, np.nan, np.inf])
def test_probabilities_outside_0_and_1_are_refused(function, bad):
    with refusal(f"p must hold probabilities in [0, 1], came p[1] = {bad}"):
        function([0.5, bad], [0, 1])


@of_probability
def test_probabilities_and_labels_of_different_shapes_are_refused(function):
    with refusal("y must have shape (3,), like what it labels, came shape (3, 1)"):
        function([0.1, 0.2, 0.3], [[0], [1], [1]])
    with refusal("y must be an array, came rows of unequal length"):
        function([0.1, 0.2, 0.3], [[0], [1, 1]])


@of_probability
def test_labels_of_probabilities_are_checked_too(function):
    with refusal("y must hold labels in [0, 1], came y = 2.0"):
        function([0.1, 0.2, 0.3], 2)
    with refusal("y must not be empty, came shape (0,)"):
        function(0.5, [])
    with refusal("p must not be empty, came shape (0,)"):
        function([], 1)


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_the_derivative_refuses_the_end_points(p):
    with refusal(f"p must lie in the open interval (0, 1), came p[1] = {p}"):
        cross_entropy_derivative([0.5, p], p)
