"""The checks under attack: every equation, mutated in every way that applies to it.

The mutants are made of the book's own equations. `check` knows the definitions only, so a
mutant that stands in the table as well is rejected all the same.
"""

import re
from pathlib import Path

import pytest
from equation_sources import latex_by_number
from latex_reader import collapse
from mutations import MUTATIONS
from proofs.checking import LEFT_SIDES, check

from crossentropy.derivation import PRINTED_7

LATEX = latex_by_number(Path(__file__).parents[1])
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
        if LEFT_SIDES[other] != LEFT_SIDES[number]:
            with pytest.raises(AssertionError):
                check(number, latex)


TOKEN = r"\\\||\\[A-Za-z]+|[A-Za-z0-9()\[\]{}^_+/=|'-]|(?<!\\),"
SILENT = {r"\cdot"}  # a product is one without the sign, too


@pytest.mark.parametrize("number", LATEX)
def test_an_equation_that_lacks_a_token_is_rejected(number):
    latex = LATEX[number]
    for match in re.finditer(TOKEN, latex):
        mutant = latex[: match.start()] + latex[match.end() :]
        if match[0] not in SILENT:
            with pytest.raises(AssertionError):
                check(number, mutant)
