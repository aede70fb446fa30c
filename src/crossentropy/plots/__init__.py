"""The figures of the book: inline SVG in the ink of the page, with the finding in words."""

from .answer import plot_answer
from .answers import plot_answers
from .calibration import plot_calibration
from .cross_entropy import plot_cross_entropy
from .derivative_chain import plot_derivative_chain
from .descent_paths import plot_descent_paths
from .descent_runs import plot_descent_runs
from .line_lengths import plot_line_lengths
from .logistic import plot_logistic
from .logistic_and_slope import plot_logistic_and_slope
from .logistic_in_weight import plot_logistic_in_weight
from .loss_contours import plot_loss_contours
from .loss_relief import plot_loss_relief
from .lost_digits import plot_lost_digits
from .own_function import plot_own_function
from .printed_values import plot_printed_values
from .push_and_pull import plot_push_and_pull
from .simplex import plot_simplex
from .step_error import plot_step_error
from .two_losses import plot_two_losses

__all__ = [
    "plot_answer",
    "plot_answers",
    "plot_calibration",
    "plot_cross_entropy",
    "plot_derivative_chain",
    "plot_descent_paths",
    "plot_descent_runs",
    "plot_line_lengths",
    "plot_logistic",
    "plot_logistic_and_slope",
    "plot_logistic_in_weight",
    "plot_loss_contours",
    "plot_loss_relief",
    "plot_lost_digits",
    "plot_own_function",
    "plot_printed_values",
    "plot_push_and_pull",
    "plot_simplex",
    "plot_step_error",
    "plot_two_losses",
]
