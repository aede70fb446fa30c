"""What a site needs that knows its own address: canonical links, sitemap, robots, shared picture.

The address is `html_baseurl`, which `repository.py` sets. Without one nothing of this is written,
but for the page that a server shows in place of a missing one. That page then finds its style and
its links from the topmost folder of the site alone, since it does not know where that is.
"""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

NOT_FOUND = "404"
PICTURE = "_static/social-card.png"  # tools/pictures.py makes it
PICTURE_WORDS = "The gradient of the loss is the input, multiplied by the error p − y."
RELATIVE = re.compile(r'\b(?P<name>href|src|action|data-content_root)="(?![#/]|[a-z][a-z+.-]*:)')


def page_address(app, page):
    """Return the address under which a page is published, or ""."""
    target = "" if page == app.config.root_doc else app.builder.get_target_uri(page)
    return urljoin(app.config.html_baseurl, target) if app.config.html_baseurl else ""


def add_addresses(app, pagename, templatename, context, doctree):
    """Give the templates `pageurl`, and `picture_url` for those who share a link."""
    context["pageurl"] = page_address(app, pagename) if doctree is not None else ""
    context["picture_url"] = context["pageurl"] and urljoin(app.config.html_baseurl, PICTURE)
    context["picture_words"] = PICTURE_WORDS


def not_found_page(app):
    """Have the page written that servers show for a missing one."""
    yield NOT_FOUND, {"title": "Page not found"}, "404.html"


def write_files(app, exception):
    """Write sitemap.xml and robots.txt, and let 404.html find its files from any depth."""
    if exception is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    if app.config.html_baseurl:
        (out / "sitemap.xml").write_bytes(sitemap(app))
        sitemap_url = urljoin(app.config.html_baseurl, "sitemap.xml")
        robots = f"User-agent: *\nAllow: /\nSitemap: {sitemap_url}\n"
        (out / "robots.txt").write_text(robots, encoding="utf-8")
        anchor_links(out / f"{NOT_FOUND}.html", urlsplit(app.config.html_baseurl).path)


def sitemap(app):
    """Return the list of all pages in the form of sitemaps.org."""
    urls = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for page in sorted(app.env.found_docs):
        location = ElementTree.SubElement(ElementTree.SubElement(urls, "url"), "loc")
        location.text = page_address(app, page)
    ElementTree.indent(urls)
    return ElementTree.tostring(urls, encoding="utf-8", xml_declaration=True)


def anchor_links(path, root):
    """Let every relative link of a page at the root of the site begin with the root's path."""
    page = path.read_text(encoding="utf-8")
    path.write_text(RELATIVE.sub(rf'\g<name>="{root}', page), encoding="utf-8")


def setup(app):
    """Connect to writing."""
    app.connect("html-collect-pages", not_found_page)
    app.connect("html-page-context", add_addresses)
    app.connect("build-finished", write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
