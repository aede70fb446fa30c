"""Say whether notebooks can be graded here, in a sandbox made by bubblewrap.

With --install it asks the system's package manager for bubblewrap (Debian and Ubuntu, as root).
Elsewhere than on Linux there is no sandbox; its tests are skipped there, and say so.
"""

import os
import shutil
import subprocess
import sys

from autograder.sandbox import SandboxError, require_sandbox


def install():
    """Install bubblewrap, if it is missing and that is possible."""
    if shutil.which("bwrap") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "bubblewrap"]):
        subprocess.run(command, check=False, stdout=sys.stderr)  # what counts is what is there then


def main(arguments):
    """Return 0, or a message that becomes the exit message."""
    if sys.platform != "linux":
        print("No sandbox on this system: the grading of notebooks is NOT tested.", file=sys.stderr)
        return 0
    if "--install" in arguments:
        install()
    try:
        require_sandbox()
    except SandboxError as error:
        return str(error)
    print("Notebooks can be graded in a sandbox.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
