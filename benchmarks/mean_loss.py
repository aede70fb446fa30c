"""Mean loss and its gradient, against other ways to compute the two."""

import json
from functools import partial
from importlib.util import find_spec

import numpy as np
import sklearn

from benchmarks.measure import medians, peak_memory, times
from crossentropy import mean_loss_and_gradient

SIZES = [(1_000, 2), (100_000, 10), (1_000_000, 20), (100_000, 784)]
OURS, PEER, LIMIT = "crossentropy", "scikit-learn", "both products with X alone"
OPTIONAL = {"torch": "PyTorch", "jax": "JAX"}


def make_data(n_samples, n_features, seed=0):
    """Return weights, samples and labels whose logits are of size 1."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n_samples, n_features))
    w = random.normal(size=n_features) / np.sqrt(n_features)
    return w, X, (random.random(n_samples) < 1 / (1 + np.exp(-X @ w))).astype(float)


def two_passes(w, X, y):
    """Compute loss (A.18) and gradient (A.20) as one would write them down first."""
    z = X @ w
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1, e) / (1 + e)
    loss = np.log1p(e) + np.maximum(z, 0) - y * z
    return loss.mean(), X.T @ (p - y) / len(y)


def scikit_learn(w, X, y):
    """Return what scikit-learn's own solvers call; its names are private and may move."""
    try:
        from sklearn._loss.loss import HalfBinomialLoss
        from sklearn.linear_model._linear_loss import LinearModelLoss
    except ImportError as error:
        raise ImportError(
            f"scikit-learn {sklearn.__version__} has moved LinearModelLoss or HalfBinomialLoss: "
            "adapt scikit_learn in benchmarks/mean_loss.py"
        ) from error
    loss = LinearModelLoss(base_loss=HalfBinomialLoss(), fit_intercept=False)
    return partial(loss.loss_gradient, w, X, y, n_threads=1)


def pytorch(w, X, y):
    """Return PyTorch's loss with the gradient by the formula, which is faster than its autograd."""
    import torch

    w, X, y = map(torch.from_numpy, (w, X, y))

    def run():
        z = X @ w
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y)
        return loss.item(), (torch.sigmoid(z) - y) @ X / len(y)

    return run


def jax(w, X, y):
    """Return JAX's loss and its automatic gradient, compiled."""
    import jax.numpy as jnp
    from jax import block_until_ready, config, jit, value_and_grad

    config.update("jax_enable_x64", True)  # else it computes in float32

    def mean_loss(w, X, y):
        z = X @ w
        return (jnp.logaddexp(0, z) - y * z).mean()

    compiled, arguments = jit(value_and_grad(mean_loss)), [jnp.asarray(a) for a in (w, X, y)]
    return lambda: block_until_ready(compiled(*arguments))


def contestants(w, X, y):
    """Return a function without arguments for each, which returns loss and gradient."""
    optional = {"torch": pytorch, "jax": jax}
    return {
        OURS: partial(mean_loss_and_gradient, w, X, y),
        PEER: scikit_learn(w, X, y),
        "the formula in two passes": partial(two_passes, w, X, y),
    } | {OPTIONAL[name]: make(w, X, y) for name, make in optional.items() if find_spec(name)}


def limit(w, X, y):
    """Return what no formula in two passes can do without: ``Xw`` and ``Xᵀr``."""
    return {LIMIT: lambda: (X @ w, y @ X)}


def measure(n_samples, n_features, *, seconds=8):
    """Return the median seconds of each contestant, and the memory of those in NumPy."""
    data = make_data(n_samples, n_features)
    runs = times(contestants(*data) | limit(*data), seconds=seconds)
    in_numpy = {k: run for k, run in contestants(*data).items() if k not in OPTIONAL.values()}
    memory = {name: peak_memory(run) for name, run in in_numpy.items()}
    return {"size": [n_samples, n_features], "seconds": medians(runs), "memory": memory}


if __name__ == "__main__":
    print(json.dumps([measure(*size) for size in SIZES]))
