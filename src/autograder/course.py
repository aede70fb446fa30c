"""nbgrader's course folder: submissions in, autograded notebooks and marks out.

What was graded is recorded, one file a student, after it is in the gradebook; so that a run that
was interrupted goes on where it was.  Every file is replaced in one step, never half written.
"""

import csv
import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.utils import parse_utc

from autograder.grading import Graded
from autograder.submission import Submission, UnreadableError, read_bytes, read_submission
from autograder.text import as_code, as_table_cell

__all__ = ["Course", "unsafe_folders"]

PACKAGES = ("autograder", "crossentropy")
COLUMNS = ["student", "question", "points", "max_points", "status", "diagnosis"]
# What no folder's name may hold: nbgrader's pages and tables show it as it is, and its commands
# read some of it as patterns.
FORBIDDEN = re.compile(r"""[<>"&\\`,;*?[]|^[=+@-]|^\s|\s$|\s\s""")
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # parts of words in some scripts
TIME = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( ?(Z|[A-Z]{3,5}|[+-]\d\d:?\d\d))?"
)


class Course:
    """The files of one assignment in a course folder.

    Parameters
    ----------
    root : path
    assignment : str
    """

    def __init__(self, root: Path, assignment: str):
        self.root, self.assignment = root, assignment
        self.submitted = root / "submitted"

    def students(self) -> list[str]:
        """Return the names of the folders that hold a submission of the assignment."""
        folders = (path for path in self.submitted.iterdir() if not path.name.startswith("."))
        return sorted(path.name for path in folders if os.path.lexists(path / self.assignment))

    def read(self, student: str) -> Submission:
        """Return what a student handed in, or raise UnreadableError."""
        if wrong := wrong_in_name(student):
            raise UnreadableError(f"in a folder whose name may not hold {wrong}")
        name = f"{self.assignment}.ipynb"
        path = self.submitted / student / self.assignment / name
        if not os.path.lexists(path):
            raise UnreadableError(f"missing: the folder has no file {name}")
        return read_submission(path, self.submitted)

    def given(self) -> set[str]:
        """Return the text of each cell of the students' version, as far as that can be read."""
        released = self.root / "release" / self.assignment / f"{self.assignment}.ipynb"
        try:
            return {cell.source.strip() for cell in read_submission(released).cells}
        except UnreadableError:
            return set()

    def timestamp(self, student: str) -> str | None:
        """Return when it was handed in, as nbgrader notes it, if there is such a note."""
        path = self.submitted / student / self.assignment / "timestamp.txt"
        try:
            text = read_bytes(path, self.submitted)[:100].decode("ascii").strip()
            if not TIME.fullmatch(text):  # the parser would open files, and fail in many ways
                return None
            parse_utc(text)
        except (UnreadableError, ValueError, OverflowError):  # no note, or no time in it
            return None
        return text

    def record_path(self, student: str) -> Path:
        """Return where it is recorded how a submission was graded."""
        return self.root / ".autograder" / self.assignment / student / "graded.json"

    def autograded_path(self, student: str) -> Path:
        """Return where nbgrader looks for the graded notebook."""
        return self.root / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"

    def recorded(self, student: str, key: str) -> Graded | None:
        """Return how a submission was graded, if it was and nothing has changed since."""
        path = self.record_path(student)
        if not path.exists() or not self.autograded_path(student).exists():
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
        return Graded.from_dict(record["graded"]) if record["key"] == key else None

    def write_record(self, student: str, key: str, graded: Graded) -> None:
        """Record how a submission was graded."""
        text = json.dumps({"key": key, "graded": graded.to_dict()})
        replace_file(self.record_path(student), text)

    def write_autograded(self, student: str, notebook, timestamp: str | None) -> None:
        """Write the graded notebook, and when the submission was handed in."""
        path = self.autograded_path(student)
        replace_file(path, nbformat.writes(notebook) + "\n")
        if timestamp:
            replace_file(path.with_name("timestamp.txt"), timestamp + "\n")

    def write_marks(self, rows: Iterable[tuple]) -> Path:
        """Write ``marks.csv``."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for student, *numbers, status, diagnosis in rows:
            writer.writerow([name_in_table(student), *numbers, status, as_table_cell(diagnosis)])
        path = self.root / "marks.csv"
        replace_file(path, text.getvalue())
        return path


def name_in_table(student: str) -> str:
    """Return a name for ``marks.csv``: one that may not be is quoted, and so no other one's."""
    return json.dumps(student) if wrong_in_name(student) else student


def wrong_in_name(student: str) -> str:
    """Return what the name of a student's folder may not hold, in words, or nothing."""
    found = FORBIDDEN.search(student)
    hidden = [c for c in student if not c.isprintable() and c not in JOINERS]
    wrong = found[0] if found else "".join(hidden[:1])
    if not wrong:
        return ""
    if set(wrong) == {" "}:
        return "spaces at an end, or two in a row"
    if not wrong.isprintable():
        return " and ".join(f"the character U+{ord(character):04X}" for character in wrong)
    return f"{as_code(wrong)} at its beginning" if wrong in "=+@-" else as_code(wrong)


def unsafe_folders(submitted: Path) -> list[str]:
    """Return the students whose folders nbgrader is not to touch.

    They hold links, pipes or the like, which it follows, or their names would change its pages.
    """
    names = os.listdir(submitted) if submitted.is_dir() else []
    unsafe = {name for name in names if wrong_in_name(name)}
    for folder, folders, files in os.walk(submitted):
        for path in (Path(folder, name) for name in [*folders, *files]):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                unsafe.add(path.relative_to(submitted).parts[0])
    return sorted(unsafe)


def key_of(submission: Submission, *parts: str) -> str:
    """Return a name for everything that a mark depends on, this program included."""
    cells = json.dumps([vars(cell) for cell in submission.cells])
    return hashlib.sha256(json.dumps([version(), cells, *parts]).encode()).hexdigest()


@cache
def version() -> str:
    """Return a name for the text of this program."""
    folder, digest = Path(__file__).parent.parent, hashlib.sha256()
    for path in sorted(path for name in PACKAGES for path in (folder / name).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step: after a crash, there is the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
