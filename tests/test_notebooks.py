"""Every chapter is stored executed, in normal form, and in the house style.

That the stored outputs are what the code prints is nbval's task; it passes over a cell that
was never executed, so the guard is here.
"""

import ast
import re
from statistics import median

import nbformat
import notebooks
import pytest

CHAPTERS = notebooks.chapters()
LONGEST_CELL, USUAL_CELL = 12, 3
CONDESCENDING = re.compile(r"\b(clearly|just|simply|obviously|trivial(ly)?)\b", re.IGNORECASE)


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    """One chapter's path and its notebook."""
    return request.param, nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shows_something(source):
    """Whether a cell prints, other than in a function, or ends in an expression."""
    body = ast.parse(source).body
    run = [ast.unparse(part) for part in body if not isinstance(part, ast.FunctionDef)]
    return any("print(" in part for part in run) or isinstance(body[-1], ast.Expr)


def check_stored(notebook):
    """Raise unless every code cell is stored with its execution."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        assert cell.source.strip(), f"code cell {number} is empty"
        assert cell.execution_count == number, f"code cell {number} is stored without execution"
        assert bool(cell.outputs) == shows_something(cell.source), (
            f"code cell {number} is stored with the wrong outputs"
        )


def test_there_are_chapters():
    assert len(CHAPTERS) >= 4


def test_every_code_cell_has_a_stored_execution(chapter):
    check_stored(chapter[1])


def test_the_guard_finds_a_cell_that_was_never_executed(chapter):
    notebook = chapter[1]
    code_cells(notebook)[-1].execution_count = None
    with pytest.raises(AssertionError, match="without execution"):
        check_stored(notebook)


def test_the_guard_finds_a_cell_whose_outputs_are_gone(chapter):
    notebook = chapter[1]
    next(cell for cell in code_cells(notebook) if cell.outputs).outputs = []
    with pytest.raises(AssertionError, match="wrong outputs"):
        check_stored(notebook)


def test_the_cell_in_which_a_notebook_fails_is_found():
    new = nbformat.v4
    error = new.new_output("error", ename="NameError", evalue="z", traceback=[])
    cells = [new.new_markdown_cell("# z"), new.new_code_cell("x = 1")]
    cells.append(new.new_code_cell("z", outputs=[error]))
    assert notebooks.failed_cell(new.new_notebook(cells=cells)) == 3


def test_the_stored_file_is_in_normal_form(chapter):
    path, notebook = chapter
    stored = path.read_text(encoding="utf-8")
    assert notebooks.text(notebooks.normalise(notebook)) == stored, (
        f"{path.name} is not in normal form: run `make notebooks`"
    )


def test_stored_outputs_are_fit_to_be_read(chapter):
    for cell in code_cells(chapter[1]):
        shown = str(cell.outputs)
        for unfit in (r"np\.float64\(", r"\bnan\b", "Warning", "Traceback", " at 0x"):
            assert not re.search(unfit, shown), f"an output shows {unfit!r}"


def test_code_cells_are_short(chapter):
    for cell in code_cells(chapter[1]):
        assert len(cell.source.splitlines()) <= LONGEST_CELL


def test_half_of_the_code_cells_have_three_lines_or_fewer(chapter):
    lengths = [sum(map(bool, cell.source.splitlines())) for cell in code_cells(chapter[1])]
    assert median(lengths) <= USUAL_CELL


def test_prose_never_tells_the_reader_that_it_is_easy(chapter):
    for cell in chapter[1].cells:
        if cell.cell_type == "markdown":
            assert not (found := CONDESCENDING.search(cell.source)), found[0]


def test_every_chapter_has_the_parts_of_the_house_style(chapter):
    prose = "\n".join(c.source for c in chapter[1].cells if c.cell_type == "markdown")
    parts = (
        "**You will be able to**",
        "**You need**",
        "**Time**",
        "**Predict.**",
        "## Key points",
        "## Check yourself",
        "Now in your own words.",
        "## Exercises",
        "<summary>Solution</summary>",
        "## Further reading",
    )
    assert [part for part in parts if part not in prose] == []


def test_every_fold_has_the_blank_lines_that_markdown_needs(chapter):
    for cell in chapter[1].cells:
        if cell.cell_type == "markdown":
            assert cell.source.count("<details>") == cell.source.count("\n\n</details>")
            assert cell.source.count("<details>") == cell.source.count("</summary>\n\n")
