"""The widgets take their colours from the one table, and text is legible wherever it stands."""

import re

import pytest

from crossentropy.plots._colours import COLOURS, MUTED, PAGE_INK, PAPER
from crossentropy.widgets._sources import HERE

LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b(?![-\w])|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\("
    r"|\b(?:white|black|red|green|blue|gray|grey|orange|purple)\b(?=\s*[;\"'])",
    re.IGNORECASE,
)
TEXTS = {**COLOURS, "ink": PAGE_INK, "muted": MUTED}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.css")) + sorted(HERE.glob("*.js")))
def test_no_colour_is_written_outside_the_table(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert LITERAL.findall(code) == []


def luminance(colour):
    """Return the relative luminance of the Web Content Accessibility Guidelines."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "tint", "mark"])  # a button, and one under the pointer
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_legible_on_each_paper(text, paper, theme):
    one, other = sorted(luminance(row[theme]) for row in (TEXTS[text], PAPER[paper]))
    assert (other + 0.05) / (one + 0.05) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_ring_around_the_focus_is_seen_on_each_paper(theme):
    for paper in ("paper", "tint", "mark"):
        one, other = sorted(luminance(row[theme]) for row in (COLOURS["blue"], PAPER[paper]))
        assert (other + 0.05) / (one + 0.05) >= 3
