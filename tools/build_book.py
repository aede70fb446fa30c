"""Build the book: `jupyter-book build`, two seconds sooner.

jsonschema compiles 38 grammars of web addresses when it is imported, if it finds their package.
Jupyter Book checks its settings with it, and none of them by such a grammar.
"""

import sys

sys.modules["rfc3987_syntax"] = None  # its import fails, and jsonschema does without

from jupyter_book.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main(["build", *sys.argv[1:]], prog_name="jupyter-book")
