"""What tests of several folders share."""

import gc

from chromium import browser, visit

__all__ = ["browser", "visit"]  # fixtures

collect_ignore_glob = ["*conftest.py"]  # as modules of doctests they share one name


def pytest_collection_finish():
    """Look for garbage less often, and not among what stays: 7 % of the time of tests in Python."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
