"""Compares two values of a world: at many random points to 40 digits, and by algebra."""

import mpmath
import sympy

from proofs.evaluation import shape

_DIGITS = 40


def assert_equal(left, right, world):
    """Assert that two values are equal at all points of the world, to 40 digits."""
    assert shape(left) == shape(right), f"shapes differ: {shape(left)} and {shape(right)}"
    pairs = list(zip(sympy.Matrix([left]), sympy.Matrix([right]), strict=True))
    function = sympy.lambdify(world.symbols, pairs, "mpmath", cse=True)
    with mpmath.workdps(3 * _DIGITS):
        for point in world.points:
            for a, b in _evaluate(function, point):
                close = abs(a - b) <= mpmath.mpf(10) ** -_DIGITS * max(abs(a), abs(b))
                assert close, f"{mpmath.nstr(a, 8)} is not {mpmath.nstr(b, 8)}: {left} != {right}"


def _evaluate(function, point):
    try:
        return function(*point)
    except ZeroDivisionError as error:
        raise AssertionError(f"not defined at {point}") from error


def assert_identical(left, right, world):
    """Assert that two values are equal, by algebra on exponentials as plain symbols."""
    for entry in sympy.Matrix([left]) - sympy.Matrix([right]):
        for case in _cases(entry):
            case = case.subs(world.in_exponentials)
            case = case.replace(sympy.exp, lambda a: sympy.exp(sympy.expand(a)))
            case = case.replace(
                sympy.log, lambda a: sympy.expand_log(sympy.log(sympy.factor(a)), force=True)
            )
            assert sympy.cancel(case) == 0, f"{left} != {right}"


def _cases(entry):
    """Split max(t, 0) and |t| into the cases t >= 0 and t <= 0; both must then be identities."""
    (t, *others) = {maximum.args[1] for maximum in entry.atoms(sympy.Max)} or {None}
    if t is None:
        return [entry]
    assert not others, f"more than one case in {entry}"
    assert {a.args[0] for a in entry.atoms(sympy.Abs)} <= {t, -t}
    return [
        entry.replace(sympy.Max, lambda *_, m=maximum: m).replace(sympy.Abs, lambda _, a=size: a)
        for maximum, size in ((t, t), (sympy.Integer(0), -t))
    ]


def assert_vanishes(difference, world, order):
    """Assert that a difference tends to 0 with the step h as its power `order`, no other."""
    steps = mpmath.mpf("1e-20"), mpmath.mpf("1e-30")
    function = sympy.lambdify(world.symbols, difference, "mpmath", cse=True)
    with mpmath.workdps(3 * _DIGITS):
        for point in world.points[::4]:
            large, small = (_evaluate(function, [step, *point[1:]]) for step in steps)
            assert large != 0, f"no difference at {point}"
            ratio = small / large / mpmath.mpf("1e-10") ** order
            assert abs(ratio - 1) < 1e-6, f"not of order {order}: {mpmath.nstr(ratio, 8)}"
