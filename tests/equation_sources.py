"""Where the checks of the derivation take the equations' LaTeX from."""

from latex_reader import read_book

from crossentropy.derivation import SECTIONS


def latex_by_number(root):
    """Return the LaTeX of each number as the book has it.

    Where the book below `root` lacks a chapter, the table speaks for it; a chapter that is
    there must display every equation of its section, or the number is missing here.
    """
    awaited = [
        equation
        for name, section in SECTIONS.items()
        if not (root / "chapters" / f"{name}.ipynb").exists()
        for equation in section
    ]
    equations = [*read_book(root), *awaited]
    return {e.number: e.latex for e in equations if e.number is not None}
