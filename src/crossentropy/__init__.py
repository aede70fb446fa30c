"""The gradient of the cross-entropy loss of logistic regression, computed as the book derives it.

Arguments are array-likes and are never changed; results are float64.  A bad argument raises a
`ValueError` that names it and says what was expected and what came.
"""

from crossentropy.cross_entropy import (
    cross_entropy,
    cross_entropy_derivative,
    loss,
    loss_gradient,
    mean_loss,
    mean_loss_and_gradient,
    mean_loss_gradient,
    mean_loss_hessian,
)
from crossentropy.datasets import make_overlapping, make_separable, standardise
from crossentropy.descent import gradient_descent, newton, safe_step
from crossentropy.gradient_check import central_difference, complex_step, gradient_error
from crossentropy.logistic import logistic, logistic_gradient, sigmoid
from crossentropy.softmax import (
    log_softmax,
    mean_softmax_loss_and_gradient,
    softmax,
    softmax_loss,
    softmax_loss_gradient,
)
from crossentropy.surface import loss_surface, mean_loss_hessian_product

__all__ = [
    "central_difference",
    "complex_step",
    "cross_entropy",
    "cross_entropy_derivative",
    "gradient_descent",
    "gradient_error",
    "log_softmax",
    "logistic",
    "logistic_gradient",
    "loss",
    "loss_gradient",
    "loss_surface",
    "make_overlapping",
    "make_separable",
    "mean_loss",
    "mean_loss_and_gradient",
    "mean_loss_gradient",
    "mean_loss_hessian",
    "mean_loss_hessian_product",
    "mean_softmax_loss_and_gradient",
    "newton",
    "safe_step",
    "sigmoid",
    "softmax",
    "softmax_loss",
    "softmax_loss_gradient",
    "standardise",
]
