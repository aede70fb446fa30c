"""Time functions by turns and weigh their memory, with one thread, in a fresh process."""

import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent

# read when a library is loaded, hence set before the process starts
ONE_THREAD = {
    **dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1"),
    **dict.fromkeys(["VECLIB_MAXIMUM_THREADS", "NPROC", "PJRT_NPROC"], "1"),  # macOS; JAX, twice
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
}


def in_fresh_process(module):
    """Run a module that prints what it measured as JSON, and return that."""
    command = [sys.executable, "-m", module]
    environment = {**os.environ, **ONE_THREAD}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])  # npm may have spoken before


def times(contestants, *, seconds, least=9, most=2000, burst=2e-3):
    """Return the seconds of a call in each run of each contestant, the first call in front.

    They run by turns, A B C A B C ..., so that whatever slows the machine down for a while
    slows all of them down. A run is as many calls as fit into a `burst` of seconds, so that a fast
    function is timed as it is used, in a loop, and not as it wakes up after its peers have filled
    the caches.
    """
    runs = {name: [seconds_of(run, 1)] for name, run in contestants.items()}
    calls = {name: max(1, int(burst / seconds_of(run, 1))) for name, run in contestants.items()}
    end = time.perf_counter() + seconds
    for done in range(most):
        if done >= least and time.perf_counter() > end:
            break
        for name, run in contestants.items():
            runs[name].append(seconds_of(run, calls[name]))
    return runs


def seconds_of(run, n_calls):
    """Return the seconds of one call, on the average of some in a row."""
    start = time.perf_counter()
    for _ in range(n_calls):
        run()
    return (time.perf_counter() - start) / n_calls


def medians(runs):
    """Return the median time of each contestant, without the first run, which warms up."""
    return {name: median(seconds[1:]) for name, seconds in runs.items()}


def peak_memory(run):
    """Return the most bytes that a call holds at once beyond what there was before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        run()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak - before
