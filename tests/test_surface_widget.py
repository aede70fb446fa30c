"""The numbers of the loss-surface explorer are those of the package; its contours are contours."""

import contourpy
import numpy as np
import pytest
from widget_javascript import evaluate

from crossentropy import (
    gradient_descent,
    loss_surface,
    make_overlapping,
    make_separable,
    mean_loss,
    mean_loss_gradient,
    mean_loss_hessian,
    newton,
    safe_step,
)
from crossentropy.datasets import _overlap
from crossentropy.gradient_check import central_difference
from crossentropy.mistakes import TARGETS

SIX = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], dtype=float)
LABELS = np.array([1, 1, 0, 0, 0, 0], dtype=float)
OVERLAPPING = make_overlapping(40)
SEPARABLE = make_separable(40)
DATA = {"six": (SIX, LABELS), "overlapping": OVERLAPPING, "separable": SEPARABLE}
EPS = np.finfo(float).eps
SAMPLE = 8 * EPS  # what one sample's loss may be off, relative
CROSS, SQUARED = "cross entropy", "squared loss"


@pytest.fixture(params=DATA.values(), ids=DATA)
def data(request):
    return request.param


WEIGHTS = [[0, 0], [1, 0.5], [-3, 2], [40, -60], [350, 400], [-2e5, 1e5], [0.1, -1e-9]]


def at_weights(expression, X, y, **values):
    """Return an expression of w for each of the weights."""
    return np.array(
        evaluate("walk", f"weights.map((w) => {expression})", weights=WEIGHTS, X=X, y=y, **values)
    )


def absolute(w, X, y):
    """Return the mean of the absolute terms that a gradient is a sum of."""
    z = X @ np.asarray(w, dtype=float)
    e = np.exp(-np.abs(z))
    residual = np.where((z >= 0) == (y == 1), e, 1) / (1 + e)
    return np.abs(X).T @ residual / len(X)


def test_the_mean_loss_is_that_of_the_package(data):
    X, y = data
    shown = at_weights("meanHeight(loss, w, X, y)", X, y, loss=CROSS)
    expected = [mean_loss(w, X, y) for w in WEIGHTS]
    np.testing.assert_allclose(shown, expected, rtol=len(X) * EPS)  # all terms are positive


def test_the_gradient_is_that_of_the_package(data):
    X, y = data
    shown = at_weights("meanGradient(loss, w, X, y)", X, y, loss=CROSS)
    for w, gradient in zip(WEIGHTS, shown, strict=True):
        allowed = len(X) * EPS * absolute(w, X, y) + 1e-320
        assert (np.abs(gradient - mean_loss_gradient(w, X, y)) <= allowed).all()


def test_the_hessian_is_that_of_the_package(data):
    X, y = data
    shown = at_weights("meanHessian(loss, w, X, y)", X, y, loss=CROSS)
    for w, hessian in zip(WEIGHTS, shown, strict=True):
        expected = mean_loss_hessian(w, X, y)
        scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
        assert (np.abs(hessian - expected) <= 4 * len(X) * EPS * scale + 1e-320).all()


def test_the_squared_loss_is_the_form_of_the_mistake_of_this_name(data):
    X, y = data
    mistake = TARGETS["mean_loss"].mistakes["squared-loss"]
    assert "(p - y)**2" in [form.expression for form in mistake.forms]
    shown = at_weights("meanHeight(loss, w, X, y)", X, y, loss=SQUARED)
    np.testing.assert_allclose(shown, [squared(w, X, y) for w in WEIGHTS], rtol=1e-13, atol=1e-30)


def squared(w, X, y):
    """Return the mean of (p - y)², with the error of the label that is not 0 in full."""
    t = (1 - 2 * y) * (X @ np.asarray(w, dtype=float))
    e = np.exp(-np.abs(t))
    return np.mean((np.where(t >= 0, 1, e) / (1 + e)) ** 2)


@pytest.mark.parametrize("w", [[0.0, 0.0], [1.0, 0.5], [-3.0, 2.0]])
def test_gradient_and_hessian_of_the_squared_loss_are_its_derivatives(w, data):
    X, y = data
    gradient = evaluate("walk", "meanGradient(loss, w, X, y)", loss=SQUARED, w=w, X=X, y=y)
    numerical = central_difference(lambda w: squared(w, X, y), w)
    np.testing.assert_allclose(gradient, numerical, atol=1e-9)
    hessian = evaluate("walk", "meanHessian(loss, w, X, y)", loss=SQUARED, w=w, X=X, y=y)
    points = np.array(w) + 1e-5 * np.concatenate([np.eye(2), -np.eye(2)])
    ahead = evaluate(
        "walk", "P.map((w) => meanGradient(loss, w, X, y))", loss=SQUARED, P=points, X=X, y=y
    )
    rows = (np.array(ahead[:2]) - np.array(ahead[2:])) / 2e-5
    np.testing.assert_allclose(hessian, rows, atol=1e-8)


SURFACE = """(() => {
  const rows = surfaceRows(loss, reach, size, X, y);
  for (;;) { const next = rows.next(); if (next.done) return next.value; }
})()"""


def without_rounding(X):
    """Return samples whose scores are exact for weights that are multiples of 1/4."""
    return np.round(64 * X) / 64


@pytest.mark.parametrize("reach", [4, 1024])
def test_the_surface_is_that_of_the_package(reach, data):
    X, y = without_rounding(data[0]), data[1]
    shown = evaluate("surface", SURFACE, loss=CROSS, reach=reach, size=33, X=X, y=y)
    weights = np.array(shown["weights"])
    np.testing.assert_array_equal(weights, np.linspace(-reach, reach, 33))
    expected = loss_surface(weights, weights, X, y)
    allowed = SAMPLE + len(X) * EPS  # relative: no term is negative
    np.testing.assert_allclose(np.reshape(shown["heights"], (33, 33)), expected, rtol=allowed)


def test_the_surface_of_the_squared_loss_is_its_height_at_each_point(data):
    X, y = without_rounding(data[0]), data[1]
    shown = evaluate("surface", SURFACE, loss=SQUARED, reach=4, size=5, X=X, y=y)
    weights = shown["weights"]
    expected = [[squared([a, b], X, y) for a in weights] for b in weights]
    allowed = SAMPLE + len(X) * EPS
    np.testing.assert_allclose(np.reshape(shown["heights"], (5, 5)), expected, rtol=allowed)


@pytest.mark.parametrize("rate", [0.5, 2, 4.5, 8])
def test_the_path_is_that_of_gradient_descent(rate, data):
    X, y = data
    expected = gradient_descent([-1, 2], X, y, step=rate, max_iterations=25, tolerance=1e-300)
    shown = evaluate(
        "walk", "gradientPath(loss, [-1, 2], X, y, rate, 25)", loss=CROSS, X=X, y=y, rate=rate
    )
    np.testing.assert_allclose(shown["path"], expected.path, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(shown["heights"], expected.losses, rtol=1e-10)


NEWTON = """(() => {
  const path = [start];
  for (let k = 0; k < steps; k++) path.push(newtonStep(loss, path[k], X, y).w);
  return path;
})()"""


@pytest.mark.parametrize("start", [[0, 0], [1, 0.5], [-3, 2], [4, 4]])
def test_newtons_steps_are_those_of_the_package(start, data):
    X, y = data
    expected = newton(start, X, y, tolerance=1e-6).path[:8]
    steps = len(expected) - 1
    shown = evaluate("walk", NEWTON, loss=CROSS, start=start, steps=steps, X=X, y=y)
    np.testing.assert_allclose(shown, expected, rtol=1e-7, atol=1e-9)


def test_newtons_step_says_why_there_is_none():
    twice = SIX[:, [0, 0]]
    step = "newtonStep(loss, w, X, y)"
    assert evaluate("walk", step, loss=CROSS, w=[0, 0], X=twice, y=LABELS) == {"reason": "singular"}
    bent = evaluate("walk", step, loss=SQUARED, w=[-4, 0], X=SIX, y=LABELS)
    assert bent == {"reason": "bends-down"}


def test_the_safe_step_is_that_of_the_package(data):
    X, _ = data
    assert evaluate("walk", "safeRate(X)", X=X) == pytest.approx(safe_step(X), rel=1e-14)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1, 1], [1, 1]], [1, 0]),
        ([[1, 2]] * 4, [1, 1, 0, 0]),
        ([[1, 0], [-1, 0]], [1, 1]),
        ([[0, 0], [0, 0]], [1, 0]),
    ],
)
def test_no_point_is_the_lowest_one_where_many_are(X, y):
    assert evaluate("walk", "lowestPoint(loss, X, y) ?? null", loss=CROSS, X=X, y=y) is None


def test_a_line_through_the_origin_separates_what_does_not_overlap():
    cases = [(SIX, LABELS), OVERLAPPING, SEPARABLE, (SIX, np.array([1, 1, 0, 0, 0, 1.0]))]
    cases += [(SIX, np.ones(6)), (SIX[:1], LABELS[:1])]
    rng = np.random.default_rng(0)
    cases += [(rng.normal(size=(5, 2)), rng.integers(0, 2, 5).astype(float)) for _ in range(30)]
    for X, y in cases:
        shown = evaluate("walk", "isSeparable(X, y)", X=X, y=y)
        both = np.ptp(y) == 1
        assert shown == (not _overlap(X, y) if both else separates_one_class(X, y))


def separates_one_class(X, y):
    """Return whether samples of one class lie in an open half plane, by trying many lines."""
    angles = np.linspace(0, 2 * np.pi, 3601)
    sides = (2 * y - 1)[:, None] * X @ [np.cos(angles), np.sin(angles)]
    return bool((sides > 1e-9).all(axis=0).any())


@pytest.mark.parametrize("level", [0.6, 0.8, 2, 4])
def test_contours_are_those_of_another_library(level):
    weights = np.linspace(-4, 4, 41)
    heights = loss_surface(weights, weights, SIX, LABELS)
    expected = contourpy.contour_generator(weights, weights, heights).lines(level)
    shown = evaluate(
        "contours",
        "contourLines(weights, heights, level)",
        weights=weights,
        heights=heights.ravel(),
        level=level,
    )
    assert len(shown) == len(expected)
    assert sorted(map(len, shown)) == sorted(map(len, expected))
    np.testing.assert_allclose(points_of(shown), points_of(expected), atol=1e-9)


def points_of(lines):
    """Return the points of lines in an order that does not depend on where a line starts."""
    points = np.unique(np.concatenate([np.round(line, 7) for line in lines]), axis=0)
    return points[np.lexsort(points.T)]


def test_contours_of_rough_ground_are_those_of_another_library():
    rng = np.random.default_rng(1)
    weights, heights = np.arange(12.0), rng.normal(size=(12, 12))
    expected = contourpy.contour_generator(weights, weights, heights).lines(0.1)
    shown = evaluate(
        "contours",
        "contourLines(weights, heights, 0.1)",
        weights=weights,
        heights=heights.ravel(),
    )
    np.testing.assert_allclose(points_of(shown), points_of(expected), atol=1e-7)
    closed = [line for line in shown if line[0] == line[-1]]
    open_ends = [end for line in shown if line[0] != line[-1] for end in (line[0], line[-1])]
    assert closed
    assert all(min(*end, 11 - end[0], 11 - end[1]) == 0 for end in open_ends)


def test_a_level_that_the_map_does_not_have_has_no_line():
    assert evaluate("contours", "contourLines([0, 1], [0, 0, 0, 0], 1)") == []


TASKS = """surfaceTasks(flipped, { X, y }).flatMap(({ reveal, judge }) => {
  if (!reveal) return [];
  const now = { loss, X, y, w: [0, 0], rate: 1, ...reveal() };
  const walked = gradientPath(now.loss, now.w, now.X, now.y, now.rate, 100);
  const rates = walked.path.slice(1).map(() => now.rate);
  return { now, said: judge({ ...now, ...walked, rates }).key };
})"""


@pytest.mark.parametrize("flipped", [0, 4])
@pytest.mark.parametrize("name", ["six", "overlapping"])
def test_what_a_reader_is_shown_solves_each_task(name, flipped):
    X, y = DATA[name]
    first, *others = evaluate("surface_tasks", TASKS, flipped=flipped, loss=CROSS, X=X, y=y)
    assert [i for i, label in enumerate(first["now"]["y"]) if label != y[i]] == [flipped]
    assert [shown["said"] for shown in others] == ["right"] * 3


def test_a_task_that_no_place_solves_is_not_set():
    count = "surfaceTasks(0, { X, y }).length"
    assert evaluate("surface_tasks", count, X=SIX, y=LABELS) == 6
    assert evaluate("surface_tasks", count, X=[[1, 1], [1, 1]], y=[0, 1]) == 5
