"""Evaluate expressions among the functions of a widget's files."""

from javascript import run

from crossentropy.widgets._sources import HERE, needed

LISTS = "(key, value) => (ArrayBuffer.isView(value) ? [...value] : value)"


def evaluate(name, expression, **values):
    """Return the value of an expression among what a file exports, and the files it imports."""
    files = [(file, (HERE / f"{file}.js").as_uri()) for file in needed(name)]
    imports = "".join(f'import * as ${file} from "{uri}";\n' for file, uri in files)
    scope = "".join(f"Object.assign(globalThis, ${file});\n" for file, _ in files)
    constants = f"const {{ {', '.join(values)} }} = input;"
    result = f"answer(JSON.parse(JSON.stringify({expression}, {LISTS})));"
    script = f"{imports}{scope}{constants}\n{result}"
    return run(script, {key: plain(value) for key, value in values.items()})


def plain(value):
    """Return what JSON can hold: lists for arrays."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value
