r"""Turn ``$$ ... \tag{7} $$`` into equation (7) of the book, with the anchor ``eq-7``.

The notebooks carry their equation numbers as plain LaTeX, so that JupyterLab shows the same
numbers without any extension, and one empty anchor before each, so that links to it jump there:

    <a id="eq-7"></a>

    $$
    ...
    \tag{7}
    $$

In the book the anchor is dropped and the equation itself takes the id. Every mismatch is a warning,
hence an error under ``-W``.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

TAG = re.compile(r"\s*\\tag\{(?P<number>(?:A\.)?[1-9]\d*)\}\s*")
ANCHOR = re.compile(r'<a\s+id="eq-(?P<number>[^"]*)">(?:\s*</a>)?')


def anchor_of(number):
    """Return the id under which equation ``number`` is found on its page."""
    return f"eq-{number}"


class TagEquations(SphinxTransform):
    """Number, label and register every tagged math block; resolve the source's anchors."""

    default_priority = 350  # before Sphinx collects labels and MyST resolves "#..." links

    def apply(self, **kwargs):
        """Transform one document."""
        anchored = self.remove_anchors()
        numbers = [self.tag(node) for node in self.document.findall(nodes.math_block)]
        tagged = {number for number in numbers if number is not None}
        for number, line in anchored.items():
            if number not in tagged:
                self.warn(f'<a id="eq-{number}"> has no equation with \\tag{{{number}}}', line)
        if self.is_notebook():
            for number in tagged - anchored.keys():
                self.warn(f'equation ({number}) lacks its line <a id="eq-{number}"></a>', None)

    def is_notebook(self):
        """Return whether this document is also read in JupyterLab, where the anchor counts."""
        return str(self.env.doc2path(self.env.docname)).endswith(".ipynb")

    def warn(self, message, line):
        """Report a fault of the source, with its place."""
        LOGGER.warning(message, location=(self.env.docname, line), type="equation")

    def remove_anchors(self):
        """Delete the anchors of the source; return {number: line}."""
        anchored = {}
        for raw in list(self.document.findall(nodes.raw)):
            if match := ANCHOR.fullmatch(raw.astext().strip()):
                anchored[match["number"]] = raw.line or raw.parent.line
                self.remove_anchor(raw)
        return anchored

    @staticmethod
    def remove_anchor(raw):
        """Delete one anchor, its closing tag, and the paragraph if nothing else is in it."""
        paragraph = raw.parent
        closing = raw.next_node(nodes.raw, descend=False, siblings=True)
        if "</a>" not in raw.astext() and closing is not None:
            paragraph.remove(closing)
        paragraph.remove(raw)
        if isinstance(paragraph, nodes.paragraph) and not paragraph.astext().strip():
            paragraph.parent.remove(paragraph)

    def tag(self, node):
        """Give one math block the number of its tag; return that, or None."""
        latex = node.astext()
        match = TAG.search(latex)
        if match is None:
            if "\\tag" in latex:
                self.warn(f"not an equation number of this book: {latex!r}", node.line)
            return None
        number = match["number"]
        node.children = []
        node += nodes.Text(TAG.sub("\n", latex).strip())
        node.update_basic_atts({"ids": [anchor_of(number)], "classes": ["numbered"]})
        node.attributes.update(number=number, label=number, docname=self.env.docname)
        self.register(number, node)
        return number

    def register(self, number, node):
        """Make the equation known to links on this page, on other pages, and to previews."""
        domain = self.env.get_domain("math")
        domain.note_equation(self.env.docname, number, location=node)  # warns of duplicates
        domain.equations[number] = (self.env.docname, number)
        slugs = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        slugs[anchor_of(number)] = (node.line, anchor_of(number), f"({number})")
        self.document.myst_slugs = {**getattr(self.document, "myst_slugs", {}), **slugs}
        equation_sources(self.env)[anchor_of(number)] = (self.env.docname, node.astext())
        self.document.ids[anchor_of(number)] = node


def equation_sources(env):
    """Return the book's equations: {anchor: (page, LaTeX)}."""
    if not hasattr(env, "equation_sources"):
        env.equation_sources = {}
    return env.equation_sources


def forget_page(app, env, docname):
    """Drop the equations of a page that is read again."""
    kept = {key: value for key, value in equation_sources(env).items() if value[0] != docname}
    env.equation_sources = kept


def setup(app):
    """Register the transform."""
    app.add_transform(TagEquations)
    app.connect("env-purge-doc", forget_page)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
