"""What tests of several folders share."""

from chromium import browser, visit

__all__ = ["browser", "visit"]  # fixtures
