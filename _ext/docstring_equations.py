"""Link the equation numbers in docstrings, "(15)" or "(A.2)", to the equations.

Docstrings name equations in plain text, since they are read in a terminal too.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from tagged_equations import equation_sources

# After a word that announces an equation, or closing the first line's formula.
NUMBER = re.compile(r"(?<=[, ])\((?P<number>(?:A\.)?[1-9]\d*)\)")


class LinkDocstringEquations(SphinxPostTransform):
    """Replace numbers in the descriptions of functions by links."""

    default_priority = 300

    def run(self, **kwargs):
        """Transform one page."""
        for description in self.document.findall(addnodes.desc_content):
            for text in list(description.findall(nodes.Text)):
                if not isinstance(text.parent, (nodes.literal, nodes.literal_block)):
                    text.parent.replace(text, list(self.linked(str(text))))

    def linked(self, text):
        """Yield the text in pieces, numbers as links."""
        end = 0
        for match in NUMBER.finditer(text):
            anchor = f"eq-{match['number']}"
            if anchor not in equation_sources(self.env):
                continue
            page, _ = equation_sources(self.env)[anchor]
            number = nodes.Text(match[0])
            yield nodes.Text(text[end : match.start()])
            yield make_refnode(self.app.builder, self.env.docname, page, anchor, number)
            end = match.end()
        yield nodes.Text(text[end:])


def setup(app):
    """Register the transform."""
    app.setup_extension("tagged_equations")
    app.add_post_transform(LinkDocstringEquations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
