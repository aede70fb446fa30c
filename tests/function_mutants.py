"""Wrong functions without end: a right one, with one or two places of its syntax tree changed."""

import ast
import copy

import numpy as np

SOURCES = {
    "logistic_gradient": [
        "p = 1 / (1 + exp(-(w @ x)))\nreturn p * (1 - p) * x",
        "e = exp(-(w @ x))\nreturn x * e / (1 + e) ** 2",
        "return x * (1 - tanh(w @ x / 2) ** 2) / 4",
    ],
    "loss_gradient": [
        "p = 1 / (1 + exp(-(w @ x)))\nreturn (p - y) * x",
        "z = w @ x\np = 1 / (1 + exp(-z))\nreturn -x * (y * (1 - p) - (1 - y) * p)",
        "p = 1 / (1 + exp(-(w @ x)))\nreturn -(y / p - (1 - y) / (1 - p)) * p * (1 - p) * x",
    ],
    "mean_loss": [
        "z = X @ w\nreturn mean(log1p(exp(-abs(z))) + maximum(z, 0) - y * z)",
        "t = (2 * y - 1) * (X @ w)\nreturn sum(logaddexp(0, -t)) / len(y)",
        "p = 1 / (1 + exp(-(X @ w)))\nreturn -mean(y * log(p) + (1 - y) * log(1 - p))",
    ],
    "mean_loss_gradient": [
        "p = 1 / (1 + exp(-(X @ w)))\nreturn X.T @ (p - y) / len(y)",
        "p = 1 / (1 + exp(-(X @ w)))\nreturn mean((p - y)[:, None] * X, axis=0)",
        "r = (1 + tanh(X @ w / 2)) / 2 - y\nreturn r @ X / len(X)",
    ],
    "mean_loss_hessian": [
        "p = 1 / (1 + exp(-(X @ w)))\nreturn X.T @ ((p * (1 - p))[:, None] * X) / len(y)",
        "p = 1 / (1 + exp(-(X @ w)))\nreturn X.T @ diag(p * (1 - p)) @ X / X.shape[0]",
        "s = (1 - tanh(X @ w / 2) ** 2) / 4\nreturn (X.T * s) @ X / len(X)",
    ],
}
ARGUMENTS = {"logistic_gradient": "w, x", "loss_gradient": "w, x, y"}
_FUNCTIONS = ("exp", "tanh", "log", "log1p", "maximum", "logaddexp", "diag")
_NAMES = {name: getattr(np, name) for name in _FUNCTIONS}
_NAMES |= {"mean": np.mean, "sum": np.sum, "abs": np.abs, "len": len}
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult)


def mutant(name, seed, n_changes=1):
    """Return the source of a mutated function and the function itself."""
    rng = np.random.default_rng(seed)
    body = str(rng.choice(SOURCES[name])).replace("\n", "\n    ")
    tree = ast.parse(f"def f({ARGUMENTS.get(name, 'w, X, y')}):\n    {body}")
    for _ in range(n_changes):
        _change(tree, rng)
    source = ast.unparse(ast.fix_missing_locations(tree))
    namespace = dict(_NAMES)
    exec(source, namespace)
    return source, namespace["f"]


def _change(tree, rng):
    """Change one place, in place."""
    places = [
        (node, field, i)
        for node in ast.walk(tree)
        for field, value in ast.iter_fields(node)
        for i, child in enumerate(value if isinstance(value, list) else [value])
        if isinstance(child, ast.expr)
    ]
    variables = sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - {*_NAMES})
    while True:
        node, field, i = places[rng.integers(len(places))]
        value = getattr(node, field)
        old = value[i] if isinstance(value, list) else value
        is_target = isinstance(getattr(old, "ctx", None), ast.Store)
        if is_target or field == "func" or isinstance(old, (ast.Slice, ast.Tuple)):
            continue
        options = [new for new in _options(copy.deepcopy(old), variables) if _differs(new, old)]
        if not options:
            continue
        new = options[rng.integers(len(options))]
        if isinstance(value, list):
            value[i] = new
        else:
            setattr(node, field, new)
        return


def _options(node, variables):
    """Yield what may stand in the place of an expression."""
    yield ast.UnaryOp(ast.USub(), node)
    yield ast.BinOp(ast.Constant(1), ast.Sub(), node)
    match node:
        case ast.BinOp(left, operator, right):
            yield from (ast.BinOp(left, new(), right) for new in _OPERATORS)
            yield from (left, right, ast.BinOp(right, operator, left))
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=int(number)):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1), ast.Constant(None))
        case ast.Name():
            yield from (ast.Name(name, ast.Load()) for name in variables)
        case ast.Call(func, args):
            yield args[0]
            yield from (ast.Call(ast.Name(f, ast.Load()), args, []) for f in ("exp", "log", "sum"))
            yield ast.Call(func, args, [])
        case ast.Attribute(value=value) | ast.Subscript(value=value):
            yield value


def _differs(new, old):
    return ast.dump(new) != ast.dump(old)
