"""Many notebooks at once: on this machine and on a Dask cluster, whose workers may die."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course_folder import QUESTIONS
from distributed import Client
from tiny import FULL, NOTHING, QUICK, RIGHT, WRONG

from autograder.grading import Task
from autograder.sandbox import descendants
from autograder.workers import ClusterError, on_cluster, on_this_machine

DEFINITION = QUESTIONS.read_text(encoding="utf-8")
SLOW = "import time\ntime.sleep(0.3)"


def task(student, cells, definition=DEFINITION):
    return Task(student, "tiny", tuple(cells), f"seed/{student}", definition, QUICK)


def points(results):
    return {task.student: [mark.points for mark in graded.marks] for task, graded in results}


def class_of(number):
    """Return tasks of which every second one is right."""
    return [task(f"s{n}", [*(WRONG if n % 2 else RIGHT), SLOW]) for n in range(number)]


def expected(number):
    return {f"s{n}": NOTHING if n % 2 else FULL for n in range(number)}


@pytest.mark.parametrize("workers", [1, 3])
def test_every_task_comes_back_with_its_marks(workers):
    assert points(on_this_machine(iter(class_of(5)), workers)) == expected(5)


def test_more_workers_than_tasks_and_no_tasks_are_fine():
    assert points(on_this_machine(class_of(1), 3)) == expected(1)
    assert points(on_this_machine([], 2)) == {}


def test_marks_do_not_depend_on_order_or_workers():
    tasks = class_of(4)
    one = {task.student: graded for task, graded in on_this_machine(tasks, 1)}
    two = {task.student: graded for task, graded in on_this_machine(tasks[::-1], 2)}
    assert one == two


def worker_processes():
    """Return the worker processes of this one."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
    return [pid for pid, line in lines.items() if b"spawn_main" in line]


def test_a_worker_that_is_killed_loses_nothing():
    results, tasks = {}, class_of(6)
    for number, (done, graded) in enumerate(on_this_machine(tasks, 2)):
        results[done.student] = [mark.points for mark in graded.marks]
        if number == 1:
            os.kill(worker_processes()[0], signal.SIGKILL)
    assert results == expected(6)


def test_a_task_that_kills_its_workers_is_reported_and_stops_nobody():
    head = "def judge_square(student, rng):"
    deadly = DEFINITION.replace(head, f"{head}\n    import os; os._exit(1)")
    tasks = [task("x", RIGHT, deadly), task("y", RIGHT)]
    results = {done.student: graded for done, graded in on_this_machine(tasks, 1)}
    assert {mark.status for mark in results["x"].marks} == {"not-graded"}
    assert {mark.diagnosis for mark in results["x"].marks} == {"lost worker"}
    assert [mark.points for mark in results["y"].marks] == FULL


def test_a_judge_that_does_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr("autograder.workers.PATIENCE", 0.05)
    head = "def judge_square(student, rng):"
    endless = DEFINITION.replace(head, f"{head}\n    while True: pass")
    results = {
        done.student: graded
        for done, graded in on_this_machine([task("x", RIGHT, endless), task("y", RIGHT)], 2)
    }
    assert {mark.diagnosis for mark in results["x"].marks} == {"lost worker"}
    assert [mark.points for mark in results["y"].marks] == FULL


ENDLESS = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
os.fork() or os.setsid()
while True: pass
"""
GRADER = f"""
from autograder.grading import Task
from autograder.workers import on_this_machine
if __name__ == "__main__":
    endless = [Task(str(n), "tiny", ({ENDLESS!r},), "seed", {DEFINITION!r}) for n in range(4)]
    list(on_this_machine(endless, 2))
"""
PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture
def started():
    """Return what was started here and still runs; orphans come to this process for the while."""
    prctl, before = ctypes.CDLL(None).prctl, set(descendants(os.getpid()))
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    yield lambda: {p for p in descendants(os.getpid()) if p not in before and running(p)}
    prctl(PR_SET_CHILD_SUBREAPER, 0)


def test_nothing_outlives_a_grader_whenever_it_is_killed(started):
    moments = {1: [], 2: [], 3: [], 4: [], 6: [], 8: []}  # by the number of its processes
    for number, seen in moments.items():
        command = [sys.executable, "-c", GRADER]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as grader:
            while len(seen) < number:
                assert grader.poll() is None
                seen[:] = descendants(grader.pid)
            grader.kill()
    deadline = time.monotonic() + 60
    while started() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started() == set()


def running(pid):
    """Return whether a process exists and is no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


@pytest.fixture
def cluster():
    """A Dask scheduler with two workers, as an instructor starts them."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    address, module = f"tcp://127.0.0.1:{port}", [sys.executable, "-m"]
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    started = [subprocess.Popen([*module, *scheduler, "--no-dashboard"], **quiet)]
    worker = [*module, "distributed.cli.dask_worker", address, "--nthreads", "1"]
    started += [subprocess.Popen([*worker, "--no-dashboard"], **quiet) for _ in range(2)]
    with Client(address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, started
    for process in reversed(started):  # the scheduler last: workers wait for one that is gone
        process.terminate()
    for process in reversed(started):
        process.wait(20)


def test_a_dask_worker_that_is_killed_loses_nothing(cluster):
    address, (_, worker, _) = cluster
    results = {}
    for number, (done, graded) in enumerate(on_cluster(class_of(12), address)):
        results[done.student] = [mark.points for mark in graded.marks]
        if number == 2:
            for pid in [*descendants(worker.pid), worker.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    assert results == expected(12)


def test_a_scheduler_that_is_killed_is_told(cluster):
    address, (scheduler, *_) = cluster
    came = on_cluster(class_of(12), address)
    next(came)
    scheduler.kill()
    with pytest.raises(ClusterError, match=f"The Dask scheduler at {address} is gone"):
        list(came)


def test_an_address_without_a_scheduler_is_told(monkeypatch):
    monkeypatch.setattr("autograder.workers.CONNECTING", 0.5)
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        list(on_cluster(class_of(1), "tcp://127.0.0.1:1"))
