r"""Parses equations into trees of SymPy, and refuses whatever is not fully understood."""

import re
from dataclasses import dataclass
from functools import cache

import sympy
from latex_reader import UnreadableError, collapse
from sympy.core.function import AppliedUndef
from sympy.parsing.latex import parse_latex
from sympy.parsing.latex.errors import LaTeXParsingError

from proofs.notation import to_plain_algebra

_NODES = (sympy.Symbol, sympy.Integer, sympy.Add, sympy.Mul, sympy.Pow, sympy.log, sympy.Sum)
_NODES += (AppliedUndef,)  # a function of `FUNCTIONS`, or one without meaning
_NODES += (sympy.Tuple, type(sympy.E))  # the limits of a sum, the base of a logarithm

_RELATIONS = ("=", r"\approx", r"\preceq")

# The conditions that an equation may be stated under.
_CONDITION = r"y_i = [01]|K = \d|\\sum_\{m=1\}\^\{K\} y_m = 1"
_UNKNOWN = r"\d\s+\d|\\text|\\vec|\\mathbf|\\partial|\\nabla|\\operatorname|\\max|\||'"


@dataclass(frozen=True)
class Column:
    """A column (first, ..., last), written with dots."""

    first: sympy.Expr
    last: sympy.Expr


@dataclass(frozen=True)
class Statement:
    """Sides between which a relation is said to hold, perhaps only where two numbers agree."""

    sides: tuple
    relation: str = "="
    condition: tuple | None = None


@cache
def read_expression(latex):
    """Parse one side of an equation; raise `UnreadableError` unless all of it is understood."""
    text = to_plain_algebra(latex)
    for left, right in ("{}", "()", "[]", (r"\left", r"\right")):
        if latex.count(left) != latex.count(right):
            raise UnreadableError(f"{left} and {right} do not match in {latex!r}")
    if re.search(_UNKNOWN, text):
        hint = "a new phrase goes into NOTATION in tests/proofs/notation.py"
        raise UnreadableError(f"unknown notation: {latex!r}, translated: {text!r}; {hint}")
    try:
        tree = _parse(text)
    except LaTeXParsingError as error:
        raise UnreadableError(f"{latex!r}, translated: {text!r}\n{error}") from error
    for node in sympy.preorder_traversal(tree):
        if not isinstance(node, _NODES):
            raise UnreadableError(f"{latex!r}, translated: {text!r}, contains {node!r}")
    return tree


def _parse(text):
    """Parse bracket by bracket, innermost first: SymPy's parser is slow on nested ones."""
    trees = {}
    while match := re.search(r"\(([^()]+)\)", text):
        name = "bracket" + "x" * len(trees)
        trees[name] = _fill(_parse_flat(match[1]), trees)
        text = text.replace(match[0], rf"⟨\{name}⟩")
    return _fill(_parse_flat(text), trees)


@cache
def _parse_flat(text):
    return parse_latex(text.replace("⟨", "(").replace("⟩", ")"), backend="antlr", strict=True)


def _fill(tree, trees):
    """Put the brackets' own trees in their places, without evaluating anything."""
    if tree.is_Symbol:
        return trees.get(tree.name, tree)
    args = tuple(_fill(arg, trees) for arg in tree.args)
    if args == tree.args:
        return tree
    return sympy.Sum(*args) if isinstance(tree, sympy.Sum) else tree.func(*args, evaluate=False)


_DOTS = {r" \\ ": r"\vdots", " & ": r"\dots"}


def _read_side(latex):
    match = re.fullmatch(r"\\begin\{bmatrix\} (.+) \\end\{bmatrix\}(\^\\top)?", latex)
    if match is None:
        return read_expression(latex)
    separator = " & " if match[2] else r" \\ "
    entries = match[1].split(separator)
    if len(entries) != 3 or entries[1] != _DOTS[separator]:
        raise UnreadableError(f"expected first entry, dots, last entry: {latex!r}")
    return Column(read_expression(entries[0]), read_expression(entries[2]))


def split_at_relations(latex):
    """Split at the relation signs that stand in no braces; return the sides and the signs."""
    depth, sides, signs = 0, [""], []
    for token in re.findall(r"\\[A-Za-z]+|\\.|.", latex):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token in _RELATIONS and depth == 0:
            sides.append("")
            signs.append(token)
        else:
            sides[-1] += token
    return [side.strip() for side in sides], signs


def read_statement(latex):
    r"""Parse an equation, for example ``H_i(p) = -\log(p) \quad \text{if } y_i = 1``."""
    match = re.fullmatch(rf"(.+?)(?: \\quad \\text\{{if \}} ({_CONDITION}))?", collapse(latex))
    if match is None:
        raise UnreadableError(f"nothing to read in {latex!r}")
    sides, signs = split_at_relations(match[1])
    if len(set(signs)) != 1:
        raise UnreadableError(f"expected one relation in {latex!r}")
    condition = match[2] and tuple(map(read_expression, split_at_relations(match[2])[0]))
    return Statement(tuple(map(_read_side, sides)), signs[0], condition)
