"""The book displays the table's equations: each once, in order, in its chapter, by its number."""

import json
import re
from pathlib import Path

import pytest
from latex_reader import (
    Displayed,
    UnreadableError,
    book_pages,
    displayed_equations,
    page_text,
    read_book,
    without_code,
)
from proofs.reading import read_expression, read_statement

from crossentropy.derivation import EQUATIONS, PRINTED_7, SECTIONS

ROOT = Path(__file__).parents[1]
NUMBERS = list(EQUATIONS)


def expected_display(root):
    """Return what the chapters that the book has must display: their sections of the table."""
    return [
        Displayed(equation.number, equation.latex, notebook.name)
        for notebook in sorted((root / "chapters").glob("*.ipynb"))
        for equation in SECTIONS.get(notebook.stem, ())
    ]


def check_display(displayed, expected):
    """Assert that the numbered equations are as expected, and none is shown again without."""
    assert [equation for equation in displayed if equation.number is not None] == expected
    known = {equation.latex for equation in expected}
    for equation in displayed:
        assert equation.number or equation.latex not in known, f"shown again: {equation}"


def test_the_numbers_are_1_to_15_of_the_exercise_and_a_1_onwards_of_the_book():
    exercise = [number for number in NUMBERS if not number.startswith("A")]
    added = [number for number in NUMBERS if number.startswith("A")]
    assert exercise == [str(n) for n in range(1, 16)]
    numbers = {f"A.{n}" for n in range(1, len(added) + 1)}
    assert set(added) == numbers, "the numbers of the book leave one out"
    assert [equation.number for equation in EQUATIONS.values()] == NUMBERS


def test_no_number_stands_in_two_sections():
    assert len(EQUATIONS) == sum(len(section) for section in SECTIONS.values())


def test_each_chapter_displays_each_equation_of_its_section_once_and_in_order():
    check_display(read_book(ROOT), expected_display(ROOT))


def test_the_slip_as_printed_is_displayed_once_and_without_a_number():
    slips = [equation for equation in read_book(ROOT) if equation.latex == PRINTED_7.latex]
    assert [equation.number for equation in slips] == [None]


def double_bars_in_tables(text):
    r"""Return the formulas in tables that have a ``\|``, which a table shows as a single bar."""
    rows = re.findall(r"^[ >]*\|.*", without_code(text), re.M)
    formulas = [formula for row in rows for formula in re.findall(r"(?<!\\)\$[^$]+\$", row)]
    return [formula for formula in formulas if r"\|" in formula]


@pytest.mark.parametrize("page", book_pages(ROOT), ids=lambda page: page.name)
def test_no_table_turns_the_bars_of_a_norm_into_those_of_an_absolute_value(page):
    assert double_bars_in_tables(page_text(page)) == []


def test_the_guard_finds_a_double_bar_in_a_table_alone():
    text = "A norm $\\|b\\|$.\n\n| $a$ | `\\|` |\n|---|---|\n| $\\|X\\|$ | $\\Vert X\\Vert$ |\n"
    assert double_bars_in_tables(text) == [r"$\|X\|$"]


# --------------------------------------------------------------------------- attacks


def block(number, latex):
    return f"$$\n{latex}\n\\tag{{{number}}}\n$$\n"


BLOCKS = [block(number, equation.latex) for number, equation in EQUATIONS.items()]
PAGE = "\n".join(BLOCKS)
ON_PAGE = [Displayed(equation.number, equation.latex, "") for equation in EQUATIONS.values()]


def markdown(section):
    """Return a Markdown cell that displays the equations of a section."""
    blocks = [block(equation.number, equation.latex) for equation in SECTIONS[section]]
    return "markdown", "\n".join(blocks).splitlines(keepends=True)


@pytest.fixture
def small_book(tmp_path):
    """Write a book of an index and notebooks, each given as a list of cells."""

    def write(**notebooks):
        (tmp_path / "chapters").mkdir()
        (tmp_path / "index.md").write_text("# Index\n\nNo equation.\n")
        for name, cells in notebooks.items():
            content = {"cells": [{"cell_type": kind, "source": text} for kind, text in cells]}
            (tmp_path / "chapters" / f"{name}.ipynb").write_text(json.dumps(content))
        return tmp_path

    return write


@pytest.mark.parametrize("last", range(1, len(SECTIONS) + 1))
def test_a_book_that_is_written_from_the_table_passes_with_the_chapters_it_has(last, small_book):
    rest = ("code", "print(1)"), ("markdown", "The end.")
    chapters = {name: [markdown(name), *rest] for name in list(SECTIONS)[:last]}
    book = small_book(**chapters)
    check_display(read_book(book), expected_display(book))


def test_each_chapter_that_is_there_must_display_its_own_section(small_book):
    first, second, *_ = SECTIONS
    book = small_book(**{first: [markdown(first), markdown(second)], second: []})
    with pytest.raises(AssertionError):
        check_display(read_book(book), expected_display(book))


def test_a_chapter_without_a_section_may_be(small_book):
    book = small_book(**{"10_more": [("markdown", "$$\nx = 1\n$$")]})
    check_display(read_book(book), expected_display(book))


def test_a_chapter_without_a_section_may_number_nothing(small_book):
    book = small_book(**{"10_more": [("markdown", BLOCKS[9])]})
    with pytest.raises(AssertionError):
        check_display(read_book(book), expected_display(book))


def test_equations_in_folded_text_and_in_directives_are_read():
    folded = f"<details>\n<summary>Step</summary>\n\n{BLOCKS[0]}\n</details>\n"
    note = f"```{{note}}\n{BLOCKS[1]}```\n"
    assert [e.number for e in displayed_equations(folded + note)] == NUMBERS[:2]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PAGE + BLOCKS[9], id="displayed twice"),
        pytest.param(PAGE + BLOCKS[9].replace("\\tag{A.8}", ""), id="again without its number"),
        pytest.param(PAGE.replace("\\tag{8}", ""), id="tag missing"),
        pytest.param(PAGE.replace("\\tag{8}", "\\tag{16}"), id="unknown number"),
        pytest.param(PAGE.replace("\\tag{8}", "\\tag{9}"), id="same number twice"),
        pytest.param(
            PAGE.replace("\\tag{8}", "\\tag{0}")
            .replace("\\tag{9}", "\\tag{8}")
            .replace("\\tag{0}", "\\tag{9}"),
            id="numbers swapped",
        ),
        pytest.param("\n".join(reversed(BLOCKS)), id="out of order"),
        pytest.param(PAGE.replace(BLOCKS[8], f"<!--\n{BLOCKS[8]}-->"), id="commented out"),
        pytest.param(PAGE.replace(BLOCKS[8], f"```\n{BLOCKS[8]}```"), id="shown as code"),
        pytest.param(PAGE.replace(BLOCKS[8], ""), id="left out"),
        pytest.param(PAGE.replace("[p_i(\\vec w) - y_i]", "[y_i - p_i(\\vec w)]"), id="changed"),
    ],
)
def test_a_book_that_is_not_the_table_is_rejected(page):
    with pytest.raises(AssertionError):
        check_display(displayed_equations(page), ON_PAGE)


@pytest.mark.parametrize(
    "page",
    [
        "$$ a = b \\tag{1} \\tag{2} $$",
        "$$ \\tag{1} a = b $$",
        "$$ a = b \\tag*{1} $$",
        "$$ a = b % c \n\\tag{1} $$",
        "$$ a = b",
        "$a = b \\tag{1}$",
        "\\begin{equation} a = b \\tag{1} \\end{equation}",
        "\\begin{align} a = b \\end{align}",
        "\\[ a = b \\]",
        "```{math}\n:label: eq-1\na = b\n```",
    ],
)
def test_an_equation_that_is_displayed_in_another_way_is_an_error(page):
    with pytest.raises(UnreadableError):
        displayed_equations(page)


def test_the_page_of_the_attacks_passes_unchanged():
    check_display(displayed_equations(PAGE), ON_PAGE)


def test_a_tag_that_code_displays_is_an_error(small_book):
    code = ("code", r"Math(r'a = b \tag{1}')")
    book = small_book(**{"01_logistic_function": [markdown("01_logistic_function"), code]})
    with pytest.raises(UnreadableError, match="outside the Markdown cells"):
        read_book(book)


def test_a_folder_without_notebooks_is_an_error(tmp_path):
    with pytest.raises(UnreadableError, match="no notebook"):
        read_book(tmp_path)


# --------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "latex",
    [
        r"p_i(\vec w) )",
        r"(p",
        r"(p]",
        r"\left(p)",
        r"\vec u",
        r"\frac{\partial q_i}{\partial w_j}(\vec w)",
        r"\text{p}",
        r"2 3",
        r"p!",
        r"|p",
        r"|p| z|",
        r"\|p\|",
        r"\max(p, 1)",
        r"\max(p)",
        r"f''(w)",
        r"p'",
        r"a''",
        r"\nabla L(\vec w_{k+1})",
        r"0.5 p",
        r"\int p",
        r"\sin(p)",
        r"f(p)\sqrt{p}",
        r"-",
        r"",
    ],
)
def test_what_is_not_fully_understood_is_an_error(latex):
    with pytest.raises(UnreadableError):
        read_expression(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"p",
        r"p = ",
        r"p = z \text{ if } y_i = 1",
        r"p = z \quad \text{if } y_i = 2",
        r"p = z \quad \text{if } K = K",
        r"p = z \approx 1",
        r"p \approx",
        r"\nabla p_i(\vec w) = \begin{bmatrix} w_1 \\ w_d \end{bmatrix}",
        r"\nabla p_i(\vec w) = \begin{bmatrix} w_1 & \vdots & w_d \end{bmatrix}",
        r"\nabla p_i(\vec w) = \begin{bmatrix} w_1 \\ \vdots \\ w_d",
    ],
)
def test_what_is_no_statement_is_an_error(latex):
    with pytest.raises(UnreadableError):
        read_statement(latex)


def test_a_symbol_before_a_bracket_is_a_factor_and_no_function():
    assert str(read_expression(r"y_i(1 - p)")) == "y_{i}*(1 - p)"


@pytest.mark.parametrize("latex", [r"\sigma(t_i)", "f(w)", "|z|", r"\max(z, 0)"])
def test_a_function_of_the_book_before_a_bracket_is_called(latex):
    assert read_expression(latex).is_Function


def test_neighbouring_absolute_values_are_two():
    assert str(read_expression("|a| + b |c|")) == "b*absolute(c) + absolute(a)"


def test_the_free_p_and_the_function_p_are_different_symbols():
    assert read_expression("p") != read_expression(r"p_i(\vec w)")


def test_a_feature_and_the_vector_are_different_symbols():
    assert read_expression(r"(\vec x_i)_j") != read_expression(r"\vec x_i")


def test_white_space_makes_no_difference():
    page = displayed_equations("$$\na  =\n b \\tag{1}\n$$", "page")
    assert page == [Displayed("1", "a = b", "page")]
