"""Mend what the toolchain writes and assistive technology stumbles over."""

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


def drop_roles(app, pagename, templatename, context, doctree):
    """Drop the deprecated roles of bibliography entries; a `div` needs none."""
    if doctree is not None:
        body = context["body"].replace(' role="doc-biblioentry"', "")
        context["body"] = body.replace('<div role="list" class="citation-list">', "<div>")


def setup(app):
    """Connect to writing."""
    app.add_post_transform(DropEmptyTableHeads)
    app.connect("html-page-context", drop_roles)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
