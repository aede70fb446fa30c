"""What the trusted end of a pipe does with a sender that never stops."""

import socket

import pytest

from autograder.protocol import Channel, Prints


class Flood(socket.socket):
    """A connection on which there is always something to read, however fast one reads."""

    def recv(self, _):
        return b'{"id": "forged", "value": 42}\n' * 100


class Echoes(Flood):
    """The same, under the number of the request."""

    def send(self, data):
        self.line = bytes(data)
        return len(data)

    def recv(self, _):
        return self.line * 100


@pytest.mark.parametrize("kind", [Flood, Echoes])
def test_replies_without_end_run_out_of_time(kind, tmp_path):
    mine, theirs = socket.socketpair()
    theirs.send(b"x")  # which is never taken
    with theirs, kind(fileno=mine.detach()) as connection, open(tmp_path / "prints", "w+b") as file:
        prints = Prints(file.fileno(), 10)
        prints.over = True
        channel = Channel(connection, prints, lambda: None, lambda: (0.0, 0.0))
        replies = channel.request({"op": "run"}, limit=0.2)
        with pytest.raises(TimeoutError):
            all("points" not in reply for reply in replies)
