r"""Proves one numbered equation from the definitions, whatever else the book says.

`check` reads an equation's LaTeX and gives every symbol in it the meaning that a `Setting`
defines: probability, cross entropy and loss are written down here once, and every derivative
is SymPy's own derivative of them. An equation passes if its left side is the one that belongs
to its number, and if all its sides mean the same, in settings with one, two and three
features: at many random points to 40 digits, and symbolically.
"""

import random
from dataclasses import dataclass
from functools import cache, cached_property, reduce

import mpmath
import sympy
from latex_reader import Column, collapse, read_statement, split_at_equals


@dataclass(frozen=True)
class Setting:
    """A data set of symbols; rows of `inputs` are samples."""

    n_features: int
    n_samples: int

    @cached_property
    def weights(self):
        return sympy.Matrix(sympy.symbols(f"w1:{self.n_features + 1}", real=True))

    @cached_property
    def inputs(self):
        return sympy.Matrix(
            self.n_samples,
            self.n_features,
            lambda i, j: sympy.Symbol(f"x{i + 1}_{j + 1}", real=True),
        )

    @cached_property
    def labels(self):
        return sympy.Matrix(sympy.symbols(f"y1:{self.n_samples + 1}", real=True))

    p = sympy.Symbol("p", positive=True)
    z = sympy.Symbol("z", real=True)

    def logit(self, i):
        return sum(self.weights[j] * self.inputs[i - 1, j] for j in range(self.n_features))

    def probability(self, i):
        return 1 / (1 + sympy.exp(-self.logit(i)))

    def entropy(self, i, p):
        return -self.labels[i - 1] * sympy.log(p) - (1 - self.labels[i - 1]) * sympy.log(1 - p)

    def loss(self, i):
        return self.entropy(i, self.probability(i))

    @cached_property
    def mean_loss(self):
        return sum(self.loss(i + 1) for i in range(self.n_samples)) / self.n_samples

    def gradient(self, function):
        return sympy.Matrix([function.diff(weight) for weight in self.weights])

    def symbols(self):
        return [*self.weights, *self.inputs, *self.labels, self.p, self.z]

    @cached_property
    def points(self):
        """Random values of `symbols`, seeded: all signs and sizes, hard and soft labels."""
        rng = random.Random(self.n_features)
        return [self._point(rng, size) for size in (0.1, 1, 1, 1, 3, 6) for _ in range(4)]

    def _point(self, rng, size):
        number = lambda: mpmath.mpf(rng.uniform(-size, size))  # noqa: E731
        label = lambda: mpmath.mpf(rng.choice((0, 1, rng.random())))  # noqa: E731
        numbers = [number() for _ in range(self.n_features * (1 + self.n_samples))]
        labels = [label() for _ in range(self.n_samples)]
        return [*numbers, *labels, mpmath.mpf(rng.uniform(0.001, 0.999)), number()]


# What the reader's symbols mean; `i` is the sample, `j` the index that the symbol carries.
MEANINGS = {
    "e": lambda s, i, j: sympy.E,
    "z": lambda s, i, j: s.z,
    "p": lambda s, i, j: s.p,
    "features": lambda s, i, j: sympy.Integer(s.n_features),
    "samples": lambda s, i, j: sympy.Integer(s.n_samples),
    "w_{j}": lambda s, i, j: s.weights[j - 1],
    "x_{j}": lambda s, i, j: s.inputs[i - 1, j - 1],
    "y_{i}": lambda s, i, j: s.labels[i - 1],
    "z_{i}": lambda s, i, j: s.logit(i),
    "logit": lambda s, i, j: s.logit(i),
    "xcolumn": lambda s, i, j: s.inputs[i - 1, :].T,
    "xrow": lambda s, i, j: s.inputs[i - 1, :],
    "X": lambda s, i, j: s.inputs,
    "Xtransposed": lambda s, i, j: s.inputs.T,
    "ycolumn": lambda s, i, j: s.labels,
    "pcolumn": lambda s, i, j: sympy.Matrix([s.probability(m + 1) for m in range(s.n_samples)]),
    "sigmaofz": lambda s, i, j: 1 / (1 + sympy.exp(-s.z)),
    "sigmaofminusz": lambda s, i, j: 1 / (1 + sympy.exp(s.z)),
    "slopeofsigma": lambda s, i, j: (1 / (1 + sympy.exp(-s.z))).diff(s.z),
    "prob": lambda s, i, j: s.probability(i),
    "slopeofp_{j}": lambda s, i, j: s.probability(i).diff(s.weights[j - 1]),
    "gradientofp": lambda s, i, j: s.gradient(s.probability(i)),
    "entropy": lambda s, i, j: s.entropy(i, s.p),
    "slopeofH": lambda s, i, j: s.entropy(i, s.p).diff(s.p),
    "slopeofHatpi": lambda s, i, j: s.entropy(i, s.p).diff(s.p).subs(s.p, s.probability(i)),
    "loss": lambda s, i, j: s.loss(i),
    "slopeofloss_{j}": lambda s, i, j: s.loss(i).diff(s.weights[j - 1]),
    "gradientofloss": lambda s, i, j: s.gradient(s.loss(i)),
    "mean": lambda s, i, j: s.mean_loss,
    "gradientofmean": lambda s, i, j: s.gradient(s.mean_loss),
    "hessianofmean": lambda s, i, j: sympy.hessian(s.mean_loss, list(s.weights)),
}


@dataclass(frozen=True)
class Place:
    """A setting, with a number for each index."""

    setting: Setting
    index: dict

    def bind(self, name, number):
        return Place(self.setting, self.index | {name: number})

    def meaning(self, symbol):
        base, _, subscript = symbol.name.partition("_")
        index = subscript[1:-1]
        name = symbol.name if index in ("", "i") else f"{base}_{{j}}"
        assert name in MEANINGS, f"the symbol {symbol} has no meaning"
        assert index in ("", *self.index), f"the index of {symbol} has no meaning"
        return _meaning(name, self.setting, self.index["i"], self.index.get(index))


@cache
def _meaning(name, setting, i, j):
    return MEANINGS[name](setting, i, j)


def places(setting):
    """Let j run over all features; k is another feature where there is one."""
    d = setting.n_features
    for j in range(1, d + 1):
        yield Place(setting, {"i": 1, "1": 1, "features": d, "j": j, "k": j % d + 1})


# --------------------------------------------------------------------------- values


def value(side, place):
    """Return what a side of an equation means: a SymPy scalar, or a matrix of them."""
    if isinstance(side, Column):
        entry = _column(side, place)
    elif side.is_Symbol:
        entry = place.meaning(side)
    elif side.is_Integer:
        entry = side
    else:
        rules = {"Add": _sum, "Mul": _product, "Pow": _power, "log": _log, "Sum": _series}
        entry = rules[side.func.__name__](side.args, place)
    return entry[0] if shape(entry) == (1, 1) else entry


def shape(entry):
    """Return the shape of a matrix, () for a scalar."""
    return getattr(entry, "shape", ())


def _scalar(tree, place):
    entry = value(tree, place)
    assert shape(entry) == (), f"{tree} is no number: {entry}"
    return entry


def _whole_number(tree, place):
    number = _scalar(tree, place)
    assert number.is_Integer, f"{tree} is no whole number: {number}"
    return int(number)


def _add(a, b):
    assert shape(a) == shape(b), f"cannot add {a} and {b}"
    return a + b


def _multiply(a, b):
    if shape(a) and shape(b):
        assert a.shape[1] == b.shape[0], f"cannot multiply {a} and {b}"
    return a * b


def _sum(terms, place):
    return reduce(_add, [value(term, place) for term in terms])


def _product(factors, place):
    first, *others = factors
    if first.is_Symbol and first.name.startswith("differentiate_"):
        j = place.index[first.name.removeprefix("differentiate_")[1:-1]]
        return _scalar(sympy.Mul(*others, evaluate=False), place).diff(place.setting.weights[j - 1])
    return reduce(_multiply, [value(factor, place) for factor in factors])


def _power(args, place):
    base, exponent = (_scalar(arg, place) for arg in args)
    return base**exponent


def _log(args, place):
    argument, base = args
    assert base is sympy.E, f"logarithm to base {base}"
    return sympy.log(_scalar(argument, place))


def _series(args, place):
    term, (index, first, last) = args
    assert index.name in ("i", "j"), f"a sum over {index}"
    numbers = range(_whole_number(first, place), _whole_number(last, place) + 1)
    size = {"i": place.setting.n_samples, "j": place.setting.n_features}[index.name]
    assert numbers, f"an empty sum from {first} to {last}"
    assert 1 <= numbers[0] <= numbers[-1] <= size, f"a sum over {index}: {first} to {last}"
    return reduce(_add, [value(term, place.bind(index.name, number)) for number in numbers])


def _column(side, place):
    """A column whose dots can only mean the entries between the first and the last."""
    assert side.first.is_Symbol, f"{side.first} is no single symbol"
    assert side.last.is_Symbol, f"{side.last} is no single symbol"
    name, _, first = side.first.name.partition("_")
    assert (first, side.last.name) == ("{1}", f"{name}_{{features}}"), f"unclear dots: {side}"
    entry = sympy.Symbol(f"{name}_{{j}}")
    numbers = range(1, place.setting.n_features + 1)
    return sympy.Matrix([value(entry, place.bind("j", number)) for number in numbers])


# --------------------------------------------------------------------------- proofs

SETTINGS = (Setting(1, 2), Setting(2, 3), Setting(3, 2))
_ONE_SAMPLE = Setting(2, 1)
_DIGITS = 40


def assert_equal(left, right, setting):
    """Assert that two values are equal at all points of the setting, to 40 digits."""
    assert shape(left) == shape(right), f"shapes differ: {shape(left)} and {shape(right)}"
    pairs = list(zip(sympy.Matrix([left]), sympy.Matrix([right]), strict=True))
    function = sympy.lambdify(setting.symbols(), pairs, "mpmath", cse=True)
    with mpmath.workdps(3 * _DIGITS):
        for point in setting.points:
            for a, b in _evaluate(function, point):
                close = abs(a - b) <= mpmath.mpf(10) ** -_DIGITS * max(abs(a), abs(b))
                assert close, f"{mpmath.nstr(a, 8)} is not {mpmath.nstr(b, 8)}: {left} != {right}"


def _evaluate(function, point):
    try:
        return function(*point)
    except ZeroDivisionError as error:
        raise AssertionError(f"not defined at {point}") from error


@cache
def _in_exponentials(setting):
    """Replace logits by logarithms, so that exponentials of them are plain symbols."""
    of_sample, of_z = sympy.symbols("E F", positive=True)
    rest = setting.logit(1) - setting.weights[0] * setting.inputs[0, 0]
    return {
        setting.inputs[0, 0]: (-sympy.log(of_sample) - rest) / setting.weights[0],
        setting.z: -sympy.log(of_z),
    }


def assert_identical(left, right, setting):
    """Assert that two values of one sample are equal, by algebra."""
    difference = sympy.Matrix([left]) - sympy.Matrix([right])
    for entry in difference.subs(_in_exponentials(setting)):
        entry = entry.replace(sympy.exp, lambda a: sympy.exp(sympy.expand(a)))
        entry = entry.replace(
            sympy.log, lambda a: sympy.expand_log(sympy.log(sympy.factor(a)), force=True)
        )
        assert sympy.cancel(entry) == 0, f"{left} != {right}"


def values(statement, place):
    """Return what the sides of a statement mean."""
    sides = [value(side, place) for side in statement.sides]
    if statement.label is None:
        return sides
    return [side.subs(place.setting.labels[0], statement.label) for side in sides]


def prove(latex):
    """Assert that all sides of an equation mean the same."""
    statement = read_statement(latex)
    for setting in SETTINGS:
        _prove_in(setting, statement, assert_equal)
    _prove_in(_ONE_SAMPLE, statement, assert_identical)


def _prove_in(setting, statement, assertion):
    proved = None
    for place in places(setting):
        sides = values(statement, place)
        if sides != proved:  # without a free j, all places are the same
            for other in sides[1:]:
                assertion(sides[0], other, setting)
        proved = sides


# What the equation of each number is about.
LEFT_SIDES = {
    "A.1": r"z_i",
    "A.2": r"\sigma(z)",
    "1": r"p_i(\vec w)",
    "A.3": r"1 - \sigma(z)",
    "A.4": r"\sigma(-z)",
    "A.5": r"\frac{\sigma(z)}{1 - \sigma(z)}",
    "A.6": r"z",
    "2": r"\nabla p_i(\vec w)",
    "A.7": r"\frac{\partial}{\partial w_j}\left(-\vec w^\top \vec x_i\right)",
    "A.8": r"\frac{\partial}{\partial w_j}\left(1 + e^{-\vec w^\top \vec x_i}\right)",
    "3": r"\frac{\partial p_i}{\partial w_j}(\vec w)",
    "4": r"\nabla p_i(\vec w)",
    "A.9": r"\frac{d\sigma}{dz}(z)",
    "A.10": r"\frac{d\sigma}{dz}(z)",
    "A.11": r"\nabla p_i(\vec w)",
    "A.12": r"p\,(1 - p)",
    "5": r"H_i(p)",
    "A.13": r"H_i(p)",
    "A.14": r"H_i(p)",
    "A.15": r"\frac{\partial H_i}{\partial p}(p)",
    "A.16": r"\frac{\partial H_i}{\partial p}(p)",
    "6": r"\nabla_{\vec w} \ell_i(\vec w)",
    **{str(n): r"\frac{\partial \ell_i}{\partial w_j}(\vec w)" for n in range(7, 15)},
    "15": r"\nabla_{\vec w} \ell_i(\vec w)",
    "A.17": r"\ell_i(\vec w)",
    "A.18": r"L(\vec w)",
    "A.19": r"\nabla L(\vec w)",
    "A.20": r"\nabla L(\vec w)",
    "A.21": r"\nabla^2 L(\vec w)",
}


def check(number, latex):
    """Assert that the equation of this number says what it must, and that it is true."""
    left, *others = split_at_equals(collapse(latex))
    assert left not in others, f"({number}) says nothing: {latex}"
    assert left == LEFT_SIDES[number], f"({number}) must be about {LEFT_SIDES[number]}: {left}"
    try:
        prove(latex)
    except AssertionError as error:
        raise AssertionError(f"({number}) {latex}\n{error}") from error
