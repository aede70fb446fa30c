"""Name the cell of a notebook in which something is wrong.

MyST-NB counts the lines of the first cell from 10,001, those of the second from 20,001, and so on,
and then names the line after the one that it means: its 70006 is line 5 of cell 7. It names the
notebook alone where code fails.
"""

import logging
import re

PLACE = re.compile(r"(?P<notebook>.+\.ipynb):(?P<line>\d{5,})")
FAILED = {}  # {path of a notebook: number of the cell in which its execution ended}


def failed_cell(notebook):
    """Return the number of the cell in which an error came, or None."""
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return number
    return None


def name_cell(record):
    """Tell cell and line in the place of a message; let every message pass."""
    location = getattr(record, "location", None) or ""
    if location in FAILED:
        record.location = f"{location}: cell {FAILED[location]}"
    elif found := PLACE.fullmatch(location):
        cell, line = divmod(int(found["line"]), 10_000)
        record.location = f"{found['notebook']}: cell {cell}, line {line - 1}"
    return True


def setup(app):
    """Look at each message when Sphinx has found its place."""
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(name_cell)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
