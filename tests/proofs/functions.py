"""Any function f: what the chapter on checking a gradient speaks about."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs.evaluation import World

# Smooth functions whose slopes of every order differ from zero along every axis.
FUNCTIONS = (
    lambda w: sympy.exp(sum(w[j] * (j + 2) for j in range(len(w))) / 3),
    lambda w: sympy.sin(sum(w[j] * (j + 1) for j in range(len(w)))) + w[0] ** 3 * w[-1],
    lambda w: sympy.log(1 + sympy.exp(sum(w[j] * (2 - 3 * j) for j in range(len(w))))) - w[0],
)


@dataclass(frozen=True)
class Smooth(World):
    """One of `FUNCTIONS` of some weights, and a step h."""

    which: int
    n_features: int

    h = sympy.Symbol("h", positive=True)

    @cached_property
    def weights(self):
        return sympy.Matrix(sympy.symbols(f"w1:{self.n_features + 1}", real=True))

    @cached_property
    def symbols(self):
        return [self.h, *self.weights]

    @property
    def sizes(self):
        return {"j": self.n_features}

    def indices(self):
        """Let j run over all weights; k is another weight where there is one."""
        d = self.n_features
        for j in range(1, d + 1):
            yield {"j": j, "k": j % d + 1}

    def f(self, argument):
        column = sympy.Matrix([argument])
        assert column.shape == (self.n_features, 1), f"f of {argument}"
        return FUNCTIONS[self.which](list(column))

    meanings = {  # noqa: RUF012
        "h": lambda s, at, j: s.h,
        "i": lambda s, at, j: sympy.I,
        "wcolumn": lambda s, at, j: s.weights,
        "unit_{j}": lambda s, at, j: sympy.eye(s.n_features)[:, j - 1],
        "slopeoff_{j}": lambda s, at, j: s.f(s.weights).diff(s.weights[j - 1]),
    }
    functions = {  # noqa: RUF012
        "f": lambda s, argument: s.f(argument),
        "imaginarypartoff": lambda s, argument: sympy.im(s.f(argument), evaluate=False),
    }


@dataclass(frozen=True)
class Taylor(World):
    """Any function of one weight, as its derivatives at w: of orders 0 to 6, as symbols.

    What O stands for is a bounded factor times its argument; `bound` is that factor.
    """

    w = sympy.Symbol("w", real=True)
    bound = sympy.Symbol("C", real=True)
    h, rounding = sympy.symbols("h varepsilon", positive=True)
    slopes = sympy.symbols("f:7", real=True)

    symbols = (h, rounding, w, bound, *slopes)
    sizes = {}  # noqa: RUF012
    in_exponentials = {}  # noqa: RUF012

    def indices(self):
        return [{"j": 1}]

    def f(self, argument):
        step = sympy.expand(argument - self.w)
        terms = enumerate(self.slopes)
        return sum(slope * step**order / sympy.factorial(order) for order, slope in terms)

    @cached_property
    def error_bound(self):
        """Size of the first neglected term, plus that of rounding both values of f over 2h."""
        difference = (self.f(self.w + self.h) - self.f(self.w - self.h)) / (2 * self.h)
        error = sympy.Poly(sympy.cancel(difference - self.slopes[1]), self.h)
        rounding = 2 * self.rounding * sympy.Abs(self.slopes[0]) / (2 * self.h)
        return sympy.Abs(error.coeff_monomial(self.h**2)) * self.h**2 + rounding

    @cached_property
    def best_step(self):
        """The step at which the bound is smallest, as the chapter states it."""
        size, third = sympy.Abs(self.slopes[0]), sympy.Abs(self.slopes[3])
        return sympy.cbrt(3 * self.rounding * size / third)

    meanings = {  # noqa: RUF012
        "h": lambda s, at, j: s.h,
        "w": lambda s, at, j: s.w,
        "wcolumn": lambda s, at, j: s.w,
        "unit_{j}": lambda s, at, j: sympy.Integer(1),
        "varepsilon": lambda s, at, j: s.rounding,
        "firstslope": lambda s, at, j: s.slopes[1],
        "thirdslope": lambda s, at, j: s.slopes[3],
        "errorbound": lambda s, at, j: s.error_bound,
    }
    functions = World.functions | {
        "f": lambda s, argument: s.f(argument),
        "O": lambda s, argument: s.bound * argument,
    }


@dataclass(frozen=True)
class Dual(World):
    """Dual numbers as matrices: a number is a multiple of the identity, epsilon is nilpotent."""

    numbers = sympy.symbols("a a' b b'", real=True)
    symbols = numbers
    sizes = {}  # noqa: RUF012
    in_exponentials = {}  # noqa: RUF012

    def indices(self):
        return [{}]

    meanings = {  # noqa: RUF012
        "a": lambda s, at, j: s.numbers[0] * sympy.eye(2),
        "aprime": lambda s, at, j: s.numbers[1] * sympy.eye(2),
        "b": lambda s, at, j: s.numbers[2] * sympy.eye(2),
        "bprime": lambda s, at, j: s.numbers[3] * sympy.eye(2),
        "epsilon": lambda s, at, j: sympy.Matrix([[0, 1], [0, 0]]),
    }
