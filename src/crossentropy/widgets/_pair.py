"""A trait for two numbers: weights, features, an arrow."""

import math

import traitlets

from crossentropy.widgets._exercise import Finite


def pair(*, reach=math.inf):
    """Return a trait for a list of two finite numbers from -reach to reach, at first zeros."""
    return traitlets.List(Finite(min=-reach, max=reach), [0.0, 0.0], minlen=2, maxlen=2)
