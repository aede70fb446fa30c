"""Serve the built site as a host on the web would: compressed, with its page for missing ones."""

import functools
import gzip
import http.server
import io
import sys
from http import HTTPStatus
from pathlib import Path

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".ipynb", ".md"}


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder and reports nothing."""

    protocol_version = "HTTP/1.1"
    cache_control = "max-age=600"  # as on GitHub Pages

    def send_head(self):
        """Send the headers of a file; return its content, ready to be copied to the reader."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        if status is HTTPStatus.NOT_FOUND:
            path = Path(self.directory) / "404.html"
        content = self.content(path) if path.is_file() else b""
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", self.cache_control)
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def content(self, path):
        """Return what a file holds."""
        return path.read_bytes()

    def log_message(self, *args):
        """Report nothing."""


class SiteServer(http.server.ThreadingHTTPServer):
    """Answers each reader in a thread of its own; one who leaves early is no error."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Report what went wrong, unless it is that nobody listens any more."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def site_server(folder, *, port=0, handler=SiteHandler):
    """Return a server of a folder on this machine; port 0 takes a free one."""
    serve = functools.partial(handler, directory=str(folder))
    return SiteServer(("127.0.0.1", port), serve)
