"""The Sphinx extensions in _ext/: what they make of a source, and what they refuse."""

import configparser
import io
import json
import re
import sys
import unittest.mock
from pathlib import Path

import nbformat
import pydata_sphinx_theme
import pytest
from IPython.core.interactiveshell import InteractiveShell
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))  # as Jupyter Book does for its local extensions

import light_pages  # noqa: E402
import notebook_downloads  # noqa: E402
import repository  # noqa: E402
import used_glyphs  # noqa: E402
import used_styles  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.util.docutils import docutils_namespace  # noqa: E402

EQUATION = """# Title

<a id="eq-A.3"></a>

$$
a = b
\\tag{A.3}
$$

As [(A.3)](#eq-A.3) says.
"""


CONTENTS = """
```{toctree}
:hidden:
:glob:
*
```
"""


@pytest.fixture
def build(tmp_path):
    """Build a book of notebooks {name: Markdown}; return (HTML of "index", warnings)."""

    def build(**sources):
        sources["index"] += CONTENTS
        for name, text in sources.items():
            cell = nbformat.v4.new_markdown_cell(text, id="only")
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / f"{name}.ipynb")
        ours = ["notebook_places", "prerendered_math", "tagged_equations", "equation_previews"]
        settings = {
            "extensions": ["myst_nb", *ours],
            "myst_enable_extensions": ["dollarmath"],
            "nb_execution_mode": "off",
            "html_theme": "basic",
        }
        warnings = io.StringIO()
        out = tmp_path / "out"
        with docutils_namespace():
            app = Sphinx(tmp_path, None, out, out, "html", settings, None, warnings)
            app.build()
        return (out / "index.html").read_text(encoding="utf-8"), warnings.getvalue()

    return build


def test_a_tag_becomes_number_and_anchor(build):
    html, warnings = build(index=EQUATION)
    assert warnings == ""
    assert html.count('id="eq-A.3"') == 1
    assert '<a class="eqno" href="#eq-A.3">(A.3)</a>' in html
    assert '<a class="reference internal" href="#eq-A.3">(A.3)</a>' in html
    assert "\\tag" not in html


def test_punctuation_stays_on_the_line_of_its_formula(build):
    html, warnings = build(index="# Start\n\nFor $a$ ($b$), “$c$”, <$d$> and $e$.\n")
    assert warnings == ""
    text = re.sub(r"<math.*?</math>", "", html, flags=re.DOTALL)
    lines = re.findall(r'<span class="one-line">(.*?)</p>', text, flags=re.DOTALL)
    assert len(lines) == 1
    assert [shown(line) for line in lines[0].split('<span class="one-line">')] == [
        "(b),",
        "“c”,",
        "e.",
    ]


def shown(html):
    """Return the text of some HTML up to the first blank."""
    return re.sub(r"<[^>]*>", "", html).split()[0]


def test_a_link_leads_to_another_notebook_and_its_preview_has_a_file(build, tmp_path):
    html, warnings = build(index="# Start\n\n[(A.3)](other.ipynb#eq-A.3)\n", other=EQUATION)
    assert warnings == ""
    assert 'href="other.html#eq-A.3"' in html
    (file,) = (tmp_path / "out" / "_static" / "equations").iterdir()
    call = re.fullmatch(r"previewEquation\((.*)\);", file.read_text(encoding="utf-8").strip())
    anchor, equation = json.loads(f"[{call[1]}]")
    assert anchor == file.stem == "eq-A.3"
    assert '<span class="eqno">(A.3)</span>' in equation
    assert " id=" not in equation


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('<a id="eq-A.3"></a>', "", "equation (A.3) lacks its line"),
        ("\\tag{A.3}", "", 'eq-A.3"> has no equation'),
        ("\\tag{A.3}", "\\tag{*}", "not an equation number of this book"),
        ("](#eq-A.3)", "](#eq-A.4)", "target not found: 'eq-A.4'"),
        ("](#eq-A.3)", "](other.ipynb#eq-A.4)", "local id not found"),
        ("a = b", "a = \\nonsense", "Undefined control sequence"),
        ("a = b", "a = ß", "Unrecognized Unicode"),
    ],
)
def test_a_fault_of_the_source_is_reported(build, old, new, complaint):
    assert EQUATION.count(old) == 1
    _, warnings = build(index=EQUATION.replace(old, new), other="# Other")
    assert complaint in warnings
    assert "index.ipynb" in warnings


def test_a_fault_of_the_source_is_reported_with_the_cell_that_has_it(build):
    _, warnings = build(index=EQUATION.replace("](#eq-A.3)", "](#eq-A.4)"))
    assert "index.ipynb: cell 1, line 10: WARNING: 'myst' cross-reference" in warnings


@pytest.mark.parametrize(
    ("old", "formula", "line"), [("a = b", r"a = \nonsense", 5), ("Title", r"\nonsense", 1)]
)
def test_a_formula_that_cannot_be_read_is_reported_once_on_one_line(build, old, formula, line):
    new = f"${formula}$" if old == "Title" else formula
    _, warnings = build(index=EQUATION.replace(old, new), other="# Other")
    (report,) = warnings.splitlines()
    assert f"index.ipynb: cell 1, line {line}: ERROR: KaTeX" in report
    assert f": {formula} in {formula}" in report  # what KaTeX says, without its underlines


def test_a_number_that_is_displayed_twice_is_reported(build):
    _, warnings = build(index=EQUATION, other=EQUATION)
    assert "duplicate label of equation A.3" in warnings


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/someone/book.git", "https://github.com/someone/book"),
        ("git@github.com:someone/book.git", "https://github.com/someone/book"),
        ("ssh://git@gitlab.com/group/sub/book", "https://gitlab.com/group/sub/book"),
        ("https://token@github.com/someone/book", "https://github.com/someone/book"),
        ("/srv/git/book", ""),
        ("", ""),
    ],
)
def test_a_remote_becomes_an_address_only_if_a_browser_can_open_it(remote, address):
    assert repository.https_address(remote) == address


def test_the_environment_names_the_repository_before_git_does(monkeypatch, tmp_path):
    monkeypatch.setenv("REPOSITORY_URL", "https://github.com/someone/book")
    assert repository.repository_address(ROOT) == "https://github.com/someone/book"
    monkeypatch.delenv("REPOSITORY_URL")
    assert repository.repository_address(tmp_path) == ""


def test_launch_links_exist_for_public_hosts_only():
    ((name, address),) = repository.launch_links("https://gitlab.com/a/b", "chapters/01.ipynb")
    assert name == "Binder"
    assert address == "https://mybinder.org/v2/gl/a%2Fb/main?urlpath=lab/tree/chapters/01.ipynb"
    assert dict(repository.launch_links("https://github.com/a/b", "chapters/01.ipynb")) == {
        "Binder": "https://mybinder.org/v2/gh/a/b/main?urlpath=lab/tree/chapters/01.ipynb",
        "Colab": "https://colab.research.google.com/github/a/b/blob/colab/chapters/01.ipynb",
    }
    assert repository.launch_links("https://git.example.org/a/b", "chapters/01.ipynb") == []
    assert repository.launch_links("", "chapters/01.ipynb") == []


def test_source_links_lead_to_the_file_of_the_page():
    assert dict(repository.source_links("https://github.com/a/b", "index.md")) == {
        "Source on GitHub": "https://github.com/a/b/blob/main/index.md",
        "Suggest an edit": "https://github.com/a/b/edit/main/index.md",
    }
    gitlab = dict(repository.source_links("https://gitlab.com/a/b", "index.md"))
    assert gitlab["Suggest an edit"] == "https://gitlab.com/a/b/-/edit/main/index.md"
    assert repository.source_links("", "index.md") == []


def test_a_notebook_to_take_away_installs_the_package_where_it_is_missing_and_nowhere_else():
    cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("1 + 1")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook_downloads.with_installation(notebook, "https://github.com/a/b")
    title, install, code = notebook.cells
    assert (title.source, code.source) == ("# Title", "1 + 1")
    for missing in (False, True):
        assert run_cell(install.source, missing=missing) == (
            ["install --quiet \"crossentropy[notebooks] @ git+https://github.com/a/b\""]
            if missing else []
        )  # fmt: skip


def run_cell(source, *, missing):
    """Run a cell in IPython, with or without the package; return what it asks of pip."""
    shell, asked = InteractiveShell(), []
    shell.register_magic_function(asked.append, magic_name="pip")
    with unittest.mock.patch.dict(sys.modules, {"crossentropy.widgets": None} if missing else {}):
        shell.run_cell(source).raise_error()
    return asked


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".on{a:1}", ".on{a:1}"),
        (".off{a:1}", ""),
        (".on,.off{a:1}", ".on{a:1}"),
        ("p.on > #here{a:1}", "p.on > #here{a:1}"),
        ("p.on > #there{a:1}", ""),
        (".by-script{a:1}", ".by-script{a:1}"),
        ("p:not(.off){a:1}", "p:not(.off){a:1}"),
        ("@media print{.on{a:1}.off{a:1}}", "@media print{.on{a:1}}"),
        ("@media print{.off{a:1}}", ""),
    ],
)
def test_a_rule_stays_if_a_page_or_a_script_names_its_classes(style, kept):
    page = '<p class="x on" id="here"></p>'
    script = 'element.classList.add("by-script")'
    assert used_styles.keep_used(style, pages=[page], scripts=[script]) == kept


def test_fonts_keep_the_characters_of_formulas_and_no_others():
    inside = '<span>a<b class="mord mathnormal mtight">&lt;</b><i class="mord mathbf">p</i></span>'
    formula = f'<span class="katex"><math>M</math><span class="katex-html">{inside}'
    page = f"x{formula}<span>c</span></span></span>y<p>{formula}</span></span>z</p>"
    assert used_glyphs.formula_characters(page) == {
        "KaTeX_Main-Regular": set("ac"),
        "KaTeX_Math-Italic": {"<"},
        "KaTeX_Main-Bold": {"p"},
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_code_loses_only_the_spans_that_have_no_colour_of_their_own(theme):
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(next(Path(pydata_sphinx_theme.__file__).parent.rglob("theme.conf")))
    style = get_style_by_name(settings["options"][f"pygments_{theme}_style"])
    plain = [token for token, name in STANDARD_TYPES.items() if name in light_pages.PLAIN]
    assert len(plain) == len(light_pages.PLAIN)
    for token in plain:
        assert style.style_for_token(token) == style.style_for_token(Text)


def test_addresses_in_a_style_sheet_follow_it():
    style = "a{b:url(../img/x.png) url(data:x) url(#y)}"
    moved = "a{b:url(img/x.png) url(data:x) url(#y)}"
    assert used_styles.relocate(style, "styles/theme.css") == moved
