"""What importing loads, and that imports in src point one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import crossentropy

PACKAGE = Path(crossentropy.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# each layer may import itself and the layers before it, and these third-party packages
LAYERS = ["numerics", "plots", "widgets"]
THIRD_PARTY = {
    "numerics": {"numpy"},
    "plots": {"numpy", "matplotlib"},
    "widgets": {
        *("numpy", "matplotlib", "anywidget", "cloudpickle", "ipywidgets", "traitlets", "IPython"),
    },
}


def layer_of(dotted_name):
    """Return the layer of a module of the package: ``crossentropy.plots.curve`` is in plots."""
    head = [*dotted_name.split("."), ""][1]
    return head if head in LAYERS else "numerics"


def imported_modules(source, package):
    """Yield the absolute dotted name of everything that the source imports, at any depth."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            parts = [*(base if node.level else []), *([node.module] if node.module else [])]
            yield from (".".join([*parts, alias.name]) for alias in node.names)


def wrong_imports(source, name, package):
    """Return what a module of the given dotted name may not import."""
    layer, wrong = layer_of(name), []
    for imported in imported_modules(source, package):
        top = imported.split(".")[0]
        if top == "crossentropy":
            allowed = LAYERS.index(layer_of(imported)) <= LAYERS.index(layer)
        else:
            allowed = top in sys.stdlib_module_names | THIRD_PARTY[layer]
        if not allowed:
            wrong.append(imported)
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_from_widgets_to_plots_to_numerics_to_numpy(path):
    parts = ("crossentropy", *path.relative_to(PACKAGE).with_suffix("").parts)
    package = ".".join(parts[:-1])
    name = package if parts[-1] == "__init__" else ".".join(parts)
    assert wrong_imports(path.read_text(encoding="utf-8"), name, package) == []


@pytest.mark.parametrize(
    ("source", "name", "wrong"),
    [
        ("import matplotlib.pyplot as plt", "crossentropy.logistic", ["matplotlib.pyplot"]),
        ("def f():\n    import scipy", "crossentropy.logistic", ["scipy"]),
        ("from . import plots", "crossentropy.logistic", ["crossentropy.plots"]),
        ("from .plots import curve", "crossentropy.logistic", ["crossentropy.plots.curve"]),
        ("from crossentropy import widgets", "crossentropy.plots", ["crossentropy.widgets"]),
        ("import autograder", "crossentropy.widgets", ["autograder"]),
        ("from crossentropy.logistic import sigmoid", "crossentropy.plots", []),
        ("from crossentropy.plots import curve", "crossentropy.widgets.slope", []),
        ("import math, numpy", "crossentropy.logistic", []),
    ],
)
def test_the_check_tells_a_wrong_import_from_a_right_one(source, name, wrong):
    assert wrong_imports(source, name, "crossentropy") == wrong


def test_importing_the_package_loads_numpy_alone():
    script = (
        "import sys; before = set(sys.modules); import crossentropy;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    command = [sys.executable, "-W", "error", "-c", script]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    loaded = {name for name in output.split() if not name.startswith("_sysconfigdata")}
    assert loaded - sys.stdlib_module_names == {"crossentropy", "numpy"}


def test_every_public_name_is_exported_once_and_documented():
    assert sorted(crossentropy.__all__) == sorted(set(crossentropy.__all__))
    for name in crossentropy.__all__:
        function = getattr(crossentropy, name)
        assert callable(function)
        for section in ("Parameters", "Returns", "Raises", "Examples"):
            assert f"    {section}\n    ---" in function.__doc__, f"{name} has no {section}"
