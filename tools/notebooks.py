"""Execute the notebooks and write them in normal form, so that a diff shows what changed.

Usage: ``python tools/notebooks.py [NOTEBOOK ...]`` (every chapter by default).

Normal form: cells numbered from 1, text outputs stored, each figure folded to ``<svg/>``,
no run times, no metadata but the kernel's name and the cells' tags, keys sorted. Of a widget
its words are stored, and neither its state nor its view, which names a model of the kernel that
ran. A second run changes nothing.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "_ext"))

from notebook_places import failed_cell  # noqa: E402

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
FIGURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = re.compile(r'data-(state|link)="[^"]*"')


def chapters():
    """Return the paths of the chapters' notebooks in reading order."""
    return sorted((ROOT / "chapters").glob("*.ipynb"))


def execute(notebook, folder):
    """Run every cell in a fresh kernel; the first error stops the run."""
    config = Config(KernelManager={"transport_encryption": "auto"})  # else the kernel complains
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, config=config, coalesce_streams=True, resources=resources).execute()


def normalise(notebook):
    """Bring an executed notebook into normal form, in place, and return it."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": sorted(tags)} if tags else {})
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source]
    for count, cell in enumerate(code, start=1):
        cell.execution_count = count
        for output in cell.outputs:
            _normalise_output(output, count)
    return notebook


def _normalise_output(output, count):
    if "execution_count" in output:
        output.execution_count = count
    if "metadata" in output:
        output.metadata = nbformat.from_dict({})
    output.get("data", {}).pop(WIDGET_VIEW, None)
    if "text/html" in output.get("data", {}):
        html = FIGURE.sub("<svg/>", output.data["text/html"])
        output.data["text/html"] = WIDGET_STATE.sub(r'data-\1=""', html)


def text(notebook):
    """Return what the file holds; nbformat sorts the keys."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4) + "\n"


def main(names):
    """Execute, normalise and write each notebook."""
    for path in [Path(name) for name in names] or chapters():
        notebook = nbformat.read(path, as_version=4)
        try:
            execute(notebook, path.parent)
        except CellExecutionError as error:
            sys.exit(f"{error}\n{path.name}: cell {failed_cell(notebook)} fails, see above")
        path.write_text(text(normalise(notebook)), encoding="utf-8")
        print(f"{path.name}: executed and normalised")


if __name__ == "__main__":
    main(sys.argv[1:])
