"""The mathematics that the widgets show is that of src: Node and NumPy on the same numbers."""

import numpy as np
import pytest
from javascript import run
from numpy.testing import assert_allclose

import crossentropy as xe
from crossentropy.widgets._sources import HERE

IMPORT = f'import * as numerics from "{(HERE / "numerics.js").as_uri()}";'
TINY = np.finfo(float).tiny
ULP = 8
Z = np.unique(
    [s * z for s in (-1, 1) for z in (*np.linspace(0, 800, 1201), *np.logspace(-300, 300, 601))]
)
Y = (0, 1, 0.25, 0.5, 0.9)


def per_sample(function, *columns):
    """Call a function of numerics.js with the values of each row."""
    rows = np.column_stack(np.broadcast_arrays(*columns)).tolist()
    return np.array(run(f"{IMPORT} answer(input.map((row) => numerics.{function}(...row)));", rows))


def assert_within_ulp(measured, expected, scale=None):
    """Assert eight units in the last place of the scale, by default of the expected value."""
    unit = np.spacing(np.maximum(np.abs(expected if scale is None else scale), TINY))
    assert np.max(np.abs(measured - expected) / unit) <= ULP


def test_the_scores_reach_beyond_800_and_below_any_rounding():
    assert Z.max() >= 1e300
    assert np.abs(Z).min() == 0
    assert (np.abs(Z) <= 800).sum() > 2000


def test_the_sigmoid_is_that_of_the_package():
    assert_within_ulp(per_sample("sigmoid", Z), xe.sigmoid(Z))


def test_the_slope_is_the_gradient_of_the_probability_at_input_one():
    expected = [xe.logistic_gradient([z], [1.0])[0] for z in Z]
    assert_within_ulp(per_sample("slope", Z), expected)


def test_the_logit_undoes_the_sigmoid():
    p = np.concatenate([np.logspace(-300, -1, 50), np.linspace(0.1, 0.999, 50)])
    assert_allclose(xe.sigmoid(per_sample("logit", p)), p, rtol=1e-12)


@pytest.mark.parametrize("y", Y)
def test_the_loss_is_that_of_the_package(y):
    expected = xe.loss([1.0], Z[:, None], np.full(Z.size, y))
    assert_within_ulp(per_sample("lossAt", Z, y), expected)


@pytest.mark.parametrize("y", Y)
def test_the_residual_is_the_gradient_of_the_loss_at_input_one(y):
    expected = np.array([xe.loss_gradient([z], [1.0], y)[0] for z in Z])
    p = xe.sigmoid(Z)
    scale = np.abs(expected) if y in (0, 1) else y * (1 - p) + (1 - y) * p
    assert_within_ulp(per_sample("residual", Z, y), expected, scale)


@pytest.fixture(scope="module", params=[1, 30, 400, 4000])
def data(request):
    """Weights, samples and labels of both kinds; scores without rounding, that reach beyond 800."""
    rng = np.random.default_rng(20)
    X = rng.normal(size=(200, 2))
    X = np.round(X * 64 * request.param / np.abs(X).max()) / 64
    return np.array([1.25, -0.75]), X, (rng.random(200) < 0.5).astype(float)


def test_the_gradient_of_one_sample_is_that_of_the_package(data):
    w, X, y = data
    rows = [[w.tolist(), x.tolist(), label] for x, label in zip(X, y, strict=True)]
    shown = run(f"{IMPORT} answer(input.map((row) => numerics.lossGradient(...row)));", rows)
    expected = xe.loss_gradient(w, X, y)
    smallest = TINY * np.abs(X)  # below, the error p - y is no normal number
    assert_within_ulp(shown, expected, np.maximum(np.abs(expected), smallest))
