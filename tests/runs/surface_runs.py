"""The loss-surface explorer: six tasks, and the mistakes in each."""

import numpy as np
from widget_states import said

from crossentropy import newton
from runs import ALL_HANDS, SEVEN, SIX, Runs

RUNS = Runs("loss-surface explorer")
X = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], dtype=float)
AFTER = newton([0, 0], X, np.array([1, 1, 0, 0, 1, 0])).weights
CODE = f"LossSurfaceExplorer({SIX}, flip=4)"


def map_of(widget):
    """Return the map of the loss."""
    return widget.locator("svg").nth(1)


def on_screen(view, point, reach):
    """Return where a point of a plane from -reach to reach is on the screen."""
    box = view.locator(".xe-axis").first.bounding_box()  # the axis below
    unit = box["width"] / (2 * reach)
    return box["x"] + (point[0] + reach) * unit, box["y"] - (point[1] + reach) * unit


def put(hand, w):
    """Put the point of the map somewhere: by dragging it, or with the sliders."""
    sliders = [hand.find("slider", f"weight {name}") for name in ("w₁", "w₂")]
    if hand.drags:
        view = map_of(hand.widget)
        view.scroll_into_view_if_needed()
        now = [float(slider.input_value()) for slider in sliders]
        hand.drag(on_screen(view, now, 4), on_screen(view, w, 4))
    else:
        for slider, value in zip(sliders, w, strict=True):
            hand.slide(slider, value)


def rate(hand, value):
    """Set the step size; its slider has the logarithm."""
    hand.slide("step size", np.log10(value).round(2))


def check(hand, says):
    """Have an attempt checked, and compare the answer."""
    hand.press("Check")
    assert says in said(hand.widget), said(hand.widget)


def go_to_task(hand, number):
    """Leave the tasks before one behind."""
    for _ in range(number):
        hand.press("Check")
        shown = hand.find("button", "Show me").count()
        hand.press("Show me" if shown else "Skip it")
        if shown:
            hand.press("Next task")
    assert f"Task {number + 1} of 6." in hand.widget.inner_text()


def unfold_samples(hand):
    """Open what changes the samples."""
    hand.press(hand.widget.locator("summary"))


@RUNS.add(CODE, page=SEVEN, hands=ALL_HANDS)
def solved(hand):
    put(hand, AFTER)
    check(hand, "Right: the lowest point goes from (0.81, 0.43) to (1.67, −0.69)")
    hand.press("Next task")

    rate(hand, 4)
    put(hand, (-2, 2))
    hand.press("Run")
    check(hand, "lands on the other side")
    hand.press("Next task")

    rate(hand, 4.5)
    check(hand, "never goes up, and a tenth more does")
    hand.press("Next task")

    hand.choose("the pulls of the samples cancel")
    for _ in range(6):
        hand.press("Newton step")
    check(hand, "the tug of war ends in a draw")
    hand.press("Next task")

    hand.choose("grow for ever, while the loss falls")
    unfold_samples(hand)
    hand.press("Previous")
    hand.press("Flip its label")
    hand.press("Run")
    check(hand, "longer is always better")
    hand.press("Next task")

    hand.pick("squared loss", "loss")
    put(hand, (-3.95, -1.5))
    check(hand, "Right: the loss is")
    hand.press("Finish")
    assert "Done." in hand.widget.inner_text()


@RUNS.add(CODE, page=SEVEN)
def predicts_the_lowest_point_wrongly(hand):
    check(hand, "The point lies where the task put it")
    for w, says in (
        ((0.8, 0.4), "You left the point where it was lowest so far"),
        ((1, -2), "This map shows weights"),
        ((0.1, 1.4), "You went the other way"),
        ((1.2, -0.1), "you stopped too early"),
        ((2.6, -1.9), "you went too far"),
        ((2, 0.6), "° off"),
    ):
        put(hand, w)
        check(hand, says)
        assert hand.find("button", "Check").is_visible()


@RUNS.add(CODE, page=SEVEN)
def takes_other_samples_or_another_loss(hand):
    unfold_samples(hand)
    hand.press("Remove it")
    put(hand, AFTER.round(1))
    check(hand, "These are no longer the samples of the task")
    hand.pick("as at the start", "replace all by")
    hand.pick("squared loss", "loss")
    check(hand, "This task is about the cross entropy")
    hand.pick("cross entropy", "loss")
    put(hand, AFTER.round(1))
    check(hand, "Right")


@RUNS.add(CODE, page=SEVEN)
def chooses_wrong_step_sizes(hand):
    go_to_task(hand, 1)
    check(hand, "Run the descent first")
    hand.press("Run")
    check(hand, "nothing swings")
    hand.press("Show me")
    hand.press("Next task")
    for value, says in (
        (2, "You took 4n/‖X‖² = 2.00"),
        (3, "You are looking for the largest"),
        (5.5, "the loss goes up at step"),
    ):
        rate(hand, value)
        check(hand, says)


@RUNS.add(CODE, page=SEVEN)
def changes_the_step_size_after_the_path(hand):
    go_to_task(hand, 1)
    rate(hand, 6)
    for _ in range(4):
        hand.press("Step")
    rate(hand, 0.1)
    for _ in range(4):
        hand.press("Step")
    check(hand, "at least eight steps with the same η")
    rate(hand, 6)
    for _ in range(8):
        hand.press("Step")
    rate(hand, 0.1)
    check(hand, "Right: with η = 6.0")


@RUNS.add(CODE, page=SEVEN)
def takes_the_gradient_for_something_else(hand):
    go_to_task(hand, 3)
    check(hand, "Choose an answer first")
    hand.choose("every p equals its y")
    check(hand, "Go to the lowest point first")
    for _ in range(6):
        hand.press("Newton step")
    check(hand, "“Gradient zero” does not mean p = y")
    hand.choose("the loss is zero")
    check(hand, "not 0")
    hand.choose("the weights are zero")
    check(hand, "The weights are (0.81")


@RUNS.add(CODE, page=SEVEN)
def expects_an_end_of_the_weights(hand):
    go_to_task(hand, 4)
    check(hand, "Predict first: choose an answer")
    hand.choose("come to rest at a new lowest point")
    check(hand, "Not separable yet")
    unfold_samples(hand)
    hand.press("Previous")
    hand.press("Flip its label")
    check(hand, "Now run at least 100 steps")
    hand.press("Run")
    for prediction, says in (
        ("come to rest at a new lowest point", "You expected a lowest point"),
        ("stop once every p equals its y", "no finite score gives p = 1"),
        ("grow until a number overflows", "no number here overflows"),
    ):
        if hand.find("radio", prediction).is_enabled():
            hand.choose(prediction)
        check(hand, says)
    hand.choose("grow for ever, while the loss falls")
    check(hand, "Right: After 300 steps")


@RUNS.add(CODE, page=SEVEN)
def looks_for_flat_ground_in_wrong_places(hand):
    go_to_task(hand, 5)
    check(hand, "Switch to the squared loss")
    hand.pick("squared loss", "loss")
    check(hand, "still steep")
    put(hand, (-0.1, 0.1))
    check(hand, "still steep")
    put(hand, (0.8, 0.5))
    check(hand, "not above 0.6. Look for flat ground that is higher")
    put(hand, (-3.95, -1.5))
    check(hand, "Right: the loss is")


@RUNS.add(CODE, page=SEVEN, hands=("mouse", "finger"))
def drags_a_sample_and_adds_one(hand):
    unfold_samples(hand)
    plane = hand.widget.locator("svg").first
    plane.scroll_into_view_if_needed()
    hand.drag(on_screen(plane, (-2, -1), 3), on_screen(plane, (1.5, 0.5), 3))
    assert "sample 4 of 6" in hand.widget.inner_text()
    features = [float(hand.find("slider", f"its {x}").input_value()) for x in ("x₁", "x₂")]
    assert max(abs(features[0] - 1.5), abs(features[1] - 0.5)) < 0.1  # to a pixel
    hand.pointer.press_at(*on_screen(plane, (-2, 2), 3))
    assert "sample 7 of 7" in hand.widget.inner_text()
