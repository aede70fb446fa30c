"""What the figure of errors against steps draws and says."""

import re

import numpy as np
import pytest
import test_plots
from mpmath import mp
from numpy.testing import assert_allclose
from test_plots import collisions, data, words

from crossentropy import central_difference, complex_step, loss, loss_gradient
from crossentropy.plots import plot_step_error
from crossentropy.plots._style import GRADIENT, GREEN, GREY, INK, PAINTS

EPS = np.finfo(float).eps
CASES = {
    "the running sample": ([1, 0.5], [2, -1], 1),
    "the other label": ([1, 0.5], [2, -1], 0),
    "soft label": ([0.3, 2], [1.5, -2], 0.2),
    "one weight": ([-2.0], [0.7], 0),
    "three weights": ([1, -1, 2], [-3, 1, 1], 1),
}


@pytest.fixture(scope="module", params=CASES)
def drawn(request):
    """Weights, sample and label, and their figure."""
    case = CASES[request.param]
    return case, plot_step_error(*case)


def derivatives(w, x, y, order):
    """Return a derivative of the loss in w_1, from 50 digits."""
    with mp.workdps(50):
        rest = sum(mp.mpf(a) * mp.mpf(b) for a, b in zip(w[1:], x[1:], strict=True))
        return float(
            mp.diff(
                lambda w_1: mp.log(1 + mp.exp(w_1 * x[0] + rest)) - y * (w_1 * x[0] + rest),
                mp.mpf(w[0]),
                order,
            )
        )


def curve(inline, name):
    """Return steps and errors of a curve, without their logarithms."""
    return 10 ** data(inline, name).T


def test_the_curves_are_the_errors_of_the_package_s_functions(drawn):
    (w, x, y), inline = drawn
    exact = loss_gradient(w, x, y)[0]
    for name, numerical in (("central", central_difference), ("complex", complex_step)):
        for h, error in zip(*curve(inline, name), strict=True):
            if h > 1e-7 or name == "complex":
                wanted = abs(numerical(lambda w: loss(w, x, y), w, step=h)[0] - exact)
                assert_allclose(error, max(wanted, 1e-17), rtol=1e-2, atol=2 * EPS / h)


def test_truncation_falls_like_h_for_one_side_and_like_h_squared_for_two(drawn):
    (w, x, y), inline = drawn
    second, third = (abs(derivatives(w, x, y, order)) for order in (2, 3))
    for name, factor, power, low in (
        ("forward", second / 2, 1, 1e-5),
        ("central", third / 6, 2, 1e-4),
        ("complex", third / 6, 2, 1e-6),
    ):
        h, error = curve(inline, name)
        arm = (h > low) & (h < 2e-3)
        assert_allclose(error[arm], factor * h[arm] ** power, rtol=0.02)


def test_rounding_rises_like_1_over_h_for_differences_and_not_for_the_complex_step(drawn):
    _, inline = drawn
    for name in ("forward", "central"):
        h, error = curve(inline, name)
        arm = h < 1e-9
        slope = np.polyfit(np.log(h[arm]), np.log(error[arm]), 1)[0]
        assert -1.25 < slope < -0.75
    h, error = curve(inline, "complex")
    assert error[h < 1e-8].max() < 1e-15
    assert curve(inline, "forward")[1].min() > 10 * curve(inline, "central")[1].min()


def test_the_prediction_adds_truncation_and_rounding_and_is_marked_where_it_is_least(drawn):
    (w, x, y), inline = drawn
    third = abs(derivatives(w, x, y, 3))
    h, predicted = curve(inline, "predicted")
    value = loss(w, x, y)
    assert_allclose(predicted, h**2 / 6 * third + EPS / h * value)
    best, error = curve(inline, "best")
    assert_allclose(best, (3 * EPS * value / third) ** (1 / 3))
    assert predicted.min() > error
    assert_allclose(predicted.min(), error, rtol=0.1)
    assert_allclose(data(inline, "plumb")[:, 0], np.log10(best[0]))


def test_the_central_difference_keeps_near_the_prediction(drawn):
    _, inline = drawn
    error = curve(inline, "central")[1]
    predicted = curve(inline, "predicted")[1]
    assert (error < 5 * predicted).all()
    assert np.median(np.log10(predicted / error)) < 1


def test_best_step_and_least_error_are_written_and_said(drawn):
    _, inline = drawn
    (best,), (error,) = curve(inline, "best")
    told = re.findall(r"([\d.]+)·10(⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", inline.alt)
    lowered = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    said = [float(f"{digits}e{power.translate(lowered)}") for digits, power in told]
    assert_allclose(said, [best, error], rtol=0.06)
    (written,) = re.findall(r"h = ([\d.]+)\s*\\cdot 10\^\{(-\d+)\}", " ".join(words(inline)))
    assert_allclose(float(written[0]) * 10 ** float(written[1]), best, rtol=0.06)


def test_the_methods_are_named_and_told_apart_without_colour(drawn):
    _, inline = drawn
    assert {"forward", "central", "complex step", "predicted"} <= set(words(inline))
    styles = {
        name: test_plots.lines(inline, name)[0].is_dashed()
        for name in ("central", "complex", "predicted")
    }
    assert styles == {"central": False, "complex": True, "predicted": True}


def test_no_label_collides(drawn):
    assert collisions(drawn[1].figure) == []


@pytest.mark.parametrize(
    "check",
    [
        test_plots.test_every_reference_finds_its_id_once,
        test_plots.test_svg_leaves_the_rest_of_the_page_alone,
        test_plots.test_type_is_legible_on_a_narrow_phone,
    ],
)
def test_the_svg_keeps_the_rules_of_all_figures(check, drawn):
    check({"step_error": drawn[1].svg()})


def test_all_ink_is_the_page_s_own(drawn):
    paints = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", drawn[1].svg()))
    assert {PAINTS[colour] for colour in (INK, GREY, GRADIENT, GREEN)} < paints
    assert paints <= {"none", *PAINTS.values()}


def test_the_svg_is_labelled_and_the_same_bytes_on_every_call():
    inline, again = (plot_step_error([1, 0.5], [2, -1], 1) for _ in range(2))
    test_plots.test_svg_is_a_labelled_image_without_fixed_size(
        {"step_error": inline}, {"step_error": inline.svg()}
    )
    assert again.svg() == inline.svg()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [[1, 2]], [1]), "x must be one sample of shape (d,), got shape (1, 2)"),
        (([1, 2], [0, 1], 1), "x[0] must not be 0 and p not 1/2"),
        (([0, 0], [1, 1], 1), "x[0] must not be 0 and p not 1/2"),
        (([1, 2], [1], 1), "x must have shape"),
        (([1, 2], [1, 2], 2), "y must hold labels in [0, 1]"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        plot_step_error(*arguments)
