"""Ask the databases of known vulnerabilities about all locked dependencies, of Python and of npm.

Usage: ``python tools/audit.py``. Needs the network. Ends with an error if something is known
against a dependency, and also if a database did not know or did not answer about one.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import site_assets

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = "pip-audit==2.10.1"
UV = [sys.executable, "-m", "uv"]
EXPORT = ["export", "--frozen", "--quiet", "--all-groups", "--all-extras", "--no-emit-project"]


def audit_python():
    """Return whether pip-audit finds nothing against what uv.lock holds."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "requirements.txt"
        subprocess.run([*UV, *EXPORT, "--output-file", locked], cwd=ROOT, check=True)
        audit = [*UV, "tool", "run", PIP_AUDIT, "--strict", "--disable-pip", "--require-hashes"]
        return subprocess.run([*audit, "--requirement", locked], cwd=ROOT).returncode == 0


def audit_npm(folder):
    """Return whether npm finds nothing against what a folder's lock file holds."""
    done = site_assets.npm("audit", "--package-lock-only", folder=folder, check=False)
    return done.returncode == 0


def main():
    """Audit all lock files; return the exit code."""
    python = audit_python()
    npm = audit_npm(ROOT) & audit_npm(ROOT / "benchmarks")  # both, whatever the first says
    print(f"Python: {'nothing known' if python else 'see above'}", file=sys.stderr)
    print(f"npm: {'nothing known' if npm else 'see above'}", file=sys.stderr)
    return 0 if python and npm else 1


if __name__ == "__main__":
    sys.exit(main())
