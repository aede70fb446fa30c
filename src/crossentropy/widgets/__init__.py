"""The widgets of the book, live in a notebook and on its pages. README.md says how to add one."""

from .logistic_explorer import LogisticExplorer
from .own_function import check
from .self_check import SelfCheck

__all__ = ["LogisticExplorer", "SelfCheck", "check"]
