"""The points at which a student's function is tried: simple ones first, then drawn, then far out.

A drawn number is a multiple of 1/4 and never 0, so that a counterexample is short and no term
vanishes by chance; logits of the points that are not far out lie within ±4.
"""

from dataclasses import dataclass

import numpy as np

KINDS = ("moderate", "soft", "far")
MODERATE = 4
_FAR = (-8.0, 8.0, -40.0, 40.0, -400.0, 400.0, -800.0, 800.0, -1e5, 1e5)
_SIZES = ((2, 2), (4, 2), (3, 3), (2, 3), (5, 1), (6, 4))


@dataclass(frozen=True)
class Point:
    """Arguments by name, and what they are for.

    Attributes
    ----------
    arguments : dict of str to float or ndarray
        The arguments in their order.
    kind : str
        ``moderate``; ``soft``, with labels between 0 and 1; or ``far``, with logits up to ±1e5.
    drawn : bool
        Whether the random generator drew it, so that it may be secret.
    """

    arguments: dict
    kind: str = "moderate"
    drawn: bool = False


def points(arguments, rng):
    """Return the points for a target with the given names of arguments."""
    if "X" in arguments:
        every = [*_simple_data(), *_drawn_data(rng), *_far_data()]
    elif "x" in arguments:
        every = [*_simple_samples(), *_drawn_samples(rng), *_far_samples()]
    else:
        every = _scalars(arguments, rng)
    chosen = [_chosen(arguments, point) for point in every]
    return [point for number, point in enumerate(chosen) if not _repeats(point, chosen[:number])]


def _chosen(arguments, point):
    """Return a point with the arguments asked for; without labels, a soft one is like any other."""
    kind = "moderate" if point.kind == "soft" and "y" not in arguments else point.kind
    return Point({name: point.arguments[name] for name in arguments}, kind, point.drawn)


def _repeats(point, others):
    return any(
        all(np.array_equal(point.arguments[k], other.arguments[k]) for k in point.arguments)
        for other in others
    )


def _simple_samples():
    for y in (1.0, 0.0):
        yield Point({"w": np.array([1, 0.5]), "x": np.array([2.0, -1]), "y": y})
    yield Point({"w": np.array([0.5]), "x": np.array([3.0]), "y": 1.0})
    yield Point({"w": np.array([0, -1, 0.5]), "x": np.array([1.0, 1, -2]), "y": 0.0})


def _drawn_samples(rng):
    for d, y in zip((1, 2, 3, 4, 2, 3), (0.0, 1.0, 0.0, 1.0, 0.25, 0.75), strict=True):
        w, X = _weights_and_samples(1, d, rng)
        yield Point({"w": w, "x": X[0], "y": y}, "moderate" if y in (0, 1) else "soft", True)


def _far_samples():
    for z in _FAR:
        for y in (0.0, 1.0):
            yield Point({"w": np.array([z, 0]), "x": np.array([1.0, 2]), "y": y}, "far")


def _simple_data():
    w, rows = np.array([1, 0.5]), np.array([[2.0, -1], [1, 2], [-1, 1]])
    yield Point({"w": w, "X": rows[:1], "y": np.array([1.0])})
    yield Point({"w": w, "X": rows[:1], "y": np.array([0.0])})
    yield Point({"w": w, "X": rows[:2], "y": np.array([1.0, 0])})
    yield Point({"w": w, "X": rows, "y": np.array([1.0, 0, 1])})


def _drawn_data(rng):
    for n, d in _SIZES:
        w, X = _weights_and_samples(n, d, rng)
        yield Point({"w": w, "X": X, "y": rng.permutation(np.arange(n) % 2.0)}, drawn=True)
    for n, d in _SIZES[:2]:
        w, X = _weights_and_samples(n, d, rng)
        yield Point({"w": w, "X": X, "y": rng.choice((0.25, 0.75), size=n)}, "soft", True)


def _far_data():
    X = np.array([[1.0, 2], [1, -1]])
    for z in _FAR:
        for y in (0.0, 1.0):
            yield Point({"w": np.array([z, 0]), "X": X, "y": np.full(2, y)}, "far")
    yield Point({"w": np.array([800.0, 0]), "X": -X * [[1], [-1]], "y": np.array([1.0, 0])}, "far")


def _scalars(arguments, rng):
    """Return points of what is an identity in the label: soft ones count as moderate."""
    for z, x_j, p, y in [(0.5, 2.0, 0.25, 1.0), (0.5, 2.0, 0.25, 0.0), (-1.5, -1.0, 0.75, 1.0)]:
        yield Point({"z": z, "x_j": x_j, "p": p, "y": y})
    for y in (0.0, 1.0, 0.0, 1.0, 0.25, 0.5, 0.75):
        z, x_j = _quarters(2, 12, rng).tolist()
        p = rng.integers(1, 16).item() / 16
        yield Point({"z": z, "x_j": x_j, "p": p, "y": y}, drawn=True)


def _weights_and_samples(n, d, rng):
    while True:
        w, X = _quarters(d, 6, rng), _quarters((n, d), 8, rng)
        if np.abs(X @ w).max() <= MODERATE:
            return w, X


def _quarters(shape, most, rng):
    """Draw multiples of 1/4 of either sign, up to `most` quarters in size."""
    return rng.integers(1, most, size=shape, endpoint=True) / 4 * rng.choice((-1.0, 1.0), shape)
