"""Join the JavaScript of a widget from its files.

Each file is an ES module. What it imports from beside it is put in front of it, because a
front-end loads a widget from one text: an import of a neighbour would find nothing there.
"""

import re
from pathlib import Path

from crossentropy.plots._colours import scheme_variables

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=const |class |function |async function )", re.MULTILINE)
DEFAULT = re.compile(r"^export default ", re.MULTILINE)


def source(name):
    """Return the text of a file."""
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def needed(*names):
    """Return the files that the named ones need, themselves last, each after what it needs."""
    order = {}
    for name in names:
        order.update(dict.fromkeys(needed(*IMPORT.findall(source(name)))))
        order[name] = None
    return list(order)


def joinable(name):
    """Return a file's text without imports and exports, which its neighbours need no more."""
    return EXPORT.sub("", IMPORT.sub("", source(name)))


def module(name):
    """Return a widget as one ES module, which exports the widget alone."""
    return "\n".join(map(joinable, needed(name)))


def page_script(names):
    """Return a classic script that shows the named widgets on a page without a kernel.

    A page opened from a folder may not load modules.
    """
    shared = [name for name in needed("host", *names) if name not in names]
    widgets = [f"{name}: (() => {{\n{as_body(name)}\n}})()," for name in names]
    parts = ['"use strict";', *map(joinable, shared), "showWidgets({", *widgets, "});"]
    return "(() => {\n" + "\n".join(parts) + "\n})();\n"


def as_body(name):
    """Return a widget's module as the body of a function that returns its default export."""
    body, count = DEFAULT.subn("const widget = ", joinable(name))
    if count != 1:
        raise ValueError(f"{name}.js must have one line that begins `export default`, has {count}")
    return f"{body}return widget;"


def style():
    """Return the style sheet of all widgets, with the colours of the book."""
    css = (HERE / "widgets.css").read_text(encoding="utf-8")
    return f".xe {{\n{scheme_variables()}\n}}\n\n{css}"
