"""Gives a parsed equation the value that a world of definitions has for it.

A world holds symbols, what each name of the notation means in terms of them, and how far each
index runs. `value` follows an equation's tree through it; shapes are checked at every step.
"""

import random
from dataclasses import dataclass
from functools import cache, cached_property, reduce

import mpmath
import sympy
from sympy.core.function import AppliedUndef

from proofs.reading import Column


class World:
    """Definitions to evaluate equations in.

    A world that derives from it has `symbols`, a list; `sizes`, how far each index of a sum
    runs; `meanings`, from a name to a function of world, indices and own index; `functions`,
    from a name to a function of its argument; `in_exponentials`, a replacement that turns
    exponentials into plain symbols; and `indices`, which yields the indices to evaluate at.
    """

    functions = {  # noqa: RUF012
        "logistic": lambda world, z: 1 / (1 + sympy.exp(-z)),
        "positivepart": lambda world, z: sympy.Max(z, 0),
        "absolute": lambda world, z: sympy.Abs(z),
    }

    def places(self):
        return [Place(self, index) for index in self.indices()]

    @cached_property
    def points(self):
        """Random values of `symbols`, seeded: all signs and sizes, hard and soft labels."""
        rng = random.Random(len(self.symbols))
        sizes = [size for size in (0.1, 1, 1, 1, 3, 6) for _ in range(4)]
        return [[_random(symbol, rng, size) for symbol in self.symbols] for size in sizes]


def _random(symbol, rng, size):
    """A positive symbol is in (0, 1), one that is not negative is a label."""
    if symbol.is_positive:
        return mpmath.mpf(rng.uniform(0.001, 0.999))
    if symbol.is_nonnegative:
        return mpmath.mpf(rng.choice((0, 1, rng.random())))
    return mpmath.mpf(rng.uniform(-size, size))


@dataclass(frozen=True)
class Place:
    """A world, with a number for each index."""

    world: World
    index: dict

    def bind(self, name, number):
        return Place(self.world, self.index | {name: number})

    def meaning(self, symbol):
        base, _, subscript = symbol.name.partition("_")
        index = subscript[1:-1]
        name = symbol.name if index in ("", "i") else f"{base}_{{j}}"
        world = type(self.world)
        assert name in self.world.meanings, (
            f"the symbol {symbol} has no meaning: give it one in `meanings` of {world.__name__}, "
            f"in tests/{world.__module__.replace('.', '/')}.py"
        )
        assert index in ("", *self.index), f"the index of {symbol} has no meaning"
        return _meaning(self.world, name, tuple(self.index.items()), self.index.get(index))


@cache
def _meaning(world, name, index, own_index):
    return world.meanings[name](world, dict(index), own_index)


def value(side, place):
    """Return what a side of an equation means: a SymPy scalar, or a matrix of them."""
    if isinstance(side, Column):
        entry = _column(side, place)
    elif side.is_Symbol:
        entry = place.meaning(side)
    elif side.is_Integer:
        entry = side
    elif isinstance(side, AppliedUndef):
        entry = _function_value(side, place)
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


def _function_value(call, place):
    name = call.func.__name__
    assert name in place.world.functions, f"the function {name} has no meaning"
    assert len(call.args) == 1, f"{call} is no function of one argument"
    return place.world.functions[name](place.world, value(call.args[0], place))


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
        return _scalar(sympy.Mul(*others, evaluate=False), place).diff(place.world.weights[j - 1])
    return reduce(_multiply, [value(factor, place) for factor in factors])


def _power(args, place):
    base, exponent = (value(arg, place) for arg in args)
    assert shape(exponent) == (), f"{args[1]} is no number: {exponent}"
    if not shape(base):
        return base**exponent
    assert base.is_square, f"{args[0]} is no square matrix"
    assert exponent == -1, f"{args[0]} to the {exponent} is no inverse matrix"
    return _inverse(base)


def _inverse(matrix):
    """Invert by Cramer's rule, on plain symbols first: SymPy expands long entries."""
    plain = sympy.Matrix(*matrix.shape, sympy.symbols(f"m:{len(matrix)}"))
    entries = dict(zip(plain, matrix, strict=True))
    return (plain.adjugate() / plain.det()).xreplace(entries)


def _log(args, place):
    argument, base = args
    assert base is sympy.E, f"logarithm to base {base}"
    return sympy.log(_scalar(argument, place))


def _series(args, place):
    term, (index, first, last) = args
    sizes = place.world.sizes
    assert index.name in sizes, f"a sum over {index}"
    numbers = range(_whole_number(first, place), _whole_number(last, place) + 1)
    assert numbers, f"an empty sum from {first} to {last}"
    assert numbers[0] >= 1, f"a sum over {index} from {first}"
    assert numbers[-1] <= sizes[index.name], f"a sum over {index} to {last}"
    return reduce(_add, [value(term, place.bind(index.name, number)) for number in numbers])


def _column(side, place):
    """A column whose dots can only mean the entries between the first and the last."""
    assert side.first.is_Symbol, f"{side.first} is no single symbol"
    assert side.last.is_Symbol, f"{side.last} is no single symbol"
    name, _, first = side.first.name.partition("_")
    assert (first, side.last.name) == ("{1}", f"{name}_{{features}}"), f"unclear dots: {side}"
    entry = sympy.Symbol(f"{name}_{{j}}")
    numbers = range(1, place.world.sizes["j"] + 1)
    return sympy.Matrix([value(entry, place.bind("j", number)) for number in numbers])


def values(statement, place):
    """Return what the sides of a statement mean; None where its condition does not hold."""
    sides = [value(side, place) for side in statement.sides]
    if statement.condition is None:
        return sides
    left, right = (_scalar(side, place) for side in statement.condition)
    difference = sympy.expand(left - right)
    if difference.is_number:
        return sides if difference == 0 else None
    unknown = next(s for s in reversed(place.world.symbols) if difference.has(s))
    (solution,) = sympy.solve(difference, unknown)
    return [side.subs(unknown, solution) for side in sides]
