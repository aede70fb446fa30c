"""Results and errors of a reader's function in which no code of the reader's is left.

Objects decide themselves what number or array they become, and errors what they say: this is asked
once, as a part of the call.
"""

import numpy as np

from crossentropy._outcomes import as_numbers, error_message

_ENTRIES = "biufcmMSUO"  # kinds of arrays whose type has no code of the reader's in it


def plain(function):
    """Return the function with plain results and plain errors."""

    def call(*arguments):
        result, error = _read(function, arguments)
        if error is not None:
            raise error  # from here, where no frame of the reader's is behind it
        return result

    return call


def _read(function, arguments):
    """Return a plain result and a plain error; one of the two is None."""
    try:
        result = function(*arguments)
        problem, array = as_numbers(result)
    except Exception as error:
        return None, _stand_in(error, Exception)(error_message(error))
    if problem is None:
        return np.array(array), None  # a copy: it may lie in memory of the reader's
    if type(result) is np.ndarray and result.dtype.kind in _ENTRIES:
        return np.broadcast_to(np.empty((), result.dtype), result.shape), None  # kind and shape
    return None if result is None else _stand_in(result)(), None


def _stand_in(value, *bases):
    """Return a class that has the name of a value's class, and nothing else of it."""
    name = type.__dict__["__name__"].__get__(type(value))  # a metaclass may answer with code
    return type(name, bases, {})
