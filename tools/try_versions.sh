#!/bin/sh
# Test the package with the oldest or the newest versions that pyproject.toml allows.
# usage: sh tools/try_versions.sh oldest|newest
set -eu

case "${1:-}" in
    # What was released long ago calls functions that newer packages under it are about to drop.
    oldest) resolution=lowest-direct warnings=ignore::DeprecationWarning ;;
    newest) resolution=highest warnings=error ;;
    *) echo "usage: sh tools/try_versions.sh oldest|newest" >&2; exit 2 ;;
esac

environment=$(mktemp -d)
trap 'rm -rf "$environment"' EXIT
uv=.venv/bin/uv

install() {
    env -u VIRTUAL_ENV $uv pip install --quiet --python "$environment/bin/python" "$@"
}

$uv venv --quiet --allow-existing --python .venv/bin/python "$environment"
install --resolution "$resolution" --editable ".[notebooks]"
install --group test --group book --group grading
$uv pip list --python "$environment/bin/python" |
    grep -E "^(numpy|matplotlib|scikit-learn|sympy|autograd|anywidget|cloudpickle|ipywidgets|ipykernel) "
# Stored outputs are those of the locked versions: elsewhere the notebooks only have to run.
"$environment/bin/python" -m pytest --quiet -n 2 --dist loadfile -W "$warnings" \
    -o addopts="--strict-markers --doctest-modules --nbval-lax --nbval-current-env" \
    src/crossentropy tests chapters \
    --ignore tests/book --ignore tests/grading --ignore tests/test_binder.py
