"""The cells of a notebook, run in a sandbox; what ends it is left out in the next one."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.marks import StudentFailure
from autograder.protocol import Channel, Closed
from autograder.sandbox import Limits, Sandbox
from autograder.text import printable

__all__ = ["USED_UP", "CellRun", "Session", "Stop"]

FORK_SECONDS = 10.0
USED_UP = "The notebook has used up the time that it may take."
MOST_ROUNDS = 10  # of cells that were not in order
MOST_FAILURES = 20  # of one cell
MOST_STATEMENTS = 1_000_000
LONGEST = 4000  # characters of one failure


@dataclass
class CellRun:
    """What a cell printed, and how its statements failed, in words."""

    printed: str = ""
    failures: tuple[str, ...] = ()
    lacks_name: int | None = None  # the statement at which the cell stopped, if for that reason


@dataclass(frozen=True)
class Stop:
    """A statement, or all of a cell where it is None, that ended or outlasted its process."""

    cell: int
    statement: int | None
    text: str


class Session:
    """A sandbox in which the cells of a notebook have run.

    Parameters
    ----------
    cells : sequence of str
        The code cells in order.
    limits : Limits
    confined : bool, optional
        Whether there is a sandbox at all; see `Sandbox`.
    stops : sequence of Stop, optional
        Statements that are known to end a sandbox.

    Raises
    ------
    SandboxError
        If there is no sandbox to be had.
    StudentFailure
        If the cells end one sandbox after the other.
    """

    def __init__(
        self,
        cells: Sequence[str],
        limits: Limits,
        *,
        confined: bool = True,
        stops: Sequence[Stop] = (),
    ):
        self.cells, self.limits, self.confined = list(cells), limits, confined
        now = time.monotonic()
        self.end, self.end_of_cells = now + limits.notebook, now + limits.notebook / 2
        self.runs: list[CellRun] = []
        self.stops: list[Stop] = list(stops)
        self.starts, self.careful = 0, False
        self.start()

    def start(self) -> None:
        """Start a sandbox and run the cells, as often as it takes to leave out what ends it."""
        while self.starts <= self.limits.restarts:
            self.starts += 1
            self.sandbox = Sandbox(self.limits, confined=self.confined)
            try:
                stop = self.run_cells()
            except BaseException:
                self.sandbox.close()
                raise
            if stop is None:
                self.tell_stops()
                return
            self.sandbox.close()
            known = any((s.cell, s.statement) == (stop.cell, stop.statement) for s in self.stops)
            self.stops.append(Stop(stop.cell, None, stop.text) if known else stop)
        raise StudentFailure(
            "died", "The notebook's cells end the process that runs them, again and again."
        )

    def tell_stops(self) -> None:
        """Add what was left out to what came of the cells."""
        for stop in self.stops:
            self.runs[stop.cell].failures += (stop.text,)

    def close(self) -> None:
        """End the sandbox."""
        self.sandbox.close()

    def run_cells(self) -> Stop | None:
        """Run all cells in order, and those that lacked a name again."""
        self.runs, self.room = [CellRun() for _ in self.cells], self.limits.told
        self.threads, self.suspect = 0, None
        left_out = {stop.cell for stop in self.stops if stop.statement is None}
        for number in range(len(self.cells)):
            if number not in left_out and (stop := self.run_cell(number)):
                return stop
        return self.run_again()

    def run_again(self) -> Stop | None:
        """Run cells on from where they lacked a name, as long as that helps one of them."""
        before: list[int] = []
        for _ in range(MOST_ROUNDS):
            lacking = [n for n, run in enumerate(self.runs) if run.lacks_name is not None]
            if lacking == before:
                break
            for number in lacking:
                if stop := self.run_cell(number, self.runs[number].lacks_name):
                    return stop
            before = lacking
        return None

    def run_cell(self, number: int, start: int | None = None) -> Stop | None:
        """Run one cell from a statement on, and note what came of it."""
        statement, seconds = None, min(self.limits.cell, self.end_of_cells - time.monotonic())
        if seconds <= 0:
            self.runs[number] = CellRun(failures=("Not run: the cells before took too long.",))
            return None
        message = {
            "op": "run",
            "cell": number + 1,
            "source": self.cells[number],
            "skip": [stop.statement for stop in self.stops if stop.cell == number],
            "start": start or 0,
            "limit": seconds,
            "careful": self.careful,
        }
        try:
            for reply in self.sandbox.control.request(message, seconds + self.limits.grace):
                if "value" in reply:
                    break
                statement = reply.get("at")
        except Closed:
            return self.suspected() or stop_of(number, statement, "ended the process that ran it")
        except TimeoutError:
            return stop_of(number, statement, f"did not stop after {seconds:g} seconds")
        self.note_threads(reply.get("threads"), number, statement)
        failures = reply["value"] if isinstance(reply["value"], list) else []
        failures = [failure for failure in failures if isinstance(failure, dict)]
        before = self.runs[number] if start else CellRun()
        self.runs[number] = CellRun(
            before.printed + self.kept(self.sandbox.prints.take(), self.limits.prints),
            tuple(self.kept(str(failure.get("text"))) for failure in failures[:MOST_FAILURES]),
            lacks_name(failures),
        )
        return None

    def note_threads(self, threads: Any, number: int, statement: int | None) -> None:
        """Note the last statement of a cell if there are more threads after it than before."""
        if isinstance(threads, int) and threads > self.threads:
            self.threads, self.suspect = threads, (number, statement)

    def suspected(self) -> Stop | None:
        """Return the stop of the last statement that left a thread behind, if there is one.

        The thread may have ended the process, while another cell or nothing at all ran.
        """
        how = "left a thread behind before the process ended"
        return stop_of(*self.suspect, how) if self.suspect else None

    def kept(self, text: str, most: int = LONGEST) -> str:
        """Return a text that the child sent, fit to be shown, as long as there is room for it."""
        text = printable(text, min(most, self.room)) if self.room else ""
        self.room -= min(self.room, len(text))
        return text

    def answerer(self) -> Channel:
        """Return a channel to a new copy of the process that ran the cells."""
        while time.monotonic() < self.end:
            mine, theirs = socket.socketpair()
            try:
                with theirs:
                    self.sandbox.control.post({"op": "fork"}, FORK_SECONDS, theirs.fileno())
                channel = self.sandbox.channel(mine)
                next(channel.request({"op": "hello"}, FORK_SECONDS))
                return channel
            except (Closed, TimeoutError):
                mine.close()
                self.sandbox.close()
                self.stops += filter(None, [self.suspected()])
                self.careful = True  # some statement may forbid copies, or end them
                self.start()
        raise StudentFailure("timeout", USED_UP)


def lacks_name(failures):
    """Return the first statement that lacked a name, or None; what a cell sends may be forged."""
    numbers = [f.get("at") for f in failures if f.get("kind") == "NameError"]
    return next((number for number in numbers if is_number(number)), None)


def is_number(statement):
    return isinstance(statement, int) and 0 <= statement < MOST_STATEMENTS


def stop_of(cell, statement, how):
    """Return the stop of a statement; its number comes from the child, and may be anything."""
    known = statement if is_number(statement) else None
    where = "Cell" if known is None else f"Statement {known + 1} of cell"
    return Stop(cell, known, f"{where} {cell + 1} {how}, and was left out.")
