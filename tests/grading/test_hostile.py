"""Hostile notebooks in the real sandbox: none forges or stops, and what is right counts.

Each attack stands beside right answers, which must keep all their points, and beside wrong ones,
which must gain none.
"""

import pytest
from tiny import FULL, NOTHING, RIGHT, WRONG, points

PATCHES = {
    "numpy.testing": """
import numpy.testing
for name in dir(numpy.testing):
    setattr(numpy.testing, name, lambda *a, **k: None)
""",
    "builtins": """
import builtins
for name in ("abs", "all", "any", "float", "isinstance", "len", "sum", "type", "repr"):
    setattr(builtins, name, lambda *a, **k: True)
""",
    "operator": """
import operator
operator.eq = operator.ne = operator.lt = lambda *a: True
""",
    "sys.modules": """
import sys
for name in ("json", "numpy.testing", "socket", "os", "autograder.values", "autograder.child"):
    sys.modules[name] = None
""",
    "numpy": """
import numpy
numpy.asarray = numpy.allclose = numpy.array_equal = numpy.isclose = lambda *a, **k: True
""",
    "json": """
import json
json.dumps = json.loads = json.JSONEncoder.encode = lambda *a, **k: '{"value": 42}'
""",
    "os and signal": """
import os, signal, time
os._exit = os.kill = os.fork = os.waitpid = signal.signal = signal.setitimer = None
time.monotonic = time.time = lambda: 0
""",
    "the ipython hooks": """
ip = get_ipython()
ip.events.register("post_run_cell", lambda *a: None)
ip.ast_transformers.append(object())
ip.run_line_magic("load_ext", "forge")
""",
    "the excepthook and stdout": """
import sys
sys.excepthook = sys.displayhook = sys.settrace = lambda *a: 1 / 0
sys.stdout = sys.stderr = sys.stdin = None
""",
}

COPIES = {
    "copies that end": "import os\nos.register_at_fork(after_in_child=lambda: os._exit(0))",
    "copies that hang": "import os, time\nos.register_at_fork(before=lambda: time.sleep(1000))",
    "no copies": "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (0, 0))",
    "a hook that refuses": """
import sys
def hook(event, arguments):
    if event == "os.fork": raise RuntimeError
sys.addaudithook(hook)
""",
}

ENDINGS = {
    "os._exit": "import os\nos._exit(0)",
    "sys.exit": "import sys\nsys.exit()",
    "SystemExit later": "import atexit\natexit.register(exit)\nraise SystemExit",
    "quit": "quit()",
    "abort": "import os\nos.abort()",
    "segmentation fault": "import ctypes\nctypes.string_at(0)",
    "kill itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "kill everyone": "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(os.getpid(), 9)",
    "stop itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "endless loop": "while True:\n    pass",
    "deaf endless loop": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass"
    ),
    "loop that catches all": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "sleep": "import time\ntime.sleep(1000)",
    "deep recursion": (
        "import sys\nsys.setrecursionlimit(10**9)\ndef deep(n):\n    return deep(n + 1)\ndeep(0)"
    ),
    "closed pipes": "import os\nos.closerange(0, 64)",
    "input": "input()",
    "syntax error": "def f(:",
    "nested source": "x = " + "(" * 5000 + ")" * 5000,
    "long chain": "x = 0\nx" + ".real" * 50_000,
    "null bytes": "x = 1\x00",
    "lone surrogate": "x = '\ud800'",
}

BOMBS = {
    "memory": "x = [bytearray(10**8) for _ in range(1000)]",
    "numpy memory": "x = np.ones((10**5, 10**5))",
    "forks": "import os\nwhile True:\n    os.fork()",
    "forks that wait for each other": """
import os
for _ in range(14):
    if os.fork() == 0:
        while True: pass
while True: pass
""",
    "forks with memory": """
import os
for _ in range(10):
    if not os.fork():
        x = [bytearray(os.urandom(1 << 20)) for _ in range(800)]
        while True: pass
""",
    "threads": """
import threading
def spin():
    while True: pass
while True:
    threading.Thread(target=spin, daemon=True).start()
""",
    "files": """
import os
for i in range(100):
    with open(f"/tmp/{i}", "wb") as file:
        for _ in range(100):
            file.write(bytes(1 << 20))
""",
    "prints": "while True:\n    print('spam' * 100)",
    "stderr": "import sys\nwhile True:\n    sys.stderr.write('spam\\n' * 100)",
    "raw prints": "import os\nwhile True:\n    os.write(1, b'x' * 65536)",
    "open files": "files = []\nwhile True:\n    files.append(open('/dev/null'))",
    "big text": "s = 'x' * 10**9\nt = s * 10",
    "big number": "n = 10 ** 10 ** 8",
}

LEFT_BEHIND = {
    "a thread": """
import threading
def run():
    while True: pass
threading.Thread(target=run).start()
""",
    "a printing thread": """
import threading
def run():
    while True: print("spam")
threading.Thread(target=run, daemon=True).start()
""",
    "a daemon": """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        while True: pass
    os._exit(0)
""",
    "a thread that ends the process a little later": """
import os, threading
threading.Timer(0.05, os._exit, (1,)).start()
""",
    "a thread that ends the process when it is asked": """
import os, threading
threading.Timer(0.4, os._exit, (1,)).start()
""",
    "sockets that do not wait": """
import os
for n in range(3, 9):
    try: os.set_blocking(n, False)
    except OSError: pass
""",
    "a child that reads the pipes": """
import os
if not os.fork():
    while True:
        for n in range(3, 20):
            try: os.read(n, 1)
            except OSError: pass
""",
}

# nothing of such a cell runs in a notebook either
NO_CODE = {"syntax error", "null bytes", "nested source", "long chain", "lone surrogate"}
ATTACKS = {**PATCHES, **COPIES, **ENDINGS, **BOMBS, **LEFT_BEHIND}


@pytest.mark.parametrize("attack", ATTACKS)
def test_right_answers_keep_their_points_before_in_and_after_the_cell_of(attack, monkeypatch):
    monkeypatch.setattr("autograder.session.FORK_SECONDS", 3)  # that a copy may hang
    cell = ATTACKS[attack] if attack in NO_CODE else f"{RIGHT[1]}\n{ATTACKS[attack]}"
    lost = [RIGHT[1]] if attack in NO_CODE else []
    assert points([RIGHT[0], *lost, cell, RIGHT[2]]) == FULL


@pytest.mark.parametrize("attack", PATCHES)
def test_wrong_answers_gain_no_points_from(attack):
    assert points([ATTACKS[attack], *WRONG]) == NOTHING
