"""What a student's failure says, and a student without a sandbox for tests of questions."""

import builtins
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder import values
from autograder.marks import CALL_SECONDS, StudentFailure

__all__ = ["LocalStudent", "failure"]

# Names that a message may show: any other could be made up to carry a hidden input.
KNOWN_TYPES = {
    *(name for name, value in vars(builtins).items() if isinstance(value, type)),
    *("NoneType", "function", "builtin_function_or_method", "generator", "module", "method"),
    *("LinAlgError", "AxisError", "UFuncTypeError", "ComplexWarning"),
}


def failure(kind: str, name: str, *, what: str = "", detail: str = "") -> StudentFailure:
    """Return a failure in words; `what` is an exception's or a value's type, or the limit."""
    known = what in KNOWN_TYPES
    message = {
        "missing": f"After its last cell, the notebook has no {what} `{name}`.",
        "raised": f"`{name}` raised {f'`{what}`' if known else 'an exception of its own kind'}.",
        "timeout": f"`{name}` gave no answer within {what} seconds.",
        "died": f"`{name}` ended the process that it ran in.",
        "unreadable": (
            f"`{name}` gave {f'a value of type `{what}`' if known else 'a value'} that cannot be "
            "read; expected are numbers, text, and lists or arrays of them, of moderate size."
        ),
    }[kind]
    return StudentFailure(kind, message, detail)


class LocalStudent:
    """Functions and variables of this process, asked as a sandboxed notebook would be.

    There is no protection and no time limit: for trusted code alone.

    Parameters
    ----------
    namespace : mapping
        The global names that the notebook would have.
    source : str, optional
        The text of its code cells.
    """

    def __init__(self, namespace: Mapping[str, Any], source: str = ""):
        self.namespace, self.source = namespace, source

    def call(self, name: str, *arguments: Any, limit: float = CALL_SECONDS) -> Any:
        """Return ``name(*arguments)``, all values sent through JSON and back."""
        function = self.namespace.get(name)
        if not callable(function):
            raise failure("missing", name, what="function")
        callables = []
        sent = values.loads(values.dumps(arguments, callables), callables.__getitem__)
        try:
            with np.errstate(all="ignore"):
                answer = function(*sent)
        except (Exception, SystemExit) as error:
            raise failure("raised", name, what=type(error).__name__, detail=str(error)) from error
        return _returned(name, answer)

    def variable(self, name: str) -> Any:
        """Return a global variable, sent through JSON and back."""
        if name not in self.namespace:
            raise failure("missing", name, what="variable")
        return _returned(name, self.namespace[name])

    def forget(self) -> None:
        """Do nothing: trusted code remembers no inputs."""

    def unaware(self) -> "LocalStudent":
        """Return itself."""
        return self


def _returned(name, value):
    try:
        return values.loads(values.dumps(value))
    except (TypeError, ValueError, OverflowError) as error:
        raise failure("unreadable", name, what=type(value).__name__) from error
