"""One local server for all tests of the built pages."""

import functools
import http.server
import threading

import pytest
from book_pages import HTML


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and reports nothing."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def html():
    """The folder of the built site."""
    if not (HTML / "index.html").exists():
        pytest.fail("there is no _build/html: run `make book` first")
    return HTML


@pytest.fixture(scope="session")
def site(html):
    """The address at which the built site is served."""
    handler = functools.partial(QuietHandler, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
