"""The printed lines as a machine computes them: against mpmath, and where each of them breaks."""

import math
from decimal import Decimal

import numpy as np
import pytest
from mpmath import MPContext
from numpy.testing import assert_array_equal

from crossentropy.derivation import EQUATIONS
from crossentropy.printed_lines import as_printed, in_decimals, lost_digits

PART_B = [str(number) for number in range(8, 16)]
IN_Z_AND_Y = ["A.2", "1", "A.3", "A.9", "A.10", "5", "7", *PART_B, "A.17", "A.27", "A.28"]
LOGITS = [-800, -709.8, -36.5, -1e-9, 0, 0.1, 1.5, 37, 745.2, 800]

exact = MPContext()
exact.dps = 500


def truth(z, y):
    """Return the derivative p - y, in 500 digits, of which at most 348 cancel."""
    return 1 / (1 + exact.exp(-exact.mpf(z))) - exact.mpf(y)


# --------------------------------------------------------------------------- decimals


@pytest.mark.parametrize("number", PART_B)
@pytest.mark.parametrize("y", [0, 1, 0.3, 1 - 2**-53])
def test_every_line_in_decimals_is_the_derivative_to_50_digits(number, y):
    for z in LOGITS:
        value, wanted = exact.mpf(str(in_decimals(number, z, y))), truth(z, y)
        scale = abs(wanted) if y in (0, 1) else 1  # a soft label's derivative crosses zero
        assert abs(value - wanted) <= 1e-50 * scale, f"z = {z}"


@pytest.mark.parametrize(
    ("number", "y"), [("5", 0), ("5", 0.3), ("A.17", 0.3), ("A.17", 1), ("A.29", 0), ("A.29", 1)]
)
def test_the_loss_in_decimals_is_right_to_50_digits(number, y):
    for z in LOGITS:
        decay, growth = exact.exp(-exact.mpf(z)), exact.exp(exact.mpf(z))
        wanted = exact.mpf(y) * exact.log1p(decay) + (1 - exact.mpf(y)) * exact.log1p(growth)
        assert abs(exact.mpf(str(in_decimals(number, z, y))) / wanted - 1) <= 1e-50


def test_decimals_take_the_float_and_not_what_was_typed():
    assert in_decimals("A.17", 0.1, 0) != in_decimals("A.17", np.nextafter(0.1, 1), 0)
    assert abs(exact.mpf(str(in_decimals("14", 0.1, 0))) - truth(0.1, 0)) < 1e-55


@pytest.mark.parametrize("y", [0, 1])
def test_the_error_in_the_form_for_hard_labels_is_right_to_50_digits(y):
    for z in LOGITS:
        value = exact.mpf(str(in_decimals("A.30", z, y)))
        assert abs(value / truth(z, y) - 1) <= 1e-50


# --------------------------------------------------------------------------- float64


@pytest.mark.parametrize("number", IN_Z_AND_Y)
@pytest.mark.parametrize("y", [0, 1, 0.3])
def test_near_zero_every_line_is_right_to_many_digits(number, y):
    for z in (-2, -0.5, 0.25, 1.5):
        wanted = in_decimals(number, z, y)
        assert abs(Decimal(as_printed(number, z, y)) - wanted) <= Decimal("1e-15") * (1 + wanted)


@pytest.mark.parametrize("number", ["A.29", "A.30"])
@pytest.mark.parametrize("y", [0, 1])
def test_near_zero_the_forms_for_hard_labels_are_right_to_many_digits(number, y):
    for z in (-2, -0.5, 0.25, 1.5):
        error = as_printed(number, z, y) / float(in_decimals(number, z, y)) - 1
        assert abs(error) < 1e-15


def test_an_array_is_computed_entry_by_entry_and_left_alone():
    z = np.array([[-3, 0.5], [2, 30]])
    before = z.copy()
    for number in PART_B:
        values = as_printed(number, z, 1)
        assert_array_equal(values, [[as_printed(number, s, 1) for s in row] for row in z])
    assert_array_equal(z, before)


@pytest.mark.parametrize("number", ["8", "9", "10"])
def test_lines_8_to_10_lose_everything_where_the_square_overflows_then_turn_to_nan(number):
    with np.errstate(all="ignore"):
        assert np.isclose(as_printed(number, -354, 1), -1)
        assert_array_equal(as_printed(number, [-355, -500, -709], 1), 0)
        assert np.isnan(as_printed(number, [-710, -800], 1)).all()


def test_line_8_turns_to_nan_where_p_rounds_to_1():
    with np.errstate(invalid="ignore"):
        assert np.isfinite(as_printed("8", 36.7, 1))
        assert np.isnan(as_printed("8", [36.8, 100], 1)).all()


@pytest.mark.parametrize("number", ["12", "13", "14", "15"])
def test_lines_12_to_15_lose_4_percent_at_36_and_all_from_37_on(number):
    error = as_printed(number, 36, 1) / float(in_decimals("11", 36, 1)) - 1
    assert round(100 * abs(error)) == 4
    assert_array_equal(as_printed(number, [37, 100, 700], 1), 0)


def test_line_11_keeps_its_digits_until_the_exponential_overflows():
    z = np.linspace(-709, 708, 60)
    for y in (0, 1):
        for score, value in zip(z, as_printed("11", z, y), strict=True):
            assert abs(Decimal(value) / in_decimals("11", score, y) - 1) < Decimal("1e-15")
        with np.errstate(over="ignore", invalid="ignore"):
            assert np.isnan(as_printed("11", -710, y))


def test_the_cross_entropy_at_its_own_probability_turns_to_nan_where_p_rounds_to_1():
    with np.errstate(divide="ignore", invalid="ignore"):
        assert np.isfinite(as_printed("5", 36.7, 1))
        assert np.isnan(as_printed("5", 36.8, 1))


def test_faults_are_left_to_the_reader_s_errstate():
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
        as_printed("13", -800, 1)


def test_an_equation_without_p_does_not_meet_its_overflow():
    with np.errstate(all="raise", under="ignore"):
        assert as_printed("A.29", -800, 1) == as_printed("A.28", 800, 0) == 800


# --------------------------------------------------------------------------- lost digits


@pytest.mark.parametrize(
    ("error", "lost"), [(0, 0), (2e-16, 0), (2e-15, 0), (3e-15, 1), (1e-8, 7), (0.2, 14), (0.3, 15)]
)
def test_a_decimal_place_of_relative_error_is_a_digit_lost(error, lost):
    for size in (Decimal(1), Decimal("-3e-300"), Decimal("1e-5")):
        reached = size * (1 + Decimal(error))
        assert lost_digits(1.0, 1 / (1 + Decimal(error))) == lost
        assert abs(lost_digits(float(reached), size) - lost) <= (error < 1e-15)


@pytest.mark.parametrize("value", [0.0, -1.0, 1e300, math.inf])
def test_no_more_than_all_15_digits_are_lost(value):
    assert lost_digits(value, Decimal(1)) == 15


# --------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("function", [as_printed, in_decimals])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("16", 0, 1), "^number must .* came '16'"),
        (("2", 0, 1), "^number must .* came '2'"),
        ((8, 0, 1), "^number must .* came 8"),
        (("A.1", 0, 1), "^number must .* came one in {'w_j'}"),
        (("8", np.inf, 1), "^z must be finite"),
        (("8", "0", 1), "^z must hold real numbers"),
        (("8", 0, 2), r"^y must hold labels in \[0, 1\]"),
        (("8", 0, [1]), "^y must have shape"),
    ],
)
def test_bad_arguments_are_refused_by_name(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


@pytest.mark.parametrize("function", [as_printed, in_decimals])
@pytest.mark.parametrize("number", ["A.29", "A.30"])
def test_a_form_for_hard_labels_refuses_a_soft_one(function, number):
    with pytest.raises(ValueError, match=rf"^y must be 0 or 1, which \({number}\) needs"):
        function(number, 0, 0.5)


def test_decimals_refuse_more_than_one_score():
    with pytest.raises(ValueError, match=r"^z must be one number, came shape \(2,\)"):
        in_decimals("11", [1, 2], 1)


def test_decimals_refuse_a_score_that_would_need_too_many_digits():
    with pytest.raises(ValueError, match=r"^z must lie within ±1000\b"):
        in_decimals("11", -1001, 1)
    assert in_decimals("11", -999, 1) != -1


def test_lost_digits_refuses_what_it_cannot_judge():
    with pytest.raises(ValueError, match=r"^value must be a number, came NaN"):
        lost_digits(math.nan, Decimal(1))
    with pytest.raises(ValueError, match=r"^exact must be at least 2\.2e-308"):
        lost_digits(0.0, Decimal("1e-310"))


def test_the_lines_of_part_b_are_all_in_the_table():
    assert set(IN_Z_AND_Y) <= set(EQUATIONS)
