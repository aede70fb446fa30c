r"""Reads the numbered equations out of the book's own source, and parses them with SymPy.

A numbered equation is a ``$$`` block that ends in ``\tag{...}``. SymPy's grammar reads plain
algebra only, so the book's notation is first translated, phrase by phrase, by the explicit
table `NOTATION`; whatever the table does not know makes the reading fail.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

import sympy
from sympy.parsing.latex import parse_latex
from sympy.parsing.latex.errors import LaTeXParsingError


class UnreadableError(AssertionError):
    """An equation, or a page, that cannot be read with certainty."""


# --------------------------------------------------------------------------- pages


@dataclass(frozen=True)
class Displayed:
    """A displayed equation; its number is None where it carries no tag."""

    number: str | None
    latex: str
    page: str


def book_pages(root):
    """Return the pages of the book below `root`, in reading order."""
    chapters = root / "chapters"
    pages = [
        *root.glob("index.md"),
        *sorted(chapters.glob("*.ipynb")),
        *sorted(chapters.glob("*.md")),
        *sorted((chapters / "reference").glob("*.md")),
        *sorted((chapters / "reference").glob("*.ipynb")),
    ]
    if not any(page.suffix == ".ipynb" for page in pages):
        raise UnreadableError(f"no notebook below {root}")
    return pages


def page_text(path):
    """Return what a page says in Markdown; nothing else in it may carry a tag."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] != "markdown" and r"\tag{" in json.dumps(cell):
            raise UnreadableError(f"{path.name}: a tag outside the Markdown cells")
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def without_code(text):
    """Remove what a page does not show as prose: comments, literal blocks, code spans.

    A fence that opens a directive, such as ``{note}``, holds prose; ``{code-cell}`` does not.
    """
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    literal = r"^ {0,3}(`{3,}|~{3,})(?!\s*\{(?!code-cell)).*?^ {0,3}\1[`~]*\s*?$"
    text = re.sub(literal, "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)", "", text)


def collapse(latex):
    """Make all runs of white space equal."""
    return " ".join(latex.split())


# Tags, directives and environments that would display an equation past this reader.
_OTHER_DISPLAYS = re.compile(
    r"\\tag|\\label|:label:|\{math\}|\\\[|\\begin\{(?:equation|align|gather|multline)"
)


def displayed_equations(text, page=""):
    """Return the displayed equations of a page's text, in order."""
    pieces = re.split(r"(?<!\\)\$\$", without_code(text))
    if len(pieces) % 2 == 0:
        raise UnreadableError(f"{page}: a $$ without its partner")
    for prose in pieces[::2]:
        if match := _OTHER_DISPLAYS.search(prose):
            raise UnreadableError(f"{page}: displayed outside a $$ block: {match[0]}")
    return [_displayed(block, page) for block in pieces[1::2]]


def _displayed(block, page):
    if r"\tag" not in block:
        return Displayed(None, collapse(block), page)
    match = re.fullmatch(r"(.+)\\tag\{([A-Z0-9.]+)\}", block.strip(), flags=re.DOTALL)
    if match is None or r"\tag" in match[1] or "%" in match[1]:
        raise UnreadableError(f"{page}: expected one tag, at the end of {block}")
    return Displayed(match[2], collapse(match[1]), page)


def read_book(root):
    """Return every displayed equation of the book below `root`, in reading order."""
    return [
        equation
        for path in book_pages(root)
        for equation in displayed_equations(page_text(path), path.name)
    ]


# --------------------------------------------------------------------------- equations

# Left, the book's notation; right, a symbol that SymPy's grammar can read. The first phrase
# that fits wins, so longer phrases stand first. INDEX is the index of a weight or feature.
NOTATION = (
    (r"\frac{\partial \ell_i}{\partial w_INDEX}(\vec w)", r"\slopeofloss_{INDEX}"),
    (r"\frac{\partial p_i}{\partial w_INDEX}(\vec w)", r"\slopeofp_{INDEX}"),
    (r"\frac{\partial H_i}{\partial p}(p_i(\vec w))", r"\slopeofHatpi"),
    (r"\frac{\partial H_i}{\partial p}(p)", r"\slopeofH"),
    (r"\frac{d\sigma}{dz}(z)", r"\slopeofsigma"),
    (r"\frac{\partial}{\partial w_INDEX}", r"\differentiate_{INDEX} \cdot "),
    (r"\nabla_{\vec w} \ell_i(\vec w)", r"\gradientofloss"),
    (r"\nabla p_i(\vec w)", r"\gradientofp"),
    (r"\nabla L(\vec w)", r"\gradientofmean"),
    (r"\nabla^2 L(\vec w)", r"\hessianofmean"),
    (r"\ell_i(\vec w)", r"\loss"),
    (r"L(\vec w)", r"\mean"),
    (r"H_i(p)", r"\entropy"),
    (r"p_i(\vec w)", r"\prob"),
    (r"\sigma(-z)", r"\sigmaofminusz"),
    (r"\sigma(z)", r"\sigmaofz"),
    (r"\vec w^\top \vec x_i", r"\logit"),
    (r"(\vec x_i)_INDEX", r"x_{INDEX}"),
    (r"\vec x_i^\top", r"\xrow"),
    (r"\vec x_i", r"\xcolumn"),
    (r"X^\top", r"\Xtransposed"),
    (r"\mathbf p", r"\pcolumn"),
    (r"\mathbf y", r"\ycolumn"),
    (r"w_INDEX", r"w_{INDEX}"),
    (r"y_i", r"y_{i}"),
    (r"z_i", r"z_{i}"),
    (r"d", r"\features"),  # bare, it would be taken for a differential
    (r"n", r"\samples"),
)

_NODES = (sympy.Symbol, sympy.Integer, sympy.Add, sympy.Mul, sympy.Pow, sympy.log, sympy.Sum)
_NODES += (sympy.Tuple, type(sympy.E))  # the limits of a sum, the base of a logarithm


@dataclass(frozen=True)
class Column:
    """A column (first, ..., last), written with dots."""

    first: sympy.Expr
    last: sympy.Expr


@dataclass(frozen=True)
class Statement:
    """Sides that are said to be equal, perhaps only for one value of the label."""

    sides: tuple
    label: int | None = None


def _pattern(phrase):
    """Match a phrase of the notation, never the beginning or the end of a longer word."""
    before = r"(?<![A-Za-z\\])" if phrase[0].isalpha() else ""
    after = r"(?![A-Za-z0-9])" if phrase[-1].isalpha() else ""
    return before + re.escape(phrase).replace("INDEX", "(?P<index>[jk1d])") + after


def to_plain_algebra(latex):
    r"""Translate the book's notation into what SymPy's grammar reads.

    >>> print(to_plain_algebra(r"y_i\,(1 - p_i(\vec w))"))
    y_{i} \cdot (1 - \prob)
    """
    text = re.sub(r"\\(left|right)(?![A-Za-z])", "", latex)
    text = collapse(text.replace(r"\,", " ").replace(r"\dfrac", r"\frac"))
    for phrase, symbol in NOTATION:
        text = re.sub(
            _pattern(phrase),
            lambda match, s=symbol: s.replace("INDEX", match.groupdict().get("index", "")),
            text,
        )
    return _with_explicit_products(text.replace("[", "(").replace("]", ")"))


def _with_explicit_products(text):
    """Put a product sign where SymPy would call a function, or multiply a bracket out."""
    text = re.sub(r"(^|[({])\s*-\s*\(", r"\1-1 \\cdot (", text)
    return re.sub(
        r"(\\?[A-Za-z]+(?:_\{\w\})?)\s*\(",
        lambda match: match[0] if match[1] in (r"\log", r"\cdot") else rf"{match[1]} \cdot (",
        text,
    )


@cache
def read_expression(latex):
    """Parse one side of an equation; raise `UnreadableError` unless all of it is understood."""
    text = to_plain_algebra(latex)
    for left, right in ("{}", "()", "[]", (r"\left", r"\right")):
        if latex.count(left) != latex.count(right):
            raise UnreadableError(f"{left} and {right} do not match in {latex!r}")
    if re.search(r"\d\s+\d|\\text|\\vec|\\mathbf|\\partial|\\nabla", text):
        raise UnreadableError(f"unknown notation: {latex!r}, translated: {text!r}")
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


def split_at_equals(latex):
    """Split at the equals signs that stand in no braces."""
    depth, sides = 0, [""]
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "=" and depth == 0:
            sides.append("")
        else:
            sides[-1] += character
    return [side.strip() for side in sides]


def read_statement(latex):
    r"""Parse an equation, for example ``H_i(p) = -\log(p) \quad \text{if } y_i = 1``."""
    match = re.fullmatch(r"(.+?)(?: \\quad \\text\{if \} y_i = ([01]))?", collapse(latex))
    if match is None:
        raise UnreadableError(f"nothing to read in {latex!r}")
    sides = tuple(_read_side(side) for side in split_at_equals(match[1]))
    if len(sides) < 2:
        raise UnreadableError(f"no equals sign in {latex!r}")
    return Statement(sides, None if match[2] is None else int(match[2]))
