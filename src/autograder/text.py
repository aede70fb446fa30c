"""Text that students wrote, made fit to be shown: in terminals, tables and Markdown."""

import re

MOST = 4000
SHOWN = "\n\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # the last two join letters
GAP = re.compile(r"\s{200,}")


def writable(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str, most: int = MOST) -> str:
    """Return a text without what could steer a terminal or hide other text, and not too long."""
    shown = "".join(
        c if c.isprintable() or c in SHOWN else "\N{REPLACEMENT CHARACTER}" for c in text[:most]
    )
    return shown + "…" * (len(text) > most)


def without_gaps(text: str) -> str:
    """Return a text without long runs of white space, for which highlighting takes very long."""
    return GAP.sub(lambda gap: gap[0][:200], text)


def as_line(text: str, most: int = MOST) -> str:
    """Return a text on one line."""
    return " ".join(printable(text, most).split())


def as_code(text: str, most: int = 200) -> str:
    """Return a text as inline code of Markdown, whatever is in it."""
    shown = as_line(text, most)
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"


def as_code_block(text: str, most: int = MOST) -> str:
    """Return a text as a code block of Markdown, whatever is in it."""
    shown = printable(text, most)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}"


def as_table_cell(text: str) -> str:
    """Return a text for a cell of a CSV file, which no spreadsheet takes for a formula."""
    shown = as_line(text)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") and shown[:1] else shown
