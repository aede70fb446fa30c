"""Notebooks as students hand them in: any file at all, of which only the cells' text is taken."""

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.text import writable

__all__ = ["Cell", "Submission", "UnreadableError", "read_submission"]

MOST_BYTES = 64 << 20
MOST_ITEMS = 3_000_000  # commas and brackets, which bound the memory that parsing takes
MOST_CELLS = 2000
MOST_TEXT = 2_000_000  # characters of all cells, which pages with code and mathematics must render
KINDS = ("code", "markdown", "raw")


class UnreadableError(ValueError):
    """There is no notebook to be read; the message says what is in its place."""


@dataclass(frozen=True)
class Cell:
    """A cell: its kind, its text, and the nbgrader name that it bears, if any."""

    kind: str
    source: str
    grade_id: str = ""
    attachments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """The cells of a notebook, in order."""

    cells: tuple[Cell, ...]

    @property
    def code(self) -> list[str]:
        """The text of the code cells."""
        return [cell.source for cell in self.cells if cell.kind == "code"]

    @property
    def digest(self) -> str:
        """A name for the content of the code cells."""
        return hashlib.sha256(json.dumps(self.code).encode()).hexdigest()


def read_submission(path: str | Path, below: str | Path | None = None) -> Submission:
    """Read a notebook without trusting it.

    Parameters
    ----------
    path : path
        Of the notebook.
    below : path, optional
        A folder from which on no part of the path may be a link.

    Raises
    ------
    UnreadableError
        If there is no readable notebook.
    """
    return parse(read_bytes(Path(path), Path(below) if below else Path(path).parent))


def read_bytes(path: Path, below: Path) -> bytes:
    """Return the content of a regular file of moderate size that no link leads to."""
    inside = [
        part for part in (path, *path.parents) if part.is_relative_to(below) and part != below
    ]
    if ".." in path.parts or any(part.is_symlink() for part in inside):
        raise UnreadableError("a link, or a path with `..`, instead of a file of its own")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would wait for its writer
    except OSError as error:
        raise UnreadableError(f"a file that cannot be opened: {error.strerror}") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("no regular file")
        if status.st_size > MOST_BYTES:
            raise UnreadableError(f"a file of more than {MOST_BYTES >> 20} MB")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MOST_BYTES)
    finally:
        os.close(descriptor)


def parse(data: bytes) -> Submission:
    """Return the cells that a notebook of any format version holds."""
    if not data.strip():
        raise UnreadableError("an empty file")
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_ITEMS:
        raise UnreadableError("a file with more parts than a notebook has")
    try:
        notebook = json.loads(data, parse_int=lambda digits: int(digits[:20]))
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise UnreadableError(f"no JSON, or only a part of it: {reason}") from error
    raw = raw_cells(notebook)
    if len(raw) > MOST_CELLS:
        raise UnreadableError(f"a notebook of {len(raw)} cells")
    cells = tuple(map(as_cell, raw))
    if (length := sum(len(cell.source) for cell in cells)) > MOST_TEXT:
        raise UnreadableError(f"a notebook of {length:,} characters")
    return Submission(cells)


def raw_cells(notebook):
    """Return the list of cells: at the top from format 4 on, in worksheets before it."""
    if isinstance(notebook, dict):
        sheets = notebook.get("worksheets")
        for holder in [notebook, *(sheets if isinstance(sheets, list) else [])]:
            if isinstance(holder, dict) and isinstance(holder.get("cells"), list):
                return [cell for cell in holder["cells"] if isinstance(cell, dict)]
    raise UnreadableError("JSON, but no notebook: it has no list of cells")


def as_cell(raw):
    """Return a cell; one that nbgrader knows as code is code, whatever became of its type."""
    marks = raw.get("metadata")
    marks = marks.get("nbgrader") if isinstance(marks, dict) else None
    marks = marks if isinstance(marks, dict) else {}
    kind = raw.get("cell_type")
    kind = "code" if marks.get("cell_type") == "code" else kind if kind in KINDS else "raw"
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    grade_id = marks.get("grade_id")
    return Cell(
        kind,
        source if isinstance(source, str) else "",
        grade_id if isinstance(grade_id, str) else "",
        pictures(raw.get("attachments")),
    )


def pictures(attachments):
    """Return the attachments that are pictures, of kinds that can hold no script."""
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for kind in ("image/png", "image/jpeg", "image/gif", "image/webp"):
            data = bundle.get(kind) if isinstance(bundle, dict) else None
            if isinstance(data, str) and re.fullmatch(r"[\w+/=\s]*", data, re.ASCII):
                kept[writable(name)] = {kind: data}
    return kept
