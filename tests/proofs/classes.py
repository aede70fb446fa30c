"""K classes: what the chapter on softmax speaks about."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs.evaluation import World


def softmax(logits):
    total = sum(sympy.exp(a) for a in logits)
    return [sympy.exp(a) / total for a in logits]


def entropy(labels, probabilities):
    return -sum(y * sympy.log(s) for y, s in zip(labels, probabilities, strict=True))


@dataclass(frozen=True)
class Classes(World):
    """The logits and the labels of one sample."""

    n_classes: int

    @cached_property
    def logits(self):
        return sympy.symbols(f"a1:{self.n_classes + 1}", real=True)

    @cached_property
    def labels(self):
        return sympy.symbols(f"y1:{self.n_classes + 1}", nonnegative=True)

    @cached_property
    def symbols(self):
        return [*self.logits, *self.labels]

    @property
    def sizes(self):
        return {"k": self.n_classes, "m": self.n_classes}

    def indices(self):
        """Let k and m run over all classes."""
        classes = range(1, self.n_classes + 1)
        for k in classes:
            for m in classes:
                yield {"1": 1, "2": 2, "k": k, "m": m}

    @cached_property
    def in_exponentials(self):
        of_classes = sympy.symbols(f"E1:{self.n_classes + 1}", positive=True)
        return {a: sympy.log(e) for a, e in zip(self.logits, of_classes, strict=True)}

    @cached_property
    def probabilities(self):
        return softmax(self.logits)

    @cached_property
    def entropy(self):
        return entropy(self.labels, self.probabilities)

    meanings = {  # noqa: RUF012
        "e": lambda s, at, j: sympy.E,
        "classes": lambda s, at, j: sympy.Integer(s.n_classes),
        "a_{j}": lambda s, at, j: s.logits[j - 1],
        "s_{j}": lambda s, at, j: s.probabilities[j - 1],
        "y_{j}": lambda s, at, j: s.labels[j - 1],
        "H": lambda s, at, j: s.entropy,
        "kronecker": lambda s, at, j: sympy.Integer(at["m"] == at["k"]),
        "slopeofsoftmax": lambda s, at, j: s.probabilities[at["m"] - 1].diff(s.logits[at["k"] - 1]),
        "slopeofsoftentropy_{j}": lambda s, at, j: s.entropy.diff(s.logits[j - 1]),
    }


@dataclass(frozen=True)
class ClassSamples(World):
    """A data set whose labels add up to 1 in each row; column k of `weights` is class k's."""

    n_features: int
    n_samples: int
    n_classes: int

    @cached_property
    def inputs(self):
        return _matrix("x", self.n_samples, self.n_features, real=True)

    @cached_property
    def weights(self):
        return _matrix("w", self.n_features, self.n_classes, real=True)

    @cached_property
    def labels(self):
        free = _matrix("y", self.n_samples, self.n_classes - 1, nonnegative=True)
        return free.row_join(sympy.Matrix([1 - sum(free[i, :]) for i in range(free.rows)]))

    @cached_property
    def symbols(self):
        return [*self.inputs, *self.weights, *self.labels[:, :-1]]

    sizes = {}  # noqa: RUF012

    def indices(self):
        return [{"i": 1, "k": 1}]

    @cached_property
    def in_exponentials(self):
        """Replace the first row of the weights, so that the first sample's logits are logs."""
        of_classes = sympy.symbols(f"E1:{self.n_classes + 1}", positive=True)
        first, rest = self.inputs[0, 0], self.inputs[0, 1:] * self.weights[1:, :]
        return {
            self.weights[0, k]: (sympy.log(of_classes[k]) - rest[k]) / first
            for k in range(self.n_classes)
        }

    @cached_property
    def probabilities(self):
        logits = self.inputs * self.weights
        return sympy.Matrix([softmax(logits[i, :]) for i in range(self.n_samples)])

    @cached_property
    def mean_loss(self):
        rows = range(self.n_samples)
        losses = [entropy(self.labels[i, :], self.probabilities[i, :]) for i in rows]
        return sum(losses) / self.n_samples

    meanings = {  # noqa: RUF012
        "samples": lambda s, at, j: sympy.Integer(s.n_samples),
        "X": lambda s, at, j: s.inputs,
        "Xtransposed": lambda s, at, j: s.inputs.T,
        "S": lambda s, at, j: s.probabilities,
        "Y": lambda s, at, j: s.labels,
        "s_{j}": lambda s, at, j: s.probabilities[at["i"] - 1, j - 1],
        "y_{j}": lambda s, at, j: s.labels[at["i"] - 1, j - 1],
        "gradientinclasses": lambda s, at, j: s.weights.applyfunc(s.mean_loss.diff),
    }


def _matrix(name, n_rows, n_columns, **assumptions):
    entry = lambda i, j: sympy.Symbol(f"{name}{i + 1}_{j + 1}", **assumptions)  # noqa: E731
    return sympy.Matrix(n_rows, n_columns, entry)
