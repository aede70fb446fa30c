"""Join the JavaScript of a widget from its files.

Each file is an ES module. A front-end loads a widget from one text, in which an import of a
neighbour would find nothing; and a page opened from a folder may not load modules at all. So each
file becomes a function that is called once, and gives its exports to those that import it.
"""

import re
from pathlib import Path

from crossentropy.plots._colours import scheme_variables

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function) (\w+))", re.MULTILINE)
ALL = '"all" in document.currentScript.dataset'
DEFAULT = re.compile(r"^export default ", re.MULTILINE)


def source(name):
    """Return the text of a file."""
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def needed(*names):
    """Return the files that the named ones need, each after what it needs itself."""
    order = {}
    for name in names:
        order.update(dict.fromkeys(needed(*(file for _, file in IMPORT.findall(source(name))))))
        order[name] = None
    return list(order)


def scoped(name):
    """Return a file as a constant, $name, that holds its exports; the default one as `widget`.

    Raises
    ------
    ValueError
        If it imports what another file does not export.
    """
    text = source(name)
    for imported, file in IMPORT.findall(text):
        lacking = set(re.findall(r"\w+", imported)) - set(EXPORT.findall(source(file)))
        if lacking:
            names = ", ".join(sorted(lacking))
            raise ValueError(
                f"{name}.js imports {names} from {file}.js, which exports no such name"
            )
    body, n_defaults = DEFAULT.subn("const widget = ", text)
    exports = EXPORT.findall(text) + ["widget"] * n_defaults
    body = IMPORT.sub(r"const {\1} = $\2;", EXPORT.sub("", body))
    return f"const ${name} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def module(name):
    """Return a widget as one ES module, which exports the widget."""
    return "\n".join([*map(scoped, needed(name)), f"export default ${name}.widget;\n"])


def page_script(names):
    """Return a classic script that shows the named widgets on a page without a kernel.

    Each is shown when its place comes near; all at once if the script's element has `data-all`.
    """
    widgets = ", ".join(f"{name}: ${name}.widget" for name in names)
    parts = ['"use strict";', *map(scoped, needed("host", *names))]
    return "\n".join(["(() => {", *parts, f"$host.showWidgets({{ {widgets} }}, {ALL});", "})();\n"])


def style():
    """Return the style sheet of all widgets, with the colours of the book."""
    css = (HERE / "widgets.css").read_text(encoding="utf-8")
    return f".xe {{\n{scheme_variables()}\n}}\n\n{css}"
