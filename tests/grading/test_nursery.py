"""Sandboxes that are copies of one process: no notebook reaches another one, or the process."""

import mmap
import platform
import signal
import subprocess
import sys
import threading
import time

import pytest
from test_confinement import alive, value_of
from tiny import FULL, QUICK, RIGHT, points

from autograder import nurseries
from autograder.confinement import ENVIRONMENT, nursery_command
from autograder.nurseries import Copy, nursery_here
from autograder.sandbox import Sandbox, descendants
from autograder.sandboxed import SandboxedStudent

CLONE = {"x86_64": 56, "aarch64": 220}


@pytest.fixture(autouse=True)
def nursery(monkeypatch):
    """Use a nursery of this test's own."""
    monkeypatch.setattr(nurseries, "LOCAL", threading.local())
    return nursery_here(QUICK)


def both(first, second):
    """Return what the second notebook finds while the first one is there, in the same nursery."""
    with SandboxedStudent([first], QUICK) as student:
        assert isinstance(student.session.sandbox.process, Copy)
        assert student.session.runs[0].failures == ()
        return value_of(second)


LOCKED = """
import fcntl, json
try:
    found = fcntl.flock(open(json.__file__), fcntl.LOCK_EX)
except OSError as error:
    found = error.errno
"""
ALONE = {
    "files": (
        "open('/tmp/a', 'w').write('a')\nopen('b', 'w').write('b')",
        "import os\nfound = [*os.listdir('/tmp'), *os.listdir('.')]",
        [],
    ),
    "processes": (
        "import os, time\nos.fork() or time.sleep(100)",
        "import os\nfound = sorted(int(name) for name in os.listdir('/proc') if name.isdigit())",
        [1, 2],
    ),
    "sockets": (
        "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('\\0name')\ns.listen()",
        "import socket\nfound = socket.socket(socket.AF_UNIX).connect_ex('\\0name')",
        111,
    ),
    "locks": (LOCKED, LOCKED, 1),
    "modules": (
        "import numpy, sys\nnumpy.pi = 3\nsys.modules['json'] = None",
        "import json, numpy\nfound = numpy.pi > 3",
        True,
    ),
    "terminals": (
        "x = 1",
        "import os\ntry:\n    found = os.openpty()\nexcept OSError:\n    found = None",
        None,
    ),
    "flags of descriptors": (
        "import os\nfor fd in range(4): os.set_blocking(fd, False)",
        "import os\nfound = [os.get_blocking(fd) for fd in range(4)]",
        [True] * 4,
    ),
    "random numbers": (
        "import numpy, random\nx = numpy.random.rand(), random.random()",
        "import numpy, random\nfound = numpy.random.rand() == random.random()",
        False,
    ),
}


@pytest.mark.parametrize("what", ALONE)
def test_two_notebooks_have_nothing_in_common(what):
    first, second, expected = ALONE[what]
    assert both(first, second) == expected


def test_no_two_notebooks_have_the_same_random_numbers():
    cell = "import random\nfound = [float(np.random.rand()), random.random()]"
    numbers = [value_of(f"import numpy as np\n{cell}") for _ in range(2)]
    assert set(numbers[0]).isdisjoint(numbers[1])


def test_no_descriptor_is_inherited():
    source = """
import os
found = []
for process in ("self", "1"):
    for name in os.listdir(f"/proc/{process}/fd"):
        try: found.append(os.readlink(f"/proc/{process}/fd/{name}").split(":")[0])
        except OSError: pass
"""
    assert sorted(value_of(source)) == ["/dev/null", "pipe", "pipe", "socket"]


def test_a_group_and_a_session_are_new():
    assert value_of("import os\nfound = [os.getsid(0), os.getpgrp()]") == [1, 1]


def test_a_signal_to_all_that_can_be_reached_harms_no_other(nursery):
    attack = "import os\nfor target in (0, -1, 1): os.kill(target, 15)\nos.kill(0, 9)"
    with SandboxedStudent(["x = 1"], QUICK) as student:
        assert points([*RIGHT, attack]) == FULL
        assert student.variable("x") == 1
    assert nursery_here(QUICK) is nursery


def test_a_first_process_cannot_be_interrupted():
    source = "import os, time\nos.kill(1, 2)\ntime.sleep(0.3)\nfound = 1"
    assert value_of(source) == 1


def test_the_nursery_stays_as_it_was(nursery):
    attack = "import numpy, builtins\nnumpy.array = numpy.asarray = builtins.len = None"
    assert points([*RIGHT, attack]) == FULL
    assert points(RIGHT) == FULL
    assert nursery_here(QUICK) is nursery


def test_a_copy_and_all_in_it_end_when_its_first_process_does():
    sandbox = Sandbox(QUICK)
    inside = [sandbox.process.pid, *descendants(sandbox.process.pid)]
    assert len(inside) == 2
    sandbox.process.kill()
    sandbox.close()
    assert not any(map(alive, inside))


@pytest.mark.skipif(platform.machine() not in CLONE, reason="the number of clone is not known")
def test_no_process_can_be_started_in_a_user_namespace_of_its_own():
    number, flags = CLONE[platform.machine()], 0x10000000 | signal.SIGCHLD
    source = f"""
import ctypes
found = ctypes.CDLL(None).syscall({number}, {flags}, 0, 0, 0, 0)
"""
    assert value_of(source) == -1


def test_where_a_copy_cannot_be_confined_a_sandbox_starts_by_itself(monkeypatch):
    monkeypatch.setattr(nurseries, "LOCAL", threading.local())
    starts = []

    def command(descriptor):
        starts.append(descriptor)
        made = nursery_command(descriptor)
        place = made.index("--unshare-all")
        return [*made[:place], "--disable-userns", *made[place:]]

    monkeypatch.setattr(nurseries, "nursery_command", command)
    for _ in range(2):
        with SandboxedStudent(["found = 1"], QUICK) as student:
            assert isinstance(student.session.sandbox.process, subprocess.Popen)
            assert student.variable("found") == 1
    assert len(starts) == nurseries.MOST_BARREN


def test_one_nursery_that_made_no_copy_is_replaced(nursery):
    nursery.end()
    sandbox = Sandbox(QUICK)
    sandbox.close()
    assert isinstance(sandbox.process, Copy)


@pytest.mark.parametrize("copies", [1, 2])  # once it has started: all in it ends with it
def test_a_nursery_that_ends_is_replaced_at_once(nursery, copies):
    for _ in range(copies):
        Sandbox(QUICK).close()
    nursery.process.kill()
    nursery.process.wait()
    assert nursery.connection.recv(1) == b""  # what it had started has ended as well
    sandbox = Sandbox(QUICK)
    sandbox.close()
    assert isinstance(sandbox.process, Copy)
    assert nursery_here(QUICK) is not nursery


def test_a_nursery_ends_with_its_thread():
    pids = []

    def start():
        Sandbox(QUICK).close()
        pids.append(nursery_here(QUICK).process.pid)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    deadline = time.monotonic() + 60
    while alive(pids[0]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pids[0])


@pytest.mark.parametrize(("shared", "status"), [(mmap.MAP_PRIVATE, 0), (mmap.MAP_SHARED, 1)])
def test_a_process_that_would_share_memory_makes_no_copies(shared, status):
    source = f"""
import mmap
from autograder.nursery import require_nothing_shared
x = mmap.mmap(-1, 4096, {shared} | mmap.MAP_ANONYMOUS)
require_nothing_shared()
"""
    done = subprocess.run([sys.executable, "-c", source], env=ENVIRONMENT, check=False)
    assert done.returncode == status
