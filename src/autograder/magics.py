"""Cells as plain Python: magics and shell lines are taken out, as a kernel would run the rest.

The sandboxed child runs this file on the student's text; it imports the standard library alone.
Whether a line such as ``%b`` is a magic or the rest of an expression, Python's own parser decides:
only a line at which it fails is taken out.
"""

import ast
import re

LINE = re.compile(
    r"(?P<indent>\s*)(?:[\w\s,.\[\]]+=\s*)?(?:[%!?]|(?:pip|conda|cd|ls|pwd|matplotlib)\b|.*\?\s*$)"
)
TIME = re.compile(r"(?P<indent>\s*)%time\s+(?P<statement>.+)")
CELL = re.compile(r"\s*%%(?P<name>\w+).*")
PYTHON_CELLS = {"time", "capture", "prun"}  # they run their body in the notebook; others elsewhere


def parse(source: str) -> ast.Module:
    """Return the syntax tree of a cell without its magics, or raise SyntaxError."""
    lines = without_cell_magic(source).split("\n")
    for _ in lines:
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError as error:
            number = magic_line(lines, error.lineno or 1)
            if number is None:
                raise
            take_out(lines, number)
    return ast.parse("\n".join(lines))


def without_cell_magic(source):
    """Return a cell without its first line ``%%time``; nothing, if it is no Python."""
    match = CELL.match(source)
    if not match:
        return source
    return source[match.end() :] if match["name"] in PYTHON_CELLS else ""


def magic_line(lines, number):
    """Return the index of the line that looks like a magic at or above a line number, or None."""
    return next((i for i in reversed(range(min(number, len(lines)))) if LINE.match(lines[i])), None)


def take_out(lines, number):
    """Put ``pass`` in place of a magic and of the lines that continue it; keep timed statements."""
    if timed := TIME.fullmatch(lines[number]):
        lines[number] = timed["indent"] + timed["statement"]
        return
    continued = lines[number].endswith("\\")
    lines[number] = LINE.match(lines[number])["indent"] + "pass"
    while continued and number + 1 < len(lines):
        number += 1
        continued = lines[number].endswith("\\")
        lines[number] = ""
