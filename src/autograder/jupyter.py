"""What notebooks expect of a kernel, in the sandbox, where there is none: `display` and the like.

Marks depend on none of it; it keeps a cell from failing at a line that shows something.
"""

import sys
import types


class Nothing:
    """Takes any call and any attribute, and does nothing: ``get_ipython().run_line_magic(...)``."""

    def __call__(self, *args, **kwargs):  # noqa: D102
        return self

    def __bool__(self):  # noqa: D105 - Matplotlib then takes it for no kernel
        return False

    def __getattr__(self, name):  # noqa: D105
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class Shown:
    """Stands for ``IPython.display.Markdown`` and its kind: shows the text that it was given."""

    def __init__(self, data=None, *args, **kwargs):
        self.data = data

    def __repr__(self):  # noqa: D105
        return str(self.data)


def display(*values, **kwargs):
    """Print values as a notebook would show them."""
    for value in values:
        print(repr(value))


def install(names):
    """Put `display` and `get_ipython` among the names, and a small IPython among the modules."""
    names.update(display=display, get_ipython=Nothing)
    shown = types.ModuleType("IPython.display")
    shown.__getattr__ = lambda name: Shown
    shown.display, shown.clear_output = display, Nothing()
    package = types.ModuleType("IPython")
    package.version_info = (9, 0)
    package.display, package.get_ipython = shown, Nothing
    sys.modules.update({"IPython": package, "IPython.display": shown})
