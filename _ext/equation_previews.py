"""Give each page what its previews show of equations on other pages.

A link to an equation of its own page is previewed from the page itself. For the others the page
gets hidden templates, since a page opened from a folder cannot fetch another one. The script that
shows the previews is _static/previews.js.
"""

import re

from prerendered_math import display_html
from tagged_equations import equation_sources

EQUATION_LINK = re.compile(r'href="(?P<page>[^"#]*)#(?P<anchor>eq-[^"]+)"')


def append_templates(app, pagename, templatename, context, doctree):
    """Append one template to the page for each foreign equation that it links to."""
    if doctree is None:
        return
    links = EQUATION_LINK.finditer(context["body"])
    anchors = {link["anchor"] for link in links if link["page"]}
    known = sorted(anchors & equation_sources(app.env).keys())  # MyST reports the others
    context["body"] += "".join(template(app.env, anchor) for anchor in known)


def template(env, anchor):
    """Return the hidden copy of one equation."""
    page, latex = equation_sources(env)[anchor]
    label = f'<span class="eqno">({anchor.removeprefix("eq-")})</span>'
    equation = display_html(latex, label=label, location=page)
    return f'<template data-equation="{anchor}">{equation}</template>\n'


def pages_to_rewrite(app, env):
    """Write every page anew when an equation changed, as any of them may preview it."""
    if getattr(env, "previewed_equations", None) == equation_sources(env):
        return []
    env.previewed_equations = dict(equation_sources(env))
    return sorted(env.found_docs)


def setup(app):
    """Connect to reading and writing."""
    app.setup_extension("tagged_equations")
    app.connect("env-updated", pages_to_rewrite)
    app.connect("html-page-context", append_templates)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
