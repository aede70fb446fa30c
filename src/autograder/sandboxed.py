"""The `Student` of untrusted work: a notebook in a sandbox that answers a judge."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder import values
from autograder.marks import CALL_SECONDS, KINDS, StudentFailure
from autograder.protocol import Closed
from autograder.sandbox import Limits
from autograder.session import USED_UP, Session, Stop
from autograder.students import failure
from autograder.text import printable

THREADS = (
    "A cell has started threads, and they are gone when your functions are called: start them in "
    "the function that needs them."
)
MOST_CALLBACKS = 100_000  # of one call


class SandboxedStudent:
    """A notebook whose cells have run in a sandbox; for use in a ``with`` statement.

    Each question talks to a copy of the process that ran the cells, made when it is needed.

    Parameters
    ----------
    cells : sequence of str
        The code cells in order.
    limits : Limits, optional
    confined : bool, optional
        Whether there is a sandbox at all; see `Sandbox`.
    stops : sequence of Stop, optional
        Statements that are known to end a sandbox.
    """

    def __init__(
        self,
        cells: Sequence[str],
        limits: Limits | None = None,
        *,
        confined: bool = True,
        stops: Sequence[Stop] = (),
    ):
        self.source = "\n\n".join(cells)
        self.session = Session(cells, limits or Limits(), confined=confined, stops=stops)
        self.channel = self.twin = None

    def __enter__(self):  # noqa: D105
        return self

    def __exit__(self, *_):  # noqa: D105
        self.forget()
        self.session.close()
        if self.twin:
            self.twin.__exit__()

    def call(self, name: str, *arguments: Any, limit: float = CALL_SECONDS) -> Any:
        """Return ``name(*arguments)`` of the notebook, or raise StudentFailure."""
        callables: list = []
        sent = values.encode(list(arguments), callables)
        return self.ask({"op": "call", "name": name, "arguments": sent}, limit, callables)

    def variable(self, name: str) -> Any:
        """Return a global variable of the notebook, or raise StudentFailure."""
        return self.ask({"op": "variable", "name": name}, CALL_SECONDS, [])

    def unaware(self) -> "SandboxedStudent":
        """Return the notebook in a sandbox of its own, which is kept for later questions."""
        if self.twin is None:
            of = self.session
            self.twin = SandboxedStudent(of.cells, of.limits, confined=of.confined, stops=of.stops)
        self.twin.forget()
        return self.twin

    def forget(self) -> None:
        """Leave the copy that knows earlier calls; the next call gets a new one."""
        if self.channel:
            self.channel.close()
            self.channel = None

    def ask(self, message, limit, callables):
        """Return the value that answers a message, or raise StudentFailure.

        When the process ends, it is asked once more: not every death is the student's fault.
        """
        for _ in range(2):
            try:
                return self.read(message["name"], self.exchange(message, limit, callables))
            except Closed:
                self.forget()
            except TimeoutError as error:
                self.forget()
                slow = failure("timeout", message["name"], what=f"{limit:g}")
                if self.session.threads:
                    slow = StudentFailure("timeout", f"{slow} {THREADS}")
                raise slow from error
        raise failure("died", message["name"])

    def exchange(self, message, limit, callables):
        """Send a message, answer the calls back, and return the reply."""
        rest = self.session.end - time.monotonic()
        if rest <= 0:
            raise StudentFailure("timeout", USED_UP)
        self.channel = self.channel or self.session.answerer()
        replies = self.channel.request(message, min(limit, rest))
        with np.errstate(all="ignore"):
            for _, reply in zip(range(MOST_CALLBACKS), replies, strict=False):
                if "callback" not in reply:
                    return reply
                self.channel.send(called_back(reply, callables))
        raise TimeoutError

    def read(self, name, reply):
        """Return the value of a reply, which may be forged, or raise the failure that it tells."""
        if "failure" in reply:
            kind, what, detail = (str(reply.get(key, "")) for key in ("failure", "what", "detail"))
            kind = kind if kind in KINDS else "raised"
            raise failure(kind, name, what=what, detail=printable(detail))
        try:
            return values.decode(reply.get("value"))
        except (ValueError, OverflowError, RecursionError) as error:
            raise failure("unreadable", name) from error


def called_back(request, callables):
    """Return what a trusted function returns for the arguments that untrusted code chose."""
    try:
        arguments = values.decode(request["arguments"])
        return {"value": values.encode(callables[request["callback"]](*arguments))}
    except Exception as error:  # whatever went wrong is for the caller to know
        return {"error": f"{type(error).__name__}: {error}"[:500]}
