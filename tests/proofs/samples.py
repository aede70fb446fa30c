"""Logistic regression: what the exercise and the chapters on its loss speak about."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs.evaluation import World


def logistic(z):
    return 1 / (1 + sympy.exp(-z))


@dataclass(frozen=True)
class Samples(World):
    """A data set of symbols; rows of `inputs` are samples."""

    n_features: int
    n_samples: int

    p, step, penalty = sympy.symbols("p eta lambda", positive=True)
    z = sympy.Symbol("z", real=True)

    @cached_property
    def weights(self):
        return sympy.Matrix(sympy.symbols(f"w1:{self.n_features + 1}", real=True))

    @cached_property
    def direction(self):
        return sympy.Matrix(sympy.symbols(f"v1:{self.n_features + 1}", real=True))

    @cached_property
    def inputs(self):
        name = "x{}_{}".format
        entry = lambda i, j: sympy.Symbol(name(i + 1, j + 1), real=True)  # noqa: E731
        return sympy.Matrix(self.n_samples, self.n_features, entry)

    @cached_property
    def labels(self):
        return sympy.Matrix(sympy.symbols(f"y1:{self.n_samples + 1}", nonnegative=True))

    @cached_property
    def symbols(self):
        columns = (self.weights, self.inputs, self.labels, self.direction)
        free = (self.p, self.z, self.step, self.penalty)
        return [symbol for column in (*columns, free) for symbol in column if symbol.is_Symbol]

    @property
    def sizes(self):
        return {"i": self.n_samples, "j": self.n_features}

    def indices(self):
        """Let j run over all features; k is another feature where there is one."""
        d = self.n_features
        for j in range(1, d + 1):
            yield {"i": 1, "1": 1, "features": d, "j": j, "k": j % d + 1}

    @cached_property
    def in_exponentials(self):
        of_sample, of_z = sympy.symbols("E F", positive=True)
        rest = self.logit(1) - self.weights[0] * self.inputs[0, 0]
        return {
            self.inputs[0, 0]: (-sympy.log(of_sample) - rest) / self.weights[0],
            self.z: -sympy.log(of_z),
        }

    def logit(self, i):
        return sum(self.weights[j] * self.inputs[i - 1, j] for j in range(self.n_features))

    def probability(self, i):
        return logistic(self.logit(i))

    def entropy(self, i, p):
        return -self.labels[i - 1] * sympy.log(p) - (1 - self.labels[i - 1]) * sympy.log(1 - p)

    def loss(self, i):
        return self.entropy(i, self.probability(i))

    def gradient(self, function):
        return sympy.Matrix([function.diff(weight) for weight in self.weights])

    @cached_property
    def mean_loss(self):
        return sum(self.loss(i + 1) for i in range(self.n_samples)) / self.n_samples

    @cached_property
    def mean_gradient(self):
        return self.gradient(self.mean_loss)

    @cached_property
    def mean_hessian(self):
        return sympy.hessian(self.mean_loss, list(self.weights))

    @cached_property
    def regularised_loss(self):
        return self.mean_loss + self.penalty * sum(w**2 for w in self.weights) / 2

    @cached_property
    def squared_loss(self):
        """The squared distance of the probability from the label 1."""
        return (logistic(self.z) - 1) ** 2

    @cached_property
    def largest_curvature(self):
        """The Hessian's largest eigenvalue at w = 0; A.32 says that none is larger."""
        return largest_eigenvalue(self.mean_hessian.subs(dict.fromkeys(self.weights, 0)))

    meanings = {  # noqa: RUF012
        "e": lambda s, at, j: sympy.E,
        "z": lambda s, at, j: s.z,
        "p": lambda s, at, j: s.p,
        "lambda": lambda s, at, j: s.penalty,
        "features": lambda s, at, j: sympy.Integer(s.n_features),
        "samples": lambda s, at, j: sympy.Integer(s.n_samples),
        "w_{j}": lambda s, at, j: s.weights[j - 1],
        "x_{j}": lambda s, at, j: s.inputs[at["i"] - 1, j - 1],
        "y_{i}": lambda s, at, j: s.labels[at["i"] - 1],
        "z_{i}": lambda s, at, j: s.logit(at["i"]),
        "logit": lambda s, at, j: s.logit(at["i"]),
        "xcolumn": lambda s, at, j: s.inputs[at["i"] - 1, :].T,
        "xrow": lambda s, at, j: s.inputs[at["i"] - 1, :],
        "wcolumn": lambda s, at, j: s.weights,
        "normofw": lambda s, at, j: sympy.sqrt(sum(w**2 for w in s.weights)),
        "vcolumn": lambda s, at, j: s.direction,
        "vrow": lambda s, at, j: s.direction.T,
        "zerocolumn": lambda s, at, j: sympy.zeros(s.n_features, 1),
        "X": lambda s, at, j: s.inputs,
        "Xtransposed": lambda s, at, j: s.inputs.T,
        "normofX": lambda s, at, j: sympy.sqrt(largest_eigenvalue(s.inputs.T * s.inputs)),
        "eta": lambda s, at, j: 1 / s.largest_curvature,
        "ycolumn": lambda s, at, j: s.labels,
        "pcolumn": lambda s, at, j: sympy.Matrix(
            [s.probability(m + 1) for m in range(s.n_samples)]
        ),
        "sigmaofz": lambda s, at, j: logistic(s.z),
        "slopeofsigma": lambda s, at, j: logistic(s.z).diff(s.z),
        "squared": lambda s, at, j: s.squared_loss,
        "curvatureofq": lambda s, at, j: s.squared_loss.diff(s.z, 2),
        "prob": lambda s, at, j: s.probability(at["i"]),
        "slopeofp_{j}": lambda s, at, j: s.probability(at["i"]).diff(s.weights[j - 1]),
        "gradientofp": lambda s, at, j: s.gradient(s.probability(at["i"])),
        "entropy": lambda s, at, j: s.entropy(at["i"], s.p),
        "slopeofH": lambda s, at, j: s.entropy(at["i"], s.p).diff(s.p),
        "slopeofHatpi": lambda s, at, j: (
            s.entropy(at["i"], s.p).diff(s.p).subs(s.p, s.probability(at["i"]))
        ),
        "loss": lambda s, at, j: s.loss(at["i"]),
        "slopeofloss_{j}": lambda s, at, j: s.loss(at["i"]).diff(s.weights[j - 1]),
        "gradientofloss": lambda s, at, j: s.gradient(s.loss(at["i"])),
        "mean": lambda s, at, j: s.mean_loss,
        "gradientofmean": lambda s, at, j: s.mean_gradient,
        "hessianofmean": lambda s, at, j: s.mean_hessian,
        "regularised": lambda s, at, j: s.regularised_loss,
        "gradientofregularised": lambda s, at, j: s.gradient(s.regularised_loss),
    }


@dataclass(frozen=True)
class HardLabels(Samples):
    """Samples with labels 0 and 1, the first of them as given; only they have a t."""

    first_label: int

    @cached_property
    def labels(self):
        return sympy.Matrix([(self.first_label + i) % 2 for i in range(self.n_samples)])

    meanings = Samples.meanings | {
        "t_{i}": lambda s, at, j: (1 - 2 * s.labels[at["i"] - 1]) * s.logit(at["i"]),
    }


@dataclass(frozen=True)
class Descent(Samples):
    """Samples with weights that a method is about to change: they have no other name."""

    @cached_property
    def next_weights(self):
        return sympy.Matrix(sympy.symbols(f"u1:{self.n_features + 1}", real=True))

    @cached_property
    def symbols(self):
        return [*self.weights, *self.next_weights, *self.inputs, *self.labels, self.step]

    meanings = {  # noqa: RUF012
        "wnext": lambda s, at, j: s.next_weights,
        "wnow": lambda s, at, j: s.weights,
        "eta": lambda s, at, j: s.step,
        "gradientnow": lambda s, at, j: s.mean_gradient,
        "hessiannow": lambda s, at, j: s.mean_hessian,
    }


def largest_eigenvalue(symmetric):
    """Return the largest eigenvalue of a symmetric matrix of one or two rows."""
    if symmetric.shape == (1, 1):
        return symmetric[0]
    assert symmetric.shape == (2, 2), "no closed form here"
    half, product = symmetric.trace() / 2, symmetric.det()
    return half + sympy.sqrt(half**2 - product)
