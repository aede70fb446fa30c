"""Say in the head of each page what it is about, for search engines and for shared links.

A page's description is `description` of its front matter, or else its opening sentences. A page
without one, or with that of another page, is a fault of the source.
"""

from itertools import accumulate

from docutils import nodes
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

LONGEST = 200  # characters; search engines cut at about 160
OTHER_PAGES = {  # those that no source describes
    "search": "Find a word in every chapter and reference page of this book.",
    "404": "There is no page at this address.",
}


def opening(document):
    """Return the first sentences of a page, as many as a description holds."""
    sentences = list(opening_sentences(document))
    lengths = accumulate(len(sentence) + 1 for sentence in sentences)
    return " ".join(
        sentence
        for sentence, length in zip(sentences, lengths, strict=True)
        if length <= LONGEST + 1
    )


def opening_sentences(document):
    """Yield the sentences, one a line of the source, before the first list, heading or formula."""
    title = next(document.findall(nodes.title), None)
    for part in title.parent.children[1:] if title else ():
        if not isinstance(part, nodes.paragraph):
            return
        for sentence in part.astext().split("\n"):
            if "\\" in sentence or not sentence.endswith((".", "?", "!")):
                return
            yield sentence


def describe(app, document):
    """Keep the description of a page that was read."""
    metadata = app.env.metadata[app.env.docname]
    metadata["description"] = metadata.get("description") or opening(document)


def check_descriptions(app, env):
    """Report pages that have no description of their own."""
    seen = {}
    for page in sorted(env.found_docs):
        description = env.metadata[page]["description"]
        if not description:
            message = "this page needs `description: ...` in its front matter: it opens with none"
            LOGGER.warning(message, location=page, type="description")
        elif description in seen:
            message = "this page has the description of %s"
            LOGGER.warning(message, seen[description], location=page, type="description")
        seen[description] = page


def add_description(app, pagename, templatename, context, doctree):
    """Give the templates `description`."""
    if doctree is None:
        context["description"] = OTHER_PAGES.get(pagename, "")
    else:
        context["description"] = app.env.metadata[pagename]["description"]


def setup(app):
    """Connect to reading, checking and writing."""
    app.connect("doctree-read", describe)
    app.connect("env-check-consistency", check_descriptions)
    app.connect("html-page-context", add_description)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
