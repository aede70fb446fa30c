"""Grading a class: beside nbgrader on the same notebooks, then 2,000 of them, then on a cluster."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np

from autograder.grading import Task, questions_of
from autograder.sandbox import SandboxError, descendants, require_sandbox, resident
from autograder.sandboxed import SandboxedStudent
from autograder.submission import parse
from autograder.workers import on_cluster, on_this_machine
from benchmarks.measure import ROOT

ASSIGNMENT, SEED = "gradient", "a secret for the benchmark"
COURSE = ROOT / "assignments"
BIN = Path(sys.executable).parent
STOCK, OURS = "nbgrader autograde", "python -m autograder grade"
KINDS = 20  # different notebooks, each of which both graders grade equally often
FEW, MANY = 2, {STOCK: 2 + KINDS, OURS: 2 + 4 * KINDS}  # the time is that of those in between
CLASS, ON_CLUSTER = 2000, 60
RUNS = 20  # of one notebook whose parts are timed
SOLUTION = re.compile(r"### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL)
MISTAKES = [
    ("p - y", "y - p"),
    ("np.mean(", "np.sum("),
    (" / len(y)", ""),
    (" * (1 - p)", ""),
    ('"', "'"),
]


def notebooks(number, kinds):
    """Yield the text of notebooks as a class might hand them in: right, wrong, half done."""
    source = json.loads((COURSE / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text())
    for student in range(number):
        fill = partial(answer, chance=random.Random(student % kinds))
        notebook = json.loads(json.dumps(source))
        for cell in notebook["cells"]:
            cell["source"] = SOLUTION.sub(fill, "".join(cell["source"]))
        notebook["cells"][0]["source"] += f"\n\nHanded in by student {student}."
        yield json.dumps(notebook)


def answer(match, chance):
    """Return a solution, one with a mistake, or none."""
    if chance.random() < 0.15:
        return "# YOUR ANSWER HERE"
    return match[0].replace(*chance.choice(MISTAKES)) if chance.random() < 0.3 else match[0]


def make_course(root, number, kinds, *, stock=False):
    """Make a course folder with submissions; with nbgrader's own settings or with ours."""
    shutil.copytree(COURSE / "source", root / "source")
    if not stock:
        shutil.copy(COURSE / "nbgrader_config.py", root)
    (root / "seed.txt").write_text(SEED)
    (root / "seed.txt").chmod(0o600)
    run(root, BIN / "nbgrader", "generate_assignment", ASSIGNMENT)
    for student, text in enumerate(notebooks(number, kinds)):
        folder = root / "submitted" / f"student{student:04}" / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_text(text)
    return root


def run(root, *command):
    """Run a command in a course folder, and return the seconds that it took."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    start = time.perf_counter()
    subprocess.run(
        list(map(str, command)), cwd=root, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def command_of(name, workers):
    """Return a command that grades a course folder."""
    if name == STOCK:
        return [BIN / "nbgrader", "autograde", ASSIGNMENT]
    options = ["--course-dir", ".", "--seed-file", "seed.txt", "--workers", workers]
    return [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, *options]


def rate(name, workers=1):
    """Return the notebooks a second, and the processors kept busy, apart from a command's start."""
    took, busy = [], []
    for number in (FEW, MANY[name]):
        with tempfile.TemporaryDirectory() as folder:
            root = make_course(Path(folder) / "course", number, KINDS, stock=name == STOCK)
            before = processor_seconds()
            took.append(run(root, *command_of(name, workers)))
            busy.append(processor_seconds() - before)
    seconds = took[1] - took[0]
    return {"notebooks": (MANY[name] - FEW) / seconds, "processors": (busy[1] - busy[0]) / seconds}


def processor_seconds():
    """Return for how many seconds the processors of this machine have worked, for whatever."""
    counts = Path("/proc/stat").read_text().split()[1:8]
    user, nice, system, _idle, _waiting, *interrupts = map(int, counts)
    return sum((user, nice, system, *interrupts)) / os.sysconf("SC_CLK_TCK")


def whole_class():
    """Return the seconds, the most memory and the rows of marks of a whole class."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_course(Path(folder) / "course", CLASS, CLASS)
        command = list(map(str, command_of(OURS, os.cpu_count())))
        start, most = time.perf_counter(), 0
        with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                processes = [process.pid, *descendants(process.pid)]
                most = max(most, sum(map(resident, processes)))
                time.sleep(0.2)
        rows = (root / "marks.csv").read_text().splitlines()[1:]
        return {
            "notebooks": CLASS,
            "workers": os.cpu_count(),
            "seconds": time.perf_counter() - start,
            "memory": most,
            "status": process.returncode,
            "graded": len({row.split(",")[0] for row in rows if ",not-graded," not in row}),
        }


def one_notebook():
    """Return the seconds of the parts of grading a right notebook, and the calls of question 6."""
    source = COURSE / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    cells = parse(source.read_bytes()).code
    runs = [parts_of(cells) for _ in range(RUNS)]
    return {part: statistics.median(run[part] for run in runs) for part in runs[0]}


def parts_of(cells):
    """Return the seconds of one run, and how often question 6 calls what is outside."""
    moments, calls = [time.perf_counter()], 0

    def call(name, *arguments, **options):
        return ask(name, *(counted(a) if callable(a) else a for a in arguments), **options)

    def counted(function):
        def count(*arguments):
            nonlocal calls
            calls += 1
            return function(*arguments)

        return count

    questions = sorted(questions_of(ASSIGNMENT), key=lambda question: question.number == 6)
    with SandboxedStudent(cells) as student:
        ask, student.call = student.call, call
        moments.append(time.perf_counter())
        for question in filter(lambda question: question.judge, questions):
            student.forget()
            mark = question.judge(student, np.random.default_rng(0))
            if mark.points != question.max_points:
                raise ValueError(f"a right answer to question {question.number} got {mark}")
            moments.append(time.perf_counter())
    moments.append(time.perf_counter())
    first, ran, *_, others, sixth, last = moments
    sandbox = ran - first + last - sixth
    return {"sandbox": sandbox, "others": others - ran, "sixth": sixth - others, "calls": calls}


def tasks():
    """Return the tasks of a small class."""
    texts = enumerate(notebooks(ON_CLUSTER, ON_CLUSTER))
    code = [(f"student{n:04}", tuple(parse(text.encode()).code)) for n, text in texts]
    return [Task(student, ASSIGNMENT, cells, f"{SEED}/{student}") for student, cells in code]


def cluster_that_loses_a_worker():
    """Return how many marks of a class are as they should be, though a Dask worker is killed."""
    expected = {task.student: graded.marks for task, graded in on_this_machine(tasks(), 2)}
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    address, quiet = f"tcp://127.0.0.1:{port}", {"stderr": subprocess.DEVNULL}
    module = [sys.executable, "-m"]
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    started = [subprocess.Popen([*module, *scheduler, "--no-dashboard"], **quiet)]
    started += [subprocess.Popen([*module, *worker], **quiet) for _ in range(2)]
    try:
        wait_for_workers(address, 2)
        killer = threading.Timer(3, kill, [started[1]])
        killer.start()
        came = {task.student: graded.marks for task, graded in on_cluster(tasks(), address)}
        killer.join()
    finally:
        for process in started:
            process.terminate()
            process.wait()
    same = sum(came.get(student) == marks for student, marks in expected.items())
    return {"notebooks": ON_CLUSTER, "same": same}


def wait_for_workers(address, number):
    """Return when a cluster has its workers."""
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(number, timeout=60)


def kill(process):
    """End a process and what it started, without a word."""
    for pid in [*descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def measure():
    """Return all measurements, or None where there is no sandbox."""
    try:
        require_sandbox()
    except SandboxError as error:
        print(f"grading is not measured: {error}", file=sys.stderr)
        return None
    return {
        "rates": {"stock": rate(STOCK), "one": rate(OURS, 1), "two": rate(OURS, 2)},
        "parts": one_notebook(),
        "class": whole_class(),
        "cluster": cluster_that_loses_a_worker(),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
