"""Any file in the place of a notebook is read without harm, or refused with the reason."""

import json
import os

import nbformat
import pytest
import tiny
from tiny import FULL, QUICK, RIGHT, code_cell, notebook

from autograder.grading import grade
from autograder.questions import QUESTIONS
from autograder.submission import MOST_BYTES, UnreadableError, parse, read_submission

CODE = ["a = 1", "b = '''\n%not a magic'''"]


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "ann" / "tiny"
    folder.mkdir(parents=True)
    return folder / "tiny.ipynb"


def code_of(text):
    return parse(text if isinstance(text, bytes) else text.encode()).code


def test_the_code_cells_are_read_in_order():
    assert code_of(notebook(CODE)) == CODE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_unicode_encoding_is_read(encoding):
    assert code_of(notebook(["s = 'σ'"]).encode(encoding)) == ["s = 'σ'"]


def test_text_may_be_a_string_or_a_list_of_lines():
    cells = [code_cell(["a = 1\n", "b = 2"]), code_cell([1, "c", None]), code_cell({})]
    assert code_of(notebook([], cells=cells)) == ["a = 1\nb = 2", "c", ""]


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_every_format_version_is_read(version):
    written = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CODE)))
    old = nbformat.convert(written, max(version, 3))
    old["nbformat"] = version
    assert code_of(json.dumps(old)) == CODE


@pytest.mark.parametrize(
    "parts",
    [
        {"nbformat": 99},
        {"nbformat": "x", "nbformat_minor": None},
        {"metadata": None},
        {"metadata": {"kernelspec": {"name": "ir", "language": "R"}}},
        {"metadata": {"colab": {"provenance": []}, "accelerator": "GPU"}},
        {"metadata": {"vscode": {"interpreter": {"hash": "x"}}, "orig_nbformat": 4}},
        {"signature": "sha1:x", "extra": [[]] * 1000},
    ],
)
def test_what_surrounds_the_cells_does_not_matter(parts):
    assert code_of(notebook(CODE, **parts)) == CODE


@pytest.mark.parametrize(
    "change",
    [
        {"metadata": None},
        {"metadata": {"nbgrader": None}},
        {"metadata": {"nbgrader": {"grade_id": 7, "points": "x"}}},
        {"metadata": {"id": "Xy12", "colab": {"height": 1}, "outputId": "x"}},
        {"execution_count": float("nan"), "outputs": [{"data": float("inf")}]},
        {"outputs": None, "id": ["x"]},
        {"outputs": [{"output_type": "stream", "text": "x" * 10_000_000}]},
        {"cell_type": "markdown", "metadata": {"nbgrader": {"cell_type": "code"}}},
    ],
)
def test_what_surrounds_the_text_of_a_cell_does_not_matter(change):
    cell = {**code_cell("a = 1"), **change}
    assert code_of(notebook([], cells=[cell])) == ["a = 1"]


def test_a_number_of_any_length_is_read():
    assert (
        code_of(
            notebook(CODE).replace('"execution_count": null', '"execution_count": ' + "9" * 9999)
        )
        == CODE
    )


@pytest.mark.parametrize("cells", [[7, None, "x", []], [{}], [{"cell_type": "code"}]])
def test_what_is_no_cell_is_none(cells):
    assert "".join(code_of(notebook([], cells=cells))) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "an empty file"),
        (b"  \n", "an empty file"),
        (notebook(CODE).encode()[:-20], "no JSON, or only a part of it"),
        (b"\x00\xff\xfe", "no JSON"),
        (b"\x89PNG\r\n\x1a\n" * 100, "no JSON"),
        (b"[]", "has no list of cells"),
        (b"7", "has no list of cells"),
        (b'{"cells": 7}', "has no list of cells"),
        (b'{"worksheets": [7, {"cells": {}}]}', "has no list of cells"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells":' * 100_000, "nested too deeply"),
        (b"[" + b"[]," * 2_000_000 + b"[]]", "more parts than a notebook has"),
        (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "a notebook of 3001 cells"),
        (notebook(["#" * 700_000] * 3).encode(), "a notebook of 2,100,000 characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_notebook_is_refused_with_the_reason(text, reason):
    with pytest.raises(UnreadableError, match=reason):
        parse(text)


def test_a_file_that_is_too_large_is_refused(path):
    with open(path, "wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableError, match="more than 64 MB"):
        read_submission(path)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_link_on_the_way_is_refused(path, tmp_path, part):
    path.write_text(notebook(CODE))
    link = [path, path.parent, path.parent.parent][part]
    elsewhere = tmp_path / "elsewhere"
    link.rename(elsewhere)
    link.symlink_to(elsewhere)
    with pytest.raises(UnreadableError, match="a link"):
        read_submission(path, tmp_path)


def test_a_folder_of_the_course_may_be_a_link(path, tmp_path):
    path.write_text(notebook(CODE))
    (tmp_path / "course").symlink_to(tmp_path)
    assert read_submission(tmp_path / "course" / "ann/tiny/tiny.ipynb", tmp_path / "course").code


def test_a_path_that_leads_out_is_refused(path, tmp_path):
    (tmp_path / "other.ipynb").write_text(notebook(CODE))
    with pytest.raises(UnreadableError, match=r"a path with `\.\.`"):
        read_submission(path.parent / ".." / ".." / "other.ipynb", tmp_path)


def test_a_pipe_a_folder_and_nothing_are_refused_at_once(path):
    with pytest.raises(UnreadableError, match="No such file"):
        read_submission(path)
    os.mkfifo(path)
    with pytest.raises(UnreadableError, match="no regular file"):
        read_submission(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(UnreadableError, match=r"no regular file|directory"):
        read_submission(path)


def test_only_pictures_are_kept_of_what_is_attached():
    attached = {
        "a.png": {"image/png": "QUJD"},
        "b.svg": {"image/svg+xml": "PHN2Zz4="},
        "c.png": {"image/png": 'x" onerror="alert(1)'},
        "d": "x",
        "\ud800": {"image/jpeg": "QUJD"},
    }
    cell = {"cell_type": "markdown", "metadata": {}, "source": "a", "attachments": attached}
    (read,) = parse(notebook([], cells=[cell]).encode()).cells
    assert read.attachments == {"a.png": {"image/png": "QUJD"}, "?": {"image/jpeg": "QUJD"}}


def test_an_unreadable_notebook_gets_no_marks_and_the_reason(path):
    path.write_text("{")
    marks = grade(path, "gradient", "seed")
    assert [mark.points for mark in marks] == [None] * len(QUESTIONS["gradient"])
    assert {mark.status for mark in marks} == {"not-graded"}
    assert "no JSON" in marks[0].feedback


def test_a_notebook_is_graded_from_its_file(path, monkeypatch):
    monkeypatch.setitem(QUESTIONS, "tiny", tiny.QUESTIONS)
    path.write_text(notebook(["%matplotlib inline\n!pip install x", *RIGHT]))
    assert [mark.points for mark in grade(path, "tiny", "seed", limits=QUICK)] == FULL
