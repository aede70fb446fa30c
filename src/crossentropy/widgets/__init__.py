"""The widgets of the book, live in a notebook and on its pages. README.md says how to add one."""

from .derivation_blocks import DerivationBlocks
from .error_hunt import ErrorHunt
from .gradient_detective import GradientDetective
from .logistic_explorer import LogisticExplorer
from .loss_surface_explorer import LossSurfaceExplorer
from .own_function import check
from .push_and_pull import PushAndPull
from .self_check import SelfCheck
from .type_the_step import TypeTheStep

__all__ = [
    "DerivationBlocks",
    "ErrorHunt",
    "GradientDetective",
    "LogisticExplorer",
    "LossSurfaceExplorer",
    "PushAndPull",
    "SelfCheck",
    "TypeTheStep",
    "check",
]
