"""The course, as nbgrader reads it: run nbgrader's commands in this folder."""

from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "crossentropy"

# What stands in a student's version where the source notebook has a solution.  It is a comment, so
# that the version runs from top to bottom: every solution stands in brackets or below a docstring.
c.ClearSolutions.code_stub = {"python": "# YOUR ANSWER HERE"}

# What students write is shown in the browser of whoever grades: without what could act there.
c.HTMLExporter.filters = {"markdown2html": "autograder.safe_markdown.safe_markdown"}

# `nbgrader autograde` runs notebooks in a sandbox and judges them from outside, with hidden inputs
# that follow from the secret in this file of the course folder.
c.BlackBox.seed_file = "seed.txt"
try:
    from autograder.preprocessor import configure

    configure(c, Path(__file__).parent)
except Exception as error:  # nbgrader would go on without this file, and run notebooks unprotected
    raise SystemExit(f"{__file__}: {type(error).__name__}: {error}") from error
