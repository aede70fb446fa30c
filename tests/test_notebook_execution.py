"""The book's notebooks are executed when, and only when, their outputs may have changed."""

import logging
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))  # as Jupyter Book does for its local extensions

import notebook_execution  # noqa: E402
import notebook_places  # noqa: E402
from jupyter_client import KernelManager  # noqa: E402


@pytest.fixture
def package(tmp_path):
    """A package of one file."""
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "figures.py").write_text("colour = 'blue'\n", encoding="utf-8")
    return folder


def test_the_cache_is_emptied_when_a_file_of_the_package_changes(tmp_path, package):
    cache = tmp_path / "cache"
    assert notebook_execution.drop_stale_outputs(cache, package)
    (cache / "outputs").touch()
    assert not notebook_execution.drop_stale_outputs(cache, package)
    assert (cache / "outputs").exists()
    (package / "figures.py").write_text("colour = 'red'\n", encoding="utf-8")
    assert notebook_execution.drop_stale_outputs(cache, package)
    assert not (cache / "outputs").exists()


def test_a_new_file_changes_the_package_too(package):
    before = notebook_execution.package_hash(package)
    (package / "widget.js").touch()
    assert notebook_execution.package_hash(package) != before


def test_an_error_is_reported_with_the_number_of_its_cell(monkeypatch):
    monkeypatch.setitem(notebook_places.FAILED, "book/bad.ipynb", 3)
    for location, place in [
        ("book/bad.ipynb", "book/bad.ipynb: cell 3"),
        ("book/good.ipynb", "book/good.ipynb"),
        ("book/bad.ipynb:70006", "book/bad.ipynb: cell 7, line 5"),
        (None, None),
    ]:
        record = logging.makeLogRecord({"location": location})
        assert notebook_places.name_cell(record)
        assert record.location == place


def test_notebooks_are_executed_once_and_what_fails_is_left_to_be_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(KernelManager.transport_encryption, "default_value", "auto")
    monkeypatch.setattr(notebook_places, "FAILED", {})
    monkeypatch.setattr(notebook_execution, "FAILED", notebook_places.FAILED)
    paths = []
    in_two_parts = "import time\nprint(4, end='', flush=True)\ntime.sleep(1)\nprint(2)"
    for name, source in {"good": in_two_parts, "bad": "1 / 0"}.items():
        cells = [nbformat.v4.new_markdown_cell("# z", id="title")]
        cells.append(nbformat.v4.new_code_cell(source, id=name))
        paths.append(tmp_path / f"{name}.ipynb")
        nbformat.write(nbformat.v4.new_notebook(cells=cells), paths[-1])
    with ThreadPoolExecutor() as pool:  # a browser of other tests keeps a loop in this thread
        pool.submit(notebook_execution.fill_cache, tmp_path / "cache", paths, timeout=60).result()
    cache = get_cache(str(tmp_path / "cache"))
    good, bad = paths
    assert notebook_execution.not_cached(cache, good) is None
    assert {str(bad): 2} == notebook_places.FAILED
    assert notebook_execution.not_cached(cache, bad).cells[1].source == "1 / 0"
    _, merged = cache.merge_match_into_file(str(good))
    assert [output.text for output in merged.cells[1].outputs] == ["42\n"]


@pytest.mark.parametrize(("argument", "fails"), [("--help", False), ("no such folder", True)])
def test_a_build_that_follows_a_failed_one_reads_all_pages_again(tmp_path, argument, fails):
    script = tmp_path / "tools" / "build_book.py"
    done = tmp_path / "_build" / ".doctrees" / "environment.pickle"
    for path in (script, done):
        path.parent.mkdir(parents=True)
        path.touch()
    shutil.copy(ROOT / "tools" / "build_book.py", script)
    command = [sys.executable, script, argument]
    build = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path)
    assert (build.returncode != 0) == fails
    assert done.exists() == (not fails)
