"""Rules for the classes in which formulas have their lengths, see shorten.js.

The same few lengths stand in thousands of places; as classes they weigh a third of what styles do.
"""

import re

PROPERTIES = {
    "h": "height",
    "v": "vertical-align",
    "t": "top",
    "l": "left",
    "ml": "margin-left",
    "mr": "margin-right",
}
CLASSES = re.compile(r'class="([^"]+)"')
LENGTH = re.compile(r"([a-z]{1,2})(-?\d+)")


def length_rules(pages):
    """Return a style sheet for the lengths that occur on pages."""
    lists = {classes for page in pages for classes in CLASSES.findall(page)}
    names = sorted({name for classes in lists for name in classes.split()})
    return "\n".join(filter(None, map(rule, names)))


def rule(name):
    """Return the rule of a class, or "" if it is not one of a length."""
    match = LENGTH.fullmatch(name)
    if not match or match[1] not in PROPERTIES:
        return ""
    return f".katex .{name} {{ {PROPERTIES[match[1]]}: {int(match[2]) / 1000}em }}"
