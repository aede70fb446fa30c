"""What the extensions in _ext/ write once the site has an address, and how a page is cited."""

import io
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))  # as Jupyter Book does for its local extensions

import citation  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.errors import ExtensionError  # noqa: E402
from sphinx.util.docutils import docutils_namespace  # noqa: E402

ADDRESS = "https://someone.example/book"
FRONT = "---\ndescription: The first page of a book.\n---\n"
PAGES = {
    "index": f"{FRONT}# Start\n\n```{{toctree}}\n:hidden:\n\nother\n```\n",
    "other": "# Other\n\n**Why?**\n\nBecause $1 < 2$.\nIt is so.\n\n- one\n",
}
NOT_FOUND = '{% extends "layout.html" %}{% block body %}<h1>Lost</h1>{% endblock %}'


@pytest.fixture
def build(tmp_path):
    """Build a small book; return (its folder, warnings)."""

    def build(**pages):
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "404.html").write_text(NOT_FOUND, encoding="utf-8")
        for name, text in (PAGES | pages).items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        settings = {
            "extensions": ["myst_nb", "repository", "page_head", "site_address"],
            "myst_enable_extensions": ["dollarmath"],
            "templates_path": ["templates"],
            "html_theme": "basic",
        }
        warnings, out = io.StringIO(), tmp_path / "out"
        with docutils_namespace():
            app = Sphinx(tmp_path, None, out, out, "html", settings, None, warnings)
            app.build()
        descriptions = {page: app.env.metadata[page]["description"] for page in app.env.found_docs}
        return out, descriptions, warnings.getvalue()

    return build


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/"])
def test_with_an_address_the_site_has_canonical_links_sitemap_and_robots(
    address, build, monkeypatch
):
    monkeypatch.setenv("SITE_URL", address)
    out, _, warnings = build()
    assert warnings == ""
    text = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir() if path.is_file()
            and path.suffix in (".html", ".xml", ".txt")}  # fmt: skip
    assert f'<link rel="canonical" href="{ADDRESS}/" />' in text["index.html"]
    assert f'<link rel="canonical" href="{ADDRESS}/other.html" />' in text["other.html"]
    assert 'rel="canonical"' not in text["search.html"] + text["404.html"]
    assert text["sitemap.xml"].count("<loc>") == 2
    assert f"<loc>{ADDRESS}/other.html</loc>" in text["sitemap.xml"]
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in text["robots.txt"].splitlines()


def test_the_page_for_missing_ones_finds_its_files_from_any_depth(build, monkeypatch):
    monkeypatch.setenv("SITE_URL", ADDRESS)
    out, _, _ = build()
    page = (out / "404.html").read_text(encoding="utf-8")
    assert 'href="/book/_static/basic.css' in page
    assert 'href="/book/index.html"' in page
    assert 'href="_static' not in page
    assert 'href="index.html"' not in page


def test_without_an_address_none_is_invented(build, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    out, _, _ = build()
    assert not (out / "sitemap.xml").exists()
    assert not (out / "robots.txt").exists()
    assert 'rel="canonical"' not in (out / "index.html").read_text(encoding="utf-8")
    assert 'href="_static/basic.css' in (out / "404.html").read_text(encoding="utf-8")


def test_an_address_that_no_browser_opens_is_refused(build, monkeypatch):
    monkeypatch.setenv("SITE_URL", "someone.example")
    with pytest.raises(ExtensionError, match="SITE_URL must begin with https://"):
        build()


def test_a_page_is_described_by_its_front_matter_or_by_its_opening(build):
    _, descriptions, warnings = build()
    assert warnings == ""
    assert descriptions["index"] == "The first page of a book."
    assert descriptions["other"] == "Why? Because 1 < 2. It is so."


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# Other\n\n- one\n", "this page needs `description: ...`"),
        (f"{FRONT}# Other\n", "this page has the description of index"),
    ],
)
def test_a_page_without_a_description_of_its_own_is_reported(text, complaint, build):
    _, _, warnings = build(other=text)
    assert complaint in warnings
    assert "other.md" in warnings


def test_a_person_is_cited_by_both_names(tmp_path):
    (tmp_path / "CITATION.cff").write_text(
        "title: Book\nversion: 1.2.0\ndate-released: 2031-04-05\n"
        "authors: [{given-names: Ada, family-names: Lovelace}, {name: A Group}]\n",
        encoding="utf-8",
    )
    known = citation.read_citation(tmp_path)
    assert known["year"] == "2031"
    page = {"title": "A page", "url": "https://someone.example/page", "key": "a-page"}
    entry = citation.bibtex(known | page)
    assert "author = {Lovelace, Ada and {A Group}}," in entry
    assert "url = {https://someone.example/page}," in entry
    assert "url" not in citation.bibtex(known | page | {"url": ""})
