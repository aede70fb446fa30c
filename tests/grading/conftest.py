"""These tests run hostile notebooks in the real sandbox, which needs Linux and bubblewrap."""

import sys

import pytest

from autograder.sandbox import SandboxError, require_sandbox


def pytest_collection_modifyitems(items):
    """Say loudly what is not tested elsewhere than on Linux."""
    reason = f"GRADING IS NOT TESTED on {sys.platform}: the sandbox needs Linux and bubblewrap"
    for item in items:
        if sys.platform != "linux" and "grading" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def _sandbox():
    """Fail at once, and say how to mend it, where no sandbox starts."""
    if sys.platform == "linux":
        try:
            require_sandbox()
        except SandboxError as error:
            pytest.exit(str(error), returncode=1)
