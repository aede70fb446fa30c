"""Keep numbers out of the search index: outputs have hundreds, and nobody looks for them.

The first search of a reader loads the index, a fifth of which they were. A word with a digit
in it, as `float64`, stays.
"""

from sphinx.search import languages
from sphinx.search.en import SearchEnglish


class English(SearchEnglish):
    """English without numbers."""

    def word_filter(self, word):
        """Return whether to index a word."""
        return super().word_filter(word) and not word[:1].isdigit()


def setup(app):
    """Replace the English that Sphinx brings."""
    languages["en"] = English
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
