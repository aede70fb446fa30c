"""What makes nbgrader's own commands safe: used by ``nbgrader_config.py`` of the course folder.

``nbgrader autograde`` reads submissions through `SafeExporter`, and has `BlackBox` in place of the
steps that would clean, restore and execute the notebook.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat import v4
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Bool, Unicode

from autograder.autograded import autograded
from autograder.course import Course, unsafe_folders
from autograder.gradebook import CourseGradebook, put_tools_on_path
from autograder.grading import Task, perform, questions_of
from autograder.sandbox import SandboxError
from autograder.seeds import read_seed
from autograder.submission import read_submission

__all__ = ["BlackBox", "SafeExporter", "configure"]


def configure(config, root: str | Path) -> None:
    """Set up nbgrader for a course folder."""
    put_tools_on_path()
    config.Autograde.exporter_class = SafeExporter
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = [
        BlackBox,
        SaveAutoGrades,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    unsafe = unsafe_folders(Path(root) / "submitted")
    config.CourseDirectory.student_id_exclude = Excluded(unsafe)


class Excluded(str):
    """Names for an option of nbgrader, which splits it at commas: here, a name may hold one."""

    def __new__(cls, names: Sequence[str]):
        text = super().__new__(cls, ",".join(names))
        text.names = list(names)
        return text

    def __reduce__(self):
        return Excluded, (self.names,)

    def split(self, sep=None, maxsplit=-1):
        return list(self.names)


class SafeExporter(NotebookExporter):
    """Reads submissions as untrusted files, of which only the cells' text is taken."""

    def from_filename(self, filename, resources=None, **kwargs):
        """Return a notebook of the cells in a file, run through the preprocessors."""
        path, resources = Path(filename), {**(resources or {})}
        submission = read_submission(path, path.parents[2])
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent), "modified": changed}
        make = {"code": v4.new_code_cell, "raw": v4.new_raw_cell, "markdown": v4.new_markdown_cell}
        cells = [make[cell.kind](cell.source) for cell in submission.cells]
        return self.from_notebook_node(v4.new_notebook(cells=cells), resources, **kwargs)


class BlackBox(NbGraderPreprocessor):
    """Grades the submitted notebook in a sandbox, and puts the graded one in its place."""

    seed_file = Unicode("seed.txt", help="Secret text; from the course folder on.").tag(config=True)
    questions = Unicode("", help="Python file that defines QUESTIONS.").tag(config=True)
    unsafe_no_sandbox = Bool(False, help="Run notebooks unconfined.").tag(config=True)

    def preprocess(self, nb, resources):
        """Return the graded notebook, or raise if it cannot be graded."""
        student, assignment = (resources["nbgrader"][key] for key in ("student", "assignment"))
        root = Path.cwd()  # nbgrader works in the course folder
        course, seed_file = Course(root, assignment), root / Path(self.seed_file).expanduser()
        seed = read_seed(seed_file)[0]
        submission = course.read(student)
        definition = (root / self.questions).read_text("utf-8") if self.questions else ""
        task = Task(
            student=student,
            assignment=assignment,
            cells=tuple(submission.code),
            salt=f"{seed}/{assignment}/{student}",
            definition=definition,
            confined=not self.unsafe_no_sandbox,
        )
        graded = perform(task)
        if graded.missing:
            raise SandboxError(graded.missing[0].feedback)
        with CourseGradebook(root, assignment) as gradebook:
            masters = gradebook.masters()
        questions = questions_of(assignment, definition)
        return autograded(submission, masters, questions, graded, course.given()), resources
