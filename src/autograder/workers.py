"""Many notebooks at once: in processes of this machine, or on a Dask cluster.

Both give each task back with what came of it, in any order, and never raise for a task: one whose
worker dies is tried again, and after some tries reported as not graded.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import wait
from resource import RLIM_INFINITY, RLIMIT_DATA, getrlimit, setrlimit

from autograder.grading import Graded, Task, not_graded, perform, questions_of

__all__ = ["ClusterError", "on_cluster", "on_this_machine"]

TRIES = 3
PATIENCE = 5  # times the limit of a notebook, before the process that grades it is given up
MEMORY = 4 << 30  # bytes of such a process
CONNECTING = 10.0  # seconds
AHEAD = 4  # tasks that a cluster has at hand for each of its threads
KEPT = "What is graded is kept: the same command, with a scheduler that runs, goes on from there."
Results = Iterator[tuple[Task, Graded]]


def on_this_machine(tasks: Iterable[Task], workers: int) -> Results:
    """Grade in processes of this machine."""
    waiting, tries = iter(tasks), {}
    team = [Worker() for _ in range(workers)]
    try:
        busy = [worker for worker in team if worker.take(next(waiting, None))]
        while busy:
            for worker in ready(busy):
                task, graded = worker.result()
                if graded is None:
                    tries[task.student] = tries.get(task.student, 0) + 1
                    worker.restart()
                    if tries[task.student] < TRIES:
                        worker.take(task)
                        continue
                    graded = lost(task)
                if not worker.take(next(waiting, None)):
                    busy.remove(worker)
                yield task, graded  # while the worker is at its next one
    finally:
        for worker in team:
            worker.end()


class ClusterError(RuntimeError):
    """There is no cluster to work with."""


class Worker:
    """A process that grades one notebook after the other."""

    def __init__(self):
        self.task = None
        self.start()

    def start(self):
        """Start the process; it ends by itself when this one does."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def take(self, task: Task | None) -> bool:
        """Send a task, and return whether there is one."""
        self.task = task
        if task is not None:
            self.until = time.monotonic() + PATIENCE * task.limits.notebook
            try:
                self.connection.send(task)
            except BrokenPipeError:  # it was ended while it had nothing to do
                self.restart()
                self.connection.send(task)
        return task is not None

    def result(self) -> tuple[Task, Graded | None]:
        """Return the task and its result, or None if the process has ended instead."""
        try:
            return self.task, self.connection.recv()
        except (EOFError, OSError):
            return self.task, None

    def end(self):
        """End the process, and with it the sandbox in it."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def restart(self):
        """Put a new process in place of one that has ended."""
        self.end()
        self.start()


def ready(busy):
    """Return the workers that have something to say, as soon as there is one.

    One that takes too long is ended, which is heard as well: it may be at fault itself.
    """
    while True:
        rest = min(worker.until for worker in busy) - time.monotonic()
        heard = wait([worker.connection for worker in busy], max(rest, 0))
        if heard:
            return [worker for worker in busy if worker.connection in heard]
        for worker in busy:
            if worker.until <= time.monotonic():
                worker.process.kill()
                worker.until += CONNECTING


def work(connection):
    """Grade what comes over a connection until the other end is gone."""
    hard = getrlimit(RLIMIT_DATA)[1]
    setrlimit(RLIMIT_DATA, (MEMORY if hard == RLIM_INFINITY else min(MEMORY, hard), hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that has the results
    threading.Thread(target=end_with_parent, daemon=True).start()
    while True:
        try:
            connection.send(perform(connection.recv()))
        except (EOFError, BrokenPipeError):
            return


def end_with_parent():
    """End this process, and with it the sandbox in it, once the one that started it has ended."""
    wait([multiprocessing.parent_process().sentinel])
    os.kill(os.getpid(), signal.SIGKILL)


def on_cluster(tasks: Iterable[Task], address: str) -> Results:
    """Grade on a Dask cluster, whose machines need this package and bubblewrap."""
    from distributed import as_completed

    waiting, known = iter(tasks), {}
    with connected(address) as client:

        def submit(task):
            future = client.submit(perform, task, pure=False, retries=TRIES)
            known[future.key] = task
            return future

        threads = sum(client.nthreads().values())
        done = as_completed(map(submit, islice(waiting, AHEAD * threads)))
        for future in done:
            task = known.pop(future.key)
            yield task, result_of(future, task, address)
            for task in islice(waiting, 1):
                done.add(submit(task))


def result_of(future, task, address):
    """Return what came of a task on a cluster, or raise ClusterError if the scheduler is gone."""
    gone = f"The Dask scheduler at {address} is gone. {KEPT}"
    if future.cancelled():  # by nobody but the client, when its connection ends
        raise ClusterError(gone)
    try:
        return lost(task, future.exception()) if future.exception() else future.result()
    except OSError as error:  # while it was being asked
        raise ClusterError(gone) from error


def connected(address):
    """Return a client of a cluster that has workers, or raise ClusterError."""
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        raise ClusterError(f"No Dask scheduler answers at {address}: {error}") from error
    if not client.nthreads():
        client.close()
        raise ClusterError(f"The Dask cluster at {address} has no workers: start dask worker.")
    return client


def lost(task: Task, error: BaseException | None = None) -> Graded:
    """Return marks without points for a task whose workers died or failed."""
    questions = questions_of(task.assignment, task.definition)
    reason = f"{type(error).__name__}: {error}" if error else "it ended without a word"
    return not_graded(questions, "lost worker", f"The process that graded it was lost: {reason}.")
