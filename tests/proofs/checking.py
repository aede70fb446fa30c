"""Proves one numbered equation from the definitions, whatever else the book says.

`check` reads an equation's LaTeX. The equation passes if its left side is the one that belongs
to its number, and if what it claims holds in the worlds that its number belongs to: for most
numbers, that all sides mean the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import sympy
from latex_reader import collapse

from proofs.agreement import assert_equal, assert_identical, assert_vanishes
from proofs.classes import Classes, ClassSamples
from proofs.evaluation import shape, values
from proofs.functions import FUNCTIONS, Dual, Smooth, Taylor
from proofs.reading import read_statement, split_at_relations
from proofs.samples import Descent, HardLabels, Samples

# --------------------------------------------------------------------------- claims
# What must be equal for an equation to hold, given the values of its sides.


def sides_agree(sides, world):
    return [(sides[0], other) for other in sides[1:]]


def smallest_at_the_best_step(sides, world):
    """The chapter adds to A.24 at which step the bound is smallest: both slopes cancel there."""
    slope = sides[1].diff(world.h).subs(world.h, world.best_step)
    of_truncation = slope.subs(world.rounding, 0, simultaneous=True)
    return [*sides_agree(sides, world), (of_truncation, of_truncation - slope)]


def known_up_to_the_remainder(sides, world):
    """With O(h^n) as a factor times h^n: without it, the sides differ from the power n on."""
    difference = sympy.expand((sides[0] - sides[1]) * world.h**9)
    rest = sympy.Poly(difference.subs(world.bound, 0), world.h)
    order = min(power for (power,) in rest.monoms())
    return [(difference.coeff(world.bound), -(world.h**order))]


def between_semidefinite_bounds(sides, world):
    """Both gaps of A.32 are sums of squares, and the upper one is zero at w = 0.

    The gaps are v·∇²L·v, whose terms are p(1 - p)(x·v)², and v·(bound - ∇²L)·v, whose terms
    are (p - 1/2)²(x·v)²: by A.12 nothing else is left of 1/4 - p(1 - p).
    """
    zero, hessian, bound = sides
    assert shape(bound) == shape(hessian), f"no bound of the Hessian: {bound}"
    v, n = world.direction, world.n_samples
    lower, upper = ((v.T * sympy.Matrix([side]) * v)[0] for side in (hessian, bound))
    samples = [(world.probability(i + 1), (world.inputs[i, :] * v)[0] ** 2) for i in range(n)]
    half = sympy.Rational(1, 2)
    return [
        (zero, sympy.Integer(0)),
        (bound, sympy.Matrix([bound]).T if shape(bound) else bound),
        (lower, sum(p * (1 - p) * square for p, square in samples) / n),
        (upper - lower, sum((p - half) ** 2 * square for p, square in samples) / n),
    ]


def is_the_gradient_times_n(sides, world):
    """The condition of A.35: n times the gradient of the mean loss is zero."""
    return [
        (sides[0], _as_value(world.n_samples * world.mean_gradient)),
        (sides[1], _as_value(sympy.zeros(world.n_features, 1))),
    ]


def goes_where_the_model_is_flat(curvature):
    """The new weights are where a quadratic model of the loss has the gradient zero.

    The model of the loss after a change u is L + g·u + u·C·u / 2, its gradient g + C u.
    """

    def claim(sides, world):
        assert shape(sides[1]) == shape(sides[0]), f"no weights: {sides[1]}"
        change = sympy.Matrix([sides[1]]) - world.weights
        return [(_as_value(curvature(world) * change), _as_value(-world.mean_gradient))]

    return claim


def _as_value(matrix):
    return matrix[0] if matrix.shape == (1, 1) else matrix


# --------------------------------------------------------------------------- proofs


def agree(statement, worlds, assertion, claim=sides_agree):
    """Assert that what is claimed to be equal is so, wherever the condition holds."""
    holds = False
    for world in worlds:
        proved = None
        for place in world.places():
            sides = values(statement, place)
            if sides is not None and sides != proved:  # without a free index, places repeat
                for left, right in claim(sides, world):
                    assertion(left, right, world)
                holds, proved = True, sides
    assert holds or not worlds, "the condition holds nowhere"


@dataclass(frozen=True)
class Equality:
    """A claim that some values are equal, proved at points and by algebra."""

    at_points: tuple
    by_algebra: tuple
    claim: Callable = sides_agree

    @property
    def worlds(self):
        return self.at_points

    def prove(self, statement):
        agree(statement, self.at_points, assert_equal, self.claim)
        agree(statement, self.by_algebra, assert_identical, self.claim)


@dataclass(frozen=True)
class Approximation:
    """A claim that two values tend to each other as a power of the step."""

    worlds: tuple
    order: int

    def prove(self, statement):
        for world in self.worlds:
            for place in world.places():
                left, right = values(statement, place)
                assert shape(left) == shape(right), f"shapes differ: {left} and {right}"
                assert_vanishes(left - right, world, self.order)


SAMPLES = Equality((Samples(1, 2), Samples(2, 3), Samples(3, 2)), (Samples(2, 1),))
HARD_LABELS = Equality(
    tuple(HardLabels(d, n, label) for d, n in ((1, 1), (3, 2)) for label in (0, 1)),
    (HardLabels(2, 1, 0), HardLabels(2, 1, 1)),
)
CLASSES = Equality((Classes(2), Classes(3), Classes(4)), (Classes(2), Classes(3)))
SECOND_ORDER = Approximation(
    tuple(Smooth(which, d) for which in range(len(FUNCTIONS)) for d in (1, 3)), order=2
)


def _about_samples(claim):
    return Equality(SAMPLES.at_points, SAMPLES.by_algebra, claim)


# What the equation of each number is about, and how it is proved.
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
    "A.22": r"\frac{\partial f}{\partial w_j}(\vec w)",
    "A.23": r"\frac{f(w + h) - f(w - h)}{2 h}",
    "A.24": r"E(h)",
    "A.25": r"\frac{\partial f}{\partial w_j}(\vec w)",
    "A.26": r"(a + a' \epsilon)(b + b' \epsilon)",
    "A.27": r"\sigma(z)",
    "A.28": r"\log\left(1 + e^{z}\right)",
    "A.29": r"\ell_i(\vec w)",
    "A.30": r"p_i(\vec w) - y_i",
    "A.31": r"\vec v^\top \nabla^2 L(\vec w)\,\vec v",
    "A.32": r"0 \preceq \nabla^2 L(\vec w)",
    "A.33": r"q(z)",
    "A.34": r"\frac{d^2 q}{dz^2}(z)",
    "A.35": r"X^\top (\mathbf p - \mathbf y)",
    "A.36": r"\vec w_{k+1}",
    "A.37": r"\eta",
    "A.38": r"\vec w_{k+1}",
    "A.39": r"L_\lambda(\vec w)",
    "A.40": r"\nabla L_\lambda(\vec w)",
    "A.41": r"s_k",
    "A.42": r"H",
    "A.43": r"\frac{\partial s_m}{\partial a_k}",
    "A.44": r"\frac{\partial H}{\partial a_k}",
    "A.45": r"\frac{\partial H}{\partial a_k}",
    "A.46": r"s_1",
    "A.47": r"\nabla L(W)",
}
RELATIONS = {"A.22": r"\approx", "A.25": r"\approx", "A.32": r"\preceq"}
PROOFS = {
    "A.22": SECOND_ORDER,
    "A.23": Equality((Taylor(),), (), known_up_to_the_remainder),
    "A.24": Equality((Taylor(),), (), smallest_at_the_best_step),
    "A.25": SECOND_ORDER,
    "A.26": Equality((Dual(),), (Dual(),)),
    "A.29": HARD_LABELS,
    "A.30": HARD_LABELS,
    "A.32": _about_samples(between_semidefinite_bounds),
    "A.35": _about_samples(is_the_gradient_times_n),
    "A.36": Equality(
        (Descent(1, 2), Descent(3, 2)),
        (Descent(2, 1),),
        goes_where_the_model_is_flat(lambda world: sympy.eye(world.n_features) / world.step),
    ),
    "A.37": Equality((Samples(1, 2), Samples(2, 3)), (Samples(1, 2),)),
    "A.38": Equality(
        (Descent(1, 2), Descent(2, 2)),
        (Descent(1, 1),),
        goes_where_the_model_is_flat(lambda world: world.mean_hessian),
    ),
    **{f"A.{n}": CLASSES for n in range(41, 47)},
    "A.47": Equality((ClassSamples(1, 2, 3), ClassSamples(3, 2, 2)), (ClassSamples(2, 1, 2),)),
}


def check(number, latex):
    """Assert that the equation of this number says what it must, and that it is true."""
    latex = collapse(latex)
    assert number in LEFT_SIDES, (
        f"give ({number}) its left side, in LEFT_SIDES of tests/proofs/checking.py"
    )
    left, relation = LEFT_SIDES[number], RELATIONS.get(number, "=")
    assert latex.startswith(f"{left} {relation} "), f"({number}) must be about {left}: {latex}"
    first, *others = split_at_relations(latex)[0]
    assert first not in others, f"({number}) says nothing: {latex}"
    try:
        statement = read_statement(latex)
        assert statement.relation == relation, f"the relation must be {relation}"
        PROOFS.get(number, SAMPLES).prove(statement)
    except AssertionError as error:
        raise AssertionError(f"({number}) {latex}\n{error}") from error
