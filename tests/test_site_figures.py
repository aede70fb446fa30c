"""Figures of the pages: files that load when a reader comes near, and follow the theme."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from crossentropy.plots import plot_cross_entropy, plot_logistic

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

import figure_files  # noqa: E402


@pytest.mark.parametrize("plot", [plot_logistic, plot_cross_entropy])
def test_a_figure_becomes_a_file_with_its_drawing_and_its_colours(plot):
    svg = plot().svg()
    figure = figure_files.FIGURE.fullmatch(svg)
    assert figure["alt"] == ElementTree.fromstring(svg).get("aria-label")
    text = figure_files.as_file(figure)
    root = ElementTree.fromstring(text)
    assert root[0].tag.endswith("style")
    assert len(list(root.iter())) == len(list(ElementTree.fromstring(svg).iter())) + 1
    style = root[0].text
    for name in re.findall(r"var\((--xe-\w+)", text):
        assert style.count(f"{name}:") == 2, name


def test_other_drawings_stay_in_the_page():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1em" viewBox="0 0 1 1"><path/></svg>'
    assert figure_files.FIGURE.search(drawing) is None
