"""Functions of the grader that a sandbox computes itself, since to leave it for each call is slow.

The child runs this very file, so it imports NumPy alone, names one by one, in case a student
patches it; the package, which has all answers, is not there.  A student's code can read and change
whatever is in its process: what is here may be no secret, and no mark may hang on it alone.
"""

from numpy import absolute, errstate, exp, float64, isfinite, log, ndarray


class Near:
    """A function with a copy in the sandbox, for the arguments of `Student.call`.

    Parameters
    ----------
    name : str
        One of `COPIES`.
    data : sequence
        What the copy computes with: a student can see it.
    otherwise : callable
        The function itself, on the trusted side: it answers what the copy leaves to it.
    """

    def __init__(self, name, data, otherwise):
        self.name, self.data, self.otherwise = name, data, otherwise


def mean_loss(X, y, otherwise):
    """Return the mean loss as a function of the weights: ``log(1 + e^z) - yz``, (A.17), z = Xw.

    Small losses lose their digits in the logarithm: for another question it is no answer.
    What is no array of weights, or has no finite loss, is left to `otherwise`.
    """

    def f(w):
        if isinstance(w, ndarray) and (w.shape, w.dtype) == (X.shape[1:], float64):
            with errstate(all="ignore"):
                z = X @ w
                value = float((log(1 + exp(-absolute(z))) + ((z >= 0) - y) * z).mean())
            if isfinite(value):
                return value
        return otherwise(w)

    return f


COPIES = {"mean_loss": mean_loss}
