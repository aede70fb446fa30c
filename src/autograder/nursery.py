"""Inside a sandbox: a process that has imported NumPy, of which each notebook gets a copy.

No student's code runs in this process, and none can reach it.  Each copy has namespaces of its own
for users, processes, files, network, messages between processes and names of hosts, so that nothing
that can be written or heard is common to two notebooks: a process table, a folder, an empty network
and a group of processes are new, what else there is of files is read-only, no descriptor is
inherited, and no memory is shared.  What could make more namespaces is given up before a cell runs.

What two copies have alike is where things lie in memory.  That tells a notebook nothing: it may
look at its own memory as it likes, and never comes to that of another.
"""

import ctypes
import gc
import json
import os
import signal
import socket
import struct
import sys
from fcntl import ioctl
from pathlib import Path

import numpy.random  # and not at the first use, once a notebook

from autograder import child

BLOCK = 1 << 16
CONTROL = 3  # the descriptor on which a copy hears the grader
# of <sched.h>: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
NEW_NAMESPACES = sum((0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000))
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8  # of <sys/mount.h>
PRIVATE = 1 << 18 | 1 << 14  # MS_PRIVATE, for all that is below as well
DROP_BOUND, NO_NEW_PRIVILEGES, SET_FILTER, BY_PROGRAM = 24, 38, 22, 2  # of <sys/prctl.h>
CAPABILITIES, THIRD_VERSION = 64, 0x20080522  # of <linux/capability.h>
SET_FLAGS, UP = 0x8914, 1  # SIOCSIFFLAGS, IFF_UP

libc = ctypes.CDLL(None, use_errno=True)


class Filter(ctypes.Structure):
    """A program that filters system calls, as the kernel takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def call(function, *arguments):
    """Call a function of the C library; raise OSError when it fails."""
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}: {os.strerror(number)}")


def enter_namespaces():
    """Leave what this process has in common with others, as the same user as before."""
    user, group = os.getuid(), os.getgid()
    call(libc.unshare, NEW_NAMESPACES)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def furnish(folder):
    """Put what is new in the place of what was common: files, processes, a network of its own."""
    os.setsid()
    flags = NO_SUID | NO_DEVICES
    call(libc.mount, None, b"/", None, PRIVATE, None)
    call(libc.mount, b"tmpfs", b"/tmp", b"tmpfs", flags, f"size={folder},mode=0755".encode())
    call(libc.mount, b"tmpfs", b"/dev/pts", b"tmpfs", flags | READ_ONLY, None)  # no terminals
    call(libc.mount, b"proc", b"/proc", b"proc", flags | NO_PROGRAMS, None)
    os.chdir("/tmp")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


def give_up_privileges(instructions):
    """Give up all capabilities, further namespaces, and the system calls that a filter refuses."""
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for capability in range(CAPABILITIES):
        libc.prctl(DROP_BOUND, capability, 0, 0, 0)  # fails for those that the kernel lacks
    call(libc.capset, struct.pack("=Ii", THIRD_VERSION, 0), bytes(24))
    call(libc.prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if instructions:
        known = Filter(len(instructions) // 8, instructions)
        call(libc.prctl, SET_FILTER, BY_PROGRAM, ctypes.byref(known), 0, 0)


def keep_only(control):
    """Close all descriptors but those of output and of a connection, which becomes `CONTROL`."""
    os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    os.dup2(control, CONTROL)
    os.closerange(CONTROL + 1, max(map(int, os.listdir("/proc/self/fd"))) + 1)


def bear(nursery, request, control, output, instructions):
    """Make a copy of this process in namespaces of its own; tell the grader which it is."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    enter_namespaces()
    first = os.fork()
    if first:
        socket.send_fds(nursery, [b"1"], [os.pidfd_open(first)])
        os._exit(0)
    furnish(request["folder"])
    give_up_privileges(instructions)
    keep_only(control)
    live(request["limits"])


def live(limits):
    """Run a notebook in a second process, whose death the first one, like any such, outlives."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing in here can then end the first one
    if os.fork():
        wait_for_all()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    numpy.random.seed()  # noqa: NPY002 - or all notebooks had the same random numbers
    child.serve(CONTROL, True, limits)


def wait_for_all():
    """Be the first process of a process table: wait until there is no other, and end."""
    os.closerange(0, CONTROL + 1)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        os._exit(0)


def require_nothing_shared():
    """End the process if a copy of it would share memory that can be written, or has threads."""
    areas = Path("/proc/self/smaps").read_text().splitlines()
    flags = [set(line.split()[1:]) for line in areas if line.startswith("VmFlags:")]
    shared = [area for area in flags if {"ms", "mw"} <= area]  # may be shared, may be written
    if not flags or shared or len(os.listdir("/proc/self/task")) > 1:
        os._exit(1)


def main():
    """Make a copy whenever the grader asks for one, until it hangs up."""
    options = json.loads(sys.argv[1])
    nursery, filtering = socket.socket(fileno=options["descriptor"]), options["filter"]
    require_nothing_shared()
    gc.collect()
    gc.freeze()  # what is here stays, and no copy has to look at it again
    while True:
        line, descriptors, *_ = socket.recv_fds(nursery, BLOCK, 2)
        if not line:
            return
        if not in_a_fork(bear, nursery, json.loads(line), *descriptors, bytes.fromhex(filtering)):
            nursery.send(b"0")
        for descriptor in descriptors:
            os.close(descriptor)


def in_a_fork(function, *arguments):
    """Call a function in a fork of this process; return whether that ends well."""
    fork = os.fork()
    if fork:
        return os.waitpid(fork, 0)[1] == 0
    try:
        function(*arguments)
    except BaseException as error:
        print(error)
    finally:
        os._exit(1)
