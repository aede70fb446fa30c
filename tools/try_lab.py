"""Run every notebook in JupyterLab, in a browser, in an environment that .binder/ alone describes.

Usage: ``python tools/try_lab.py [FOLDER]`` (the environment; made if it is not there, by default in
a temporary folder). This is what a reader on Binder meets. It takes some minutes and the network.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from find_chromium import HINT, find_chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BINDER = ROOT / ".binder"
# What repo2docker has for this Python. Before 23.3, pip asks for the newest version of what it
# needs with an extra, and has no hash for that: https://github.com/pypa/pip/issues/9644
PIP = "pip==24.0"
FOLDERS = ("chapters", "assignments")
TOKEN = "only-for-this-run"
READY = "window.jupyterapp?.shell.currentWidget?.context?.isReady"
# All cells are to be drawn, not only those in sight.
SETTINGS = """() => jupyterapp.serviceManager.settings.save(
    "@jupyterlab/notebook-extension:tracker", '{"windowingMode": "none"}')"""
WIDGET = "application/vnd.jupyter.widget-view+json"
RUN = """async (widget) => {
    const panel = jupyterapp.shell.currentWidget;
    await panel.sessionContext.ready;
    await jupyterapp.commands.execute("notebook:run-all-cells");
    const isWidget = (output) => output.data?.[widget];
    const cells = panel.content.widgets.filter((cell) =>
        cell.model.sharedModel.toJSON().outputs?.some(isWidget));
    const shown = () => cells.filter((cell) =>
        cell.outputArea.node.querySelector(".xe, .jupyter-widgets")).length;
    for (let waited = 0; shown() < cells.length && waited < 20_000; waited += 100) {
        await new Promise((done) => setTimeout(done, 100));
    }
    const found = {
        cells: panel.content.model.sharedModel.toJSON().cells,
        widgets: cells.length, shown: shown(), words: panel.node.innerText, answer: 0,
    };
    for (const cell of cells) found.answer += await answers(cell.outputArea.node);
    return found;
}"""
# Uses one control after the other, until what the reader sees is another.
ANSWERS = """const use = (control) => {
    if (control.matches("button, [type=radio], [type=checkbox]")) return control.click();
    if (control.matches("select")) control.selectedIndex = control.options.length - 1;
    else control.value = control.matches("[type=range]") ? control.max : "p";
    for (const kind of ["input", "change"]) {
        control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
};
const answers = async (area) => {
    const before = area.innerHTML;
    const changed = async (patience) => {
        for (let waited = 0; area.innerHTML === before && waited < patience; waited += 100) {
            await new Promise((done) => setTimeout(done, 100));
        }
        return area.innerHTML !== before;
    };
    for (const control of area.querySelectorAll("button, select, input")) {
        use(control);
        if (await changed(500)) return true;
    }
    return changed(20_000);
};"""
TRY = f"async (widget) => {{ {ANSWERS} return ({RUN})(widget); }}"


def make_environment(folder):
    """Make an environment as Binder would, from the files in .binder/ and nothing else."""
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    subprocess.run([f"python{version}", "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, PIP], check=True)
    subprocess.run([*pip, "--require-hashes", "-r", BINDER / "requirements.txt"], check=True)
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path}
    subprocess.run(["bash", BINDER / "postBuild"], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def lab(environment, folder):
    """Serve a folder with JupyterLab; yield the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [environment / "bin" / "jupyter-lab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]
    home = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / ".config"), "HOME": str(folder)}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=home, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address, server, *, seconds=60):
    """Return once a server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(address):
            return
        time.sleep(0.2)
    raise TimeoutError(f"no answer from {address}; JupyterLab returned {server.poll()}")


def faults(result):
    """Yield what is wrong with a notebook after its run."""
    code = [cell for cell in result["cells"] if cell["cell_type"] == "code" and cell["source"]]
    outputs = [output for cell in code for output in cell["outputs"]]
    for number, cell in enumerate(code, start=1):
        if cell["execution_count"] != number:
            yield f"code cell {number} did not run in its turn"
    for output in outputs:
        if output["output_type"] == "error":
            yield f"{output['ename']}: {output['evalue']}"
        if output.get("name") == "stderr":
            yield f"written to stderr: {output['text']}"
    if result["shown"] != result["widgets"]:
        yield f"{result['widgets']} cells with widgets, {result['shown']} show them"
    if result["answer"] != result["widgets"]:
        yield f"{result['widgets']} cells with widgets, {result['answer']} answer"
    if "Error displaying widget" in result["words"]:
        yield "a widget shows an error in its place"


def run_notebooks(chromium, address, names):
    """Run each notebook in the browser; return the number of faults."""
    count = 0
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page()
        page.set_default_timeout(300_000)  # ms; a notebook may take its time
        page.goto(f"{address}/lab?token={TOKEN}")
        page.wait_for_function("window.jupyterapp?.shell.currentWidget")
        page.evaluate(SETTINGS)
        for name in names:
            page.goto(f"{address}/lab/workspaces/{Path(name).stem}/tree/{name}")
            page.wait_for_function(READY)
            result = page.evaluate(TRY, WIDGET)
            found = list(faults(result))
            well = f"runs from top to bottom, {result['answer']} cells with widgets answer"
            print(f"{name}: {'; '.join(found) or well}", flush=True)
            count += len(found)
        browser.close()
    return count


def main(arguments):
    """Try all notebooks; return whether something is wrong."""
    chromium = find_chromium()
    if chromium is None:
        return HINT
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environment = Path(arguments[0]).resolve() if arguments else folder / "environment"
        if not environment.exists():
            make_environment(environment)
        for name in filter(lambda name: (ROOT / name).exists(), FOLDERS):
            shutil.copytree(ROOT / name, folder / "lab" / name)
        names = sorted(
            path.relative_to(folder / "lab") for path in (folder / "lab").rglob("*.ipynb")
        )
        with lab(environment, folder / "lab") as address:
            return int(run_notebooks(chromium, address, [name.as_posix() for name in names]) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
