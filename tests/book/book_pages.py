"""Which pages the book has to have."""

from functools import cache
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"


def files(entry):
    """Yield every file that a part of _toc.yml names."""
    if isinstance(entry, dict):
        yield from (entry[key] for key in ("root", "file") if key in entry)
        entry = list(entry.values())
    if isinstance(entry, list):
        for part in entry:
            yield from files(part)


# Pages that no source makes, beside those that _toc.yml names.
SEARCH = "search"
NOT_FOUND = "404"
PAGES = list(files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))
CHAPTERS = [page for page in PAGES if page.split("/")[-1][:2].isdigit()]


@cache
def soup(path):
    """Return a built page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path):
    """Return the places of a built page that a link can lead to."""
    return {element["id"] for element in soup(path).find_all(id=True)}


@cache
def links(path):
    """Return the links of a built page."""
    return soup(path).find_all("a", href=True)
