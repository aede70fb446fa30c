"""Give notebooks that readers take away a first cell that installs the package where it is missing.

In the repository the notebooks have no such cell: whoever works there has the package, and its
address is known only to whoever publishes the site. Without an address nothing is changed. The
changed copies are what the pages offer for download, and what Colab opens, from a branch that
continuous integration makes of them.
"""

from pathlib import Path

import nbformat
from repository import repository_address

CELL_ID = "install"
INSTALL = """\
# This installs the package of the book where it is missing, and does nothing where it is there.
try:
    import crossentropy.widgets
except ModuleNotFoundError:
    %pip install --quiet "crossentropy[notebooks] @ git+{repository}"\
"""


def with_installation(notebook, repository):
    """Put the cell in front of all other code, in place, and return the notebook."""
    kinds = [cell.cell_type for cell in notebook.cells]
    first = kinds.index("code") if "code" in kinds else len(kinds)
    cell = nbformat.v4.new_code_cell(INSTALL.format(repository=repository), id=CELL_ID)
    notebook.cells.insert(first, cell)
    return notebook


def write_downloads(app, exception):
    """Change the copies that were made since the last time."""
    repository = repository_address(app.srcdir)
    if exception is not None or app.builder.name != "html" or not repository:
        return
    for path in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        if all(cell.id != CELL_ID for cell in notebook.cells):
            nbformat.write(with_installation(notebook, repository), path)


def setup(app):
    """Connect to the end of the build."""
    app.connect("build-finished", write_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
