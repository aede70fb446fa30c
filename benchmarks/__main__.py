"""Measure everything and keep the tables of chapters/reference/benchmarks.md."""

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measure import ROOT, in_fresh_process
from benchmarks.pages_report import pages_report
from benchmarks.report import grading_report, replace_between_marks, report, widget_report

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


def compute():
    """Measure the package in a process a topic, and return the report."""
    measured, before = [], load()
    for topic in TOPICS:
        print(f"measuring {topic} ...", file=sys.stderr)
        measured.append(in_fresh_process(f"benchmarks.{topic}"))
    return report(conditions(f"one thread, {', '.join(versions())}", before), *measured)


def respond():
    """Measure the widgets, and return the report."""
    print("measuring widgets ...", file=sys.stderr)
    before = load()
    measured = in_fresh_process("benchmarks.widgets")
    return widget_report(conditions(measured.pop("browser"), before), measured)


def load_pages():
    """Measure the pages, and return the report."""
    print("measuring pages (a quarter of an hour) ...", file=sys.stderr)
    before = load()
    measured = in_fresh_process("benchmarks.pages")
    return pages_report(conditions(f"Lighthouse {measured.pop('lighthouse')}", before), **measured)


def grade():
    """Measure the grader, and return the report."""
    print("measuring grading (a quarter of an hour) ...", file=sys.stderr)
    before = load()
    measured = in_fresh_process("benchmarks.grading")
    return grading_report(conditions(f"nbgrader {version('nbgrader')}", before), measured)


def conditions(what, before):
    """Return on what, with what and beside what else was measured."""
    return (
        f"Measured on {processor()} ({os.cpu_count()} cores, {platform.system()}), "
        f"Python {platform.python_version()}, {what}; "
        f"load of the machine {before} before and {load()} after (the measurement itself adds 1)."
    )


PARTS = {"benchmarks": compute, "pages": load_pages, "widgets": respond, "grading": grade}


def main(parts):
    """Measure all parts, or those that are named, and write each into the page."""
    for part in parts or PARTS:
        text = PARTS[part]()
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(replace_between_marks(page, text, part), encoding="utf-8")
    print(f"The tables are in {PAGE.relative_to(ROOT)}.", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
