"""A process with nothing in reach: no network, no files but Python's, and limits on the rest."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from functools import partial
from pathlib import Path

from autograder.confinement import Limits, compile_packages, confined_command, plain_command
from autograder.nurseries import Copy, nursery_here
from autograder.protocol import Channel, Closed, Prints
from autograder.seccomp import program

__all__ = ["Limits", "Sandbox", "SandboxError", "require_sandbox"]

NEEDED = ("bwrap", "setpriv", "env")
INSTALL = (
    "bubblewrap is missing, which runs the notebooks in a sandbox. It needs Linux. On Debian and "
    "Ubuntu: `sudo apt-get install bubblewrap util-linux`; on Fedora: `sudo dnf install bubblewrap "
    "util-linux`."
)
FORBIDDEN = (
    "If the system forbids it: on Ubuntu 24.04 and newer, "
    "`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; in a container, start it "
    "with `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`."
)
TRIES = 3
TICK = 0.1  # seconds between two looks at the memory
CLOSING = 5.0
PAGE = os.sysconf("SC_PAGE_SIZE")


class SandboxError(RuntimeError):
    """No sandbox can be had, which says nothing about the notebook."""


def require_sandbox(limits: Limits | None = None) -> None:
    """Make ready for many sandboxes; raise SandboxError unless one starts here."""
    if not all(map(shutil.which, NEEDED)):
        raise SandboxError(INSTALL)
    compile_packages()
    Sandbox(limits or Limits(), warm=False).close()


class Sandbox:
    """A running child that has said hello.

    Parameters
    ----------
    limits : Limits
    confined : bool, optional
        False runs a plain process under limits alone, which can read every file and use the
        network: for notebooks that are trusted.
    warm : bool, optional
        Whether it may be a copy from the nursery of this thread, which starts much sooner.
    """

    def __init__(self, limits: Limits, *, confined: bool = True, warm: bool = True):
        self.limits, self.confined, self.looked = limits, confined, 0.0
        if confined and warm and self.start_warm():
            return
        command = confined_command if confined else plain_command
        for attempt in range(TRIES):
            self.start(partial(self.run, command))
            said = self.failure_to_greet()
            if said is None:
                return
            time.sleep(attempt / 10)
        raise SandboxError(f"The sandbox does not start: {said or 'no word from it'}. {FORBIDDEN}")

    def start_warm(self) -> bool:
        """Start as a copy, of another nursery if one fails; return whether that worked."""
        while nursery := nursery_here(self.limits):
            with contextlib.suppress(OSError):
                self.start(partial(nursery.copy, self.limits))
                if self.failure_to_greet() is None:
                    return True
            nursery.end()
        return False

    def start(self, launch):
        """Start the child, connected by a socket and by a pipe for what it prints."""
        mine, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with theirs, os.fdopen(writing) as output:
            try:
                self.process = launch(theirs.fileno(), output.fileno())
            except OSError:
                mine.close()
                os.close(reading)
                raise
        self.prints, self.closed = Prints(reading, self.limits.prints), False
        self.control = self.channel(mine)

    def run(self, command, control, output):
        """Run a command that starts a child."""
        filtering, filled = os.pipe()
        os.write(filled, program())
        os.close(filled)
        with os.fdopen(filtering):
            return subprocess.Popen(
                command(self.limits, control, filtering),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[control, filtering],
            )

    def failure_to_greet(self) -> str | None:
        """Return None once the child says hello; if it does not, end it and return what it said."""
        try:
            self.ask({"op": "hello"}, self.limits.start)
        except (Closed, TimeoutError):
            said = self.prints.take().strip()
            self.close()
            return said
        return None

    def channel(self, connection) -> Channel:
        """Return a channel that watches the memory of the sandbox while it waits."""
        return Channel(connection, self.prints, self.watch, self.times)

    def ask(self, message: dict, seconds: float, descriptor: int | None = None):
        """Return the value that the child answers a message with."""
        return next(self.control.request(message, seconds, descriptor)).get("value")

    def watch(self):
        """End the sandbox if all its processes together use too much memory, or too many files."""
        now = time.monotonic()
        if now - self.looked > TICK:
            self.looked = now
            processes = [self.process.pid, *descendants(self.process.pid)]
            memory = sum(map(resident, processes))
            files = entries(processes[-1], self.limits.folder)
            if memory > self.limits.all_memory or files > self.limits.entries:
                self.kill()

    def times(self) -> tuple[float, float]:
        """Return for how many seconds its processes have waited for a processor, and had one."""
        ran, waited = zip((0, 0), *map(times_of, descendants(self.process.pid)), strict=True)
        return sum(waited), sum(ran)

    def kill(self):
        """End all processes but bubblewrap's own first one, which then ends by itself."""
        if isinstance(self.process, Copy):
            self.process.kill()  # the kernel then ends the others
            return
        for pid in descendants(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not self.confined:
            self.process.kill()

    def close(self):
        """End the child, and with it everything in the sandbox; a second time does nothing."""
        if self.closed:
            return
        self.closed = True
        self.control.close()
        self.kill()
        if not self.prints.ended(CLOSING):
            self.process.kill()  # the kernel then ends what it started
        self.process.wait()
        os.close(self.prints.descriptor)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and that these started, and so on."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [below for child in map(int, children) for below in (child, *descendants(child))]
    return []


def resident(pid: int) -> int:
    """Return the bytes of memory that a process takes."""
    with contextlib.suppress(OSError):  # it has just ended
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return 0


def entries(pid: int, size: int) -> int:
    """Return how many files a process sees in ``/tmp``, if that is the sandbox's, by its size."""
    with contextlib.suppress(OSError):
        folder = os.statvfs(f"/proc/{pid}/root/tmp")
        if folder.f_blocks * folder.f_frsize <= size:
            return folder.f_files - folder.f_ffree
    return 0


def times_of(pid: int) -> tuple[float, float]:
    """Return for how many seconds a process ran, and was ready to run while another one ran."""
    with contextlib.suppress(OSError):  # it has just ended
        ran, waited, *_ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9
    return 0.0, 0.0
