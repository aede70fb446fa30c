"""The logistic explorer: a prediction, then a probability and a slope to hit."""

from widget_states import said

from runs import ALL_HANDS, TWO, Runs

RUNS = Runs("logistic explorer")


def start(x=2, targets="probabilities=[0.9]"):
    """Return the cell."""
    return f"LogisticExplorer(x={x}, b=-0.5, {targets})"


def grip(widget):
    """Return where the dot is on the screen."""
    widget.locator(".xe-dot").scroll_into_view_if_needed()
    box = widget.locator(".xe-dot").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def bring(hand, w):
    """Bring the weight to a value: by dragging the dot, or with the slider."""
    weight = hand.find("slider", "weight")
    if not hand.drags:
        return hand.slide(weight, w)
    left, top = grip(hand.widget)
    unit = hand.widget.locator(".xe-curve").bounding_box()["width"] / 8  # the axis is w, from -4
    hand.drag((left, top), (left + (w - float(weight.input_value())) * unit, top))


@RUNS.add(start(targets="probabilities=[0.9], slopes=[0.3]"), page=TWO, hands=ALL_HANDS)
def solved(hand):
    hand.press("w must grow")
    bring(hand, 1.35)
    hand.press("Check")
    assert "the logarithm of the odds, log(0.90/0.10) = 2.20" in said(hand.widget)
    hand.press("towards ½")
    bring(hand, 1)
    hand.press("Check")
    slope = r"Right: the slope is p(1 − p)x = 0.82 · 0.18 · 2 = 0.30"
    assert said(hand.widget).startswith(slope)
    assert "Done." in hand.widget.inner_text()


WHY = "since x = {} is {}, a {} w gives a {} score"
PREDICTIONS = [  # x, the target, what w must do, and why
    (2, 0.9, "grow", WHY.format("2", "positive", "larger", "higher")),
    (2, 0.2, "shrink", WHY.format("2", "positive", "smaller", "lower")),
    (-1, 0.9, "shrink", WHY.format("−1", "negative", "smaller", "higher")),
]


def predict(hand, prediction, verdict, reason):
    """Predict, and start over."""
    hand.press(prediction)
    assert said(hand.widget).startswith(verdict)
    assert reason in said(hand.widget)
    hand.press("Start over")


@RUNS.add(start(), x=2)
@RUNS.add(start(targets="probabilities=[0.2]"), x=2, target=0.2)
@RUNS.add(start(x=-1), x=-1)
def predicts_w(hand, x, target=0.9):
    (way, reason) = {(a, b): rest for a, b, *rest in PREDICTIONS}[x, target]
    for guess in ("grow", "shrink"):
        verdict = "Right." if guess == way else "It is the other way round."
        predict(hand, f"w must {guess}", verdict, reason)


@RUNS.add(start(targets="probabilities=[], slopes=[0.49]"), flatter=False)
@RUNS.add(start(targets="probabilities=[], slopes=[0.3]"), flatter=True)
def predicts_where_it_is_steeper(hand, flatter):
    way = "away from ½" if flatter else "towards ½"
    reason = f"a {'flatter' if flatter else 'steeper'} tangent lies"
    for guess in ("towards ½", "away from ½"):
        predict(hand, guess, "Right." if guess == way else "It is the other way round.", reason)


def miss(hand, says, **sliders):
    """Set the sliders and have the setting checked."""
    for name, value in sliders.items():
        hand.slide(name, value)
    hand.press("Check")
    assert says in said(hand.widget)
    assert hand.widget.locator(".xe-feedback").get_attribute("data-kind") == "wrong"


@RUNS.add(start())
def misses_a_probability(hand):
    hand.press("w must grow")
    miss(hand, "Not yet: p = 0.82 is too small, so raise the score: raise w", weight=1)
    miss(hand, "Not yet: p = 0.97 is too large, so lower the score: lower w", weight=2)
    miss(hand, "That is the other outcome: 1 − p is 0.90", weight=-0.85)
    miss(hand, "You have set the score z to 0.90", weight=1, rest=-1.1)


@RUNS.add(start(targets="probabilities=[], slopes=[0.3]"))
def misses_a_slope(hand):
    hand.press("towards ½")
    miss(hand, "You have set the probability p to 0.30", weight=-0.17)
    miss(hand, "too flat, because p = 0.97 is too near to 1", weight=2)
    miss(hand, "too flat, because p = 0.01 is too near to 0", weight=-2)
    miss(hand, "too steep, because p = 0.62 is too near to ½", weight=0.5)


@RUNS.add(start(targets="probabilities=[], slopes=[0.2]"))
def forgets_the_factor_x(hand):
    hand.press("away from ½")
    miss(hand, "the factor x is missing", weight=0.75)


@RUNS.add(start(x=-1, targets="probabilities=[], slopes=[-0.2]"))
def misses_a_slope_where_x_is_negative(hand):
    hand.press("away from ½")
    hint = "To move p towards ½, raise the score: lower w, since x = −1 is negative"
    miss(hand, hint, weight=4)
