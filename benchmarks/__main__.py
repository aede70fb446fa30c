"""Measure everything and keep the tables of chapters/reference/benchmarks.md."""

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measure import ROOT, in_fresh_process
from benchmarks.report import replace_between_marks, report

PAGE = ROOT / "chapters" / "reference" / "benchmarks.md"
TOPICS = ["mean_loss", "surface", "newton"]
PACKAGES = ["numpy", "scikit-learn", "torch", "jax"]


def processor():
    """Return the name of the processor, which Python itself does not know on Linux."""
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def versions():
    """Return the version of each package that is installed."""
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"no {name}"


def load():
    """Return the number of processes that ran or waited in the last minute, on average."""
    return f"{os.getloadavg()[0]:.1f}"


def main():
    """Measure each topic in a process of its own, and write the page."""
    measured, before = [], load()
    for topic in TOPICS:
        print(f"measuring {topic} ...", file=sys.stderr)
        measured.append(in_fresh_process(f"benchmarks.{topic}"))
    conditions = (
        f"Measured on {processor()} ({os.cpu_count()} cores, {platform.system()}), one thread, "
        f"Python {platform.python_version()}, {', '.join(versions())}; "
        f"load of the machine {before} before and {load()} after (the measurement itself adds 1)."
    )
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(replace_between_marks(page, report(conditions, *measured)), encoding="utf-8")
    print(f"The tables are in {PAGE.relative_to(ROOT)}.", file=sys.stderr)


if __name__ == "__main__":
    main()
