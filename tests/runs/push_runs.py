"""Push and pull: the push of each sample, then their sum."""

import numpy as np
from widget_states import said

from crossentropy import logistic, loss_gradient
from runs import ALL_HANDS, FOUR, SIX, Runs

RUNS = Runs("push and pull")
W = np.array([1, 0.5])
X = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], dtype=float)
Y = np.array([1, 1, 0, 0, 0, 0])
PUSHES = -loss_gradient(W, X, Y)
SUM = PUSHES.sum(axis=0)
ASK = [0, 5, 3, 4]
CODE = f"PushAndPull([1, 0.5], {SIX}, ask={ASK})"


def draw(hand, push):
    """Draw the arrow, by its tip or with the sliders, and compare."""
    sliders = [hand.find("slider", f"push in {name}") for name in ("w₁", "w₂")]
    if hand.drags:
        drawn = [float(slider.input_value()) for slider in sliders]
        unit = hand.widget.locator("path.xe-cross").evaluate("e => e.getBBox().width") / 6
        right, up = (push - np.array(drawn)) * unit  # the axes are from -3 to 3
        hand.drag_grip(hand.widget.locator(".xe-grip"), (right, -up))
    else:
        for slider, value in zip(sliders, push, strict=True):
            hand.slide(slider, value)
    hand.press("Compare")


@RUNS.add(CODE, page=FOUR, hands=ALL_HANDS)
def solved(hand):
    for number, i in enumerate(ASK):
        draw(hand, PUSHES[i])
        assert said(hand.widget).startswith("Right: −x(p − y)")
        hand.press("All samples" if number == len(ASK) - 1 else "Next sample")
    draw(hand, SUM)
    assert "−∇L = (−0.05, −0.01)" in said(hand.widget)
    hand.press("Finish")
    assert "Done." in hand.widget.inner_text()


MORE = np.array([[2, -1], [1, 1], [1, -0.5], [1, 2], [-1, 1], [-2, -1], [1, -2]])
LABELS = np.array([1, 0, 1, 1, 0, 0, 0])
P = logistic(W, MORE)
WANTED = -loss_gradient(W, MORE, LABELS)
MISTAKES = {  # by the sample, what is drawn and what the answer begins with
    0: (
        (np.zeros(2), "Drag the tip of the arrow first"),
        (-WANTED[0], "You drew the direction of +x(p − y), the gradient"),
        (-P[0] * MORE[0], "You drew −xp: the push for the label 0, or one in which the label"),
        (W, "Your arrow lies along w"),
        (MORE[0] - W, "Your arrow lies on the line between w and the sample"),
        ([0.2, 0.2], "Your arrow has two equal components: the features do not appear"),
        ([0.2, 0.4], "The push lies on the line through the origin and the sample"),
        (MORE[0], "The direction is right, but this is all of x"),
        (P[0] * MORE[0], "The direction is right. For the length you took the probability"),
        (2 * WANTED[0], "The direction is right, but this is twice the error"),
        (2.5 * WANTED[0], "The direction is right, but p is nearly y: the error is only 0.18"),
    ),
    1: (
        (-WANTED[1], "You drew along x, but y = 0."),
        (2 * P[1] * (1 - P[1]) * WANTED[1], "The direction is right, but the length has one"),
        (0.5 * WANTED[1], "The direction is right, but p is far from y: the error is 0.82"),
        (-(1 + P[1]) * MORE[1], "The direction is right, but you took the label for −1"),
    ),
    2: ((WANTED[2] / (P[2] * (1 - P[2])), "The direction is right, but the length is divided"),),
}


@RUNS.add(f"PushAndPull([1, 0.5], {MORE.tolist()}, {LABELS.tolist()}, ask={list(MISTAKES)})")
def draws_each_mistake(hand):
    for i, drawings in MISTAKES.items():
        for push, says in drawings:
            draw(hand, push)
            assert said(hand.widget).startswith(says), said(hand.widget)
        draw(hand, WANTED[i])
        assert said(hand.widget).startswith("Right"), i
        assert all(slider.is_disabled() for slider in hand.widget.get_by_role("slider").all())
        hand.press("All samples" if i == 2 else "Next sample")


WEIGHTS = np.array([0.5, 0.5])
FIVE = np.array([[1, -0.5], [1.5, -1], [0, 0.5], [-1.5, 2], [1, 1.5]])
FIVE_LABELS = np.array([0, 0, 1, 0, 1])
Q = logistic(WEIGHTS, FIVE)
ERRORS, SLOPES = Q - FIVE_LABELS, Q * (1 - Q)
PULLS = -loss_gradient(WEIGHTS, FIVE, FIVE_LABELS)
SUMS = (  # what each sample counts in a wrong sum, and what the answer begins with
    (0 * ERRORS, "Draw an arrow first"),
    (ERRORS / len(FIVE), "The direction is right, and you drew the mean"),
    (0.5 * ERRORS, "The direction is right, but the sum is longer"),
    (2.5 * ERRORS, "The direction is right, but the pushes nearly cancel"),
    (2 * ERRORS, "You drew twice the sum"),
    (-ERRORS, "You drew the opposite"),
    (-np.abs(ERRORS), "You turned the pushes of the squares around"),
    (ERRORS * FIVE_LABELS, "You added up the samples of one label alone"),
    (ERRORS * (1 - FIVE_LABELS), "You added up the samples of one label alone"),
    (ERRORS * (np.arange(5) == np.hypot(*PULLS.T).argmax()), "You drew the hardest push alone"),
    (np.sign(ERRORS), "You added up the inputs as they are"),
    (ERRORS * SLOPES, "You drew the sum with one factor p(1 − p) too many"),
    (ERRORS / SLOPES, "You drew the sum of the pushes divided by p(1 − p)"),
    (ERRORS + 1 - FIVE_LABELS, "You took the squares for samples of label −1"),
    (Q, "You added up −xp: the labels do not appear"),
    (ERRORS + 2 * FIVE_LABELS - 1, "You drew the sum with the two labels swapped"),
)


@RUNS.add(f"PushAndPull({WEIGHTS.tolist()}, {FIVE.tolist()}, {FIVE_LABELS.tolist()}, ask=[0])")
def adds_up_wrongly_in_each_way(hand):
    draw(hand, PULLS[0])
    hand.press("All samples")
    sums = [(-counts @ FIVE, says) for counts, says in SUMS]
    sums.append(([-ERRORS.sum()] * 2, "You added up the errors without the features"))
    sums.append(([1, 1], "That is not where they lead together"))
    for push, says in sums:
        draw(hand, push)
        assert said(hand.widget).startswith(says), said(hand.widget)
    hand.press("Show me")
    assert said(hand.widget).startswith("Put one after the other")


@RUNS.add(CODE, page=FOUR)
def sees_no_answer_before_the_drawing(hand):
    def shown():
        paths = [hand.widget.locator(f".xe-{kind}") for kind in ("truth", "pull1")]
        return [path.get_attribute("d") for path in paths]

    assert shown() == ["", ""]
    hand.slide("push in w₁", 0.35)
    hand.slide("push in w₂", -0.2)
    assert shown() == ["", ""]
    hand.press("Compare")
    assert shown()[0]
