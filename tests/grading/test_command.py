"""What the command line says when something is missing."""

import os
import stat

import pytest
from course_folder import answered, submit
from tiny import RIGHT

from autograder.__main__ import main
from autograder.seeds import SeedError, read_seed


def run(root, *options, assignment="gradient"):
    """Run the command in this process; nothing here gets as far as grading."""
    where = ["--course-dir", str(root), "--seed-file", str(root / "seed.txt")]
    return main(["grade", assignment, *where, *options])


@pytest.fixture
def course(tmp_path):
    submit(tmp_path, "ann", answered(RIGHT))
    (tmp_path / "submitted" / "ann" / "gradient").mkdir()
    return tmp_path


def test_a_missing_course_folder_is_named(tmp_path, capsys):
    assert run(tmp_path / "nowhere") == 2
    assert f"error: There is no course folder {tmp_path}/nowhere." in capsys.readouterr().err


def test_an_unknown_assignment_is_named_with_those_that_there_are(course, capsys):
    assert run(course, assignment="gradeint") == 2
    error = capsys.readouterr().err
    assert "error: There is no assignment 'gradeint'; there are: gradient." in error


@pytest.mark.parametrize("folder", ["", "submitted", "submitted/ann/other"])
def test_without_submissions_it_says_where_it_looked(tmp_path, capsys, folder):
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    assert run(tmp_path) == 2
    error = capsys.readouterr().err
    assert f"looked for in {tmp_path}/submitted/STUDENT/gradient/gradient.ipynb" in error


def test_a_missing_seed_file_is_named_with_a_command_that_makes_one(course, capsys):
    assert run(course) == 2
    error = capsys.readouterr().err
    assert f"error: The seed file {course}/seed.txt cannot be read: No such file" in error
    assert "secrets.token_hex" in error


@pytest.mark.parametrize(("text", "came"), [("", "an empty file"), ("secret\n", "6 characters")])
def test_a_seed_that_is_too_short_is_refused(tmp_path, text, came):
    path = tmp_path / "seed"
    path.write_text(text)
    with pytest.raises(SeedError, match=f"at least 16 characters, came {came}"):
        read_seed(path)


def test_a_seed_that_others_can_read_is_used_with_a_warning(tmp_path):
    path = tmp_path / "seed"
    path.write_text("a long enough secret\n")
    path.chmod(stat.S_IRUSR | stat.S_IROTH)
    seed, warnings = read_seed(path)
    assert seed == "a long enough secret"
    assert warnings == [f"Others can read the seed file {path}: chmod 600 {path}"]
    path.chmod(stat.S_IRUSR)
    assert read_seed(path) == (seed, [])


def test_a_seed_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "seed"
    path.write_bytes(os.urandom(16) + b"\xff\xfe")
    with pytest.raises(SeedError, match="is no text"):
        read_seed(path)


def test_a_missing_file_of_questions_is_named(course, capsys):
    (course / "seed.txt").write_text("a long enough secret")
    assert run(course, "--questions", str(course / "none.py")) == 2
    assert f"error: There is no file of questions {course}/none.py." in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["0", "-1", "many"])
def test_a_number_of_workers_must_be_one(course, capsys, workers):
    with pytest.raises(SystemExit):
        run(course, "--workers", workers)
    assert "argument --workers: expected a number of at least 1" in capsys.readouterr().err
