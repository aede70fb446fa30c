"""Show the widgets of a notebook on its page, where there is no kernel.

A widget of this book brings what stands on the page itself, as HTML; a page that has some names two
scripts more, the states of its widgets and their code, which _static/book.js loads when the reader
comes near the first of them. A widget that lives from a kernel is replaced by a sentence.
MyST-NB's own way, which loads 750 KB from other hosts, is switched off.
"""

import json
import re
import shutil
from html import escape, unescape
from pathlib import Path

from light_pages import WIDGETS_STYLE, minified, stamp_pages

from crossentropy.widgets._exercise import WIDGET_VIEW
from crossentropy.widgets._sources import page_script, style

STATE = "application/vnd.jupyter.widget-state+json"
WIDGET = re.compile(r'<div data-widget="(\w+)"')
DATA = re.compile(r'(<div data-widget="\w+") data-state="([^"]*)" data-link="([^"]*)"')
NEEDS_KERNEL = re.compile(rf'<script type="{re.escape(WIDGET_VIEW)}">.*?</script>', re.DOTALL)
FOLDER = "widgets"
STATES = "states"
SET = """{}.forEach((data, i) => {{
  Object.assign(document.querySelectorAll("[data-widget]")[i].dataset, data);
}});
"""
MARK = '<div hidden data-widgets-states="{}" data-widgets-script="{}"></div>\n'


def prefer_pages(app, config):
    """Prefer a widget's HTML to its live view, and load none of MyST-NB's scripts."""
    config.nb_mime_priority_overrides = [("*", WIDGET_VIEW, 95)]  # behind all but plain text
    config.nb_ipywidgets_js = {}


def widgets_on(html):
    """Return the names of the widgets of a page, each once."""
    return sorted(set(WIDGET.findall(html)))


def script_name(names):
    """Return the file of a page's script: pages with the same widgets share it."""
    return f"{FOLDER}/{'-'.join(names)}.js"


def add_widgets(app, pagename, templatename, context, doctree):
    """Let the page load what its widgets need, and say what needs a kernel."""
    if doctree is None:
        return
    scripts = context["script_files"]
    scripts[:] = [script for script in scripts if script.attributes.get("type") != STATE]
    sentence = needs_kernel(context.get("launch_links", []))
    context["body"] = NEEDS_KERNEL.sub(lambda match: sentence, context["body"])
    if names := widgets_on(context["body"]):
        context["body"], states = without_data(context["body"])
        file = Path(app.outdir) / "_static" / STATES / f"{Path(pagename).name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(states, encoding="utf-8")
        files = (f"{STATES}/{file.name}", script_name(names))
        addresses = (context["pathto"](f"_static/{name}", resource=True) for name in files)
        context["body"] += MARK.format(*addresses)


def without_data(html):
    """Return HTML without the data of its widgets, and a script that gives them back."""
    data = [tuple(map(unescape, match)) for _, *match in DATA.findall(html)]
    places = json.dumps([{"state": state, "link": link} for state, link in data])
    return DATA.sub(r"\1", html), SET.format(places)


def needs_kernel(links):
    """Return the sentence in place of a view that a page cannot show."""
    live = "".join(
        f' <a href="{escape(url)}">Open it on {escape(name)}</a>.' for name, url in links
    )
    return (
        '<p class="needs-kernel">What stands here in the running notebook needs a Python behind it.'
        f" Run this chapter in JupyterLab to use it.{live}</p>"
    )


def write_files(app, exception):
    """Write a script for each set of widgets that some page has, and their style sheet."""
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    shutil.rmtree(static / FOLDER, ignore_errors=True)
    (static / FOLDER).mkdir()
    pages = (page.read_text(encoding="utf-8") for page in Path(app.outdir).rglob("*.html"))
    sets = {tuple(names) for names in map(widgets_on, pages) if names}
    files = {script_name(names): minified(page_script(names), "js") for names in sets}
    for name, text in files.items():
        (static / name).write_text(text, encoding="utf-8")
    states = [f"{STATES}/{path.name}" for path in (static / STATES).glob("*.js")]
    stamp_pages(app.outdir, static, [*files, *states])
    # `light_pages` joins it to the other style sheets
    (static / WIDGETS_STYLE).write_text(style(), encoding="utf-8")


def setup(app):
    """Run between `repository`, which knows the links, and `light_pages`, which joins files."""
    app.connect("config-inited", prefer_pages, priority=100)
    app.connect("html-page-context", add_widgets, priority=600)
    app.connect("build-finished", write_files, priority=850)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
