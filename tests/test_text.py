"""What students wrote is made fit to be shown."""

import pytest

from autograder.text import as_code, as_code_block, as_table_cell, printable, writable


def test_what_steers_a_terminal_or_hides_text_is_replaced():
    assert printable("a\x1b[2J\x00\u202e\ud800σ\n\tb") == "a\ufffd[2J\ufffd\ufffd\ufffdσ\n\tb"


def test_long_text_is_cut_and_says_so():
    assert printable("x" * 10, 4) == "xxxx…"
    assert printable("x" * 4, 4) == "xxxx"


def test_any_text_can_be_written():
    assert writable("a\ud800σ").encode() == b"a?\xcf\x83"


@pytest.mark.parametrize(
    ("text", "code"),
    [("x", "`x`"), ("a\nb", "`a b`"), ("`x`", "`` `x` ``"), ("a``b", "``` a``b ```")],
)
def test_inline_code_holds_any_text(text, code):
    assert as_code(text) == code


def test_a_code_block_cannot_be_left():
    text = "```\n<script>\n````"
    assert as_code_block(text) == f"`````text\n{text}\n`````"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(formula):
    assert as_table_cell(formula).startswith("'")


def test_plain_cells_stay_as_they_are():
    assert as_table_cell("not a square") == "not a square"
    assert as_table_cell("") == ""
