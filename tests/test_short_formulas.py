"""The pages' shortened formulas: every glyph stands where KaTeX itself puts it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

import formula_lengths  # noqa: E402
from prerendered_math import KATEX, NODE  # noqa: E402

FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<![\\$])\$(?P<inline>[^$]+?)\$", re.DOTALL)
TAG = re.compile(r"\\tag\{[^}]*\}")
SIZE = 100  # px, so that a hundredth of a letter is a pixel
# Where each letter and each arrow of a paragraph is, and how high the paragraph.
PLACES = """() => [...document.querySelectorAll("p")].map((paragraph) => {
    const { left, top, height } = paragraph.getBoundingClientRect();
    const place = (box) => [box.left - left, box.top - top, box.width, box.height];
    const letters = [], walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("math")) continue;
        [...node.textContent].forEach((letter, i) => {
            if (letter === "\u200b") return; // of KaTeX's tables
            const range = document.createRange();
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            letters.push([letter, ...place(range.getBoundingClientRect())]);
        });
    }
    const arrows = [...paragraph.querySelectorAll(".katex-html svg")].map(
        (arrow) => ["", ...place(arrow.getBoundingClientRect())]);
    return [["", 0, 0, 0, height], ...letters, ...arrows];
})"""


def formulas():
    """Return each formula of the chapters once, as (LaTeX, whether it is displayed)."""
    found = set()
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        for cell in (cell.source for cell in cells if cell.cell_type == "markdown"):
            for match in FORMULA.finditer(cell):
                latex = match["display"] or match["inline"]
                found.add((TAG.sub("", latex), bool(match["display"])))
    return sorted(found)


def typeset(requests):
    """Return the HTML of each formula."""
    text = "".join(f"{json.dumps(request)}\n" for request in requests)
    command = [NODE, ROOT / "_ext" / "typeset.js", KATEX]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return [json.loads(line)["html"] for line in done.stdout.splitlines()]


def mathml(html):
    """Return the elements and the words of the MathML in a formula, without its LaTeX."""
    math = BeautifulSoup(html, "html.parser").math
    content = math.semantics.mrow if math.semantics else math  # and not the annotation
    return [node.name or str(node) for node in content.descendants]


@pytest.fixture(scope="module")
def pairs():
    """The formulas with KaTeX's own HTML and with ours."""
    found = formulas()
    html = typeset({"latex": latex, "display": d, "stock": s} for latex, d in found for s in (1, 0))
    return list(zip(found, html[::2], html[1::2], strict=True))


def test_shortened_formulas_are_shorter_and_keep_their_mathml(pairs):
    stock, ours = ("".join(pair[i] for pair in pairs) for i in (1, 2))
    assert len(ours) < 0.35 * len(stock)
    assert ours.count("<math") == stock.count("<math") == len(pairs)
    for (latex, _), whole, short in pairs:
        assert mathml(short) == mathml(whole), latex
    assert ours.count('class="vec"') > 100
    assert ours.count('class="script') > 100


def test_every_glyph_of_a_shortened_formula_stands_where_katex_puts_it(pairs, tmp_path, visit):
    style = KATEX.with_name("katex.min.css").as_uri()
    book = (ROOT / "_static" / "book.css").as_uri()
    lines = [f"<p>a {html} b</p>" for _, *both in pairs for html in both]
    head = f'<link rel="stylesheet" href="{style}"><link rel="stylesheet" href="{book}">'
    page = tmp_path / "formulas.html"
    lengths = f"<style>{formula_lengths.length_rules(lines)}</style>"
    body = f'<body style="font-size: {SIZE}px; width: {80 * SIZE}px">{"".join(lines)}'
    page.write_text(f"<!doctype html><meta charset=utf-8>{head}{lengths}{body}", encoding="utf-8")
    places = visit(page.as_uri()).page.evaluate(PLACES)
    for (latex, _), stock, ours in zip(
        (pair[0] for pair in pairs), places[::2], places[1::2], strict=True
    ):
        assert [place[0] for place in ours] == [place[0] for place in stock], latex
        moved = [
            (letter, stood, stands)
            for (letter, *stood), (_, *stands) in zip(stock, ours, strict=True)
            if max(abs(a - b) for a, b in zip(stood, stands, strict=True)) > 0.005 * SIZE
        ]
        assert not moved, latex
