"""What tests of several folders share."""

from chromium import browser, visit

__all__ = ["browser", "visit"]  # fixtures

collect_ignore_glob = ["*conftest.py"]  # as modules of doctests they share one name
