"""Audit every page of the built site with Lighthouse, beside the toolchain's own pages.

Usage: ``python -m benchmarks.pages [RUNS]``, after ``make book``; RUNS of each page (3) and of each
of its stock twins (1), of which the medians are shown. It takes a quarter of an hour.

The twins are built in the same run from the same sources, with the configuration that a new Jupyter
Book has. They load files from other hosts; where those do not answer, their bytes are missing here,
and the number of requests to them is what is left to see.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT
from benchmarks.report import table

sys.path.insert(0, str(ROOT / "tools"))

import site_assets
from find_chromium import HINT, find_chromium
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
TARGETS = {"fast": 99, "bytes": 200_000, "script": 60_000, "second": 30_000}


def build_stock(folder):
    """Build the book as it is without this repository's configuration; return its pages' folder."""
    for name in ("index.md", "_toc.yml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "jupyter_book", "build", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "_build" / "html"


@contextlib.contextmanager
def served(folder):
    """Serve a folder; yield the address."""
    with site_server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def audit(chromium, addresses):
    """Return what Lighthouse says of each address."""
    command = [site_assets.NODE_HOME / "bin" / "node", HERE / "lighthouse.mjs", chromium]
    lines = "".join(f"{address}\n" for address in addresses)
    done = subprocess.run(command, input=lines, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def medians(audits):
    """Return the audits of one page as one: the median of each number, and every fault once."""
    numbers = ("blocking", "contentful", "bytes", "script", "foreign")
    whole = {name: median(one[name] for one in audits) for name in numbers}
    whole["scores"] = [
        median(scores) for scores in zip(*(a["scores"] for a in audits), strict=True)
    ]
    return whole | {"failed": sorted({name for one in audits for name in one["failed"]})}


def second_visits(chromium, home, pages):
    """Return what each page transfers to a reader who comes from the first page of the book."""
    found = {}
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for page in pages:
            tab = browser.new_context().new_page()
            came_from = "index" if page != "index" else "search"
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


def row(page, m):
    """Return one line of the table."""
    size = [f"{m[name] / 1000:.0f}" for name in ("bytes", "script", "second")]
    times = [f"{m[name]:.0f}" for name in ("contentful", "blocking")]
    return [page, *(f"{score:g}" for score in m["scores"]), *times, *size, f"{m['foreign']:g}"]


def misses(page, m):
    """Yield what of a page is short of its target."""
    fast, *others = m["scores"]
    if fast < TARGETS["fast"] or min(others) < 100:
        yield f"{page}: {', '.join(m['failed'])}"
    for name in ("bytes", "script", "second"):
        if m[name] > TARGETS[name]:
            yield f"{page}: {m[name]:.0f} bytes ({name}), at most {TARGETS[name]} wanted"


def main(arguments):
    """Print the tables of both sites, and what is short of its target."""
    chromium = find_chromium()
    if chromium is None:
        return HINT
    site_assets.install(HERE)
    pages = sorted(
        path.relative_to(HTML).with_suffix("").as_posix() for path in HTML.rglob("*.html")
    )
    ours = [page for page in pages if page != "404"]
    header = ["page", "fast", "access.", "practices", "SEO", "LCP (ms)", "TBT (ms)"]
    header += ["kB", "script", "second page", "foreign"]
    with tempfile.TemporaryDirectory() as folder:
        stock = measure(chromium, build_stock(Path(folder)), ours, runs=1)
    mine = measure(chromium, HTML, ours, runs=int(arguments[0]) if arguments else 3)
    for title, found in (("This site", mine), ("The same sources, stock", stock)):
        print(f"{title} (load of the machine {os.getloadavg()[0]:.1f})\n")
        print(table(header, [row(page, m) for page, m in found.items()]))
    short = [line for page, m in mine.items() for line in misses(page, m)]
    print("Short of its target:", *(short or ["nothing"]), sep="\n- ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
