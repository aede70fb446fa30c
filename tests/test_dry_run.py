"""Calls made first in another process, which one that never ends, or ends Python, takes with it."""

import os
import signal
import subprocess
import sys
import threading
import time

import cloudpickle
import psutil
import pytest

from crossentropy._dry_run import DryRun

CALLS = [(number,) for number in range(4)]
FOREVER = "sum(range(10**15))"  # it looks at no signal and at no other thread


@pytest.fixture
def dry_run():
    one = DryRun()
    yield one
    one.close()


def of(text):
    """Return a function of one number, which is 2 in the third call, as it is sent."""
    return cloudpickle.dumps(eval(f"lambda n: {text}", {"os": os, "time": time}))


def found(dry_run, function, seconds=0.3, total=60):
    """Return the number of the call that does not come back, and what is said of it."""
    failure = dry_run.first_failure(function, CALLS, seconds, total)
    return failure and (failure[0], repr(failure[1]))


@pytest.mark.parametrize("text", ["n", "1 / 0", "exit()", "print('x' * 10**6)", "input()"])
def test_calls_that_come_back_are_in_order_whatever_comes_of_them(text, dry_run):
    assert found(dry_run, of(text)) is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (FOREVER, "TimeoutError('no result within 0.3 seconds')"),
        ("time.sleep(100)", "TimeoutError('no result within 0.3 seconds')"),
        (
            "os._exit(0)",
            "RuntimeError('the function ended Python itself, as it would end the kernel')",
        ),
    ],
)
def test_the_first_call_that_does_not_come_back_is_found(text, error, dry_run):
    assert found(dry_run, of(f"n == 2 and {text}")) == (2, error)
    assert found(dry_run, of("n")) is None


def test_all_calls_together_have_a_limit(dry_run):
    words = "TimeoutError('the calls took more than 0.3 seconds together')"
    assert found(dry_run, of("time.sleep(0.2)"), seconds=60, total=0.3) == (2, words)


def test_arguments_are_copies(dry_run):
    function = cloudpickle.dumps(lambda numbers: os._exit(0) if numbers else numbers.append(1))
    numbers = []
    assert dry_run.first_failure(function, [(numbers,), (numbers,)], 60, 60) is None


@pytest.mark.parametrize("function", [b"nonsense", b"cnowhere\nnothing\n.", b"cos\nabort\n(tR."])
def test_nothing_is_said_of_a_function_that_cannot_be_read(function, dry_run):
    assert found(dry_run, function) is None


def test_nothing_is_said_where_there_is_no_other_process(dry_run, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert found(dry_run, of(FOREVER)) is None


def test_one_process_does_for_all_and_a_lost_one_is_replaced(dry_run):
    found(dry_run, of("n"))
    first = dry_run._process
    found(dry_run, of("n"))
    assert dry_run._process is first
    first.kill()
    first.wait()
    assert found(dry_run, of(f"n == 1 and {FOREVER}"))[0] == 1


@pytest.fixture
def interruptible():
    """Listen to Ctrl+C, which what runs in the background of a shell is told to ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_the_process_too(dry_run):
    threading.Timer(1, os.kill, [os.getpid(), signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        found(dry_run, of(FOREVER), seconds=60)
    assert dry_run._process.poll() is not None


PARENT = """
import os, threading, time, cloudpickle
from crossentropy._dry_run import DryRun
dry_run = DryRun()
def show():
    time.sleep(1)
    print(dry_run._process.pid, flush=True)
threading.Thread(target=show).start()
dry_run.first_failure(cloudpickle.dumps(lambda n: sum(range(10**15))), [(1,)], 3, 60)
"""


def test_a_call_does_not_outlive_a_kernel_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 60
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert not is_running(child)


def is_running(number):
    """Return whether a process is at work."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
