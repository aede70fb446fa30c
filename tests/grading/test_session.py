"""How the cells of a notebook run: as in a notebook, and in spite of everything."""

import os
import socket
import threading
import time

import numpy as np
import pytest
from tiny import FULL, QUICK, RIGHT, graded, points

from autograder.grading import grade_cells
from autograder.marks import Mark, Question, StudentFailure
from autograder.protocol import Channel, Prints
from autograder.sandbox import Limits
from autograder.sandboxed import SandboxedStudent


def runs_of(*cells):
    """Return what came of each cell."""
    return graded(cells).runs


def test_a_cell_shows_what_it_prints_and_the_value_of_its_last_line():
    assert [run.printed for run in runs_of("print('a')\n1 + 1", "x = 2", "x")] == [
        "a\n2\n",
        "",
        "2\n",
    ]


def test_a_cell_that_fails_stops_there_and_the_next_ones_run():
    runs = runs_of("a = 1\nraise ValueError('why')\na = 2", "print(a)")
    assert runs[1].printed == "1\n"
    assert runs[0].failures[0].endswith("ValueError: why\n")
    assert 'File "cell 1", line 2' in runs[0].failures[0]
    assert "autograder" not in runs[0].failures[0]


def test_an_import_that_fails_does_not_stop_its_cell():
    runs = runs_of("from google.colab import drive\nimport pandas as pd\nprint('on')")
    assert runs[0].printed == "on\n"
    assert len(runs[0].failures) == 2


def test_a_cell_that_lacks_a_name_runs_again_after_the_others():
    assert points(["double = 2 * np.ones(1)", *RIGHT, "square = helper", "helper = square"]) == FULL


@pytest.mark.parametrize(
    "attempt",
    [
        "import pandas as pd\ndef square(x): return -x\npd.Series(square(2))",
        "def square(x): return -x\nprint(square(2), late)",
        "answer = missing = 1\nanswer, late",
        "t = %timeit -o 1\nsquare = abs\nt.average",
        "import seaborn as sns\nRESULTS = {}\nsns.set_theme()",
    ],
)
def test_a_first_attempt_that_runs_again_leaves_what_later_cells_defined(attempt):
    fill = "RESULTS = globals().get('RESULTS', {})\nRESULTS['a'] = 1"
    last = "assert RESULTS == {'a': 1}\ndel answer\nanswer = 42"
    assert points([attempt, *RIGHT[:2], fill, RIGHT[2], last]) == FULL


@pytest.mark.parametrize(
    "cells",
    [
        ["old = square\ndef square(x): return old(x)\nprint(typo)"],
        ["answer -= 2\nanswer += 1\nprint(late)", "late = 1", "answer += 1"],
        ["half = answer // 2\nprint(late)\nanswer = half + 21", "late = later", "later = 1"],
    ],
)
def test_a_cell_goes_on_where_it_lacked_a_name_and_repeats_nothing(cells):
    assert points([*RIGHT, *cells]) == FULL


def test_a_chain_of_cells_in_another_order_is_run_until_nothing_is_lacking():
    cells = ["square = first", "first = second", "second = third", "def third(x): return x * x"]
    assert points([*RIGHT[1:], *cells]) == FULL


def test_the_last_function_behind_a_line_that_fails_counts_and_finds_its_imports():
    lines = (
        "1 / 0\ndef square(x):\n    return x\nfrom operator import mul\n"
        "def square(x):\n    return mul(x, x)"
    )
    assert points([lines, *RIGHT[1:]]) == FULL


def test_a_function_behind_a_line_that_fails_is_not_lost():
    lines = f"files = !ls\nprint(len(files))\n{RIGHT[2]}\nother = 1"
    result = graded([*RIGHT[:2], lines, "print('other' in globals())"])
    assert [mark.points for mark in result.marks] == FULL
    assert result.runs[3].printed == "False\n"
    assert len(result.runs[2].failures) == 1


def test_a_line_that_fails_gives_no_function_another_meaning():
    assert points([*RIGHT, "1 / 0\ndef square(x): return -x"]) == FULL


@pytest.mark.parametrize(
    "cell",
    [
        "from __future__ import annotations\ndef square(x: Unknown) -> None:\n    return x * x",
        "import asyncio\nawait asyncio.sleep(0)\nsquare = lambda x: x * x",
        "from IPython.display import Markdown\ndisplay(Markdown('a'))\nsquare = lambda x: x * x",
        "get_ipython().run_line_magic('matplotlib', 'inline')\nsquare = lambda x: x * x",
        "import warnings\nwarnings.warn('careful')\nsquare = lambda x: x * x",
        "from dataclasses import dataclass\n@dataclass\nclass Square:\n    n: int = 2\n"
        "square = lambda x: x ** Square().n",
        "import inspect\ndef square(x): return x * x\ninspect.getsource(square)",
        "import pickle\nsquare = lambda x: x * x\npickle.dumps(RIGHT)",
        "%%time\ndef square(x): return x * x",
        "if __name__ == '__main__':\n    def square(x): return x * x",
        "class Model:\n    def __call__(self, x): return x * x\nsquare = Model()",
        "import logging, sys\nlogging.warning('x')\nprint(1, file=sys.stderr)\nsquare = np.square",
    ],
)
def test_what_notebooks_do_works(cell):
    assert points([*RIGHT, "RIGHT = 1\ndel square", cell]) == FULL


def test_plots_are_drawn_and_shown_to_no_one():
    pytest.importorskip("matplotlib")
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nanswer = 42"
    result = graded([RIGHT[0], RIGHT[2], plot], Limits(cell=60))
    assert [mark.points for mark in result.marks] == FULL


def test_a_traceback_cannot_steer_a_terminal():
    (run,) = runs_of("raise ValueError('\\x1b[2J\\u202e\\ud800')")
    assert "\x1b" not in run.failures[0]
    run.failures[0].encode("utf-8")


def test_prints_beyond_the_limit_are_cut():
    (run,) = runs_of("print('x' * 10**6)")
    assert QUICK.prints <= len(run.printed) <= QUICK.prints + 5


def test_what_all_cells_say_together_is_bounded():
    cells = ["print('x' * 9000)", "raise ValueError('y' * 9000)", "print('z' * 9000)"]
    runs = graded(cells, Limits(told=12_000)).runs
    said = [len(run.printed) + sum(map(len, run.failures)) for run in runs]
    assert 12_000 <= sum(said) <= 12_010
    assert runs[0].printed == "x" * 9000 + "\n"


def test_hidden_inputs_reach_no_output_and_no_failure():
    leaky = """
seen = []
def square(x):
    seen.append(x)
    print("LEAK", x)
    raise ValueError(f"LEAK {x}")
"""
    result = graded([*RIGHT[1:], leaky])
    assert "LEAK" not in str(result)


def test_what_earlier_calls_saw_is_forgotten_before_a_question_and_when_asked():
    cells = ["seen = []\ndef f(x):\n    seen.append(x)\n    return seen"]
    with SandboxedStudent(cells, QUICK) as student:
        assert student.call("f", 1) == [1]
        assert student.call("f", 2) == [1, 2]
        student.forget()
        assert student.call("f", 3) == [3]


KEEPS = """
import os
def f(x):
    if os.path.exists("/tmp/x"): return open("/tmp/x").read()
    open("/tmp/x", "w").write(str(x))
class Lie(dict):
    def items(self): return {"seen": os.path.exists("/tmp/x")}.items()
lie = Lie(a=1)
"""


def test_what_hidden_calls_left_in_a_file_does_not_reach_an_answer_that_is_shown():
    with SandboxedStudent([KEEPS], QUICK) as student:
        assert student.call("f", 1) is None
        student.forget()
        assert student.call("f", 2) == "1"
        assert student.unaware().call("f", 3) is None
        assert student.unaware().call("f", 4) == "3"
    assert student.unaware().session.sandbox.closed


def test_variables_are_read_before_any_function_is_called():
    seen = []

    def ask(student, rng):
        student.call("f", 1)
        return Mark(1, 1, 1)

    def read(student, rng):
        seen.append(student.variable("lie"))
        return Mark(2, 1, 1)

    questions = [Question(1, "Ask", "q1", 1, ask), Question(2, "Read", "q2", 1, read, True)]
    marks = grade_cells([KEEPS], questions, "seed", QUICK).marks
    assert [mark.question for mark in marks] == [1, 2]
    assert seen == [{"seen": False}]


def test_arguments_and_answers_keep_every_bit():
    with SandboxedStudent(["def f(x): return x"], QUICK) as student:
        array = np.array([[0.1, -0.0], [np.nan, np.inf]], dtype=np.float32)
        returned = student.call("f", array)
        assert (returned.dtype, returned.tobytes()) == (array.dtype, array.tobytes())
        assert student.call("f", 1 + 2j) == 1 + 2j


def test_an_error_of_the_graders_own_function_is_raised_in_the_students():
    cells = ["def f(g):\n    try: g(3)\n    except ValueError as error: return str(error)"]

    def refuse(x):
        raise KeyError("no")

    with SandboxedStudent(cells, QUICK) as student:
        assert student.call("f", refuse) == "KeyError: 'no'"


def test_a_judge_that_fails_makes_no_zero_and_is_told():
    def judge(student, rng):
        raise RuntimeError("broken judge")

    questions = [Question(1, "Broken", "q1", 4, judge)]
    (mark,) = grade_cells(["x = 1"], questions, "seed", QUICK).marks
    assert (mark.points, mark.status) == (None, "not-graded")
    assert "broken judge" in mark.feedback


def test_a_judge_that_gives_too_much_makes_no_mark():
    questions = [Question(1, "Generous", "q1", 4, lambda student, rng: Mark(1, 5, 4))]
    (mark,) = grade_cells(["x = 1"], questions, "seed", QUICK).marks
    assert mark.points is None


def test_the_inputs_depend_on_the_notebook():
    answers = []
    question = Question(1, "Ask", "q1", 1, lambda s, rng: Mark(1, 1, 1, feedback=str(rng.random())))

    for cells in (["x = 1"], ["x = 1"], ["x = 2"]):
        answers.append(grade_cells(cells, [question], "seed", QUICK).marks[0].feedback)
    assert answers[0] == answers[1] != answers[2]


def test_the_source_is_what_the_student_wrote():
    with SandboxedStudent(["%pylab\nx = 1", "y = 2"], QUICK) as student:
        assert student.source == "%pylab\nx = 1\n\ny = 2"


@pytest.mark.parametrize(
    ("times", "in_time"),  # for how long it waited for a processor, and had one itself
    [((0.0, 0.0), False), ((100.0, 0.0), True), ((100.0, 100.0), False)],
)
def test_time_without_a_processor_does_not_count(times, in_time, monkeypatch):
    monkeypatch.setattr("autograder.protocol.PATIENCE", 300)  # this test may starve too
    mine, theirs = socket.socketpair()
    reading, writing = os.pipe()
    first = iter([(0.0, 0.0)])  # before the request
    given_up = threading.Event()
    channel = Channel(mine, Prints(reading, 100), lambda: None, lambda: next(first, times))

    def answer_late():
        line = theirs.recv(1000)
        if in_time:
            time.sleep(0.5)
        else:
            given_up.wait(60)
        theirs.sendall(line)

    thread = threading.Thread(target=answer_late)
    thread.start()
    try:
        replies = channel.request({"op": "x"}, 0.2)
        if in_time:
            assert next(replies)["op"] == "x"
        else:
            with pytest.raises(TimeoutError):
                next(replies)
    finally:
        given_up.set()
        thread.join()
        for end in (mine, theirs):
            end.close()
        os.close(reading)
        os.close(writing)


def test_an_answer_beyond_all_measure_is_refused():
    with SandboxedStudent(["def f(): return np.zeros(10**6)", RIGHT[0]], QUICK) as student:
        with pytest.raises(StudentFailure) as caught:
            student.call("f")
        assert caught.value.kind in ("died", "unreadable")
        assert student.call("square", 3) == 9


def test_threads_that_a_function_waits_for_in_vain_are_named():
    cell = (
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"
        "pool.submit(abs, 1).result()\ndef square(x): return pool.submit(abs, x * x).result()"
    )
    mark = graded([*RIGHT, cell]).marks[0]
    assert (mark.points, mark.diagnosis) == (0, "timeout")
    assert "A cell has started threads" in mark.feedback
