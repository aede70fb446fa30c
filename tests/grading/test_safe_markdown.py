"""What a student writes is shown to the person who grades it, and does nothing else."""

import base64
from html import escape
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import v4
from traitlets.config import PyFileConfigLoader

COURSE = Path(__file__).parents[2] / "assignments"
PICTURE = base64.b64encode(b"a picture").decode()


def page(source, **attachments):
    """Return what a page shows of an answer, with the configuration of the course."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(COURSE)).load_config()
    cell = v4.new_markdown_cell(source, attachments=attachments)
    exporter = HTMLExporter(config=config, template_name="basic")
    return exporter.from_notebook_node(v4.new_notebook(cells=[cell]))[0]


@pytest.mark.parametrize(
    "source",
    [
        "<script>EVIL</script>",
        "<img src=x onerror=EVIL>",
        "<svg onload=EVIL>",
        "<iframe src='javascript:EVIL'></iframe>",
        "<a href='javascript:EVIL'>a</a>",
        "<a href='JaVaScRiPt&colon;EVIL'>a</a>",
        "[a](javascript:EVIL)",
        "[a]\n\n[a]: javascript:EVIL",
        "[a](data:text/html,EVIL)",
        "<form action=EVIL><input name=EVIL></form>",
        "<p style='position:fixed' id=EVIL class=EVIL>x</p>",
        "![a](https://example.org/EVIL.png)",
        "<img src='data:image/svg+xml,EVIL'>",
        "<style>EVIL</style>",
        "<math><mtext></p><script>EVIL</script>",
        "$</script><script>EVIL</script>$",
        "`<script>EVIL</script>`",
    ],
)
def test_nothing_that_a_student_writes_becomes_active(source):
    html = page(source)
    assert html.count("<script") == page("").count("<script")
    for line in (line for line in html.splitlines() if "EVIL" in line):
        for tag in line.split("<")[1:]:
            assert "EVIL" not in tag.split(">")[0], line


def test_mathematics_tables_code_and_pictures_are_shown():
    table, code = "| a |\n|---|\n| **b** |", "```python\nx = 1\n```"
    source = f"$0<p<1$ and $a < b$\n\n{table}\n\n{code}\n![a](attachment:a)"
    html = page(source, a={"image/png": PICTURE})
    assert "$0&lt;p&lt;1$ and $a &lt; b$" in html
    assert "<td><strong>b</strong></td>" in html
    assert '<span class="n">x</span>' in html
    assert f'src="data:image/png;base64,{PICTURE}"' in html
    assert 'href="https://example.org/"' in page("[a](https://example.org/)")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<p>" + "".join(f"<b title={i}>" for i in range(800)), "more than 200 tags"),
        (r"\\(" * 8000, "more than 200 tags"),
        ("a" * 30_000, "more than 25,000 characters"),
        ("![](attachment:a) " * 12, "its pictures are too large"),
        ("[b]: attachment:a\n\n" + "![b]" * 4000, "more than 1,000 brackets"),
        ("![](attachment:a) " * 13, "it shows more than 12 pictures"),
        ("![](attachment:lost) ", "a picture is missing, or of a kind that is not shown"),
    ],
)
def test_what_would_take_too_long_is_shown_as_it_was_typed(source, reason):
    html = page(source, a={"image/png": PICTURE * 300_000})
    assert f"Shown as it was typed: it has {reason}" in html or f"typed: {reason}" in html
    assert escape(source[:10]) in html
    assert len(html) < 500_000


def test_a_fence_of_any_language_is_shown_in_a_moment():
    html = page("```cpp\na" + " " * 20_000 + "\n b\n```\n\n```python\nx = 1\n```")
    assert '<span class="n">x</span>' in html
    assert "lexer" not in html


def test_without_the_configuration_a_script_would_run(monkeypatch):
    monkeypatch.setattr("autograder.safe_markdown.bleach.clean", lambda html, *_, **__: html)
    assert "<script>EVIL</script>" in page("<script>EVIL</script>")
