"""Let each page say how to cite it: CITATION.cff names authors and book, the page its title."""

import re
from pathlib import Path

import yaml


def read_citation(folder):
    """Return {authors, book, version, year} of CITATION.cff; a year only where it is released."""
    text = (Path(folder) / "CITATION.cff").read_text(encoding="utf-8")
    cff = yaml.safe_load(text)
    return {
        "authors": [author_name(author) for author in cff["authors"]],
        "book": cff["title"],
        "version": str(cff["version"]),
        "year": str(cff["date-released"])[:4] if "date-released" in cff else "",
    }


def author_name(author):
    """Return the name of a person, or of an organisation, as BibTeX takes it."""
    if "name" in author:
        return "{" + author["name"] + "}"  # one name, not a first and a last one
    return f"{author['family-names']}, {author['given-names']}"


def entry_key(pagename):
    """Return BibTeX's name for a page: "chapters/01_the_page" is "crossentropy-the-page"."""
    return "crossentropy-" + re.sub(r"^\d+_", "", pagename.split("/")[-1]).replace("_", "-")


def bibtex(citation):
    """Return an entry for BibTeX, without the fields that are not known."""
    fields = {
        "author": " and ".join(citation["authors"]),
        "title": citation["title"],
        "howpublished": citation["title"] != citation["book"] and f"In: {citation['book']}",
        "note": f"Version {citation['version']}",
        "year": citation["year"],
        "url": citation["url"],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{citation['key']},", *lines, "}"])


def add_citation(app, pagename, templatename, context, doctree):
    """Give the templates `citation`, with `bibtex` on the pages of the book."""
    citation = read_citation(app.srcdir)
    citation["year"] = citation["year"] or app.config.copyright
    citation["names"] = ", ".join(name.strip("{}") for name in citation["authors"])
    if doctree is not None:
        page = {"title": app.env.titles[pagename].astext(), "url": context["pageurl"]}
        citation |= {**page, "key": entry_key(pagename)}
        citation["bibtex"] = bibtex(citation)
    context["citation"] = citation


def setup(app):
    """Connect to writing, behind `site_address`."""
    app.connect("html-page-context", add_citation, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
