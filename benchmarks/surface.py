"""The loss on a grid of two weights, against the loop that one would write first."""

import json
from functools import partial

import numpy as np

from benchmarks.measure import medians, peak_memory, times
from crossentropy import loss_surface
from crossentropy.datasets import make_overlapping

OURS, PEER = "crossentropy", "the double loop"


def make_data(n_values=200, n_samples=1_000):
    """Return the values of the two weights, samples and labels."""
    values = np.linspace(-4, 4, n_values)
    return values, values, *make_overlapping(n_samples)


def double_loop(w0, w1, X, y):
    """Compute the mean loss (A.18) at one point of the grid after the other."""
    surface = np.empty((w1.size, w0.size))
    for i, second in enumerate(w1):
        for j, first in enumerate(w0):
            z = X @ np.array([first, second])
            losses = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
            surface[i, j] = losses.mean()
    return surface


def row_by_row(w0, w1, X, y):
    """Compute a row of the grid at once."""
    surface = np.empty((w1.size, w0.size))
    for i, second in enumerate(w1):
        z = np.outer(w0, X[:, 0]) + second * X[:, 1]
        surface[i] = (np.logaddexp(0, z) - y * z).mean(axis=1)
    return surface


def contestants(*data):
    """Return a function without arguments for each, which returns the surface."""
    functions = {OURS: loss_surface, PEER: double_loop, "a row at a time": row_by_row}
    return {name: partial(function, *data) for name, function in functions.items()}


def measure(*data, seconds=15):
    """Return seconds, those of the first call too, and the memory beyond the result."""
    racing = contestants(*data)
    runs = times(racing, seconds=seconds)
    result = racing[OURS]().nbytes
    return {
        "first": {name: seconds[0] for name, seconds in runs.items()},
        "seconds": medians(runs),
        "memory": {name: peak_memory(run) - result for name, run in racing.items()},
    }


if __name__ == "__main__":
    print(json.dumps(measure(*make_data())))
