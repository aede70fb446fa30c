r"""Translates the book's notation into plain algebra.

SymPy's grammar reads plain algebra only, so the book's LaTeX is first translated, phrase by
phrase, by the explicit table `NOTATION`; what the table does not know is refused when the
result is parsed, or has no meaning when it is evaluated.
"""

import re

from latex_reader import collapse

# Left, the book's notation; right, what SymPy's grammar can read. The first phrase that fits
# wins, so longer phrases stand first. INDEX is an index of a weight, feature or class.
NOTATION = (
    # derivatives
    (r"\frac{\partial \ell_i}{\partial w_INDEX}(\vec w)", r"\slopeofloss_{INDEX}"),
    (r"\frac{\partial p_i}{\partial w_INDEX}(\vec w)", r"\slopeofp_{INDEX}"),
    (r"\frac{\partial f}{\partial w_INDEX}(\vec w)", r"\slopeoff_{INDEX}"),
    (r"\frac{\partial H_i}{\partial p}(p_i(\vec w))", r"\slopeofHatpi"),
    (r"\frac{\partial H_i}{\partial p}(p)", r"\slopeofH"),
    (r"\frac{\partial s_m}{\partial a_k}", r"\slopeofsoftmax"),
    (r"\frac{\partial H}{\partial a_INDEX}", r"\slopeofsoftentropy_{INDEX}"),
    (r"\frac{d\sigma}{dz}(z)", r"\slopeofsigma"),
    (r"\frac{d^2 q}{dz^2}(z)", r"\curvatureofq"),
    (r"\frac{\partial}{\partial w_INDEX}", r"\differentiate_{INDEX} \cdot "),
    (r"\nabla_{\vec w} \ell_i(\vec w)", r"\gradientofloss"),
    (r"\nabla p_i(\vec w)", r"\gradientofp"),
    (r"\nabla L_\lambda(\vec w)", r"\gradientofregularised"),
    (r"\nabla L(\vec w_k)", r"\gradientnow"),
    (r"\nabla L(\vec w)", r"\gradientofmean"),
    (r"\nabla L(W)", r"\gradientinclasses"),
    (r"\nabla^2 L(\vec w_k)", r"\hessiannow"),
    (r"\nabla^2 L(\vec w)", r"\hessianofmean"),
    (r"f'''(w)", r"\thirdslope"),
    (r"f'(w)", r"\firstslope"),
    # functions
    (r"\ell_i(\vec w)", r"\loss"),
    (r"L_\lambda(\vec w)", r"\regularised"),
    (r"L(\vec w)", r"\mean"),
    (r"H_i(p)", r"\entropy"),
    (r"E(h)", r"\errorbound"),
    (r"q(z)", r"\squared"),
    (r"p_i(\vec w)", r"\prob"),
    (r"\sigma(z)", r"\sigmaofz"),
    (r"\sigma(", r"\logistic("),
    (r"\operatorname{Im} f(", r"\imaginarypartoff("),
    # numbers, vectors and matrices
    (r"\vec w^\top \vec x_i", r"\logit"),
    (r"\vec w_{k+1}", r"\wnext"),
    (r"\vec w_k", r"\wnow"),
    (r"\|\vec w\|", r"\normofw"),
    (r"\|X\|", r"\normofX"),
    (r"\vec w", r"\wcolumn"),
    (r"\vec e_INDEX", r"\unit_{INDEX}"),
    (r"\vec v^\top", r"\vrow"),
    (r"\vec v", r"\vcolumn"),
    (r"\vec 0", r"\zerocolumn"),
    (r"(\vec x_i)_INDEX", r"x_{INDEX}"),
    (r"\vec x_i^\top", r"\xrow"),
    (r"\vec x_i", r"\xcolumn"),
    (r"X^\top", r"\Xtransposed"),
    (r"\mathbf p", r"\pcolumn"),
    (r"\mathbf y", r"\ycolumn"),
    (r"\delta_{mk}", r"\kronecker"),
    (r"a'", r"\aprime"),
    (r"b'", r"\bprime"),
    (r"w_INDEX", r"w_{INDEX}"),
    (r"a_INDEX", r"a_{INDEX}"),
    (r"s_INDEX", r"s_{INDEX}"),
    (r"y_i", r"y_{i}"),
    (r"y_INDEX", r"y_{INDEX}"),
    (r"z_i", r"z_{i}"),
    (r"t_i", r"t_{i}"),
    (r"d", r"\features"),  # bare, it would be taken for a differential
    (r"n", r"\samples"),
    (r"K", r"\classes"),
)

# What a bracket behind it makes a function value; any other symbol is a factor.
FUNCTIONS = (r"\log", r"\logistic", r"\positivepart", r"\absolute", r"\imaginarypartoff")
FUNCTIONS += ("f", "O")


def _pattern(phrase):
    """Match a phrase of the notation, never the beginning or the end of a longer word."""
    before = r"(?<![A-Za-z\\])" if phrase[0].isalpha() else ""
    after = r"(?![A-Za-z0-9])" if phrase[-1].isalpha() else r"(?!')" if phrase[-1] == "'" else ""
    return re.compile(before + re.escape(phrase).replace("INDEX", "(?P<index>[jkmd12])") + after)


_TRANSLATIONS = [(_pattern(phrase), symbol) for phrase, symbol in NOTATION]


def to_plain_algebra(latex):
    r"""Translate the book's notation into what SymPy's grammar reads.

    >>> print(to_plain_algebra(r"y_i\,(1 - p_i(\vec w))"))
    y_{i} \cdot (1 - \prob)
    """
    text = re.sub(r"\\(left|right)(?![A-Za-z])", "", latex)
    text = collapse(text.replace(r"\,", " ").replace(r"\dfrac", r"\frac"))
    text = re.sub(r"\\max\(([^(),]+), 0\)", r"\\positivepart(\1)", text)
    text = re.sub(r"(?<!\\)\|([^|]+)(?<!\\)\|", r"\\absolute(\1)", text)
    for pattern, symbol in _TRANSLATIONS:
        text = pattern.sub(
            lambda match, s=symbol: s.replace("INDEX", match.groupdict().get("index", "")), text
        )
    return _with_explicit_products(text.replace("[", "(").replace("]", ")"))


def _with_explicit_products(text):
    """Put a product sign where SymPy would call a function, or multiply a bracket out."""
    text = re.sub(r"(^|[({])\s*-\s*\(", r"\1-1 \\cdot (", text)
    return re.sub(
        r"(\\?[A-Za-z]+(?:_\{\w+\})?)\s*\(",
        lambda match: match[0] if match[1] in (*FUNCTIONS, r"\cdot") else rf"{match[1]} \cdot (",
        text,
    )
