"""What README.md, CONTRIBUTING.md and the landing page name is there."""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
INDEX = (ROOT / "index.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TEXTS = pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])


def anchor(heading):
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@TEXTS
def test_every_link_leads_to_a_file_or_a_heading(text):
    headings = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
        path, _, fragment = target.partition("#")
        if path.startswith("../../actions/workflows/"):  # on GitHub, beside the files
            assert (ROOT / ".github" / "workflows" / path.split("/")[4]).exists(), target
        elif not path.startswith("https://"):
            assert (ROOT / path).exists(), target
            assert path or fragment in headings, target


@TEXTS
def test_every_make_target_is_one_of_the_makefile(text):
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.M))
    assert set(re.findall(r"(?:^|`)make (\w+)", text, re.M)) <= targets


@TEXTS
def test_every_path_in_code_exists(text):
    for path in re.findall(r"`((?:src|tests|tools|chapters|_\w+|\.github|\.ci)/[\w./-]*)`", text):
        assert (ROOT / path).exists() or "NAME" in path, path


def rows_of_chapters(text):
    """Return number, title, path and the other cells of each row in the first table of chapters."""
    table = re.search(r"^\| chapter \|.*\n\|[-|]+\n((?:\|.+\n)+)", text, re.M)[1]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return [
        (*re.fullmatch(r"\[?(\d+)\. \[?(.+?)\]\((.+?)\)", row[0]).groups(), row[1:]) for row in rows
    ]


@pytest.mark.parametrize("text", [README, INDEX], ids=["README", "index"])
def test_the_table_lists_the_chapters_in_their_order_with_their_questions(text):
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [f"{row['file']}.ipynb" for row in contents["parts"][0]["chapters"]]
    rows = rows_of_chapters(text)
    assert [(int(number), path) for number, _, path, _ in rows] == list(enumerate(files, start=1))
    for _, title, path, (question, *_) in rows:
        first = nbformat.read(ROOT / path, as_version=4).cells[0].source.splitlines()
        assert f"# {title}" in first
        assert f"**{question.partition(' **')[0]}**" in first


def test_the_landing_page_gives_the_minutes_of_each_chapter():
    for *_, path, (_, minutes) in rows_of_chapters(INDEX):
        first = nbformat.read(ROOT / path, as_version=4).cells[0].source
        assert f"**Time** {minutes} minutes." in first, path
