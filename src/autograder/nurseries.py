"""Sandboxes that start in milliseconds: copies of one process in which NumPy is imported already.

Each thread that grades has a nursery, made when it first needs one.  Where the system allows no
namespaces within namespaces there is none, and a sandbox starts bubblewrap and Python by itself.
"""

import json
import os
import re
import select
import signal
import socket
import subprocess
import threading
import weakref
from contextlib import suppress
from pathlib import Path

from autograder.confinement import Limits, most, nursery_command

__all__ = ["Copy", "Nursery", "nursery_here"]

LOCAL = threading.local()
MOST_BARREN = 2  # nurseries in a row that make not one copy: the system forbids it


class Copy:
    """The first process of a sandbox; its descriptor never comes to stand for another process."""

    def __init__(self, descriptor: int):
        self.descriptor = descriptor
        told = Path(f"/proc/self/fdinfo/{descriptor}").read_text()
        self.pid = int(re.search(r"^Pid:\s*(-?\d+)", told, re.MULTILINE)[1])

    def kill(self) -> None:
        """End it, and with it all that it started."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.descriptor, signal.SIGKILL)

    def wait(self) -> None:
        """Return when it has ended."""
        ended = select.poll()
        ended.register(self.descriptor, select.POLLIN)
        ended.poll()
        os.close(self.descriptor)


class Nursery:
    """A sandbox that makes sandboxes; see `autograder.nursery`."""

    def __init__(self, limits: Limits):
        self.connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.connection.settimeout(limits.start)
        self.owner, self.copies, quiet = os.getpid(), 0, subprocess.DEVNULL
        with theirs:
            self.process = subprocess.Popen(
                nursery_command(theirs.fileno()),
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                pass_fds=[theirs.fileno()],
            )
        self.end = weakref.finalize(self, end, self.process, self.connection, self.owner)

    def copy(self, limits: Limits, control: int, output: int) -> Copy:
        """Return a copy that hears on one descriptor and prints on another, or raise OSError."""
        self.copies += 1
        request = {"folder": limits.folder, "limits": most(limits, alone=True)}
        socket.send_fds(self.connection, [json.dumps(request).encode()], [control, output])
        _, descriptors, *_ = socket.recv_fds(self.connection, 1, 1)
        if not descriptors:
            raise OSError("no copy can be made")
        return Copy(*descriptors)


def end(process, connection, owner):
    """End a nursery, unless this is a fork of the process that started it."""
    connection.close()
    if os.getpid() == owner:
        process.kill()
        process.wait()


def nursery_here(limits: Limits) -> Nursery | None:
    """Return the nursery of this thread, or None after two in a row that made not one copy."""
    nursery = getattr(LOCAL, "nursery", None)
    if nursery is None or nursery.owner != os.getpid():
        LOCAL.nursery, LOCAL.barren = Nursery(limits), 0
    elif not nursery.end.alive:
        LOCAL.barren = LOCAL.barren + 1 if nursery.copies < 2 else 0
        if LOCAL.barren >= MOST_BARREN:
            return None
        LOCAL.nursery = Nursery(limits)
    return LOCAL.nursery
