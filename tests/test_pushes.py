"""Push and pull: what the widget's JavaScript says to a drawing."""

import numpy as np
import pytest
from widget_javascript import evaluate

from crossentropy import logistic, loss_gradient, mean_loss_gradient

W = np.array([1, 0.5])
X = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], dtype=float)
Y = np.array([1, 1, 0, 0, 0, 0], dtype=float)
PUSHES = -loss_gradient(W, X, Y)
SUM = PUSHES.sum(axis=0)


def judge(drawn, i):
    return evaluate(
        "push_words",
        "(() => { const verdict = judgePush(drawn, w, x, y);"
        " return { ...verdict, words: pushWords(verdict, w, x, y) }; })()",
        drawn=drawn,
        w=W,
        x=X[i],
        y=Y[i],
    )


def judge_sum(drawn):
    return evaluate(
        "push_words",
        "(() => { const verdict = judgeSum(drawn, w, X, y);"
        " return { ...verdict, words: sumWords(verdict, pushes) }; })()",
        drawn=drawn,
        w=W,
        X=X,
        y=Y,
        pushes=PUSHES,
    )


def turned(vector, degrees):
    """Return a vector turned to the left."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]]) @ vector


def test_the_push_is_minus_the_gradient():
    pushes = evaluate("pushes", "X.map((x, i) => pushOf(w, x, y[i]))", w=W, X=X, y=Y)
    np.testing.assert_allclose(pushes, PUSHES, rtol=1e-14)


@pytest.mark.parametrize("i", range(6))
def test_the_push_itself_is_right_for_every_sample(i):
    verdict = judge(PUSHES[i], i)
    assert verdict["key"] == "right"
    assert abs(verdict["angle"]) < 1e-9
    assert verdict["ratio"] == pytest.approx(1)


@pytest.mark.parametrize("degrees", [-12, 12])
def test_a_drawing_by_hand_is_right_within_some_degrees(degrees):
    verdict = judge(1.2 * turned(PUSHES[5], degrees), 5)
    assert verdict["key"] == "right"
    assert verdict["angle"] == pytest.approx(degrees)
    assert verdict["ratio"] == pytest.approx(1.2)


P = logistic(W, X)
E = np.abs(P - Y)


def direction(i):
    return PUSHES[i] / E[i]  # x or -x


@pytest.mark.parametrize(
    ("key", "i", "drawn", "says"),
    [
        ("nothing", 0, [0, 0], "Drag the tip"),
        ("sign", 0, -PUSHES[0], "You drew the direction of +{x}({p} − {y}), the gradient"),
        ("sign", 5, -PUSHES[5], "along {x}, but {y} = 0"),
        ("swapped-labels", 0, -P[0] * X[0], "the label 0, or one in which the label is forgotten"),
        ("swapped-labels", 5, (1 - P[5]) * X[5], "the label 1"),
        ("along-w", 2, W, "along {w}"),
        ("along-w", 0, -W, "along {w}"),
        ("towards-w", 5, 2 * (X[5] - W), "between {w} and the sample"),
        ("towards-w", 0, W - X[0], "between {w} and the sample"),
        ("all-of-x", 0, X[0], "all of {x}"),
        ("all-of-x", 3, direction(3), "all of {x}"),
        ("probability-of-y", 0, P[0] * X[0], "pushes little"),
        ("extra-slope", 5, PUSHES[5] * P[5] * (1 - P[5]), "squared loss"),
        ("extra-slope", 5, 2 * PUSHES[5] * P[5] * (1 - P[5]), "squared loss"),
        ("divided-by-slope", 5, PUSHES[5] / (P[5] * (1 - P[5])), "divided by {p}(1 − {p})"),
        ("divided-by-slope", 0, PUSHES[0] / (P[0] * (1 - P[0])), "divided by {p}(1 − {p})"),
        ("squared-loss", 0, 2 * PUSHES[0], "twice the error"),
        ("squared-loss", 2, 2 * PUSHES[2], "twice the error"),
        ("plus-minus-labels", 5, -(P[5] + 1) * X[5], "you took the label for −1"),
        ("plus-minus-labels", 4, -(P[4] + 1) * X[4], "you took the label for −1"),
        ("no-inner-derivative", 0, [E[0], E[0]], "the features do not appear"),
        ("no-inner-derivative", 4, [-E[4], -E[4]], "the features do not appear"),
        ("too-long", 0, 1.6 * PUSHES[0], "pushes little"),
        ("too-long", 4, 1.6 * PUSHES[4], "shorter than you drew"),
        ("too-short", 5, 0.5 * PUSHES[5], "pushes hard"),
        ("too-short", 2, 0.6 * PUSHES[2], "longer than you drew"),
        ("turned", 0, turned(PUSHES[0], 110), "through the origin and the sample"),
    ],
)
def test_a_classic_mistake_is_named(key, i, drawn, says):
    verdict = judge(drawn, i)
    assert verdict["key"] == key
    assert says in verdict["words"]
    if key != "nothing":
        assert "° off" in verdict["words"]


def test_the_right_words_hold_the_numbers():
    words = judge(PUSHES[0], 0)["words"]
    assert "−(2, −1) · (−0.18) = (0.36, −0.18)" in words


@pytest.mark.parametrize(
    ("key", "drawn", "says"),
    [
        ("right", SUM, "−∇L = (−0.05, −0.01)"),
        ("right", turned(SUM, 20), "−∇L"),
        ("nothing", [0, 0], "Draw an arrow first"),
        ("hardest-alone", PUSHES[5], "hardest push alone"),
        ("uphill", -SUM, "the mean loss rises"),
        ("mean-for-sum", SUM / 6, "the mean, one 6th"),
        ("too-short", 0.4 * SUM, "the sum is longer"),
        ("too-long", 4 * SUM, "nearly cancel"),
        ("squared-loss", 2 * SUM, "twice the sum"),
        ("inner-sign", E @ X, "pushes of the squares around"),
        ("term-lost", PUSHES[Y == 0].sum(axis=0), "one label alone"),
        ("term-lost", PUSHES[Y == 1].sum(axis=0), "one label alone"),
        ("no-inner-derivative", [np.sum(Y - P)] * 2, "without the features"),
        ("all-of-x", (2 * Y - 1) @ X, "the inputs as they are"),
        ("extra-slope", PUSHES.T @ (P * (1 - P)), "one factor {p}(1 − {p}) too many"),
        ("divided-by-slope", PUSHES.T @ (1 / (P * (1 - P))), "divided by {p}(1 − {p})"),
        ("plus-minus-labels", X.T @ (2 * Y - 1 - P), "samples of label −1"),
        ("labels-forgotten", -P @ X, "the labels do not appear"),
        ("swapped-labels", (1 - Y - P) @ X, "labels swapped"),
        ("turned", turned(SUM, 90), "one at the tip of the other"),
    ],
)
def test_the_sum_is_judged_by_name(key, drawn, says):
    verdict = judge_sum(drawn)
    assert verdict["key"] == key
    assert says in verdict["words"]


def test_the_mean_of_the_pushes_is_minus_the_gradient_of_the_mean_loss():
    np.testing.assert_allclose(SUM / 6, -mean_loss_gradient(W, X, Y))
