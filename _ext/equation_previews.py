"""Write a file for each equation, with which pages show previews of equations on other pages.

A link to an equation of its own page is previewed from the page itself. The others are loaded when
a reader asks for one: as scripts, since a page opened from a folder can fetch nothing else. The
script that shows the previews is _static/previews.js.
"""

import json
import shutil
from pathlib import Path

from prerendered_math import display_html
from tagged_equations import equation_sources

FOLDER = "equations"


def write_equations(app, exception):
    """Write all equations anew."""
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for anchor, (_, latex) in equation_sources(app.env).items():
        label = f'<span class="eqno">({anchor.removeprefix("eq-")})</span>'
        equation = display_html(latex, label=label)  # its page reports what is wrong
        call = f"previewEquation({json.dumps(anchor)}, {json.dumps(equation)});\n"
        (folder / f"{anchor}.js").write_text(call, encoding="utf-8")


def setup(app):
    """Connect to the end of the build, before the process that typesets ends."""
    app.setup_extension("tagged_equations")
    app.connect("build-finished", write_equations, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
