"""Mend what the toolchain writes and assistive technology stumbles over."""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class DropEmptyTableHeads(SphinxPostTransform):
    """Markdown wants a head for every table, even where there is nothing to say in it."""

    default_priority = 500

    def run(self, **kwargs):
        """Remove heads without a word."""
        for head in list(self.document.findall(nodes.thead)):
            if not head.astext().strip():
                head.parent.remove(head)


# Boxes that scroll sideways where their content is wider than the screen.
SCROLLING = re.compile(
    r'<pre(?=>)|<div class="(?:formula|pst-scrollable-table-container|output [^"]*)"(?=>)'
)


def mend_body(app, pagename, templatename, context, doctree):
    """Mend the text of a page of the book."""
    if doctree is not None:
        body = drop_roles(context["body"])
        context["body"] = SCROLLING.sub(r'\g<0> tabindex="0"', body)  # until book.js looked


def drop_roles(body):
    """Drop the deprecated roles of bibliography entries; a `div` needs none."""
    body = body.replace(' role="doc-biblioentry"', "")
    return body.replace('<div role="list" class="citation-list">', "<div>")


def setup(app):
    """Connect to writing."""
    app.add_post_transform(DropEmptyTableHeads)
    app.connect("html-page-context", mend_body)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
