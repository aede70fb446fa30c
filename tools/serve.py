"""Serve the book while it is written: a change builds it anew, and open pages load themselves anew.

Usage: ``python tools/serve.py COMMAND ...``, where the command builds the book; see `make serve`.
The site itself stays as it is: the script that reloads a page is put in on the way to the browser.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from site_server import SiteHandler, site_server
from watchfiles import DefaultFilter, watch

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
PORT = 8000
SOURCES = ["index.md", "_config.yml", "_toc.yml", "CITATION.cff"]
SOURCES += ["chapters", "src", "_ext", "_static", "_templates"]
RELOAD = b'new EventSource("/reload").addEventListener("built", () => location.reload());'
BUILT = threading.Condition()


class ReloadingHandler(SiteHandler):
    """Adds a script to each page, and tells it when the book was built."""

    cache_control = "no-store"

    def do_GET(self):  # noqa: N802
        """Answer with a file, with the script, or, once there is one, with the news of a build."""
        if self.path == "/reload.js":
            self.send_whole(RELOAD, "text/javascript")
        elif self.path == "/reload":
            with BUILT:
                BUILT.wait()
            with suppress(ConnectionError):  # the page was closed while it waited
                self.send_whole(b"event: built\ndata:\n\n", "text/event-stream")
        else:
            super().do_GET()

    def send_whole(self, content, kind):
        """Answer with what stands in no file."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def content(self, path):
        """Return what a file holds, a page with the script."""
        script = b'<script src="/reload.js"></script></head>'
        return super().content(path).replace(b"</head>", script, 1)


def build_on_change(command):
    """Build whenever a source changes; say so to the pages if the book stands."""
    unwatched = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints")
    sources = [ROOT / source for source in SOURCES]
    quiet = {"watch_filter": DefaultFilter(ignore_dirs=unwatched), "raise_interrupt": False}
    for changes in watch(*sources, **quiet):
        print("Changed:", *sorted({Path(path).name for _, path in changes}), flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode == 0:
            with BUILT:
                BUILT.notify_all()


def main(command):
    """Serve until Ctrl+C."""
    with site_server(HTML, port=PORT, handler=ReloadingHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Serving http://localhost:{PORT} (stop with Ctrl+C)", flush=True)
        build_on_change(command)


if __name__ == "__main__":
    main(sys.argv[1:])
