"""Print the path of a Chromium for the browser tests.

Looks at $CHROMIUM, at the system's browsers, at Playwright's own. With --install it asks Playwright
to download one, then the system's package manager (Debian and Ubuntu, as root).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"  # Chromium without windows: it opens a page three times as fast
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
HINT = (
    "no Chromium found: run `python tools/find_chromium.py --install`, install the package "
    "`chromium`, or set CHROMIUM to the path of Chromium or Chrome"
)


def find_chromium(*, for_tests=False):
    """Return the path of a Chromium that starts, or None; tests prefer one without windows."""
    chosen = os.environ.get("CHROMIUM")
    whole = [*NAMES, playwrights_chromium()]
    candidates = [chosen] if chosen else [SHELL, *whole] if for_tests else [*whole, SHELL]
    return next(filter(starts, filter(None, map(shutil.which, candidates))), None)


def starts(path):
    """Return whether a browser runs; a downloaded one may lack libraries of the system."""
    command = [path, "--version"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def playwrights_chromium():
    """Return where Playwright keeps its Chromium, whether or not it is there."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install():
    """Try to install a Chromium, the least intrusive way first; return its path or None."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        commands += [["apt-get", "update"]]
        commands += [["apt-get", "install", "-y", package] for package in (SHELL, "chromium")]
    for command in commands:
        subprocess.run(command, check=False, stdout=sys.stderr)  # what counts is what is there then
        if path := find_chromium(for_tests=True):
            return path
    return None


def main(arguments):
    """Print the path; return 0, or a hint that becomes the exit message."""
    path = find_chromium(for_tests=True)
    if path is None and "--install" in arguments:
        path = install()
    if path is None:
        return HINT
    print(Path(path))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
