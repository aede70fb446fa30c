"""The figures of the book: inline SVG in the ink of the page, with the finding in words."""

from .answer import plot_answer
from .cross_entropy import plot_cross_entropy
from .derivative_chain import plot_derivative_chain
from .logistic import plot_logistic
from .logistic_and_slope import plot_logistic_and_slope
from .lost_digits import plot_lost_digits
from .push_and_pull import plot_push_and_pull
from .simplex import plot_simplex
from .step_error import plot_step_error

__all__ = [
    "plot_answer",
    "plot_cross_entropy",
    "plot_derivative_chain",
    "plot_logistic",
    "plot_logistic_and_slope",
    "plot_lost_digits",
    "plot_push_and_pull",
    "plot_simplex",
    "plot_step_error",
]
