"""What a call of an unknown function gave: numbers, or in words why not."""

import warnings
from dataclasses import dataclass

import numpy as np

_LARGEST = 10_000  # entries: far more than any answer has


@dataclass(frozen=True)
class Outcome:
    """The result of one call.

    Attributes
    ----------
    value : ndarray or None
        The result in float64, if it is made of real numbers.
    shown : str
        The result, or the error, as a person reads it.
    problem : str or None
        The key in `crossentropy.mistakes.GENERAL` of why there is no value.
    single : bool
        Whether the numbers came as float32, or shorter.
    changed : str or None
        The name of an argument that the call has changed.
    """

    value: np.ndarray | None
    shown: str
    problem: str | None = None
    single: bool = False
    changed: str | None = None


def outcome_of(function, arguments, reraise=()):
    """Call a function with copies of the arguments, whatever it does with them."""
    copies = {k: np.array(v) if isinstance(v, np.ndarray) else v for k, v in arguments.items()}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a right function may warn; a wrong one is told why
            result = function(*copies.values())
            problem, array = as_numbers(result)
            if problem:
                return Outcome(None, _described(result), problem)
    except reraise:
        raise
    except Exception as error:
        problem = "endless" if isinstance(error, TimeoutError) else "raises"
        return Outcome(None, _error_in_words(error), problem)
    changed = next((k for k, v in arguments.items() if not _same(copies[k], v)), None)
    single = array.dtype.kind == "f" and array.dtype.itemsize < 8
    value = array.astype(np.float64)
    return Outcome(value, shown(value), None, single, changed)


def as_numbers(result):
    """Return the key of a problem, or None, and the result as a plain array."""
    if result is None:
        return "nothing-returned", None
    try:
        array = np.asarray(result)  # no copy: it may be larger than the memory
        if array.size > _LARGEST:
            return "not-numbers", None
        if array.dtype.kind == "O":  # fractions, or ints of many digits
            array = np.array([float(entry) for entry in array.flat]).reshape(array.shape)
    except (TypeError, ValueError, OverflowError):
        return "not-numbers", None
    if array.dtype.kind not in "biuf":
        return "not-numbers", None
    return None, array


def _described(result):
    """Return what came where numbers were expected; only its type, for it may lie about itself."""
    if type(result) is np.ndarray:
        return f"an array of shape {result.shape} of type {result.dtype}"
    return "None" if result is None else f"an object of type {type(result).__name__}"


def _error_in_words(error):
    """Return the type of an error and its message on one line, however long or broken it is."""
    name, message = type(error).__name__, error_message(error)
    return f"{name}: {message}" if message else name


def error_message(error):
    """Return the message of an error on one line, cut off; nothing if it has none to give."""
    try:
        message = " ".join(str(error).split())[:200]
        return message.encode("utf-8", "backslashreplace").decode()  # half a character is no text
    except Exception:  # the message comes from a student's code
        return ""


def _same(a, b):
    try:
        return np.array_equal(a, b) and np.shape(a) == np.shape(b)
    except Exception:  # a call may even change what kind of numbers an array is of
        return False


def agree(a, b):
    """Return whether two calls gave the same, up to the last bit, NaN included."""
    if a.value is None or b.value is None:
        return a.problem == b.problem
    return np.array_equal(a.value, b.value, equal_nan=True)


def close(value, expected, tolerance):
    """Return whether shapes are equal and entries within a tolerance, or alike infinite or NaN."""
    if value is None or value.shape != expected.shape:
        return False
    with np.errstate(invalid="ignore"):  # inf - inf
        near = np.abs(value - expected) <= tolerance
    return bool((near | (value == expected) | np.isnan(value) & np.isnan(expected)).all())


def shown(value, digits=4):
    """Return numbers as a person writes them: ``0.5``, ``(1, 0.5)``, ``((1, 2), (3, 4))``.

    Examples
    --------
    >>> shown(np.array([1.0, 1/3])), shown(np.array([2.0]))
    ('(1, 0.3333)', '(2,)')
    """
    if np.ndim(value) == 0:
        text = f"{float(value):.{digits}g}"
        return "NaN" if text == "nan" else text.replace("-", "−").replace("inf", "∞")
    if not 0 < np.size(value) <= 60:
        return f"an array of shape {np.shape(value)}"
    entries = [shown(entry, digits) for entry in value]
    return f"({entries[0]},)" if len(entries) == 1 else f"({', '.join(entries)})"
