"""The trusted side's ends of the pipes into a sandbox; what comes out of them may be anything."""

import json
import os
import secrets
import select
import selectors
import socket
import time
from collections.abc import Callable, Iterator

MOST_BYTES = 1 << 22  # of one message
TICK = 0.1  # seconds between two looks at the sandbox
PATIENCE = 5
BLOCK = 1 << 16
MOST_LATE = 8  # blocks read after a limit: what came in time and waits in the socket is less


class Closed(Exception):  # noqa: N818 - the other end has hung up, as it may
    """The process at the other end has ended, or floods the connection."""


class Prints:
    """What the student's code prints: all of it is read, the first part of it kept."""

    def __init__(self, descriptor: int, most: int):
        os.set_blocking(descriptor, False)
        self.descriptor, self.most, self.kept = descriptor, most, b""
        self.over = False

    def read(self) -> bool:
        """Read what is there, and return whether there was something."""
        try:
            data = os.read(self.descriptor, BLOCK)
        except BlockingIOError:
            return False
        self.kept += data[: self.most - len(self.kept)]
        self.over = not data
        return bool(data)

    def ended(self, seconds: float) -> bool:
        """Return whether everyone who could print ends within some seconds."""
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.descriptor, selectors.EVENT_READ)
            while not self.over and (rest := end - time.monotonic()) > 0:
                if selector.select(rest):
                    self.read()
        return self.over

    def take(self) -> str:
        """Return what was printed since the last time, shortened."""
        deadline = time.monotonic() + TICK  # someone may print without end
        while self.read() and time.monotonic() < deadline:
            pass
        kept, self.kept = self.kept, b""
        return kept.decode("utf-8", "replace") + ("\n…" if len(kept) == self.most else "")


class Channel:
    """Requests to one process of the sandbox, each with a time limit.

    Parameters
    ----------
    connection : socket.socket
    prints : Prints
        Read all the time, so that a process never waits to print.
    watch : callable
        Called now and then while waiting; it may end the sandbox.
    times : callable
        Returns for how many seconds, up to now, the processes of the sandbox had to wait for a
        processor, and for how many they had one.  To wait is not the student's fault, but where
        they wait for each other; what was waited for others on this channel does not count as
        time, up to `PATIENCE` times a limit.
    """

    def __init__(
        self,
        connection: socket.socket,
        prints: Prints,
        watch: Callable[[], None],
        times: Callable[[], tuple[float, float]],
    ):
        connection.setblocking(False)
        self.connection, self.prints, self.watch, self.times = connection, prints, watch, times
        self.made, self.times_before = time.monotonic(), times()
        self.incoming, self.limit, self.began, self.read_late = b"", 0.0, 0.0, 0
        self.poller, self.event = select.poll(), select.POLLIN
        self.poller.register(connection, self.event)
        if not prints.over:
            self.poller.register(prints.descriptor, select.POLLIN)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def request(self, message: dict, limit: float, descriptor: int | None = None) -> Iterator[dict]:
        """Send a message and yield the objects that come back under its number.

        Raises `Closed`, or TimeoutError when it takes more seconds than the limit.
        """
        identity = self.post(message, limit, descriptor)
        while True:
            reply = self.receive()
            if reply.get("id") == identity:
                yield reply

    def post(self, message: dict, limit: float, descriptor: int | None = None) -> str:
        """Send a message under a new number, which is returned, and do not wait for an answer."""
        self.limit, self.began, self.read_late = limit, time.monotonic(), 0
        message["id"] = secrets.token_hex(8)
        self.send(message, descriptor)
        return message["id"]

    def late(self) -> bool:
        """Return whether the limit of the request is over."""
        used = time.monotonic() - self.began
        if used <= self.limit:
            return False
        pairs = zip(self.times(), self.times_before, strict=True)
        waited, ran = (now - before for now, before in pairs)
        by_others = min(waited, time.monotonic() - self.made - ran)
        return used - self.limit > min(max(by_others, 0), PATIENCE * self.limit)

    def send(self, message: dict, descriptor: int | None = None) -> None:
        """Send a message, and a file descriptor with its first byte."""
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            try:
                if descriptor is None:
                    sent = self.connection.send(data[:BLOCK])
                else:
                    sent = socket.send_fds(self.connection, [data[:1]], [descriptor])
                    descriptor = None
            except BlockingIOError:
                self.wait(select.POLLOUT)
                continue
            except OSError as error:
                raise Closed("it has hung up") from error
            data = data[sent:]

    def receive(self) -> dict:
        """Return the next line that is a JSON object; a line that is none was forged."""
        while True:
            while b"\n" not in self.incoming:
                self.incoming += self.read()
                if len(self.incoming) > MOST_BYTES:
                    raise Closed("it sends more than a message may have")
            line, self.incoming = self.incoming.split(b"\n", 1)
            try:
                reply = json.loads(line)
            except (ValueError, RecursionError):
                reply = None
            if isinstance(reply, dict):
                return reply
            if self.late():
                raise TimeoutError

    def read(self) -> bytes:
        """Return the next bytes, or none."""
        self.wait(select.POLLIN)
        try:
            data = self.connection.recv(BLOCK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise Closed("it has hung up") from error
        if not data:
            raise Closed("it has hung up")
        return data

    def wait(self, event: int) -> None:
        """Return when the connection is ready; read prints until then.

        A process may send without end, so that it is always ready.
        """
        if event != self.event:
            self.poller.modify(self.connection, event)
            self.event = event
        while True:
            late = self.late()  # known before looking: what has come in time is in time
            ready = [number for number, _ in self.poller.poll(0 if late else 1000 * TICK)]
            self.watch()
            if self.prints.descriptor in ready:
                self.prints.read()
                if self.prints.over:
                    self.poller.unregister(self.prints.descriptor)
            self.read_late += late
            if self.connection.fileno() in ready and self.read_late <= MOST_LATE:
                return
            if late:
                raise TimeoutError
