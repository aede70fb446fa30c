"""The benchmarks compare like with like, and their page shows what was measured.

No time is tested here: it depends on the machine.
"""

import json
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from widget_states import EXPORTED

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # make bench runs in the root

from benchmarks import grading, mean_loss, newton, surface, widgets  # noqa: E402
from benchmarks.__main__ import PAGE, PARTS  # noqa: E402
from benchmarks.measure import ONE_THREAD, in_fresh_process, medians, peak_memory, times  # noqa: E402
from benchmarks.pages import medians as page_medians  # noqa: E402
from benchmarks.pages_report import pages_report  # noqa: E402
from benchmarks.report import (  # noqa: E402
    duration,
    grading_report,
    replace_between_marks,
    report,
    widget_report,
)

MEAN_LOSSES = [
    {
        "size": [1000, 2],
        "seconds": {"crossentropy": 2e-5, "scikit-learn": 3e-5, mean_loss.LIMIT: 1e-5},
        "memory": {"crossentropy": 2_000_000, "scikit-learn": 4_000_000},
    },
    {
        "size": [500, 784],
        "seconds": {"crossentropy": 2e-3, "scikit-learn": 1e-3, mean_loss.LIMIT: 1.7e-3},
        "memory": {"crossentropy": 10_000, "scikit-learn": 4_000_000},
    },
]
SURFACES = {
    "first": {"crossentropy": 2.0, "the double loop": 5.0},
    "seconds": {"crossentropy": 1.0, "the double loop": 3.5},
    "memory": {"crossentropy": 9_000_000, "the double loop": 10_000},
}
NEWTONS = [
    {
        "features": 2,
        "seconds": {"crossentropy": 1.0, "newton-cholesky": 2.0, "newton-cg": 3.0, "lbfgs": 0.5},
        "length": {"crossentropy": 1e-9, "newton-cholesky": 1e-9, "newton-cg": 0, "lbfgs": 1e-7},
    }
]


def written():
    return report("On a machine.", MEAN_LOSSES, SURFACES, NEWTONS)


def cells(name):
    """Return the cells of the rows of a contestant, one row a table."""
    rows = [line.strip("| ").split(" | ") for line in written().splitlines()]
    return [row[1:] for row in rows if row[0] == name]


@pytest.mark.parametrize("size", [(40, 3), (20_000, 20)])
def test_every_contestant_computes_the_same_mean_loss_and_gradient(size):
    w, X, y = mean_loss.make_data(*size)
    racing = mean_loss.contestants(w, X, y)
    assert {mean_loss.OURS, mean_loss.PEER} < racing.keys()
    p = 1 / (1 + np.exp(-X @ w))
    for name, run in racing.items():
        loss, gradient = run()
        assert_allclose(loss, np.mean(-np.log(np.where(y == 1, p, 1 - p))), 1e-12, err_msg=name)
        assert_allclose(gradient, X.T @ (p - y) / len(y), 1e-9, 1e-15, err_msg=name)


def test_the_limit_is_the_two_products_with_the_samples():
    w, X, y = mean_loss.make_data(40, 3)
    z, product = mean_loss.limit(w, X, y)[mean_loss.LIMIT]()
    assert_allclose(z, X @ w)
    assert_allclose(product, X.T @ y)


def test_every_contestant_computes_the_same_surface():
    w0, w1, X, y = surface.make_data(5, 30)
    racing = surface.contestants(w0, w1[:3], X, y)
    for name, run in racing.items():
        assert_allclose(run(), surface.double_loop(w0, w1[:3], X, y), 1e-13, err_msg=name)
    assert run().shape == (3, 5)


@pytest.mark.parametrize("n_features", newton.N_FEATURES)
def test_every_solver_comes_to_the_same_weights(n_features):
    X, y = newton.make_data(n_features)
    assert X.shape == (426, n_features + 1)
    racing = newton.contestants(X, y)
    assert racing.keys() == {newton.OURS, *newton.SOLVERS}
    for name, run in racing.items():
        length = newton.gradient_length(run(), X, y)
        assert length <= newton.TOLERANCE * (2 if name == "lbfgs" else 1), name
        assert_allclose(run(), racing[newton.OURS](), 1e-4, err_msg=name)


def test_a_solver_gets_the_loosest_tolerance_that_is_enough():
    X, y = newton.make_data(2)
    run = newton.loosest(X, y, "newton-cholesky")
    looser = newton.scikit_learn(X, y, solver="newton-cholesky", tol=10 * run.keywords["tol"])
    assert newton.gradient_length(looser, X, y) > newton.TOLERANCE


def test_a_move_of_scikit_learns_private_names_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model._linear_loss", None)
    with pytest.raises(ImportError, match=r"has moved LinearModelLoss .* adapt scikit_learn in"):
        mean_loss.scikit_learn(*mean_loss.make_data(4, 2))


def test_contestants_take_turns():
    order = []
    contestants = {"A": lambda: order.append("A"), "B": lambda: order.append("B")}
    runs = times(contestants, seconds=0, least=3, burst=0)
    assert order == ["A", "B"] * 5  # the first, one to learn how long a burst is, three runs
    assert [len(seconds) for seconds in runs.values()] == [4, 4]


def test_a_run_of_a_fast_function_is_many_calls():
    calls = []
    runs = times({"A": lambda: calls.append("A")}, seconds=0, least=1)
    assert len(calls) > 100
    assert len(runs["A"]) == 2


def test_the_median_leaves_the_first_run_out():
    assert medians({"A": [9, 1, 2, 5]}) == {"A": 2}


def test_peak_memory_is_the_most_that_is_held_at_once():
    def run():
        return [np.ones(1000).sum() for _ in range(5)]

    assert 8_000 <= peak_memory(run) < 16_000
    assert not tracemalloc.is_tracing()


def test_a_fresh_process_has_one_thread(tmp_path, monkeypatch):
    (tmp_path / "environment_as_json.py").write_text(
        "import json, os, sys; print(json.dumps([dict(os.environ), 'numpy' in sys.modules]))"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    environment, numpy_was_there = in_fresh_process("environment_as_json")
    assert environment.items() >= ONE_THREAD.items()
    assert ONE_THREAD["OMP_NUM_THREADS"] == ONE_THREAD["OPENBLAS_NUM_THREADS"] == "1"
    assert not numpy_was_there


def test_the_tables_show_what_was_measured():
    assert written().startswith("On a machine.\n")
    assert cells("crossentropy") == [
        ["20 µs (1.00)", "2 ms (1.00)"],
        ["2.00 MB", "0.01 MB"],
        ["1 s (1.00)", "2 s (1.00)", "9.00 MB"],
        ["1 s (1.00)", "1e-09"],
    ]
    assert cells("scikit-learn") == [["30 µs (1.50)", "1 ms (0.50)"], ["4.00 MB", "4.00 MB"]]
    assert cells("JAX") == [["not installed", "not installed"]]
    assert cells("the double loop") == [["3.5 s (3.50)", "5 s (2.50)", "0.01 MB"]]
    assert cells("lbfgs") == [["500 ms (0.50)", "1e-07"]]


def test_the_targets_are_met_or_not_as_measured():
    targets = written().split("### Targets")[1].split("###")[0].strip().splitlines()[2:]
    assert [line.strip("| ").split(" | ")[1:] for line in targets] == [
        ["1.50", "≥ 1.3", "yes"],
        ["0.50", "≥ 1", "**no**"],
        ["0.85", "≥ 0.75", "yes"],
        ["2.00 MB", "≤ 1.03 MB", "**no**"],
        ["0.01 MB", "≤ 1.02 MB", "yes"],
        ["3.50", "≥ 3", "yes"],
        ["2.50", "≥ 3", "**no**"],
        ["9.00 MB", "≤ 8 MB", "**no**"],
        ["2.00", "≥ 1", "yes"],  # lbfgs is faster, but does not arrive
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(2.5, "2.5 s"), (0.1234, "123 ms"), (1e-3, "1 ms"), (4.56e-6, "4.56 µs")]
)
def test_a_time_has_a_unit_that_fits(seconds, shown):
    assert duration(seconds) == shown


def test_every_widget_is_measured():
    assert set(widgets.WIDGETS) == EXPORTED


@pytest.mark.parametrize("name", widgets.WIDGETS)
def test_the_inputs_that_are_measured_change_the_widget(name, browser):
    row, page = widgets.WIDGETS[name], browser.new_page()
    page.set_content(widgets.document(row))
    page.wait_for_selector(".xe")  # a page counts as loaded before its widgets are shown
    page.evaluate(f"({row.open})(document.querySelector('.xe'))")
    shown = set()
    for k in range(4):
        page.evaluate(f"({row.act})(document.querySelector('.xe'), {k})")
        shown.add(page.locator(".xe").evaluate(STATE))
    page.close()
    assert len(shown) > 1


STATE = """(widget) => widget.innerHTML
    + [...widget.querySelectorAll("input")].map((input) => [input.value, input.checked])"""


def test_a_widget_is_timed_by_turns_with_a_bare_slider(browser):
    page = browser.new_page()
    measured = widgets.times(page, widgets.WIDGETS["self_check"], count=3)
    page.close()
    assert {name: np.shape(times) for name, times in measured.items()} == {
        "widget": (3, 2),
        "bare": (3, 2),
    }
    assert all(0 < script < painted for times in measured.values() for script, painted in times)


def test_a_time_that_95_of_100_keep_within():
    assert widgets.most(range(101)) == 95
    measured = {"widget": [[1, 5], [2, 9]], "bare": [[0, 3], [0, 4]]}
    assert widgets.summary(measured) == {"script": 2, "painted": 9, "bare": 4}


def test_the_table_of_the_widgets_shows_what_was_measured():
    measured = {
        "one": {"script": 0.004, "painted": 0.040, "bare": 0.030},
        "two": {"script": 0.0081, "painted": 0.047, "bare": 0.030},
    }
    rows = widget_report("On a machine.", measured).splitlines()[4:]
    assert [row.strip("| ").split(" | ") for row in rows] == [
        ["`one`", "4.0 ms", "yes", "10.0 ms", "yes"],
        ["`two`", "8.1 ms", "**no**", "17.0 ms", "**no**"],
    ]


BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def test_writing_keeps_the_marks_and_what_is_around_them():
    page = f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n"
    once = replace_between_marks(page, "new\n", "tables")
    assert once == f"before\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n"
    assert replace_between_marks(once, "new\n", "tables") == once


@pytest.mark.parametrize("page", ["", BEGIN, f"{END} {BEGIN}", f"{BEGIN} {BEGIN} {END}"])
def test_a_page_without_its_marks_is_refused(page):
    with pytest.raises(ValueError, match="the page must hold"):
        replace_between_marks(page, "new", "tables")


@pytest.mark.parametrize("part", PARTS)
def test_the_stored_page_has_the_marks_and_the_tables_of_each_part(part):
    page = PAGE.read_text(encoding="utf-8")
    inside = page.split(f"<!-- {part}: begin -->")[1].split(f"<!-- {part}: end -->")[0]
    assert replace_between_marks(page, inside, part) == page
    assert "| --- |" in inside


def test_the_stored_page_has_the_headings_of_this_report():
    page = PAGE.read_text(encoding="utf-8").split("<!-- benchmarks: end -->")[0]
    headings = [line for line in written().splitlines() if line.startswith(("###", "| what"))]
    assert [line for line in page.splitlines() if line in headings] == headings


GRADED = {
    "rates": {
        "stock": {"notebooks": 0.125, "processors": 1.05},
        "one": {"notebooks": 3.0, "processors": 1.2},
        "two": {"notebooks": 6.0, "processors": 1.9},
    },
    "parts": {"sandbox": 0.03, "others": 0.02, "sixth": 0.05, "calls": 500},
    "class": {"notebooks": 2000, "workers": 2, "seconds": 360, "memory": 3e8, "graded": 1999},
    "cluster": {"notebooks": 60, "same": 59},
}


def test_the_page_shows_how_a_class_was_graded():
    text = grading_report("On a machine.", GRADED)
    assert "| one worker over nbgrader | 24.00 | ≥ 20 | yes |" in text
    assert "| two workers over one | 2.00 | ≥ 1.7 | yes |" in text
    assert "1 worker | 3.00 notebooks a second, 1.20 processors busy |" in text
    assert "takes a worker 100 ms: 30 ms for a sandbox and the cells in it, 50 ms for" in text
    assert "see into 500 times" in text
    assert "| 1,999 graded in 6.0 minutes |" in text
    assert "| 59 with the marks that they get without |" in text


@pytest.mark.skipif(sys.platform != "linux", reason="a sandbox needs Linux")
def test_the_parts_of_grading_are_those_of_a_notebook_that_is_right():
    source = grading.COURSE / "source" / grading.ASSIGNMENT / f"{grading.ASSIGNMENT}.ipynb"
    parts = grading.parts_of(grading.parse(source.read_bytes()).code)
    assert parts.pop("calls") >= 3 * 12 + 12  # right gradients at 12 points, wrong ones once
    assert all(seconds > 0 for seconds in parts.values())


def test_where_there_is_no_sandbox_the_page_says_so():
    assert grading_report("On a machine.", None) == "Not measured: this machine has no sandbox."


def test_the_generated_class_is_of_many_kinds_and_always_the_same():
    first, second = list(grading.notebooks(20, 20)), list(grading.notebooks(20, 20))
    assert first == second
    assert len(set(first)) == 20
    assert any("# YOUR ANSWER HERE" in text for text in first)


def visited(fast, **changes):
    """Return what was measured of one page."""
    sizes = {"bytes": 90_000, "script": 20_000, "second": 25_000, "foreign": 0}
    times = {"contentful": 1500.4, "blocking": 20, "shift": 0.004}
    return {**sizes, **times, "scores": [fast, 100, 100, 100], "failed": ["speed"], **changes}


def test_the_visits_of_a_page_count_by_their_medians_and_with_all_their_faults():
    others = [visited(98, blocking=500, failed=["size"]), visited(96)]
    page = page_medians([visited(99), *others])
    assert page["scores"] == [98, 100, 100, 100]
    assert page["blocking"] == 20
    assert page["failed"] == ["size", "speed"]


def test_the_page_shows_each_page_beside_its_twin_and_says_what_is_short():
    ours = {"index": visited(100), "chapters/01": visited(97, second=31_000)}
    stock = {"index": visited(54, foreign=3), "chapters/01": visited(50, foreign=4, bytes=1e6)}
    text = pages_report("On a machine.", ours, stock)
    assert "| performance: 01 | 97 | ≥ 99 | **no**, 1 of 2 |" in text
    assert "| SEO: index | 100 | ≥ 100 | yes |" in text
    assert "| first visit: index | 90 kB | ≤ 200 kB | yes |" in text
    assert "| second page, from cache: 01 | 31 kB | ≤ 30 kB | **no**, 1 of 2 |" in text
    assert "does not pass in full: `speed`." in text
    assert "| 01 | 97 / 50 | 100 / 100 | 100 / 100 | 100 / 100 | 1500 / 1500 | 20 / 20 |" in text
    assert "| 0.00 / 0.00 | 90 / 1000 | 20 / 20 | 31 / 25 | 0 / 4 |" in text


def test_both_graders_get_the_same_kinds_of_notebooks():
    answers = [json.loads(text)["cells"][1:] for text in grading.notebooks(3, 2)]
    assert answers[0] == answers[2] != answers[1]
    for number in grading.MANY.values():
        assert (number - grading.FEW) % grading.KINDS == 0
