"""Values that pass between the grader and a notebook, as JSON."""

import json
import math
from fractions import Fraction

import numpy as np
import pytest

from autograder.values import dumps, loads


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(10**30), 0.1, 5e-324, math.inf, "σ", 1 - 2j, [1, [2.5, "a"]], {"a": [1j]}],
)
def test_plain_values_come_back_as_they_were(value):
    returned = loads(dumps(value))
    assert returned == value
    assert type(returned) is type(value)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", ">f8", "c16"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 0), (2, 3)])
def test_arrays_come_back_with_their_dtype_in_native_order_and_their_shape(dtype, shape):
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    returned = loads(dumps(array))
    assert returned.dtype == array.dtype.newbyteorder("=")
    assert returned.shape == shape
    np.testing.assert_array_equal(returned, array)


def test_every_bit_of_a_float_survives():
    array = np.array([0.1, -0.0, np.nan, np.inf, 5e-324])
    assert loads(dumps(array)).tobytes() == array.tobytes()


def test_a_returned_array_can_be_written_to():
    loads(dumps(np.zeros(2)))[0] = 1


def test_whole_numbers_that_are_keys_become_text():
    assert loads(dumps({1: 2, "a": 3})) == {"1": 2, "a": 3}


def test_tuples_become_lists_and_unusual_numbers_floats():
    assert loads(dumps((1, Fraction(1, 4)))) == [1, 0.25]
    assert loads(dumps(np.array([1, Fraction(1, 4)], dtype=object))).tolist() == [1, 0.25]
    assert loads(dumps(np.array([0.5], dtype=np.longdouble))).dtype == np.float64


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("digits", [309, 400, 5000])  # from 4301 on, Python writes no digits
def test_a_whole_number_beyond_float64_is_infinite(sign, digits):
    assert loads(dumps([sign * 10**digits])) == [sign * math.inf]


def test_an_entry_of_a_dict_that_has_no_place_harms_no_other_entry():
    entries = {"a": object(), "b": {1.5: 2}, "c": [{1}], "d": "right"}
    assert loads(dumps(entries)) == {"a": None, "b": None, "c": None, "d": "right"}


def test_a_callable_travels_as_its_number():
    callables = []
    sent = dumps([math.sin, 2], callables)
    assert callables == [math.sin]
    assert loads(sent, callables.__getitem__) == [math.sin, 2]


@pytest.mark.parametrize(
    "value", [math.sin, object(), {1.5: 2}, {1}, np.array(["a"]), np.array(["2020"], "M8[Y]"), b"a"]
)
def test_what_is_no_value_is_refused(value):
    with pytest.raises(TypeError):
        dumps(value)


def test_a_list_of_more_items_than_anyone_needs_is_refused_in_both_directions():
    many = [0] * 20_001
    with pytest.raises(TypeError, match="a list of 20001 items"):
        dumps(many)
    with pytest.raises(ValueError, match="a list of 20001 items"):
        loads(str(many))


def test_a_value_that_contains_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(TypeError, match="nested too deeply"):
        dumps(endless)


ARRAY = {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [1]}


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "{",
        "[" * 100_000,
        "1" * 5000,
        '{"callable": 0}',
        '{"complex": ["1", 2]}',
        '{"complex": [1, 2, 3]}',
        '{"dict": [1]}',
        '{"other": 1}',
        "[" * 50 + "]" * 50,
        *(json.dumps(ARRAY | change) for change in (
            {"dtype": "|O"},
            {"dtype": "O8"},
            {"dtype": ["<f8"]},
            {"shape": [2]},
            {"shape": [-1]},
            {"shape": [1.0]},
            {"shape": 1},
            {"shape": [True] * 9},
            {"shape": [0, 10**30], "array": ""},
            {"array": "AAAA*AAAAAA="},
            {"array": "é"},
            {"array": None},
        )),
    ],
)  # fmt: skip
def test_forged_text_is_refused(forged):
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        loads(forged)


def test_bytes_that_are_no_truth_value_become_true():
    forged = {"array": "AgD/", "dtype": "|b1", "shape": [3]}
    assert loads(json.dumps(forged)).view(np.uint8).tolist() == [1, 0, 1]


def test_the_forged_arrays_differ_from_a_true_one():
    assert loads(json.dumps(ARRAY)).tolist() == [0]
