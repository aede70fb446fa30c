"""Brings a parsed equation and a table expression to one form: operation for operation.

A form is a nested tuple. Sums and products are flattened and sorted, so the order of terms and
factors does not count; everything else does: nothing is multiplied out, cancelled or moved
across a bracket. Equal forms therefore compute the same, up to the order of rounding.
"""

import ast

import sympy
from sympy.core.function import AppliedUndef

from crossentropy.derivation import EQUATIONS

# What the reader's symbols are called in expressions: component j, and k for a row.
_NAMES = {
    "z": "z",
    "p": "p",
    "logit": "z",
    "sigmaofz": "p",
    "prob": "p",
    "pcolumn": "p",
    "w_{j}": "w_j",
    "x_{j}": "x_j",
    "xcolumn": "x_j",
    "xrow": "x_k",
    "Xtransposed": "x_j",
    "y_{i}": "y",
    "y_{k}": "y",
    "ycolumn": "y",
    "Y": "y",
    "t_{i}": "t",
    "s_{k}": "s",
    "S": "s",
    "slopeofHatpi": EQUATIONS["A.15"].expression,
    "slopeofp_{j}": EQUATIONS["3"].expression,
    "loss": EQUATIONS["A.17"].expression,
}


def _flat(operation, forms):
    """Join the operands; a product forgets the factor 1."""
    operands = []
    for form in forms:
        operands.extend(form[1:] if form[0] == operation else [form])
    if operation == "*":
        operands = [form for form in operands if form != ("1",)] or [("1",)]
    return operands[0] if len(operands) == 1 else (operation, *sorted(operands, key=repr))


def _negative(form):
    return _flat("*", [("-1",), form])


def _power(base, exponent):
    return ("^", base, exponent)


def expression_form(expression):
    """Return the form of a table expression; any other Python raises ValueError."""
    return _python_form(ast.parse(expression, mode="eval").body)


def _python_form(node):
    match node:
        case ast.Name(id=name) if name in ("z", "w_j", "x_j", "x_k", "y", "p", "t", "s"):
            return (name,)
        case ast.Constant(value=int(number)):
            return (str(number),)
        case ast.UnaryOp(op=ast.USub()):
            return _negative(_python_form(node.operand))
        case ast.Call(func=ast.Name(id="exp" | "log" | "abs" as name), args=[a], keywords=[]):
            return (name, _python_form(a))
        case ast.Call(func=ast.Name(id="max"), args=[a, ast.Constant(value=0)], keywords=[]):
            return ("max", _python_form(a))
        case ast.BinOp():
            return _operation_form(node.op, _python_form(node.left), _python_form(node.right))
    raise ValueError(f"not in the language of expressions: {ast.unparse(node)}")


def _operation_form(operator, a, b):
    match operator:
        case ast.Add():
            return _flat("+", [a, b])
        case ast.Sub():
            return _flat("+", [a, _negative(b)])
        case ast.Mult():
            return _flat("*", [a, b])
        case ast.Div():
            return _flat("*", [a, _power(b, ("-1",))])
        case ast.Pow():
            return _power(a, b)
    raise ValueError(f"not in the language of expressions: {operator}")


def equation_form(tree, part):
    """Return the form of the `part` of a parsed right side that a table expression gives."""
    form = _tree_form(tree)
    if not part.endswith("term"):
        return form
    factors = form[1:] if form[0] == "*" else [form]
    term = _flat("*", [factor for factor in factors if factor != _power(("n",), ("-1",))])
    return term[1] if term[0] == "sum" else term


def _tree_form(tree):
    if tree == sympy.Symbol("samples"):
        return ("n",)
    if tree.is_Symbol:
        return expression_form(_NAMES[tree.name])
    if tree.is_Integer:
        return (str(tree),)
    if tree.is_Pow and tree.base == sympy.Symbol("e"):
        return ("exp", _tree_form(tree.exp))
    if isinstance(tree, sympy.log):
        return ("log", _tree_form(tree.args[0]))
    if isinstance(tree, sympy.Sum):
        return ("sum", _tree_form(tree.function))
    if isinstance(tree, AppliedUndef):
        return _function_form(tree.func.__name__, _tree_form(tree.args[0]))
    operands = [_tree_form(arg) for arg in tree.args]
    if tree.is_Pow:
        return _power(*operands)
    return _flat({"Add": "+", "Mul": "*"}[tree.func.__name__], operands)


def _function_form(name, argument):
    if name == "logistic":
        denominator = _flat("+", [("1",), ("exp", _negative(argument))])
        return _power(denominator, ("-1",))
    return ({"absolute": "abs", "positivepart": "max"}[name], argument)
