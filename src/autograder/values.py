"""Values as JSON, in both directions: numbers, text, lists, dicts, arrays; never pickle.

The sandboxed child runs this very file, so it imports the standard library and NumPy alone.
What comes from the child is untrusted: `loads` gives a value or raises ValueError.
"""

import base64
import json
import math

import numpy as np
from numpy import asarray, float64, longdouble  # by name, in case a student patches numpy

from autograder.near import COPIES, Near

CODES = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
DTYPES = [np.dtype(code).str for code in CODES]
MOST_ITEMS = 20_000  # of a list; to look at each one takes time
MAX_DEPTH = 20
MAX_BITS = 1023
MAX_SIDE = 2**32  # of an array; an empty one could otherwise claim any shape


def dumps(value, callables=None):
    """Return a value as one line of JSON; callables are put into the list, where one is given."""
    return json.dumps(encode(value, callables), separators=(",", ":"))


def loads(text, proxy=None):
    """Return the value that a line of JSON holds; `proxy` turns the number of a callable into it.

    Raises
    ------
    ValueError
        If the line is no JSON or holds anything that `encode` would not have made.
    """
    try:
        return decode(json.loads(text), proxy)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def encode(value, callables=None, depth=0):
    """Return a value in terms of JSON's own types, or raise TypeError for what has no place."""
    if depth > MAX_DEPTH:
        raise TypeError("a value that is nested too deeply")
    if value is None or isinstance(value, bool | float | str):
        return value
    if isinstance(value, int):  # beyond float64, it is what float64 makes of it
        return value if value.bit_length() <= MAX_BITS else math.inf if value > 0 else -math.inf
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, list | tuple | range):
        if len(value) > MOST_ITEMS:
            raise TypeError(f"a list of {len(value)} items")
        return [encode(item, callables, depth + 1) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str | int) for key in value):
        return {"dict": {str(k): _or_none(item, callables, depth) for k, item in value.items()}}
    if hasattr(value, "__array__"):
        return _encode_array(asarray(value))
    if callables is not None and isinstance(value, Near):
        callables.append(value.otherwise)
        data = [encode(item, None, depth + 1) for item in value.data]
        return {"near": value.name, "data": data, "callable": len(callables) - 1}
    if callables is not None and callable(value):
        callables.append(value)
        return {"callable": len(callables) - 1}
    if hasattr(value, "__float__"):  # Fraction, Decimal
        return float(value)
    raise TypeError(f"a value of type {type(value).__name__}")


def _or_none(item, callables, depth):
    """Return an entry of a dict; one that has no place is None, and harms no other entry."""
    try:
        return encode(item, callables, depth + 1)
    except Exception:  # whatever its own methods raise
        return None


def _encode_array(array):
    if array.dtype.kind == "O" or array.dtype == longdouble:
        array = array.astype(float64)
    array = asarray(array, array.dtype.newbyteorder("<"))
    if array.dtype.str not in DTYPES:
        raise TypeError(f"an array of dtype {array.dtype}")
    data = base64.b64encode(array.tobytes()).decode("ascii")
    return {"array": data, "dtype": array.dtype.str, "shape": list(array.shape)}


def decode(value, proxy=None, depth=0):
    """Return the value behind what `encode` made, or raise ValueError."""
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        if len(value) > MOST_ITEMS:
            raise ValueError(f"a list of {len(value)} items")
        return [decode(item, proxy, depth + 1) for item in value]
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ValueError("a whole number beyond float64")
    if not isinstance(value, dict):
        return value
    match sorted(value):
        case ["array", "dtype", "shape"]:
            return _decode_array(**value)
        case ["complex"] if _are(float, value["complex"]) and len(value["complex"]) == 2:
            return complex(*value["complex"])
        case ["dict"] if isinstance(value["dict"], dict):
            return {key: decode(item, proxy, depth + 1) for key, item in value["dict"].items()}
        case ["callable"] if proxy is not None and isinstance(value["callable"], int):
            return proxy(value["callable"])
        case ["callable", "data", "near"] if proxy is not None and value["near"] in COPIES:
            data = decode(value["data"], None, depth + 1)
            return COPIES[value["near"]](*data, proxy(value["callable"]))
    raise ValueError("no value of the protocol")


def _decode_array(array, dtype, shape):
    """Return a writable array, or a NumPy scalar for shape ()."""
    if not isinstance(array, str) or dtype not in DTYPES or not _are(int, shape):
        raise ValueError("no array of the protocol")
    data, dtype = base64.b64decode(array, validate=True), np.dtype(dtype)
    if not all(0 <= side < MAX_SIDE for side in shape) or len(shape) > 8:
        raise ValueError(f"no shape of an array: {shape}")
    if math.prod(shape) * dtype.itemsize != len(data):
        raise ValueError(f"{len(data)} bytes do not fill shape {shape}")
    if dtype.kind == "b":
        return (np.frombuffer(data, np.uint8) != 0).reshape(shape)[()]  # a byte may be forged
    return np.frombuffer(data, dtype).reshape(shape).copy()[()]


def _are(kind, items):
    return isinstance(items, list) and all(isinstance(item, kind) for item in items)
