"""Report which links to other sites answer. Those within the site are a matter of the tests.

Usage: ``python tools/links.py``, after ``make book``. Ends with an error if an address is gone.
That a host does not answer is only reported, since it may be this machine that reaches nothing.
"""

import sys
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
AGENT = {"User-Agent": "Mozilla/5.0 (link check)"}  # some hosts answer nobody else
GONE = (404, 410)


def external_links():
    """Return {address: pages that link to it} of the built site."""
    found = defaultdict(list)
    for page in sorted(HTML.rglob("*.html")):
        for link in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
            "a[href]"
        ):
            address = link["href"].partition("#")[0]
            if address.startswith(("http://", "https://")):
                found[address].append(page.relative_to(HTML).as_posix())
    return found


def answer(address):
    """Return the status of an address, or in words why there is none."""
    try:
        request = urllib.request.Request(address, headers=AGENT)
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError as error:
        return str(getattr(error, "reason", error))


def main():
    """Ask all addresses, several at a time; print what is not well."""
    links = external_links()
    if not links:
        return "no page links to another site: run `make book` first"
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(links, pool.map(answer, links), strict=True))
    for address, said in sorted(answers.items(), key=str):
        if said != 200:
            print(f"{said}: {address} (on {', '.join(sorted(set(links[address]))[:3])})")
    silent = [address for address, said in answers.items() if isinstance(said, str)]
    gone = [address for address, said in answers.items() if said in GONE]
    print(f"{len(links)} addresses: {len(gone)} gone, {len(silent)} without an answer.")
    if len(silent) == len(links):
        print("None answered: this machine seems to have no network, so this says nothing.")
    return int(bool(gone))


if __name__ == "__main__":
    sys.exit(main())
