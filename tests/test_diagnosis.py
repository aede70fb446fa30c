"""A student's functions, right and wrong: each mistake gets its own name, the truth none."""

import math
import re

import numpy as np
import pytest

import crossentropy
from crossentropy import logistic_gradient, loss_gradient, mean_loss, mean_loss_gradient
from crossentropy._forms import evaluate
from crossentropy._probes import points
from crossentropy.diagnosis import MAX_CALLS, diagnose
from crossentropy.mistakes import TARGETS

FUNCTIONS = [name for name in TARGETS if hasattr(crossentropy, name)]
FORMS = [
    pytest.param(target, mistake.key, form, variant, id=f"{target.name}-{mistake.key}-{i}{variant}")
    for target in TARGETS.values()
    for mistake in target.mistakes.values()
    for i, form in enumerate(mistake.forms)
    for variant in (0, -1)
]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def keys(name, function, **options):
    diagnosis = diagnose(name, function, **options)
    return diagnosis.right, *diagnosis.mistakes


# --- every mistake of the table


@pytest.mark.parametrize(("target", "key", "form", "variant"), FORMS)
def test_every_form_of_every_mistake_is_named(target, key, form, variant):
    def student(*arguments):
        names = dict(zip(target.arguments, arguments, strict=True))
        return evaluate(form, names, target.n_axes)[variant]

    diagnosis = diagnose(target.name, student)
    assert diagnosis.mistakes == (key,)
    assert diagnosis.right == (key == "lost-digits")
    assert target.mistakes[key].name in diagnosis.message
    assert diagnosis.hint == target.mistakes[key].hint
    assert diagnosis.counterexample is not None


WRONG = {
    "sign": lambda w, X, y: X.T @ (y - sigmoid(X @ w)) / len(y),
    "sum-not-mean": lambda w, X, y: X.T @ (sigmoid(X @ w) - y),
    "not-transposed": lambda w, X, y: X @ (sigmoid(X @ w) - y) / len(y),
    "scalar-sum": lambda w, X, y: (
        sum((sigmoid(w @ x) - t) * x.sum() for x, t in zip(X, y, strict=True)) / len(y)
    ),
    "column-labels": lambda w, X, y: X.T @ (sigmoid(X @ w) - y.reshape(-1, 1)) / len(y),
    "row": lambda w, X, y: np.asmatrix(X.T @ (sigmoid(X @ w) - y) / len(y)),
    "extra-slope": lambda w, X, y: (
        X.T @ ((sigmoid(X @ w) - y) * sigmoid(X @ w) * sigmoid(-X @ w)) / len(y)
    ),
    "no-inner-derivative": lambda w, X, y: np.mean(sigmoid(X @ w) - y),
    "plus-minus-labels": lambda w, X, y: X.T @ (sigmoid(X @ w) - np.where(y == 0, -1, 1)) / len(y),
}


@pytest.mark.parametrize("key", WRONG)
def test_mistakes_in_the_words_of_a_student_are_named(key):
    assert keys("mean_loss_gradient", WRONG[key]) == (False, key)


# --- the truth, in many styles


def loops(w, X, y):
    total = [0] * len(w)
    for x, label in zip(X, y, strict=True):
        p = 1 / (1 + math.exp(-sum(a * b for a, b in zip(w, x, strict=True))))
        for j in range(len(w)):
            total[j] += (p - label) * x[j] / len(y)
    return total


RIGHT_MEAN_GRADIENTS = {
    "vectorised": lambda w, X, y: X.T @ (sigmoid(X @ w) - y) / len(y),
    "tanh": lambda w, X, y: (np.tanh(X @ w / 2) + 1 - 2 * y) @ X / 2 / len(y),
    "plus-minus": lambda w, X, y: np.mean(
        [-t * x * sigmoid(-t * (w @ x)) for x, t in zip(X, 2 * y - 1, strict=True)], axis=0
    ),
    "float32": lambda w, X, y: (X.T @ (sigmoid(X @ w) - y) / len(y)).astype(np.float32),
    "float32 all along": lambda w, X, y: (
        X.astype(np.float32).T
        @ (sigmoid((X @ w).astype(np.float32)) - y.astype(np.float32))
        / np.float32(len(y))
    ),
    "tuple": lambda w, X, y: tuple((sigmoid(X @ w) - y) @ X / y.size),
    "einsum": lambda w, X, y: np.einsum("i,ij->j", sigmoid(X @ w) - y, X) / len(X),
    "complex step": lambda w, X, y: np.array(
        [mean_loss(w + 1e-30j * e, X, y).imag / 1e-30 for e in np.eye(len(w))]
    ),
    "list of arrays": lambda w, X, y: (
        list(np.array_split(mean_loss_gradient(w, X, y), len(w)))
        and [np.float64(g) for g in mean_loss_gradient(w, X, y)]
    ),
}


@pytest.mark.parametrize("style", RIGHT_MEAN_GRADIENTS)
def test_the_gradient_of_the_mean_loss_is_right_in_any_style(style):
    assert keys("mean_loss_gradient", RIGHT_MEAN_GRADIENTS[style]) == (True,)


def test_a_loop_with_math_exp_is_right_until_it_overflows():
    diagnosis = diagnose("mean_loss_gradient", loops)
    assert diagnosis.mistakes == ("overflow",)
    assert diagnosis.message == (
        "Right for z from −4 to 4, but OverflowError: math range error at z = −800:"
        " an exponential is too large for floating point, or so small that it becomes 0."
    )


def stable_sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


RIGHT = [
    ("logistic_gradient", logistic_gradient),
    ("logistic_gradient", lambda w, x: x * sigmoid(w @ x) * (1 - sigmoid(w @ x))),
    ("logistic_gradient", lambda w, x: x / 4 / np.cosh(w @ x / 2) ** 2),
    (
        "logistic_gradient",
        lambda w, x: [stable_sigmoid(w @ x) * stable_sigmoid(-w @ x) * a for a in x],
    ),
    ("logistic_gradient", lambda w, x: (x * (1 - np.tanh(w @ x / 2) ** 2) / 4).astype("f4")),
    ("loss_gradient", loss_gradient),
    ("loss_gradient", lambda w, x, y: (sigmoid(w @ x) - y) * x),
    ("loss_gradient", lambda w, x, y: [(stable_sigmoid(w @ x) - y) * a for a in x]),
    ("loss_gradient", lambda w, x, y: -x * sigmoid(-w @ x) if y == 1 else x * sigmoid(w @ x)),
    ("mean_loss", mean_loss),
    ("mean_loss", lambda w, X, y: np.logaddexp(0, (1 - 2 * y) * (X @ w)).mean()),
    ("mean_loss", lambda w, X, y: np.float32(mean_loss(w, X, y))),
    ("mean_loss", lambda w, X, y: np.array(mean_loss(w, X, y))),
    ("mean_loss_hessian", crossentropy.mean_loss_hessian),
    ("mean_loss_hessian", lambda w, X, y: (X.T * (1 - np.tanh(X @ w / 2) ** 2)) @ X / 4 / len(X)),
    ("mean_loss_hessian", lambda w, X, y: crossentropy.mean_loss_hessian(w, X, y).tolist()),
    ("dp_dw", lambda z, x_j: x_j / (4 * math.cosh(z / 2) ** 2)),
    ("dH_dp", lambda p, y: (p - y) / (p * (1 - p))),
    ("bracket", lambda z, x_j, y: y - 1 / (1 + math.exp(-z))),
    ("dl_dw", lambda z, x_j, y: x_j * (0.5 + math.tanh(z / 2) / 2 - y)),
]


@pytest.mark.parametrize(("name", "function"), RIGHT)
def test_the_truth_is_right_in_any_style(name, function):
    diagnosis = diagnose(name, function)
    assert diagnosis.right
    assert diagnosis.mistakes == ()
    assert re.fullmatch(r"Right at all \d+ points that were tried\.", str(diagnosis))


def test_ints_are_as_good_as_floats():
    def student(w, x):
        g = logistic_gradient(w, x)
        return np.zeros(len(g), dtype=int) if np.abs(g).max() < 1e-12 else g

    assert keys("logistic_gradient", student) == (True,)


@pytest.mark.parametrize("seed", range(20))
def test_the_verdict_does_not_depend_on_what_is_drawn(seed):
    rng = np.random.default_rng
    assert keys("mean_loss_gradient", mean_loss_gradient, rng=rng(seed)) == (True,)
    assert keys("mean_loss_gradient", WRONG["extra-slope"], rng=rng(seed)) == (False, "extra-slope")


# --- extremes


def test_overflow_names_the_logit_and_what_came():
    diagnosis = diagnose(
        "logistic_gradient", lambda w, x: x * np.exp(-w @ x) / (1 + np.exp(-w @ x)) ** 2
    )
    assert diagnosis.mistakes == ("overflow",)
    assert diagnosis.message.startswith("Right for z from −4 to 4, but (NaN, NaN) at z = −800")
    assert str(diagnosis.counterexample) == (
        "At w = (−800, 0), x = (1, 2): expected (0, 0), got (NaN, NaN)."
    )


@pytest.mark.parametrize("log", [np.log, np.vectorize(math.log)])
def test_a_logarithm_of_0_is_no_overflow(log):
    def student(w, X, y):
        p = sigmoid(X @ w)
        return -np.mean(log(np.where(y == 1, p, 1 - p)))

    with np.errstate(divide="ignore"):
        diagnosis = diagnose("mean_loss", student)
    assert diagnosis.mistakes == ("saturated",)
    assert "at z = 40: p is rounded to 0 or 1" in diagnosis.message


@pytest.mark.parametrize("tiny", [1e-16, 1e-12, 1e-9, 1e-6])
def test_a_clipped_probability_is_found_wherever_it_is_clipped(tiny):
    def student(w, X, y):
        p = np.clip(sigmoid(X @ w), tiny, 1 - max(tiny, 1e-15))
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    assert keys("mean_loss", student) == (False, "clipped")


def test_a_numerical_gradient_of_a_clipped_loss_is_named_so():
    def student(w, x, y):
        z = np.clip(w @ x, -30, 30)
        return (sigmoid(z) - y) * x * (abs(w @ x) < 30)

    assert keys("loss_gradient", student) == (False, "clipped")


def test_a_sudden_jump_at_large_logits_is_wrong_there():
    def student(w, x, y):
        return loss_gradient(w, x, y) + (abs(w @ x) > 100)

    diagnosis = diagnose("loss_gradient", student)
    assert diagnosis.mistakes == ("wrong-at-extremes",)
    assert "z = −400" in diagnosis.message


@pytest.mark.parametrize("value", [None, "0", [0.0], np.zeros((2, 2))])
def test_an_answer_of_another_kind_at_large_logits_is_wrong_there(value):
    def student(w, x, y):
        return loss_gradient(w, x, y) if abs(w @ x) < 100 else value

    assert keys("loss_gradient", student) == (False, "wrong-at-extremes")


def test_a_loss_that_loses_digits_is_right_with_a_remark():
    diagnosis = diagnose("mean_loss", lambda w, X, y: np.mean(np.logaddexp(0, X @ w) - y * (X @ w)))
    assert diagnosis.right
    assert diagnosis.mistakes == ("lost-digits",)
    assert diagnosis.message == "Right, but small losses lose their digits."
    assert "got 0" in str(diagnosis.counterexample)


# --- soft labels


def by_cases(w, X, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, -1, 1) * (X @ w)))


def test_soft_labels_count_only_where_they_are_asked_for():
    assert keys("mean_loss", by_cases) == (True,)
    assert keys("mean_loss", by_cases, soft_labels=True) == (False, "hard-labels-only")
    assert keys("mean_loss", mean_loss, soft_labels=True) == (True,)


# --- two mistakes at once


@pytest.mark.parametrize(
    ("name", "function", "expected"),
    [
        ("loss_gradient", lambda w, x, y: y - sigmoid(w @ x), {"sign", "no-inner-derivative"}),
        (
            "loss_gradient",
            lambda w, x, y: (sigmoid(w @ x) - 1 + y) * x * sigmoid(w @ x) * sigmoid(-w @ x),
            {"swapped-labels", "extra-slope"},
        ),
        (
            "mean_loss_gradient",
            lambda w, X, y: X @ (sigmoid(X @ w) - y),
            {"not-transposed", "sum-not-mean"},
        ),
        (
            "mean_loss_gradient",
            lambda w, X, y: X.T @ ((y - sigmoid(X @ w)) / sigmoid(X @ w)) / len(y),
            {"sign", "no-square"},
        ),
        (
            "mean_loss",
            lambda w, X, y: np.sum(y * np.log(sigmoid(X @ w)) + (1 - y) * np.log(sigmoid(-X @ w))),
            {"sign", "sum-not-mean"},
        ),
        ("mean_loss_hessian", lambda w, X, y: X.T @ X, {"no-slope", "sum-not-mean"}),
        ("dp_dw", lambda z, x_j: -sigmoid(-z), {"sign", "no-inner-derivative", "no-square"}),
    ],
)
def test_two_mistakes_at_once_are_both_named(name, function, expected):
    diagnosis = diagnose(name, function)
    assert not diagnosis.right
    if len(expected) == 2:
        assert set(diagnosis.mistakes) == expected
        assert diagnosis.message.startswith("Not right, for two reasons: ")
    else:
        assert diagnosis.mistakes == ()


# --- unknown mistakes


@pytest.mark.parametrize("factor", [2, 0.5, -2])
@pytest.mark.parametrize("name", ["loss_gradient", "mean_loss_gradient", "mean_loss_hessian"])
def test_a_factor_is_not_taken_for_two_mistakes_that_cancel(name, factor):
    def student(*arguments):
        return factor * getattr(crossentropy, name)(*arguments)

    assert keys(name, student) == (False, "constant-factor")


def test_a_constant_factor_is_found():
    diagnosis = diagnose("loss_gradient", lambda w, x, y: 3 * x * (sigmoid(w @ x) - y))
    assert diagnosis.mistakes == ("constant-factor",)
    assert diagnosis.message == (
        "Not right: every value is off by the same factor: it is 3 times the truth."
    )
    assert str(diagnosis.counterexample) == (
        "At w = (1, 0.5), x = (2, −1), y = 1: expected (−0.3649, 0.1824), got (−1.095, 0.5473)."
    )


def test_a_function_that_is_right_for_one_label_is_told_for_which():
    diagnosis = diagnose("loss_gradient", lambda w, x, y: x * (sigmoid(w @ x) - y / 2))
    assert diagnosis.mistakes == ("one-label",)
    assert diagnosis.message.endswith(": right where y = 0, wrong where y = 1.")
    diagnosis = diagnose("mean_loss", lambda w, X, y: mean_loss(w, X, y) + (y - 1).sum())
    assert diagnosis.mistakes == ("one-label",)
    assert diagnosis.message.endswith(": right where y = 1, wrong where y = 0.")


def test_a_function_that_is_right_for_one_sample_is_told_so():
    def student(w, X, y):
        return mean_loss_gradient(w, X[:1], y[:1])

    assert keys("mean_loss_gradient", student) == (False, "one-sample")


def test_a_logarithm_of_a_negative_number_is_not_finite():
    def student(w, X, y):
        return np.log(np.negative(mean_loss(w, X, y)))

    assert keys("mean_loss", student) == (False, "not-finite")


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("logistic_gradient", lambda w, x: x * np.tanh(w @ x)),
        ("loss_gradient", lambda w, x, y: x * (sigmoid(w @ x) - y) ** 3),
        ("mean_loss_gradient", lambda w, X, y: X.T @ (np.tanh(X @ w) - y) / len(y)),
        ("mean_loss_hessian", lambda w, X, y: (X.T * np.tanh(X @ w)) @ X / len(y)),
    ],
)
def test_a_wrong_factor_of_the_right_features_is_told_from_wrong_features(name, function):
    assert keys(name, function) == (False, "wrong-factor")


@pytest.mark.parametrize(
    ("function", "fact"),
    [
        (lambda w, X, y: mean_loss(w, X, y) ** 2, " The shape and every sign are right."),
        (
            lambda w, X, y: -(mean_loss(w, X, y) ** 2),
            " The shape is right, and every sign is opposite.",
        ),
        (lambda w, X, y: mean_loss(w, X, y) - 1, " The shape is right."),
        (lambda w, X, y: 0.0 if len(X) < 3 else [0.0], ""),
    ],
)
def test_an_unknown_mistake_says_what_is_known(function, fact):
    diagnosis = diagnose("mean_loss", function)
    assert not diagnosis.right
    assert diagnosis.mistake is None
    assert diagnosis.message == f"Not right, and of no kind that is known here.{fact}"
    assert diagnosis.hint.startswith("Do this point by hand")


def test_a_numerical_derivative_is_approximate():
    def student(w, X, y):
        steps = 1e-5 * np.eye(len(w))
        return [(mean_loss(w + h, X, y) - mean_loss(w, X, y)) / 1e-5 for h in steps]

    assert keys("mean_loss_gradient", student) == (False, "approximate")


# --- whatever a function does


class Liar:
    """An object that says yes to every comparison."""

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        raise RuntimeError("no")


class LyingArray(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.True_

    def __eq__(self, other):
        return np.True_


class BrokenError(Exception):
    def __str__(self):
        raise RuntimeError("no")


def raising(error):
    def student(*arguments):
        raise error

    return student


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize(
    ("function", "key"),
    [
        (lambda *a: None, "nothing-returned"),
        (lambda *a: "1.5", "not-numbers"),
        (lambda *a: {}, "not-numbers"),
        (lambda *a: [1, [2, 3]], "not-numbers"),
        (lambda *a: 1j, "not-numbers"),
        (lambda *a: 10**400, "not-numbers"),
        (lambda *a: np.zeros(20_000), "not-numbers"),
        (lambda *a: Liar(), "not-numbers"),
        (lambda *a: [None], "not-numbers"),
        (lambda *a: np.zeros((2, 2, 2)), "wrong-shape"),
        (lambda: 1, "raises"),
        (raising(BrokenError()), "raises"),
        (raising(ZeroDivisionError("division by zero")), "raises"),
    ],
)
def test_whatever_comes_back_is_named(name, function, key):
    diagnosis = diagnose(name, function)
    assert (diagnosis.right, diagnosis.mistake) == (False, key)
    assert str(diagnosis)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, True, 7, 1e300])
@pytest.mark.parametrize("name", TARGETS)
def test_a_constant_is_never_right(name, value):
    assert not diagnose(name, lambda *a: value).right


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_array_that_lies_about_comparisons_is_compared_all_the_same(name):
    def student(*arguments):
        truth = np.asarray(getattr(crossentropy, name)(*arguments))
        return (truth + 1).view(LyingArray)

    assert not diagnose(name, student).right


def test_an_error_is_shown_at_the_point_where_it_came():
    diagnosis = diagnose("loss_gradient", raising(NameError("name 'sigma' is not defined")))
    assert str(diagnosis) == (
        "Not right: an error is raised.\n"
        "At w = (1, 0.5), x = (2, −1), y = 1:"
        " expected (−0.3649, 0.1824), got NameError: name 'sigma' is not defined.\n"
        "Hint: Call your function yourself with these arguments."
    )


def test_what_is_no_exception_passes_through():
    with pytest.raises(SystemExit):
        diagnose("loss_gradient", raising(SystemExit(3)))
    with pytest.raises(KeyboardInterrupt):
        diagnose("loss_gradient", raising(KeyboardInterrupt()))


def test_exceptions_to_raise_again_pass_through():
    with pytest.raises(ConnectionError):
        diagnose("loss_gradient", raising(ConnectionError()), reraise=(ConnectionError,))
    assert diagnose("loss_gradient", raising(ConnectionError())).mistake == "raises"


def test_a_call_that_takes_too_long_is_the_last():
    calls = []

    def student(w, x, y):
        calls.append(w)
        if len(calls) == 3:
            raise TimeoutError("no result within 2 seconds")
        return loss_gradient(w, x, y)

    diagnosis = diagnose("loss_gradient", student)
    assert (diagnosis.right, diagnosis.mistake, len(calls)) == (False, "endless", 3)
    assert diagnosis.counterexample.got == "TimeoutError: no result within 2 seconds"


def test_a_function_that_changes_its_arguments_is_right_with_a_remark():
    def student(w, X, y):
        z = X @ w
        y -= sigmoid(z)
        return -X.T @ y / len(y)

    diagnosis = diagnose("mean_loss_gradient", student)
    assert diagnosis.right
    assert diagnosis.message == "Right, but the function changes its arguments (here y)."


def test_changing_the_arguments_does_not_reach_the_next_call():
    seen = []

    def student(w, x):
        seen.append(w.copy())
        gradient = logistic_gradient(w, x)
        w[:] = x[:] = 0
        return gradient

    assert diagnose("logistic_gradient", student).right
    assert np.array_equal(seen[0], [1, 0.5])
    assert np.array_equal(seen[-1], [1, 0.5])


def test_a_function_that_draws_its_result_is_not_deterministic():
    noise = np.random.default_rng(3)

    def student(w, x, y):
        return loss_gradient(w, x, y) + noise.normal()

    assert diagnose("loss_gradient", student).mistake == "not-deterministic"


def test_a_function_that_knows_the_public_points_alone_is_not_right():
    target = TARGETS["loss_gradient"]
    fixed = [p for p in points(target.arguments, np.random.default_rng(0)) if not p.drawn]

    def student(w, x, y):
        for point in fixed:
            if all(
                np.array_equal(a, b)
                for a, b in zip((w, x, y), point.arguments.values(), strict=True)
            ):
                return loss_gradient(w, x, y)
        return -loss_gradient(w, x, y)

    diagnosis = diagnose("loss_gradient", student, rng=np.random.default_rng(9))
    assert not diagnosis.right
    assert diagnosis.counterexample.drawn


@pytest.mark.parametrize("name", TARGETS)
def test_the_number_of_calls_is_bounded(name):
    calls = []

    def student(*arguments):
        calls.append(arguments)
        return 0.0

    diagnose(name, student)
    assert len(calls) <= MAX_CALLS


def test_warnings_and_prints_of_a_function_are_no_mistake(capsys):
    def student(w, x, y):
        print("hello")
        np.exp(1000.0)
        np.asmatrix(x)
        return loss_gradient(w, x, y)

    assert diagnose("loss_gradient", student).right
    assert "hello" in capsys.readouterr().out


def test_an_unknown_target_is_refused():
    with pytest.raises(ValueError, match=r"^name must be one of dp_dw, .*, came 'gradient'$"):
        diagnose("gradient", loss_gradient)
