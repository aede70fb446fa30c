"""Calls of a reader's function, made first in another process.

A step that never returns to Python, such as ``sum(range(10**12))``, can be ended with its process
alone, and what ends Python, such as ``os._exit``, ends no more than this one.  The process is
started when it is first needed, and is kept; a function that cannot be sent there is not tried.
"""

import contextlib
import copy
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

from crossentropy._plain_results import plain

_START = 20  # seconds for the process to start, and to import what a function needs
_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from crossentropy._dry_run import serve; serve()"
_READY, _DONE, _TOO_LONG, _END = b">", b".", b"!", b"\n"  # what the process says, a byte each


class DryRun:
    """A process that makes calls, one after the other, until one ends it."""

    def __init__(self):
        self._process = None
        self._lock = threading.Lock()

    def first_failure(self, function, calls, seconds, total):
        """Return the number of the first call that does not come back, and the error to raise.

        Parameters
        ----------
        function : bytes
            A function, as `cloudpickle` writes it.
        calls : list of tuple
            The arguments of each call.
        seconds, total : float
            The limit of one call, and of all calls together.

        Returns
        -------
        tuple of int and Exception, or None
            None if all calls come back, or if it cannot be found out: where the function cannot be
            read in another process, or there can be none.
        """
        message = pickle.dumps((sys.path, function, calls, seconds, total))
        with self._lock:
            try:
                said, late = self._answer(message, _START + total)
            except OSError:
                return None
        number = said.count(_DONE)
        if not said.startswith(_READY) or said.endswith(_DONE + _END):
            return None
        if _TOO_LONG in said:
            return number, TimeoutError(f"the calls took more than {total:g} seconds together")
        if late:
            return number, TimeoutError(f"no result within {seconds:g} seconds")
        return number, RuntimeError("the function ended Python itself, as it would end the kernel")

    def _answer(self, message, patience):
        """Return what the process says, and whether it was ended because a call took too long."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        process, said = self._process, b""
        timer = threading.Timer(min(patience, threading.TIMEOUT_MAX), process.kill)
        timer.start()
        try:
            process.stdin.write(message)
            process.stdin.flush()
            while not said.endswith(_END) and (byte := process.stdout.read(1)):
                said += byte
        finally:  # also when the reader interrupts the kernel
            silenced = not timer.is_alive()
            timer.cancel()
            if not said.endswith(_END):
                self.close()
        return said, silenced or process.returncode == -getattr(signal, "SIGALRM", 0)

    def _start(self):
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the stop button of a notebook is for its kernel
        )

    def close(self):
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def serve():
    """Make the calls that come in, in the process that is there for them."""
    source, channel = (os.fdopen(os.dup(end), mode) for end, mode in ((0, "rb"), (1, "wb")))
    for end, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY)):
        os.dup2(os.open(os.devnull, mode), end)  # a function neither asks nor prints

    def say(byte):
        channel.write(byte)
        channel.flush()

    with contextlib.suppress(EOFError):  # the other process has ended
        while True:
            sys.path[:], function, calls, seconds, total = pickle.load(source)
            _try(function, calls, seconds, total, say)
            say(_END)
    os._exit(0)  # whatever threads a function has left


def _try(function, calls, seconds, total, say):
    """Say how far the calls come."""
    try:
        with _alarm(_START):
            function = plain(pickle.loads(function))
    except BaseException:  # of the reader's, or of a module that is not here
        return
    say(_READY)
    end = time.monotonic() + total
    for arguments in calls:
        if time.monotonic() > end:
            say(_TOO_LONG)
            return
        with contextlib.suppress(BaseException), _alarm(seconds):
            function(*copy.deepcopy(arguments))
        say(_DONE)


@contextlib.contextmanager
def _alarm(seconds):
    """Have the system end this process after a time, where it can."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
