"""Put the student's version of each assignment on the site, as ``assignments/NAME.ipynb``.

It is what nbgrader's ``generate_assignment`` releases, without its data base; a test compares.
"""

from pathlib import Path

import nbformat

COURSE = Path("assignments")


def student_version(source, config):
    """Return the notebook of the source file without its solutions, locked and with checksums."""
    # imported here, since it takes seconds, and most builds have nothing to convert
    from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells
    from traitlets.config import PyFileConfigLoader

    settings = PyFileConfigLoader(config.name, path=str(config.parent)).load_config()
    notebook = nbformat.read(source, as_version=4)
    for preprocessor in (LockCells, ClearSolutions, ComputeChecksums):
        notebook, _ = preprocessor(config=settings).preprocess(notebook, {})
    return notebook


def write_student_versions(app):
    """Write each version that is missing or older than its source."""
    config = Path(app.srcdir) / COURSE / "nbgrader_config.py"
    for source in sorted((Path(app.srcdir) / COURSE / "source").glob("*/*.ipynb")):
        target = Path(app.outdir) / COURSE / source.name
        changed = max(source.stat().st_mtime, config.stat().st_mtime)
        if not target.exists() or target.stat().st_mtime < changed:
            target.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(student_version(source, config), target)


def setup(app):
    """Connect to the start of the build."""
    app.connect("builder-inited", write_student_versions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
