"""Lock all dependencies, of Python and from npm, and tell Binder what is locked.

Arguments go to `uv lock`: --upgrade.  What comes from npm has its versions in ``package.json``.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUP = "lab"


def uv(*arguments):
    """Run the environment's uv in the project's folder; return what it prints."""
    command = [sys.executable, "-m", "uv", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def requirements():
    """Return what Binder has to install, from the lock file: versions and hashes."""
    choice = ["--frozen", "--quiet", "--only-group", GROUP, "--no-emit-project", "--no-header"]
    return uv("export", *choice, "--format", "requirements-txt")


def main(arguments):
    """Write both lock files."""
    uv("lock", *arguments)
    (ROOT / ".binder" / "requirements.txt").write_text(requirements(), encoding="utf-8")
    try:
        from site_assets import npm
    except ModuleNotFoundError:  # an environment that has no more than what locks it
        sys.exit("There is no npm here yet, to lock what is from there: run make book, and again.")
    for folder in (ROOT, ROOT / "benchmarks"):
        npm("install", "--package-lock-only", "--ignore-scripts", "--no-audit", folder=folder)


if __name__ == "__main__":
    main(sys.argv[1:])
