"""What the Sphinx extension `exercises` makes of the widgets of a notebook."""

import io
import json
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))  # as Jupyter Book does for its local extensions

import exercises  # noqa: E402
from bs4 import BeautifulSoup  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.util.docutils import docutils_namespace  # noqa: E402

from crossentropy.widgets import LogisticExplorer  # noqa: E402
from crossentropy.widgets._exercise import WIDGET_VIEW  # noqa: E402

VIEW = {"model_id": "0123", "version_major": 2, "version_minor": 0}
OURS = {WIDGET_VIEW: VIEW, "text/html": LogisticExplorer().page_html(), "text/plain": "words"}
OF_A_KERNEL = {WIDGET_VIEW: VIEW, "text/plain": "IntSlider(value=0)"}
STATE = {"state": {"0123": {"model_name": "IntSliderModel"}}, "version_major": 2}
METADATA = {"language_info": {"name": "python"}, "widgets": {exercises.STATE: STATE}}


@pytest.fixture
def build(tmp_path):
    """Build a page of a notebook whose cells have the given outputs; return page and folder."""

    def build(*outputs):
        cells = [nbformat.v4.new_markdown_cell("# Title")]
        for data in outputs:
            result = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
            cells.append(nbformat.v4.new_code_cell("make()", outputs=[result], execution_count=1))
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata = nbformat.from_dict(METADATA)
        nbformat.write(notebook, tmp_path / "index.ipynb")
        settings = {"extensions": ["myst_nb", "exercises"], "nb_execution_mode": "off"}
        out, warnings = tmp_path / "html", io.StringIO()
        with docutils_namespace():
            app = Sphinx(tmp_path, None, out, out, "html", settings, None, warnings)
            app.build()
        assert warnings.getvalue() == ""
        return BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser"), out

    return build


def loaded(page):
    """Return what a page loads for widgets, without the stamps."""
    marks = page.select("[data-widgets-script]")
    names = ("data-widgets-states", "data-widgets-script")
    return [mark[name].split("?")[0] for mark in marks for name in names]


def test_a_page_with_a_widget_shows_its_place_and_names_the_script_it_needs(build):
    page, out = build(OURS)
    assert page.select_one("[data-widget=logistic_explorer] figcaption")
    assert loaded(page) == ["_static/states/index.js", "_static/widgets/logistic_explorer.js"]
    states, code = ((out / name).read_text(encoding="utf-8") for name in loaded(page))
    assert "data-state" not in str(page)
    (given,) = json.loads(states.partition(".forEach")[0])
    assert json.loads(given["state"])["w"] == LogisticExplorer().w
    assert "w" in json.loads(given["link"])
    assert "showWidgets" in code
    assert ".xe" in (out / "_static" / "widgets.css").read_text(encoding="utf-8")


def test_what_needs_a_kernel_is_replaced_by_a_sentence_that_says_so(build):
    page, _ = build(OF_A_KERNEL)
    assert "needs a Python behind it" in page.select_one(".needs-kernel").text
    assert loaded(page) == []


def test_no_script_of_the_stock_host_and_no_saved_state_is_left(build):
    page, _ = build(OURS, OF_A_KERNEL)
    assert page.select('script[type*="jupyter"]') == []
    assert "0123" not in str(page)
    sources = [script.get("src", "") for script in page("script")]
    assert not [source for source in sources if source.startswith("http")]


def test_the_sentence_links_to_where_the_notebook_runs():
    assert "<a" not in exercises.needs_kernel([])
    sentence = exercises.needs_kernel([("Binder", "https://mybinder.org/?a=1&b=2")])
    assert '<a href="https://mybinder.org/?a=1&amp;b=2">Open it on Binder</a>' in sentence


def test_pages_with_the_same_widgets_share_a_script(build):
    page, out = build(OURS, OURS)
    assert len(page.select("[data-widget]")) == 2
    assert [path.name for path in (out / "_static" / "widgets").glob("*.js")] == [
        "logistic_explorer.js"
    ]
