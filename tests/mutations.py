r"""Ways to spoil an equation: each maps its LaTeX to mutants that say something else, or nothing.

A mutation that does not apply to an equation gives no mutant of it.
"""

import re

_RELATION = re.compile(r" (?:=|\\approx|\\preceq) ")


def _each(pattern, replacement):
    """Replace one occurrence at a time, on the right side only."""

    def mutants(latex):
        for match in re.compile(pattern).finditer(latex, _RELATION.search(latex).start()):
            new = replacement(match) if callable(replacement) else match.expand(replacement)
            yield latex[: match.start()] + new + latex[match.end() :]

    return mutants


def _whole(pattern, replacement):
    """Replace all occurrences at once, on both sides."""

    def mutants(latex):
        changed = re.sub(pattern, replacement, latex)
        return [changed] if changed != latex else []

    return mutants


def _other_label(match):
    return {"y_i": "(1 - y_i)", "1 - y_i": "y_i"}[match[0]]


def _next_number(match):
    return str(int(match[0]) + 1)


def _other_relation(match):
    return "=" if match[0] != "=" else r"\approx"


_VECTOR = r"(?<!\\top )\\vec x_i(?!\)|\^)"
MUTATIONS = {
    "a minus dropped": _each(r"-", " "),
    "a minus turned into plus": _each(r"-", "+"),
    "a plus turned into minus": _each(r"\+", "-"),
    "a leading minus": _each(r"(?<= = )(?!-|\\vec 0)", "-"),
    "a feature missing": _each(r"\(\\vec x_i\)_j", "1"),
    "a feature of another index": _each(r"\(\\vec x_i\)_j", r"(\\vec x_i)_k"),
    "a vector missing": _each(_VECTOR, "1"),
    "a row for a column": _each(_VECTOR, r"\\vec x_i^\\top"),
    "a square lost": _each(r"\^2", ""),
    "another power": _each(r"\^2", "^3"),
    "labels swapped": _whole(r"1 - y_i|y_i(?! = )", _other_label),
    "1 + y for 1 - y": _each(r"1 - y_i", "1 + y_i"),
    "the other label": _each(r"(?<=y_i = )[01]", lambda match: str(1 - int(match[0]))),
    "p for p(1 - p)": _each(r"\(1 - (?:p_i\(\\vec w\)|\\sigma\(z\)|p)\)", "(1)"),
    "an exponential missing": _each(r"e\^\{[^{}]*\}", "1"),
    "an exponent without its sign": _each(r"e\^\{-", "e^{"),
    "an exponent with a sign": _each(r"e\^\{(?!-)", "e^{-"),
    "a free p for the function": _each(r"p_i\(\\vec w\)", "p"),
    "the function for a free p": _each(r"(?<=[( {])p(?=[ )}])", r"p_i(\\vec w)"),
    "a logarithm missing": _each(r"\\log", ""),
    "the arguments of H swapped": _each(r"\\log\(p\)", r"\\log(y_i)"),
    "a fraction upside down": _each(
        r"\\frac(\{[^{}]*\})(\{[^{}]*\})", lambda m: rf"\frac{m[2]}{m[1]}"
    ),
    "another number": _each(r"(?<=[{ (=])\d", _next_number),
    "a derivative of something else": _each(r"\\partial (H_i|p_i|\\ell_i)", r"\\partial L"),
    "a derivative in another weight": _each(r"\\partial w_j", r"\\partial w_k"),
    "the last entry for the first": _each(r"w_1", "w_d"),
    "the first entry for the last": _each(r"w_d", "w_1"),
    "no dots": _each(r" \\vdots \\\\", ""),
    "a row of partial derivatives": _each(r"\\end\{bmatrix\}", r"\\end{bmatrix}^\\top"),
    "a sum for a mean": _each(r"\\frac\{1\}\{n\}", ""),
    "n and d confused": _each(r"(?<=\{)[nd](?=\})", lambda m: {"n": "d", "d": "n"}[m[0]]),
    "X for its transpose": _each(r"X\^\\top", "X"),
    "the residual turned around": _each(r"\\mathbf p - \\mathbf y", r"\\mathbf y - \\mathbf p"),
    "an inner product": _each(r"\\vec x_i \\vec x_i\^\\top", r"\\vec x_i^\\top \\vec x_i"),
    # the gradient checks
    "another relation": _each(r"(?<= )(?:=|\\approx|\\preceq)(?= )", _other_relation),
    "a one-sided difference": _each(r"\(\\vec w [+-] h \\vec e_j\)", r"(\\vec w)"),
    "a step along another axis": _each(r"\\vec e_j", r"\\vec e_k"),
    "a step along all axes": _each(r"h \\vec e_j", r"h \\vec w"),
    "a real step": _each(r"i h", "h"),
    "a whole value for its imaginary part": _each(r"\\operatorname\{Im\} ", ""),
    "a step forgotten": _each(r"(?<![a-z])h(?![a-z])", "1"),
    "another derivative": _each(r"f'+", lambda match: "f'" if "''" in match[0] else "f'''"),
    "the function for a derivative": _each(r"f'+", "f"),
    "a remainder of a lower order": _each(r"O\(h\^4\)", "O(h^3)"),
    "a remainder of a higher order": _each(r"O\(h\^4\)", "O(h^6)"),
    "no remainder": _each(r" \+ O\(h\^4\)", ""),
    "no rounding": _each(r" \+ \\frac\{\\varepsilon\}\{h\} \|f\(w\)\|", ""),
    "a slope dropped": _each(r"[ab]'", lambda match: match[0][0]),
    "epsilon squared": _each(r"\\epsilon", r"\\epsilon^2"),
    # floating point
    "an absolute value missing": _each(r"(?<!\\)\|([^|]*)\|", r"\1"),
    "an absolute value too many": _each(r"(?<!\|)(?:z|t_i)", lambda match: f"|{match[0]}|"),
    "a min for a max": _each(r"\\max", r"\\min"),
    "a max with another number": _each(r"(?<=\\max\()(z|t_i), 0", r"\1, 1"),
    "a max for its argument": _each(r"\\max\(([^,]*), 0\)", r"\1"),
    "no max": _each(r"\\max\([^)]*\) \+", ""),
    "z for t": _each(r"(?<!\|)t_i", "z_i"),  # their absolute values are the same
    "labels of +1 and -1": _each(r"\(1 - 2 y_i\)", "y_i"),
    "the sign of the label turned around": _each(r"1 - 2 y_i", "2 y_i - 1"),
    "the argument turned around": _each(r"\\sigma\(", r"\\sigma(-"),
    # the loss surface
    "a factor lost": _each(r"(?<= )\d\\,", ""),
    "a larger denominator": _each(r"4 n", "8 n"),
    "a smaller denominator": _each(r"4 n", "2 n"),
    "a denominator without its number": _each(r"4 n", "n"),
    "d for n": _each(r"4 n", "4 d"),
    "bounds exchanged": _whole(r"^0 (.*) (\\frac.*)$", r"\2 \1 0"),
    "X times its transpose": _each(r"X\^\\top X", r"X X^\\top"),
    # descent
    "a norm without its square": _each(r"(?<=\\\|)\^2", ""),
    "a norm of something else": _each(r"\\\|X\\\|", r"\\|\\vec w\\|"),
    "uphill": _each(r"- (?=\\eta|\\left)", "+ "),
    "no step size": _each(r"\\eta\\,", ""),
    "a step size of 1/eta": _each(r"\\eta\\,", r"\\frac{1}{\\eta} "),
    "the weights after the step": _each(r"\\vec w_k", r"\\vec w_{k+1}"),
    "weights without a number": _each(r"\\vec w_k", r"\\vec w"),
    "the Hessian for its inverse": _each(r"\]\^\{-1\}", "]"),
    "no Hessian": _each(r"\\left\[.*\\right\]\^\{-1\}", ""),
    "no penalty": _each(r" \+ \S*\\lambda.*$", ""),
    "a penalty of twice the size": _each(r"\\frac\{\\lambda\}\{2\}", r"\\lambda"),
    "a penalty of half the size": _each(r"\\lambda(?= \\vec)", r"\\frac{\\lambda}{2}"),
    "no penalty weight": _each(r"\\lambda(?= \\vec)", ""),
    # softmax
    "a sum dropped": _each(r"\\sum_\{[^{}]*\}\^\{[^{}]*\}", ""),
    "a sum of one term less": _each(r"(?<=\\sum_\{)(\w)=1", r"\1=2"),
    "a sum over another index": _each(r"(?<=\\sum_\{)[ijkm]", "d"),
    "another class": _each(r"(?<=[asy]_)[km]", lambda match: {"k": "m", "m": "k"}[match[0]]),
    "another class by number": _each(r"(?<=a_)[12]", lambda match: str(3 - int(match[0]))),
    "delta always 1": _each(r"\\delta_\{mk\}", "1"),
    "delta always 0": _each(r"\\delta_\{mk\} ", ""),
    "logits for probabilities": _each(r"s_(?=[km])", "a_"),
    "labels for probabilities": _each(r"s_(?=[km])", "y_"),
    "a condition dropped": _each(r" \\quad .*$", ""),
    "another number of classes": _each(r"K = 2", "K = 3"),
    "more classes than there are": _each(r"K = 2", "K = 9"),
    "labels that add up to something else": _each(r"y_m = 1", "y_m = 2"),
    "the residuals turned around": _each(r"S - Y", "Y - S"),
    "the labels forgotten": _each(r"S - Y", "S"),
    # the left side, and the whole
    "a left side about p": _whole(r"^(.*?)\\ell_i", r"\1p_i"),
    "a left side about the loss": _whole(r"^(.*?)p_i", r"\1\\ell_i"),
    "a left side about another weight": _whole(r"^(.*?)w_j", r"\1w_k"),
    "both sides about another weight": _whole(r"_j", "_k"),
    "a negative left side": _whole(r"^", "-"),
    "no left side": _whole(rf"^.*?{_RELATION.pattern}", ""),
    "the left side twice": _whole(rf"^(.*?)({_RELATION.pattern}).*$", r"\1\2\1"),
    "no relation": _whole(_RELATION.pattern, " "),
    "something behind it": _whole(r"(?<!\\vec 0)$", " z"),
    "something unreadable behind it": _whole(r"$", r" \\heartsuit"),
}
