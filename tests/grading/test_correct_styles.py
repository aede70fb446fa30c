"""Correct answers get all points, in whatever style they are written."""

import numpy as np
import pytest

from autograder.questions import QUESTIONS
from autograder.students import LocalStudent

EXPRESSIONS = {
    "as in (3)": "x_j*exp(-z)/(1 + exp(-z))**2",
    "with p": "p*(1 - p)*x_j",
    "with the names of NumPy": "x_j * np.exp(-z) / (1 + np.exp(-z)) ** 2",
    "the other sign of z": "x_j*exp(z)/(1 + exp(z))**2",
    "sigma": "x_j*sigma(z)*sigma(-z)",
    "hyperbolic cosine": "x_j/(4*cosh(z/2)**2)",
    "hyperbolic tangent": "x_j/4*(1 - tanh(0.5*z)**2)",
    "a symmetric fraction": "x_j/(2 + exp(z) + exp(-z))",
    "e as a number": "x_j * e**-z / (1 + e**-z)**2",
    "powers in place of quotients": "x_j*exp(-z)*(1 + exp(-z))**(-2)",
    "a detour through logarithms": "x_j*exp(-z - 2*log(1 + exp(-z)))",
    "over several lines": "x_j * exp(-z)\n    / (1 + exp(-z))**2",
    "over several lines, with comments": "x_j*exp(-z)  # above\n/ (1 + exp(-z))**2  # below",
    "six digits of e": "x_j*2.71828**(-z)/(1 + 2.71828**(-z))**2",
}
REPAIRS = {
    "as the notebook has them": "{'D': 'log(1 + exp(z))', 'G': 'sigma(z) - 1'}",
    "with p": "{'D': '-log(1 - p)', 'G': 'p - 1'}",
    "small letters, and spaces": "{'d ': 'z + log(1 + exp(-z))', ' g': '-sigma(-z)'}",
    "right for both labels": "{'D': 'log(1 + exp((1 - 2*y)*z)) + y*z', 'G': 'p - 1 + y*(1 - y)'}",
    "with whole names": "{'Link D': 'log(1 + exp(z))', 'link g': 'p - 1'}",
    "through tanh and -t": "{'G': '(tanh(z/2) - 1)/2', 'D': '-log(sigma(-z))'}",
}

GRADIENT = {
    "vectorised": """
def mean_loss_gradient(w, X, y):
    return X.T @ (1 / (1 + np.exp(-(X @ w))) - y) / len(y)
""",
    "loops over plain lists": """
import math
def mean_loss_gradient(w, X, y):
    n, d = len(X), len(w)
    gradient = [0.0] * d
    for i in range(n):
        z = sum(w[j] * X[i][j] for j in range(d))
        p = 1 / (1 + math.exp(-z)) if z > 0 else 1 - 1 / (1 + math.exp(z))
        for j in range(d):
            gradient[j] += (p - y[i]) * X[i][j] / n
    return gradient
""",
    "the tanh form": """
mean_loss_gradient = lambda w, X, y: ((1 + np.tanh(X @ w / 2)) / 2 - y) @ X / X.shape[0]
""",
    "labels -1 and 1": """
def mean_loss_gradient(w, X, y):
    t = 2 * y - 1
    return np.mean((-t / (1 + np.exp(t * (X @ w))))[:, None] * X, axis=0)
""",
    "einsum": """
def mean_loss_gradient(w, X, y):
    p = np.exp(-np.logaddexp(0, -np.einsum("ij,j->i", X, w)))
    return np.einsum("ij,i->j", X, p - y) / y.size
""",
    "float32 throughout": """
def mean_loss_gradient(w, X, y):
    w, X, y = np.float32(w), np.float32(X), np.float32(y)
    return X.T @ (1 / (1 + np.exp(-X @ w)) - y) / np.float32(len(y))
""",
    "a helper, a class and a warning": """
import warnings
class Model:
    def __init__(self, w): self.w = w
    def __call__(self, x): return half(np.tanh(self.w @ x / 2))
def half(s): return (1 + s) / 2
def mean_loss_gradient(w, X, y):
    warnings.warn("careful"); print("computing")
    model = Model(w)
    return np.array([x * (model(x) - label) for x, label in zip(X, y)]).mean(axis=0)
""",
    "central differences of the loss": """
def mean_loss_gradient(w, X, y):
    def loss(w):
        return np.mean(np.logaddexp(0, (1 - 2 * y) * (X @ w)))
    steps = 1e-5 * max(1, np.abs(w).max()) * np.eye(len(w))
    return [(loss(w + h) - loss(w - h)) / (2 * h.sum()) for h in steps]
""",
}
LOSS = {
    "logaddexp": """
def mean_loss(w, X, y):
    return np.logaddexp(0, -(2 * y - 1) * (X @ w)).mean()
""",
    "loops over plain lists": """
import math
def mean_loss(w, X, y):
    losses = []
    for x, label in zip(X, y):
        t = sum(a * b for a, b in zip(w, x)) * (1 if label == 0 else -1)
        losses.append(max(t, 0) + math.log1p(math.exp(-abs(t))))
    return math.fsum(losses) / len(losses)
""",
    "two branches, one of which overflows": """
def mean_loss(w, X, y):
    t = (X @ w) * np.where(y == 1, -1, 1)
    return np.where(t > 0, t + np.log1p(np.exp(-t)), np.log1p(np.exp(t))).mean()
""",
    "returned as float32": """
def mean_loss(w, X, y):
    return np.float32(np.logaddexp(0, (1 - 2 * y) * (X @ w)).mean())
""",
    "an array of one entry": """
def mean_loss(w, X, y):
    return np.logaddexp(0, (1 - 2 * y) * (X @ w)).mean(keepdims=True)
""",
    "the two labels apart": """
def mean_loss(w, X, y):
    z = X @ w
    return (np.logaddexp(0, -z[y == 1]).sum() + np.logaddexp(0, z[y == 0]).sum()) / len(y)
""",
    "labels as indices": """
def mean_loss(w, X, y):
    pair = np.logaddexp(0, np.stack([X @ w, -X @ w], axis=1))
    return pair[np.arange(len(y)), y].mean()
""",
    "clipped exponents": """
def mean_loss(w, X, y):
    t = (1 - 2 * y) * (X @ w)
    return np.mean(np.maximum(t, 0) + np.log1p(np.exp(np.maximum(-np.abs(t), -700))))
""",
}
CHECKER = {
    "central differences": """
def gradient_is_correct(f, gradient, d):
    rng = np.random.default_rng()
    for size in (0.1, 1, 3, 10, 20):
        for w in rng.uniform(-size, size, (4, d)):
            g = [(f(w + h) - f(w - h)) / 2e-5 for h in 1e-5 * np.eye(d)]
            if not np.allclose(gradient(w), g, rtol=1e-4, atol=1e-6):
                return False
    return True
""",
    "forward differences, component by component": """
def gradient_is_correct(f, gradient, d):
    for k in range(20):
        w = np.cos(np.arange(d) + k) * (k + 1)
        for j in range(d):
            step = np.zeros(d)
            step[j] = 1e-6
            if abs((f(w + step) - f(w)) / 1e-6 - gradient(w)[j]) > 1e-3:
                return np.bool_(False)
    return np.bool_(True)
""",
    "complex steps": """
def gradient_is_correct(f, gradient, d):
    def slope(w, e):
        return f(w + 1e-20j * e).imag / 1e-20
    points = np.random.default_rng(3).normal(size=(30, d)) * 10
    errors = [slope(w, e) - gradient(w) @ e for w in points for e in np.eye(d)]
    return int(np.abs(errors).max() < 1e-8)
""",
    "slopes in random directions": """
def gradient_is_correct(f, gradient, d):
    rng = np.random.default_rng(5)
    for _ in range(200):
        w, v = rng.uniform(-20, 20, d), rng.normal(size=d)
        slope = (f(w + 1e-5 * v) - f(w - 1e-5 * v)) / 2e-5
        if abs(slope - np.dot(gradient(w), v)) > 1e-5 * (1 + abs(slope)):
            return False
    return True
""",
}
HESSIAN = {
    "scaled columns": """
def mean_loss_hessian(w, X, y):
    p = 1 / (1 + np.exp(-X @ w))
    return (X.T * (p * (1 - p))) @ X / len(y)
def hessian_is_singular(X):
    return abs(np.linalg.det(X.T @ X)) < 1e-6
""",
    "a sum of outer products, in lists": """
def mean_loss_hessian(w, X, y):
    H = np.zeros((len(w), len(w)), dtype=np.float32)
    for x in X:
        p = 1 / (1 + np.exp(-(w @ x)))
        H += p * (1 - p) * np.outer(x, x) / len(X)
    return H.tolist()
def hessian_is_singular(X):
    H = mean_loss_hessian(np.zeros(X.shape[1]), X, None)
    return min(np.linalg.eigvalsh(H)) < 1e-5
""",
    "a diagonal matrix, and Cholesky": """
def mean_loss_hessian(w, X, y):
    p = (1 + np.tanh(X @ w / 2)) / 2
    return X.T @ np.diag(p - p**2) @ X / X.shape[0]
def hessian_is_singular(X):
    try:
        np.linalg.cholesky(X.T @ X - 1e-6 * np.eye(X.shape[1]))
    except np.linalg.LinAlgError:
        return True
    return False
""",
}
CLAIMS = {
    "rounded weights, and weights far out": """
claims = {
    "A": {"w": [1.0986123], "X": [[1]] * 120, "y": [1, 1, 1, 0] * 30},
    "B": {"x": 1, "y": 1, "u": -100, "v": -50},
    "C": {"X": [[1, 3]], "u": [1, 1], "v": [2, 0.6666667]},
    "D": True,
}
""",
    "as lists": """
claims = {
    "A": {"w": [0], "X": [[1], [1]], "y": [0, 1]},
    "B": {"x": 1, "y": 1, "u": -6, "v": 0},
    "C": {"X": [[1, 1], [2, 2]], "u": [1, 0], "v": [0, 1]},
    "D": True,
}
""",
    "as arrays": """
X = np.array([[1.0, 0.0], [1.0, 1.0], [-1.0, -1.0]])
claims = {
    "A": {"w": np.zeros(2), "X": np.zeros((1, 2)), "y": np.ones(1, dtype=int)},
    "B": {"x": np.array([2.0]), "y": np.float64(0), "u": np.array([1.0]), "v": np.array(9.0)},
    "C": {"X": X[1:], "u": np.array([1.0, 2.0]), "v": np.array([2.0, 1.0])},
    "D": np.bool_(True),
}
""",
    "a minimum found by descent": """
X, y, w = np.array([[1.0, 0.5], [1, -2], [1, 3], [1, 1]]), np.array([0, 1, 1, 0]), np.zeros(2)
for _ in range(20000):
    w -= 0.5 * X.T @ (1 / (1 + np.exp(-X @ w)) - y) / 4
claims = {
    "A": {"w": w, "X": X, "y": y},
    "B": {"x": -3, "y": 0, "u": 0, "v": -2},
    "C": {"X": [[0.0]], "u": [3], "v": [-3]},
    "D": True,
}
""",
}
STYLES = {
    1: {style: f"dp_dw_j = {text!r}" for style, text in EXPRESSIONS.items()},
    2: {style: f"repairs = {text}" for style, text in REPAIRS.items()},
    4: GRADIENT,
    5: LOSS,
    6: CHECKER,
    7: HESSIAN,
    8: CLAIMS,
}
CASES = [
    pytest.param(number, source, id=f"{number}: {style}")
    for number, styles in STYLES.items()
    for style, source in styles.items()
]


@pytest.mark.parametrize(("number", "source"), CASES)
@pytest.mark.filterwarnings("ignore:careful")  # a student's own warning
def test_a_correct_answer_gets_all_points_in_any_style(number, source):
    namespace = {"np": np}
    exec(source, namespace)
    question = next(q for q in QUESTIONS["gradient"] if q.number == number)
    for seed in range(20):
        mark = question.judge(LocalStudent(namespace), np.random.default_rng(seed))
        assert (mark.points, mark.diagnosis) == (question.max_points, ""), mark.feedback
