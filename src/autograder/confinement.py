"""The command that starts a sandbox: bubblewrap with every namespace its own, or a plain process.

Inside there are the system's libraries, Python, NumPy, Matplotlib where it is installed, and the
seven files that run in it, read-only.  Where they stand on this machine is told by the list of
mounts alone, ``/proc/self/mountinfo``, which the kernel shows to each process.  Whatever else
Python could import here, this project's reference solutions among it, is left out.
"""

import compileall
import functools
import json
import os
import re
import resource
import shutil
import sys
import sysconfig
import threading
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from autograder.seccomp import program

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a notebook may use: seconds, bytes and counts."""

    start: float = 20.0  # until a sandbox says hello
    cell: float = 10.0
    grace: float = 2.0  # beyond a limit, before what does not stop is ended
    notebook: float = 120.0  # with all its calls
    cpu: int = 100
    memory: int = 1024 * MEGABYTE  # addresses of one process
    all_memory: int = 1536 * MEGABYTE
    processes: int = 16
    file: int = 16 * MEGABYTE
    folder: int = 64 * MEGABYTE  # everything under /tmp
    entries: int = 20_000  # files there, which take memory even when they are empty
    prints: int = 10_000  # bytes kept of what a cell prints
    told: int = 200_000  # characters kept of what all cells print and how they fail
    restarts: int = 30


HERE = Path(__file__).parent
OWN_NAMES = ("__init__", "child", "jupyter", "magics", "near", "nursery", "values")
PACKAGES = ("numpy", "matplotlib")  # with what they require; one that is not installed is left out
SYSTEM = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/etc/ld.so.cache")
FOLDERS = [
    *("/grader", "/grader/autograder", "/packages", "/python", "/python/bin", "/usr", "/usr/bin"),
    *("/usr/local", "/usr/local/bin", "/etc", "/tmp", "/dev", "/proc"),
]  # named one by one, since bubblewrap makes those between for its own user alone
CAP_SYS_ADMIN = 21
FIRST_UID, UIDS = 61184, 4096  # systemd's range for users that exist while a service runs
ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",  # so that grading twice gives the same marks
}
START = "import sys; sys.path[:0] = sys.argv[2:]; from autograder.{} import main; main()"
IN_SANDBOX = ("/grader", "/packages")


def plain_command(limits: Limits, descriptor: int, _filter: int) -> list[str]:
    """Return the command of a process under limits, which nothing keeps from files and network."""
    packages = [str(HERE.parent), sysconfig.get_path("platlib"), sysconfig.get_path("purelib")]
    variables = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    options = {"descriptor": descriptor, "alone": False, "limits": most(limits, alone=False)}
    return ["env", "-i", *variables, *started(sys.executable, "child", options, packages)]


def confined_command(limits: Limits, descriptor: int, filtering: int) -> list[str]:
    """Return the command of a sandbox; it reads its filter of system calls from a descriptor."""
    own = ["--disable-userns", "--size", str(limits.folder), "--tmpfs", "/tmp"]
    own += ["--seccomp", str(filtering)] if program() else []
    options = {"descriptor": descriptor, "alone": True, "limits": most(limits, alone=True)}
    return [*confined(own), *started(python(), "child", options, IN_SANDBOX)]


def nursery_command(descriptor: int) -> list[str]:
    """Return the command of a sandbox that holds no notebook, and makes sandboxes within it."""
    options = {"descriptor": descriptor, "filter": program().hex()}
    return [*confined([]), *started(python(), "nursery", options, IN_SANDBOX)]


def confined(own: list[str]) -> list[str]:
    """Return the command of bubblewrap, without the program that it starts.

    Neither limits nor permissions bind root, so root becomes a user that owns nothing.  It first
    enters a view of the file system that has the layout alone, since that user may not even see
    Python where it is installed; in a container, root may lack the right to do that.
    """
    bwrap, start = shutil.which("bwrap"), []
    files = layout()
    if os.geteuid() == 0:
        if may_mount():
            start, files = entered(bwrap, shutil.which("setpriv")), ["--ro-bind", "/", "/"]
        start += nobody()
    return [*start, *inner(bwrap, files, own)]


def may_mount() -> bool:
    """Return whether this process, as root, may change what file systems it sees."""
    status = Path("/proc/self/status").read_text()
    return bool(int(re.search(r"CapEff:\s*(\w+)", status)[1], 16) >> CAP_SYS_ADMIN & 1)


def entered(bwrap, setpriv):
    """Return the command that leaves the rest of the file system behind."""
    return [
        *(bwrap, "--die-with-parent", "--unshare-pid", "--cap-drop", "ALL"),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"),
        *layout(),
        *("--ro-bind", bwrap, bwrap, "--ro-bind", setpriv, setpriv),
        *("--dev-bind", "/dev", "/dev", "--bind", "/proc", "/proc"),
    ]


def nobody():
    """Return the command that leaves root behind, for a user that no other worker has."""
    uid = FIRST_UID + (os.getpid() + threading.get_native_id()) % UIDS
    return [
        *(shutil.which("setpriv"), f"--reuid={uid}", f"--regid={uid}", "--clear-groups"),
        *("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"),
    ]


def inner(bwrap, files, own):
    """Return bubblewrap's command: every namespace new, and nothing to write to but what is own."""
    variables = {**ENVIRONMENT, "LD_LIBRARY_PATH": f"{home_of_python()[1]}/lib"}
    return [
        *(bwrap, "--unshare-all", "--unshare-user", "--cap-drop", "ALL"),
        *("--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"),
        *files,
        *("--dev", "/dev", "--remount-ro", "/dev", "--proc", "/proc", *own),
        *("--remount-ro", "/", "--chdir", "/tmp"),
        *(part for name, value in variables.items() for part in ("--setenv", name, value)),
    ]


def most(limits: Limits, *, alone: bool) -> list[tuple[int, int]]:
    """Return what one process may use, as the kernel numbers it."""
    numbers = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_CORE: 0,
        **({resource.RLIMIT_NPROC: limits.processes} if alone else {}),
    }
    return list(numbers.items())


def started(executable, module, options, packages):
    """Return the command of a module of ours, in a Python isolated from its surroundings."""
    flags = ("-S", "-s", "-P", "-B", "-u")
    return [executable, *flags, "-c", START.format(module), json.dumps(options), *packages]


@functools.cache
def layout():
    """Return bubblewrap's options that show the system's libraries, Python and the packages."""
    base, shown = home_of_python()
    options = [part for name in FOLDERS for part in ("--perms", "0755", "--dir", name)]
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            options += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            options += ["--ro-bind", str(path), str(path)]
    options += ["--ro-bind", f"{base}/lib", f"{shown}/lib"] if base != "/usr" else []
    options += ["--ro-bind", os.path.realpath(sys.executable), python()]
    for path in hidden(base, shown):
        options += ["--tmpfs", path, "--remount-ro", path]
    for name in OWN_NAMES:
        options += ["--ro-bind", str(HERE / f"{name}.py"), f"/grader/autograder/{name}.py"]
    for path in package_files():
        options += ["--ro-bind", str(path), f"/packages/{path.name}"]
    return options


def home_of_python():
    """Return where Python's library is, and where the sandbox shows it."""
    base = sys.base_prefix
    return base, base if base.startswith("/usr") else "/python"


def python():
    """Return the path of the interpreter in the sandbox."""
    return f"{home_of_python()[1]}/bin/{Path(os.path.realpath(sys.executable)).name}"


def hidden(base, shown):
    """Return the folders of installed packages that would otherwise be shown with Python."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    names = [f"lib/{v}/{kind}-packages" for v in (version, "python3") for kind in ("site", "dist")]
    return [
        *(f"{shown}/{name}" for name in names if Path(base, name).exists()),
        *(f"/usr/{name}" for name in names if base != "/usr" and Path("/usr", name).exists()),
    ]


def package_files():
    """Return what each package consists of: folders, modules, libraries that come with it."""
    waiting, found = list(PACKAGES), {}
    while waiting:
        name = waiting.pop()
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if name not in found:
            found[name] = {package.locate_file(file.parts[0]) for file in package.files or []}
            required = [line for line in package.requires or [] if "extra ==" not in line]
            waiting += [re.match(r"[\w.-]+", line)[0] for line in required]
    paths = {Path(path) for paths in found.values() for path in paths}
    return sorted(path for path in paths if path.name != ".." and path.suffix != ".dist-info")


def compile_packages() -> None:
    """Compile what a sandbox imports, where it is not compiled yet: it starts in half the time."""
    for path in filter(Path.is_dir, package_files()):
        compileall.compile_dir(path, quiet=2)  # what cannot be written is imported all the same
