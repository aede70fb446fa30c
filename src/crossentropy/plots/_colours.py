"""The book's colours, and what each stands for: one table for figures, pages and widgets."""

INK = "#1b1b1b"  # the text colour of whatever is around

PAGE_INK = ("#1d2430", "#dde3ea")  # the same on light and on dark pages
MUTED = ("#545e6b", "#a9b3bf")  # text beside the point
TYPE = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial,"
    " sans-serif"
)

# On light paper, on dark paper, and where the paper is unknown. The first two keep a contrast of
# 4.5 to their paper, the third one of 4 to white and to near black.
COLOURS = {
    "blue": ("#0b63b5", "#7ab8f5", "#2b7bba"),
    "orange": ("#b04a00", "#f2a25c", "#c8590a"),
    "green": ("#1a7340", "#74c990", "#1f8a4c"),
    "red": ("#b3261e", "#ff9a8f", "#d6404a"),
    "purple": ("#7a3fa6", "#c9a1ee", "#9160bd"),
    "teal": ("#00716b", "#5ccfc4", "#15877f"),
    "pink": ("#a8266e", "#f592c4", "#c4508f"),
    "grey": ("#5c6570", "#a3adb9", "#777777"),
}

PAPER = {  # what lies below: the page, a box on it, a line, a mark, a shadow
    "paper": ("#ffffff", "#14181e"),
    "tint": ("#f3f6fa", "#1d232b"),
    "line": ("#d5dbe3", "#39424e"),
    "mark": ("#fff3c9", "#3d3515"),
    "shade": ("#c3ccd8", "#55616f"),
}

# The same colour is the same quantity everywhere.
ROLES = {
    "w": "purple",
    "x": "ink",
    "p": "blue",
    "y1": "teal",
    "y0": "pink",
    "gradient": "orange",
    "right": "green",
    "wrong": "red",
}


def fallback(name):
    """Return a colour for paper that is unknown: the third of its row, or the ink."""
    return INK if name == "ink" else COLOURS[name][2]


def paint(name):
    """Return a colour as SVG names it: the page's own variable, or the ink of the text."""
    return "currentColor" if name == "ink" else f"var(--xe-{name}, {fallback(name)})"


def scheme_variables():
    """Return the table as CSS declarations that follow the colour scheme around them."""
    pairs = pairs_by_name().items()
    lines = [f"--xe-{name}: light-dark({light}, {dark});" for name, (light, dark) in pairs]
    return "\n".join(lines + role_variables())


def page_style():
    """Return the table as the style sheet of pages: one rule for each theme, light if none is set.

    It is for browsers of some years, too, which do not know `light-dark`.
    """
    rules = {"html": role_variables()}
    for scheme, selector in enumerate(
        ('html, html[data-theme="light"]', 'html[data-theme="dark"]')
    ):
        pairs = pairs_by_name().items()
        rules[selector] = [f"--xe-{name}: {pair[scheme]};" for name, pair in pairs]
    return "".join(f"{selector} {{ {' '.join(lines)} }}\n" for selector, lines in rules.items())


def pairs_by_name():
    """Return each colour of a page, on light and on dark paper."""
    table = {**COLOURS, **PAPER, "ink": PAGE_INK, "muted": MUTED}
    return {name: row[:2] for name, row in table.items()}


def figure_style(drawing):
    """Return the style sheet of a drawing in a file of its own: the pages' type, its colours."""
    used = {name: row for name, row in COLOURS.items() if f"var(--xe-{name}," in drawing}
    light, dark = (
        "".join(f"--xe-{name}:{row[scheme]};" for name, row in used.items())
        + f"color:{PAGE_INK[scheme]}"
        for scheme in (0, 1)
    )
    return (
        f"svg{{{light};font-family:{TYPE};stroke-linejoin:round}}"
        f"@media (prefers-color-scheme: dark){{svg{{{dark}}}}}"
    )


def role_variables():
    """Return what each colour stands for as CSS declarations."""
    inked = {role: "currentColor" if c == "ink" else f"var(--xe-{c})" for role, c in ROLES.items()}
    return [f"--xe-{role}: {value};" for role, value in inked.items()]
