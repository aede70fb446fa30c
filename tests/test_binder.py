"""What Binder installs is what the lock file says."""

import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import lock
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / ".binder"


def test_binder_installs_what_is_locked():
    stored = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    assert lock.requirements() == stored, "run `make lock`"


def test_every_requirement_has_a_version_and_a_hash():
    stored = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^(?! |#).+", stored, re.MULTILINE)
    assert len(packages) > 50
    assert all("==" in package for package in packages)
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z])", stored))


def test_pip_finds_nothing_to_install_that_has_no_version():
    stored = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z0-9-]+)==", stored, re.MULTILINE))
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [Requirement(text) for text in groups["dependency-groups"]["lab"]]
    seen = set()
    while asked:
        one = asked.pop()
        if (one.name, *one.extras) in seen:
            continue
        seen.add((one.name, *one.extras))
        for text in metadata.requires(one.name) or ():
            needed = Requirement(text)
            extras = one.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                asked.append(needed)
    names = {canonicalize_name(name) for name, *_ in seen} - {"crossentropy"}
    assert len(names) > 50
    assert names <= listed


def test_binders_python_is_one_that_the_package_takes():
    runtime = (BINDER / "runtime.txt").read_text(encoding="utf-8")
    major, minor = map(int, re.fullmatch(r"python-(\d+)\.(\d+)\n", runtime).groups())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = tuple(map(int, re.findall(r"\d+", project["requires-python"])))
    assert (major, minor) >= oldest


def test_the_script_after_the_installation_is_one():
    script = BINDER / "postBuild"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", script], check=True)


def test_a_lock_file_that_no_longer_fits_is_reported(monkeypatch):
    monkeypatch.setattr(lock, "GROUP", "no-such-group")
    with pytest.raises(subprocess.CalledProcessError):
        lock.requirements()


def test_a_changed_dependency_can_be_locked_before_the_environment_follows():
    command = ["make", "--dry-run", "--what-if", "pyproject.toml", "lock"]
    made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "tools/lock.py" in made
    assert "make_environment" not in made
