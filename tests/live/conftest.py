"""A running JupyterLab, in a browser."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from live_notebook import SOON, Notebook
from playwright.sync_api import expect

READY = 600  # seconds for the server to answer, and for the application to load
expect.set_options(timeout=SOON * 1000)  # ms; by default 5 seconds
OPTIONS = {
    "ServerApp.port": 0,
    "ServerApp.open_browser": False,
    "ServerApp.allow_root": True,
    "IdentityProvider.token": "",
    "LabApp.expose_app_in_browser": True,
    "LabApp.news_url": "None",
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
}


@dataclass
class Lab:
    """The address of a JupyterLab and the folder that it shows."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab of this environment, with settings of its own, on a free port."""
    home = tmp_path_factory.mktemp("jupyter")
    (home / "notebooks").mkdir()
    notes = home / "jupyterlab_settings" / "@jupyterlab" / "apputils-extension"
    notes.mkdir(parents=True)
    (notes / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')  # don't ask
    options = OPTIONS | {"ServerApp.root_dir": home / "notebooks"}
    command = [sys.executable, "-m", "jupyterlab"]
    command += [f"--{name}={value}" for name, value in options.items()]
    log = home / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(command, env=own_settings(home), stdout=output, stderr=output)
    try:
        yield Lab(address_in(log, server), home / "notebooks")
    finally:
        server.kill()  # asked to end, it would wait for kernels; these end with it
        server.wait()


def own_settings(home):
    """Return the environment, with none of the settings of another Jupyter."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    kinds = ("JUPYTER_CONFIG", "JUPYTER_RUNTIME", "JUPYTERLAB_SETTINGS", "JUPYTERLAB_WORKSPACES")
    return kept | {f"{kind}_DIR": str(home / kind.lower()) for kind in kinds}


def address_in(log, server):
    """Return the address that the server writes to its log, once it answers."""
    end = time.monotonic() + READY
    while time.monotonic() < end and server.poll() is None:
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):\d+", log.read_text())
        if found and answers(found[0]):
            return found[0]
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def answers(address):
    """Return whether a server answers."""
    try:
        with urllib.request.urlopen(f"{address}/api/status") as response:
            return response.status == 200
    except urllib.error.URLError:
        return False


@pytest.fixture(scope="session")
def window(browser, lab):
    """One window of JupyterLab for all tests: it takes long to load."""
    size = {"width": 1280, "height": 900}
    page = browser.new_page(viewport=size, has_touch=True, reduced_motion="reduce")
    page.set_default_timeout(60_000)  # ms
    page.goto(f"{lab.address}/lab", timeout=READY * 1000)
    page.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)")
    page.evaluate("jupyterapp.shell.collapseLeft()")  # a narrow window has no room for more
    yield page
    page.close()


@pytest.fixture(scope="session")
def opened(window, lab):
    """One notebook and one kernel for all tests, which fill it with cells of their own."""
    name = "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), lab.folder / name)
    notebook = Notebook(window, name)
    yield notebook
    notebook.close()


@pytest.fixture
def errors(window):
    """What a widget throws; JupyterLab's own errors are its own."""
    found = []

    def note(error):
        if "blob:" in error.stack:  # where the text of a widget runs
            found.append(error.stack)

    def note_caught(message):
        if "Error setting state" in message.text:  # thrown while Python sets a value
            found.append(message.text)

    window.on("pageerror", note)
    window.on("console", note_caught)
    yield found
    window.remove_listener("pageerror", note)
    window.remove_listener("console", note_caught)


@pytest.fixture
def notebook(opened, errors):
    """Fill the notebook with given cells; an error that a widget throws fails the test."""

    def fill(*sources):
        opened.fill(*sources)
        return opened

    yield fill
    assert errors == []
