#!/bin/sh
# Make .venv what uv.lock says. PYTHON=/path/to/python chooses the interpreter.
set -eu

newest_known="python3 python3.14 python3.13 python3.12 python3.11 python"

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-$newest_known}; do
        if is_recent "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed, and none of these is one: ${PYTHON:-$newest_known}." >&2
    echo "Install it, or name it: make book PYTHON=/path/to/python" >&2
    return 1
}

if [ -n "${PYTHON:-}" ] || ! is_recent .venv/bin/python; then
    python=$(find_python)
    if ! "$python" -m venv --clear .venv; then
        echo "$python cannot make a virtual environment." >&2
        echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi

uv=$(sed -n '/^name = "uv"$/{n;s/^version = "\(.*\)"$/\1/p;}' uv.lock)
if ! .venv/bin/uv --version 2>/dev/null | grep -qF "uv $uv "; then
    echo "Setting up .venv from uv.lock (a few minutes at the first time)."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv"
fi
# Another active environment must not be taken for the project's own.
# Compiled here at once, and not by whichever process imports it first.
if ! env -u VIRTUAL_ENV .venv/bin/uv sync --locked --quiet --compile-bytecode --python .venv/bin/python
then
    echo "If pyproject.toml has changed, run \`make lock\` first." >&2
    exit 1
fi
