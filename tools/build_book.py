"""Build the book: `jupyter-book build`, two seconds sooner, and after a failure from the start.

jsonschema compiles 38 grammars of web addresses when it is imported, if it finds their package.
Jupyter Book checks its settings with it, and none of them by such a grammar.

Sphinx takes a page for done, with whatever was wrong in it: a build that follows a failed one
would succeed.
"""

import sys
from pathlib import Path

sys.modules["rfc3987_syntax"] = None  # its import fails, and jsonschema does without

from jupyter_book.cli.main import main  # noqa: E402

PAGES_DONE = Path(__file__).parent.parent / "_build" / ".doctrees" / "environment.pickle"

if __name__ == "__main__":
    try:
        main(["build", *sys.argv[1:]], prog_name="jupyter-book")
    except BaseException as end:  # among them the end of the program, with its code
        if not isinstance(end, SystemExit) or end.code:
            PAGES_DONE.unlink(missing_ok=True)
        raise
