"""The trusted side's ends of the pipes into a sandbox; what comes out of them may be anything."""

import json
import os
import secrets
import selectors
import socket
import time

MOST_BYTES = 1 << 22  # of one message
TICK = 0.1  # seconds between two looks at the sandbox's memory
BLOCK = 1 << 16


class Closed(Exception):  # noqa: N818 - the other end has hung up, as it may
    """The process at the other end has ended, or floods the connection."""


class Prints:
    """What the student's code prints: all of it is read, the first part of it kept."""

    def __init__(self, descriptor: int, most: int):
        os.set_blocking(descriptor, False)
        self.descriptor, self.most, self.kept = descriptor, most, b""

    def read(self) -> bool:
        """Read what is there, and return whether more may come."""
        try:
            data = os.read(self.descriptor, BLOCK)
        except BlockingIOError:
            return False
        self.kept += data[: self.most - len(self.kept)]
        return bool(data)

    def take(self) -> str:
        """Return what was printed since the last time, shortened."""
        deadline = time.monotonic() + TICK  # someone may print without end
        while self.read() and time.monotonic() < deadline:
            pass
        kept, self.kept = self.kept, b""
        return kept.decode("utf-8", "replace") + ("\n…" if len(kept) == self.most else "")


class Channel:
    """Requests to one process of the sandbox, with a deadline for each.

    Parameters
    ----------
    connection : socket.socket
    prints : Prints
        Read all the time, so that a process never waits to print.
    watch : callable
        Called every `TICK` while waiting; it may end the sandbox.
    """

    def __init__(self, connection, prints, watch):
        connection.setblocking(False)
        self.connection, self.prints, self.watch = connection, prints, watch
        self.incoming = b""

    def close(self):
        """Hang up."""
        self.connection.close()

    def request(self, message: dict, deadline: float, descriptor: int | None = None):
        """Send a message and yield the objects that come back under its number.

        Raises `Closed`, or TimeoutError when the time, of the monotonic clock, is past `deadline`.
        """
        message["id"] = secrets.token_hex(8)
        self.send(message, deadline, descriptor)
        while True:
            reply = self.receive(deadline)
            if reply.get("id") == message["id"]:
                yield reply

    def send(self, message: dict, deadline: float, descriptor: int | None = None):
        """Send a message, and a file descriptor with its first byte."""
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            self.wait(selectors.EVENT_WRITE, deadline)
            try:
                if descriptor is None:
                    sent = self.connection.send(data[:BLOCK])
                else:
                    sent, descriptor = (
                        socket.send_fds(self.connection, [data[:1]], [descriptor]),
                        None,
                    )
            except BlockingIOError:
                continue
            except OSError as error:
                raise Closed("it has hung up") from error
            data = data[sent:]

    def receive(self, deadline: float) -> dict:
        """Return the next line that is a JSON object; a line that is none was forged."""
        while True:
            while b"\n" not in self.incoming:
                self.incoming += self.read(deadline)
                if len(self.incoming) > MOST_BYTES:
                    raise Closed("it sends more than a message may have")
            line, self.incoming = self.incoming.split(b"\n", 1)
            try:
                reply = json.loads(line)
            except (ValueError, RecursionError):
                reply = None
            if isinstance(reply, dict):
                return reply
            if time.monotonic() > deadline:
                raise TimeoutError

    def read(self, deadline: float) -> bytes:
        """Return the next bytes, or none."""
        self.wait(selectors.EVENT_READ, deadline)
        try:
            data = self.connection.recv(BLOCK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise Closed("it has hung up") from error
        if not data:
            raise Closed("it has hung up")
        return data

    def wait(self, event: int, deadline: float):
        """Return when the connection is ready; read prints until then."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, event)
            selector.register(self.prints.descriptor, selectors.EVENT_READ)
            while (remaining := deadline - time.monotonic()) > 0:
                ready = [key.fileobj for key, _ in selector.select(min(remaining, TICK))]
                self.watch()
                if self.prints.descriptor in ready and not self.prints.read():
                    selector.unregister(self.prints.descriptor)
                if self.connection in ready:
                    return
        raise TimeoutError
