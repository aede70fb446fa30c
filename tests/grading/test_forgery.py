"""Answers that lie, replies that are forged, and calls that hang or end their process."""

import pytest
from tiny import FULL, NOTHING, RIGHT, WRONG, graded, points

from autograder.sandbox import Limits

LIAR = """
class Liar:
    def __eq__(self, other): return True
    __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __eq__
    def __array__(self, *args, **kwargs): {array}
    def __float__(self): {float}
    def __bool__(self): return True
    def __call__(self, *args): return self
    def __getattr__(self, name): return self
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    shape = (3,)
square = answer = zero_of = Liar()
"""

LIARS = {
    "equal to everything": LIAR.format(array="raise TypeError", float="raise TypeError"),
    "an array of NaN": LIAR.format(array="return np.array([np.nan])", float="return np.nan"),
    "an array of objects": LIAR.format(array="return np.array([self] * 3)", float="return 1.0"),
    "an endless array": LIAR.format(array="\n        while True: pass", float="return 1.0"),
    "a huge array": LIAR.format(array="return np.zeros(10**7)", float="return 1.0"),
    "a number that is none": """
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
square = zero_of = lambda x: Number(3)
answer = type("Answer", (int,), {"__eq__": lambda *a: True, "__hash__": None})(41)
""",
    "an array that is none": """
class Array(np.ndarray):
    def __eq__(self, other): return np.ones(3, bool)
square = zero_of = lambda x: np.zeros(3).view(Array)
answer = np.zeros(()).view(Array)
""",
    "NaN": "square = zero_of = lambda x: np.nan\nanswer = np.nan",
    "infinity": "square = zero_of = lambda x: np.inf\nanswer = -np.inf",
    "a huge number": "square = zero_of = lambda x: 10**400\nanswer = 10**10000",
    "text": "square = zero_of = lambda x: '42'\nanswer = 'x' * 10**8",
    "nothing": "square = zero_of = lambda x: None\nanswer = None",
    "functions": "square = zero_of = lambda x: square\nanswer = len",
    "modules": "import sys as square\nzero_of = answer = np",
    "a list in itself": "answer = []\nanswer.append(answer)\nsquare = zero_of = lambda x: answer",
    "a deep list": """
answer = []
for _ in range(100_000): answer = [answer]
square = zero_of = lambda x: answer
""",
    "a masked array": "square = zero_of = lambda x: np.ma.masked_all(3)\nanswer = np.ma.masked",
    "wrong shapes": (
        "square = zero_of = lambda x: np.zeros((3, 1) * 15)\nanswer = np.zeros((0, 10**6))"
    ),
}


@pytest.mark.parametrize("lie", LIARS)
def test_a_lie_earns_nothing_and_harms_nothing(lie):
    result = graded(["import numpy as np", LIARS[lie]])
    # a judge that knows no such value must not make it a loss of the whole notebook
    assert [mark.points or 0 for mark in result.marks] == [0, 0, 0, 0]


SOCKETS = """
import json, os, re, socket, sys, threading
def forge(text):
    for number in range(3, 64):
        try: os.write(number, text.encode())
        except OSError: pass
"""

FORGERIES = {
    "replies in advance": SOCKETS
    + """
for i in range(1000): forge(json.dumps({"id": i, "value": 42}) + "\\n")
""",
    "replies to any number": SOCKETS
    + """
def square(x):
    for i in (None, True, 0, "", "*"): forge(json.dumps({"id": i, "value": x}) + "\\n")
    return x
""",
    "a flood of replies": SOCKETS
    + """
def square(x):
    while True: forge('{"id": 1, "value": 42}\\n' * 1000)
""",
    "a line without an end": SOCKETS
    + """
def square(x):
    while True: forge("x" * 65536)
""",
    "broken lines": SOCKETS
    + """
def square(x):
    forge('\\n[]\\n7\\n{"id"\\n\\xff\\xfe\\n' + "[" * 100000 + "\\n")
    return x
""",
    "the number of the request": SOCKETS
    + """
def square(x):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if isinstance(value, dict) and "id" in value:
                forge(json.dumps({"id": value["id"], "value": 42}) + "\\n")
                forge(json.dumps({"id": value["id"], "points": 4, "max_points": 4}) + "\\n")
                forge(json.dumps({"id": value["id"], "callback": 0, "arguments": []}) + "\\n")
                forge(json.dumps({"id": value["id"], "callback": "x"}) + "\\n")
        frame = frame.f_back
    return x
""",
    "a statement of an impossible number": SOCKETS
    + """
def last(frame):
    while "request" not in frame.f_locals: frame = frame.f_back
    forge(json.dumps({"id": frame.f_locals["request"]["id"], "at": int("9" * 4300)}) + "\\n")
    os._exit(1)
last(sys._getframe())
""",
    "another answerer": """
import autograder.child as child
child.readable = lambda value: {"value": {"array": "", "dtype": "O", "shape": []}}
child.Notebook.call = lambda *args: {"value": 42}
child.Notebook.variable = lambda *args: {"value": "all points"}
""",
    "a failure of its own kind": """
import autograder.child as child
child.Notebook.call = lambda *args: {"failure": ["x"], "what": {"a": 1}, "detail": None}
""",
    "many calls back": """
def zero_of(f):
    while True: f(0.0)
""",
    "odd calls back": """
import autograder.values
def zero_of(f):
    for x in ("x", None, [], {}, 10**400, float("nan"), [[1], [2, 3]], f):
        try: f(x)
        except (ValueError, TypeError): pass
    return f
""",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_earns_nothing(forgery):
    assert points([*WRONG, FORGERIES[forgery]]) == NOTHING


IN_FUNCTIONS = {
    "loops": "while True: pass",
    "sleeps": "import time; time.sleep(1000)",
    "ends the process": "import os; os._exit(0)",
    "ends all processes": "import os; os.kill(os.getppid(), 9); os.kill(-1, 9); os._exit(0)",
    "exits": "raise SystemExit",
    "interrupts": "raise KeyboardInterrupt",
    "overflows the stack": "import sys; sys.setrecursionlimit(10**9); square(x)",
    "fills the memory": "return [bytearray(10**8) for _ in range(1000)]",
    "prints without end": "\n    while True: print('spam')",
    "forks": "\n    import os\n    while True: os.fork()",
    "forks and answers twice": "\n    import os\n    os.fork()\n    return -x",
    "closes the pipes": "import os; os.closerange(0, 64); return x",
    "raises nonsense": "raise type('\\x1b[31m<b>', (BaseException,), {'__str__': lambda s: 1/0})",
}


@pytest.mark.parametrize("deed", IN_FUNCTIONS)
def test_a_function_that_does_harm_costs_its_own_points_alone(deed):
    harmful = f"def square(x):\n    {IN_FUNCTIONS[deed]}"
    assert points([*RIGHT, harmful]) == [0, *FULL[1:]]


def test_a_process_that_outlives_its_call_does_not_answer_the_next_question():
    harmful = """
def square(x):
    import os
    if not os.fork():
        while True:
            for n in range(3, 20):
                try: os.write(n, b'{"value": 0}\\n'); os.read(n, 10)
                except OSError: pass
    return x * x
"""
    assert points([*RIGHT, harmful])[1:] == FULL[1:]


def test_what_one_question_does_is_unknown_to_the_next():
    cells = [*RIGHT, "def square(x):\n    global answer\n    answer = 41\n    return x * x"]
    assert points(cells) == FULL


def test_the_same_notebook_gets_the_same_marks_and_another_one_other_inputs():
    cells = [*RIGHT, "def square(x):\n    return x * x if x is not None and np.sum(x) > 0 else x"]
    marks = [graded(cells).marks for _ in range(2)]
    assert marks[0] == marks[1]


def test_a_notebook_that_takes_too_long_keeps_what_its_functions_are_worth():
    slow = Limits(cell=0.6, grace=0.5, notebook=6)
    assert points([*RIGHT, *["while True: pass"] * 20], slow) == FULL
