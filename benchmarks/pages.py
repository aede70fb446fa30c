"""Audit every page of the built site with Lighthouse, beside the toolchain's own pages.

`python -m benchmarks pages` builds the site, and from the same sources its twin, with the
configuration that a new Jupyter Book has. The twin loads files from other hosts; where those do not
answer, their bytes are missing, and the number of requests to them is what is left to see.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import site_assets
from find_chromium import find_chromium
from playwright.sync_api import sync_playwright
from site_server import site_server

HERE = Path(__file__).parent
HTML = ROOT / "_build" / "html"
STOCK_CONFIG = """\
title: The Gradient of the Cross-Entropy Loss
only_build_toc_files: true
execute: {execute_notebooks: cache, timeout: 120}
parse: {myst_enable_extensions: [colon_fence, deflist, dollarmath]}
bibtex_bibfiles: [chapters/reference/references.bib]
sphinx: {extra_extensions: [sphinx.ext.autodoc, sphinx.ext.napoleon]}
"""
RUNS = 3  # of each page, of which the median counts
BOOK = Path(sys.executable).with_name("jupyter-book")


def build_stock(folder):
    """Build the book as it is without this repository's configuration; return its pages' folder."""
    for name in ("index.md", "_toc.yml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    run(BOOK, "build", folder)
    return folder / "_build" / "html"


def run(*command, **options):
    """Run a command and return what it says; what it complains of is shown if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr[-5000:]}")
    return done.stdout


@contextlib.contextmanager
def served(folder):
    """Serve a folder; yield the address."""
    with site_server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def audit(chromium, addresses):
    """Return what Lighthouse says of each address."""
    node, lines = site_assets.NODE_HOME / "bin" / "node", "".join(f"{a}\n" for a in addresses)
    said = run(node, HERE / "lighthouse.mjs", chromium, input=lines)
    return [json.loads(line) for line in said.splitlines()]


def medians(audits):
    """Return the audits of one page as one: the median of each number, and every fault once."""
    numbers = ("contentful", "blocking", "shift", "bytes", "script", "foreign")
    whole = {name: median(one[name] for one in audits) for name in numbers}
    whole["scores"] = [
        median(scores) for scores in zip(*(a["scores"] for a in audits), strict=True)
    ]
    return whole | {"failed": sorted({name for one in audits for name in one["failed"]})}


def second_visits(chromium, home, pages):
    """Return what each page transfers to a reader who comes from the first page, or goes back."""
    found = {}
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for page in pages:
            tab = browser.new_context().new_page()
            came_from = "index" if page != "index" else pages[0]
            tab.goto(f"{home}/{came_from}.html", wait_until="networkidle")
            network, sizes = tab.context.new_cdp_session(tab), []
            network.on(
                "Network.loadingFinished", lambda e, s=sizes: s.append(e["encodedDataLength"])
            )
            network.send("Network.enable")
            tab.goto(f"{home}/{page}.html", wait_until="networkidle")
            found[page] = sum(sizes)
            tab.context.close()
        browser.close()
    return found


def measure(chromium, folder, pages, *, runs):
    """Return {page: what was measured} of one site."""
    with served(folder) as home:
        addresses = [f"{home}/{page}.html" for page in pages for _ in range(runs)]
        audits = audit(chromium, addresses)
        found = {p: medians(audits[i * runs : (i + 1) * runs]) for i, p in enumerate(pages)}
        for page, size in second_visits(chromium, home, pages).items():
            found[page]["second"] = size
    return found


def measure_both():
    """Return {page: what was measured} of the site and of its twin, and which Lighthouse did it."""
    site_assets.install(HERE)
    run("make", "book", cwd=ROOT)
    pages = sorted(
        path.relative_to(HTML).with_suffix("").as_posix() for path in HTML.rglob("*.html")
    )
    pages.remove("404")  # stands at any address but its own
    with tempfile.TemporaryDirectory() as folder:
        stock = measure(find_chromium(), build_stock(Path(folder)), pages, runs=1)
    ours = measure(find_chromium(), HTML, pages, runs=RUNS)
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    return {"ours": ours, "stock": stock, "lighthouse": package["dependencies"]["lighthouse"]}


if __name__ == "__main__":
    print(json.dumps(measure_both()))
