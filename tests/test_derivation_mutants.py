"""The checks under attack: every equation, mutated in every way that applies to it.

The mutants are made of the notebooks' own equations. `check` knows the definitions only, so a
mutant that stands in the table as well is rejected all the same.
"""

import re
from pathlib import Path

import pytest
from latex_reader import collapse, read_book
from line_proof import LEFT_SIDES, check

from crossentropy.derivation import PRINTED_7

BOOK = read_book(Path(__file__).parents[1])
LATEX = {e.number: e.latex for e in BOOK if e.number in LEFT_SIDES}


def _each(pattern, replacement):
    """Replace one occurrence at a time, on the right side only."""

    def mutants(latex):
        for match in re.compile(pattern).finditer(latex, latex.index(" = ")):
            new = replacement(match) if callable(replacement) else replacement
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


def _upside_down(match):
    return rf"\frac{match[2]}{match[1]}"


VECTOR = r"(?<!\\top )\\vec x_i(?!\)|\^)"
MUTATIONS = {
    "a minus dropped": _each(r"-", " "),
    "a minus turned into plus": _each(r"-", "+"),
    "a plus turned into minus": _each(r"\+", "-"),
    "a leading minus": _each(r"(?<= = )(?!-)", "-"),
    "a feature missing": _each(r"\(\\vec x_i\)_j", "1"),
    "a feature of another index": _each(r"\(\\vec x_i\)_j", r"(\vec x_i)_k"),
    "a vector missing": _each(VECTOR, "1"),
    "a row for a column": _each(VECTOR, r"\vec x_i^\top"),
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
    "the function for a free p": _each(r"(?<=[( {])p(?=[ )}])", r"p_i(\vec w)"),
    "a logarithm missing": _each(r"\\log", ""),
    "the arguments of H swapped": _each(r"\\log\(p\)", r"\log(y_i)"),
    "a fraction upside down": _each(
        r"\\frac(\{[^{}]*\})(\{[^{}]*\})", lambda m: rf"\frac{m[2]}{m[1]}"
    ),
    "another number": _each(r"(?<=[{ (=])\d", _next_number),
    "a derivative of something else": _each(r"\\partial (H_i|p_i|\\ell_i)", r"\partial L"),
    "a derivative in another weight": _each(r"\\partial w_j", r"\partial w_k"),
    "the last entry for the first": _each(r"w_1", "w_d"),
    "the first entry for the last": _each(r"w_d", "w_1"),
    "no dots": _each(r" \\vdots \\\\", ""),
    "a row of partial derivatives": _each(r"\\end\{bmatrix\}", r"\end{bmatrix}^\top"),
    "a sum for a mean": _each(r"\\frac\{1\}\{n\}", ""),
    "n and d confused": _each(r"(?<=\{)[nd](?=\})", lambda m: {"n": "d", "d": "n"}[m[0]]),
    "X for its transpose": _each(r"X\^\\top", "X"),
    "the residual turned around": _each(r"\\mathbf p - \\mathbf y", r"\mathbf y - \mathbf p"),
    "an inner product": _each(r"\\vec x_i \\vec x_i\^\\top", r"\vec x_i^\top \vec x_i"),
    "a left side about p": _whole(r"^(.*?)\\ell_i", r"\1p_i"),
    "a left side about the loss": _whole(r"^(.*?)p_i", r"\1\\ell_i"),
    "a left side about another weight": _whole(r"^(.*?)w_j", r"\1w_k"),
    "both sides about another weight": _whole(r"_j", "_k"),
    "a negative left side": _whole(r"^", "-"),
    "no left side": _whole(r"^.*? = ", ""),
    "the left side twice": _whole(r"^(.*?) = .*$", r"\1 = \1"),
    "no equals sign": _whole(r" = ", " "),
    "something behind it": _whole(r"$", " z"),
    "something unreadable behind it": _whole(r"$", r" \\heartsuit"),
}
CASES = [(name, number) for name in MUTATIONS for number in LATEX]
APPLICABLE = [case for case in CASES if list(MUTATIONS[case[0]](LATEX[case[1]]))]


@pytest.mark.parametrize(("mutation", "number"), APPLICABLE)
def test_a_mutated_equation_is_rejected(mutation, number):
    for mutant in MUTATIONS[mutation](LATEX[number]):
        assert collapse(mutant) != LATEX[number]
        with pytest.raises(AssertionError):
            check(number, mutant)


def test_each_mutation_applies_somewhere():
    assert {name for name, _ in APPLICABLE} == set(MUTATIONS)


def test_line_7_as_printed_is_rejected():
    with pytest.raises(AssertionError, match=r"is not"):
        check("7", PRINTED_7.latex)


@pytest.mark.parametrize("number", LATEX)
def test_no_equation_passes_for_another(number):
    for other, latex in LATEX.items():
        if LATEX[other].split(" = ")[0] != LATEX[number].split(" = ")[0]:
            with pytest.raises(AssertionError):
                check(number, latex)


TOKEN = r"\\[A-Za-z]+|[A-Za-z0-9()\[\]{}^_+/=-]"
SILENT = {r"\cdot"}  # a product is one without the sign, too


@pytest.mark.parametrize("number", LATEX)
def test_an_equation_that_lacks_a_token_is_rejected(number):
    latex = LATEX[number]
    for match in re.finditer(TOKEN, latex):
        mutant = latex[: match.start()] + latex[match.end() :]
        if match[0] not in SILENT:
            with pytest.raises(AssertionError):
                check(number, mutant)
