"""What is in reach of a notebook in the sandbox: nothing that matters, and not much of the rest."""

import contextlib
import errno
import os
import platform
import socket
import threading
import time
from pathlib import Path

import pytest
from tiny import QUICK

import autograder
from autograder.confinement import Limits
from autograder.sandbox import Sandbox, SandboxError, descendants, require_sandbox, resident
from autograder.sandboxed import SandboxedStudent
from autograder.seccomp import ARCHITECTURES, CALLS, COMMANDS, SOCKETS, program


def value_of(source, name="found", limits=QUICK):
    """Return what a cell leaves in a variable; a cell that fails tells why."""
    with SandboxedStudent([source], limits) as student:
        (run,) = student.session.runs
        assert run.failures == ()
        assert student.session.stops == []
        return student.variable(name)


def test_the_file_system_holds_python_the_packages_and_nothing_else():
    top = value_of("import os\nfound = sorted(os.listdir('/'))")
    assert set(top) <= {
        *("dev", "etc", "grader", "lib", "lib32", "lib64", "packages", "proc", "python", "tmp"),
        "usr",
    }
    assert set(value_of("import os\nfound = os.listdir('/etc')")) <= {"ld.so.cache"}
    assert value_of("import os\nfound = os.listdir('/tmp')") == []


HIDDEN = [
    Path.home(),
    Path.cwd(),
    "/home",
    "/etc/passwd",
    "/var",
    "/sys",
    "/run",
    "/root",
    "/usr/bin/env",
    Path(autograder.__file__).parent,
    "/grader/autograder/grading.py",
    "/grader/autograder/questions",
    "/packages/crossentropy",
    "/packages/nbgrader",
    "/proc/1/root/etc/passwd",
    "/proc/1/root/home",
]


def test_files_of_this_machine_are_hidden():
    paths = list(map(str, HIDDEN))
    assert value_of(f"import os\nfound = [p for p in {paths!r} if os.path.exists(p)]") == []


def test_no_file_anywhere_names_the_reference_solution():
    source = """
import os
found = [
    os.path.join(folder, name)
    for folder, _, names in os.walk("/")
    for name in names
    if "crossentropy" in folder + name or "nbgrader" in folder + name
]
"""
    assert value_of(source, limits=Limits(cell=60)) == []


def test_nothing_can_be_written_but_a_little_in_tmp():
    source = """
import os
found = []
for folder, _, _ in os.walk("/"):
    if folder.startswith("/proc"):
        continue
    try:
        open(os.path.join(folder, "mine"), "w").close()
        found.append(folder)
    except OSError:
        pass
"""
    written = value_of(source, limits=Limits(cell=60))
    assert written == ["/tmp"]


def test_the_folder_takes_no_more_than_its_limit():
    source = """
import os
found = 0
try:
    for number in range(1000):
        with open(f"/tmp/{number}", "wb", buffering=0) as file:
            for _ in range(8):
                found += file.write(bytes(1 << 20))
except OSError:
    pass
"""
    assert value_of(source, limits=Limits(folder=20 << 20)) <= 20 << 20


def test_no_file_grows_beyond_its_limit():
    source = """
found = 0
try:
    with open("/tmp/big", "wb", buffering=0) as file:
        while True:
            found += file.write(bytes(1 << 16))
except OSError:
    pass
"""
    assert value_of(source, limits=Limits(file=1 << 20)) == 1 << 20


def test_a_flood_of_empty_files_ends_the_sandbox():
    flood = "import os\nwhile True:\n    os.mknod(f'/tmp/{os.urandom(9).hex()}')"
    with SandboxedStudent([flood, "found = 1"], Limits(entries=2000)) as student:
        assert [stop.text for stop in student.session.stops] == [
            "Statement 2 of cell 1 ended the process that ran it, and was left out."
        ]
        assert student.variable("found") == 1


@pytest.mark.skipif(not program(), reason=f"no filter of system calls for {platform.machine()}")
def test_memory_that_no_limit_counts_and_doors_into_the_kernel_are_refused():
    source = """
import ctypes, errno
call, found = ctypes.CDLL(None, use_errno=True).syscall, []
for number in NUMBERS:
    call(number, 0, 0, 0, 0, 0)
    found.append(ctypes.get_errno())
"""
    numbers = [call[list(ARCHITECTURES).index(platform.machine())] for call in CALLS.values()]
    assert set(value_of(source.replace("NUMBERS", str(numbers)))) == {errno.EPERM}


@pytest.mark.skipif(not program(), reason=f"no filter of system calls for {platform.machine()}")
def test_there_are_no_sockets_but_unixs_own():
    source = """
import ctypes, errno
call, found = ctypes.CDLL(None, use_errno=True).syscall, []
for number in NUMBERS:
    for family in range(64):
        for high in (0, 1 << 32):  # of which the kernel takes the lower half
            pair = (ctypes.c_int * 2)()
            if call(number, ctypes.c_long(high + family), 1, 0, pair) >= 0:
                found.append(family)
            elif ctypes.get_errno() != errno.EPERM:
                found.append(-family)
"""
    numbers = [call[list(ARCHITECTURES).index(platform.machine())] for call in SOCKETS.values()]
    assert value_of(source.replace("NUMBERS", str(numbers))) == [1] * 4


@pytest.mark.skipif(not program(), reason=f"no filter of system calls for {platform.machine()}")
def test_files_that_are_shared_carry_no_locks():
    source = """
import errno, fcntl, json, struct
found = []
with open(json.__file__, "rb") as file:
    for command in COMMANDS:
        try:
            fcntl.fcntl(file, command, struct.pack("hhqqi", fcntl.F_RDLCK, 0, 0, 1, 0))
            found.append(0)
        except OSError as error:
            found.append(error.errno)
    found.append(fcntl.fcntl(file, fcntl.F_GETFD))
"""
    found = value_of(source.replace("COMMANDS", str(list(COMMANDS.values()))))
    assert found == [errno.EPERM] * len(COMMANDS) + [1]


def test_the_network_is_out_of_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = f"""
import socket
found = []
for address in [("127.0.0.1", {server.getsockname()[1]}), ("1.1.1.1", 80), ("example.org", 80)]:
    try:
        socket.create_connection(address, timeout=0.2)
        found.append(address[0])
    except OSError:
        pass
"""
        assert value_of(source) == []


def test_a_process_has_few_open_files():
    source = """
import socket
kept, found = [], 0
try:
    while True:
        kept.append(socket.socketpair())
        found += 2
except OSError:
    kept.clear()
"""
    assert 40 < value_of(source) < 80


def test_abstract_sockets_of_this_machine_are_out_of_reach():
    name = f"\0autograder-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        source = f"""
import socket
try:
    socket.socket(socket.AF_UNIX).connect({name!r})
    found = True
except OSError:
    found = False
"""
        assert value_of(source) is False


def test_only_its_own_processes_are_seen():
    source = "import os\nfound = [int(name) for name in os.listdir('/proc') if name.isdigit()]"
    assert len(value_of(source)) <= 4


def test_the_environment_tells_nothing():
    os.environ["SECRET_SEED"] = "hidden"
    try:
        found = value_of("import os\nfound = dict(os.environ)")
    finally:
        del os.environ["SECRET_SEED"]
    assert not {"SECRET_SEED", "USER", "PATH"} & found.keys()
    assert found["HOME"] == "/tmp"


def test_the_user_is_not_root_and_has_no_capabilities():
    status = value_of("found = open('/proc/self/status').read()").splitlines()
    fields = dict(line.split(":\t", 1) for line in status if ":\t" in line)
    assert {fields[name] for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert fields["NoNewPrivs"] == "1"
    assert "0" not in fields["Uid"].split()


@pytest.mark.parametrize("flag", ["CLONE_NEWUSER 0x10000000", "CLONE_NEWNS 0x20000"])
def test_no_namespace_can_be_made_inside(flag):
    value = flag.split()[1]
    assert value_of(f"import ctypes\nfound = ctypes.CDLL(None).unshare({value})") == -1


def test_objects_of_the_process_hold_no_seed_and_no_test():
    source = """
import gc, sys
texts = []
for thing in gc.get_objects():
    if isinstance(thing, dict):
        texts += [t for t in [*thing.keys(), *thing.values()] if isinstance(t, str)]
frame = sys._getframe()
while frame:
    texts += [v for v in frame.f_locals.values() if isinstance(v, str)]
    frame = frame.f_back
words = ["".join(parts) for parts in (["max_", "points"], ["grade", "_id"], ["judge", "("])]
found = [text[:99] for text in texts for word in words if word in text]
found += [name for name in sys.modules if name.startswith("autograder.")]
"""
    names = ("child", "jupyter", "magics", "near", "nursery", "values")
    modules = {f"autograder.{name}" for name in names}
    assert set(value_of(source)) == modules


def test_the_memory_of_all_processes_together_is_bounded():
    source = """
import os, time
for _ in range(8):
    if not os.fork():
        held = [bytearray(os.urandom(1 << 20)) for _ in range(500)]
        time.sleep(100)
time.sleep(100)
"""
    limits, most = Limits(cell=20, all_memory=400 << 20), 0
    sandbox = Sandbox(limits)
    request = running(source, limit=20)
    watch = sandbox.control.watch

    def measure():
        nonlocal most
        most = max(most, sum(map(resident, descendants(sandbox.process.pid))))
        watch()

    sandbox.control.watch = measure
    with pytest.raises(Exception, match="hung up"):
        list(sandbox.control.request(request, 20))
    sandbox.close()
    assert 300 << 20 < most < 1200 << 20


def test_a_closed_sandbox_leaves_no_process_behind():
    daemons = """
import os, signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
if not os.fork():
    os.setsid()
    if not os.fork():
        while True: pass
while True: pass
"""
    sandbox = Sandbox(QUICK)
    request = running(daemons, limit=9)
    with pytest.raises(TimeoutError):
        list(sandbox.control.request(request, 1))
    inside = [sandbox.process.pid, *descendants(sandbox.process.pid)]
    assert len(inside) >= 3
    sandbox.close()
    deadline = time.monotonic() + 60
    while any(alive(pid) for pid in inside) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in inside if alive(pid)] == []


def running(source, limit):
    """Return the request that runs a cell."""
    first = {"op": "run", "cell": 1, "source": source, "skip": [], "start": 0}
    return {**first, "limit": limit, "careful": False}


def alive(pid):
    """Return whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


DEAF = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass"
STOPPED = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"


@pytest.mark.parametrize("cell", ["", DEAF, STOPPED])
def test_a_sandbox_ends_with_the_process_that_started_it(cell):
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            sandbox = Sandbox(QUICK)
            with contextlib.suppress(TimeoutError):
                next(sandbox.control.request(running(cell, limit=9), 0.5))
            os.write(writing, " ".join(map(str, descendants(sandbox.process.pid))).encode())
        finally:  # whatever happens, this copy of the tests must not go on
            os.kill(os.getpid(), 9)
    inside = list(map(int, os.read(reading, 1000).split()))
    os.waitpid(pid, 0)
    os.close(reading)
    os.close(writing)
    deadline = time.monotonic() + 60
    while any(map(alive, inside)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert inside != []
    assert not any(map(alive, inside))


def test_many_sandboxes_at_once_do_not_disturb_each_other():
    values = []

    def run(number):
        values.append(value_of(f"found = {number}", limits=Limits()))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(values) == list(range(8))


def test_without_bubblewrap_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError, match="apt-get install bubblewrap"):
        require_sandbox()


def test_a_sandbox_that_does_not_start_is_tried_three_times_and_told_why(monkeypatch, tmp_path):
    tries = tmp_path / "tries"
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\necho x >> {tries}\necho No permissions to make it >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError, match=r"No permissions to make it\. .*sysctl"):
        require_sandbox()
    assert tries.read_text() == "x\n" * 3


def test_without_confinement_the_limits_hold_still():
    cells = ["import numpy as np\nfound = 1\n", "x = [bytearray(10**8) for _ in range(100)]"]
    with SandboxedStudent(cells, Limits(), confined=False) as student:
        assert student.variable("found") == 1
        assert "MemoryError" in student.session.runs[1].failures[0]
