"""The widgets of the book, live in a notebook and on its pages. README.md says how to add one."""

from .derivation_blocks import DerivationBlocks
from .error_hunt import ErrorHunt
from .logistic_explorer import LogisticExplorer
from .own_function import check
from .self_check import SelfCheck
from .type_the_step import TypeTheStep

__all__ = [
    "DerivationBlocks",
    "ErrorHunt",
    "LogisticExplorer",
    "SelfCheck",
    "TypeTheStep",
    "check",
]
