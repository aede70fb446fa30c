"""Magics and shell lines are taken out of cells; everything else stays as it was written."""

import ast

import pytest

from autograder.magics import parse


def run(source):
    namespace = {}
    exec(compile(parse(source), "<cell>", "exec"), namespace)
    return namespace


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%config InlineBackend.figure_format = 'svg'",
        "!pip install numpy",
        "!pip install numpy \\\n  matplotlib",
        "!echo 'it",
        "pip install numpy",
        "files = !ls",
        "t = %timeit -o print(1)",
        "?print",
        "print?",
        "x.y??",
    ],
)
def test_a_magic_vanishes_and_the_lines_around_it_run(line):
    namespace = run(f"a = 1\n{line}\nb = 2")
    assert (namespace["a"], namespace["b"]) == (1, 2)


def test_a_magic_in_a_block_leaves_the_block_whole():
    assert run("for i in range(3):\n    %timeit i\nif i:\n    !ls\n    b = i")["b"] == 2


def test_many_magics_vanish():
    assert run("%a\n" * 50 + "b = 2")["b"] == 2


def test_a_timed_statement_runs():
    assert run("%time b = 2\nif b:\n  %time c = 3")["c"] == 3


@pytest.mark.parametrize("name", ["time", "capture out"])
def test_the_body_of_a_timed_cell_runs(name):
    assert run(f"%%{name}\nb = 2")["b"] == 2


@pytest.mark.parametrize("name", ["bash", "html", "writefile a.py", "latex", "timeit"])
def test_a_cell_that_is_no_python_of_the_notebook_vanishes(name):
    assert "b" not in run(f"%%{name}\nb = 2\n<p>it's")


@pytest.mark.parametrize(
    "source",
    [
        "b = (5\n% 3)",
        's = """\n%matplotlib inline\n!ls\nwhat?\n"""',
        "ls = pwd = 2\nls",
        "x = 'really?'",
        "# !pip\nif True:  # what?\n    pass",
    ],
)
def test_plain_python_stays_as_it_was_written(source):
    assert ast.dump(parse(source)) == ast.dump(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["b = ", "%time 1 +", "%a\nb = (\n%c\nd", "def f(:\n    pass", "a\x00b"]
)
def test_what_is_wrong_without_its_magics_is_a_syntax_error(source):
    with pytest.raises((SyntaxError, ValueError)):
        parse(source)


def test_line_numbers_are_those_of_the_notebook():
    assert parse("%%time\n!ls\nb = 2").body[-1].lineno == 3
