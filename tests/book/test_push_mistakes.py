"""Push and pull: each mistake that can be drawn gets its name, by mouse and by keyboard."""

import numpy as np
import pytest
from widget_states import press, said, tab_to, widget_on, write_page

from crossentropy import logistic, loss_gradient
from crossentropy.widgets import PushAndPull

W = np.array([1, 0.5])
X = np.array([[2, -1], [1, 1], [1, -0.5], [1, 2], [-1, 1], [-2, -1], [1, -2]])
Y = np.array([1, 0, 1, 1, 0, 0, 0])
P = logistic(W, X)
PUSHES = -loss_gradient(W, X, Y)
STEP = 0.05
DRAWN = {  # by the sample, what is drawn and what the answer begins with
    0: (
        (np.zeros(2), "Drag the tip of the arrow first"),
        (-PUSHES[0], "You drew +x(p − y), the gradient"),
        (-P[0] * X[0], "You drew −xp: the push for the label 0, or one in which the label"),
        (W, "Your arrow lies along w"),
        (X[0] - W, "Your arrow lies on the line between w and the sample"),
        ([0.2, 0.2], "Your arrow has two equal components: the features do not appear"),
        (X[0], "The direction is right, but this is all of x"),
        (P[0] * X[0], "The direction is right. For the length you took the probability"),
        (2 * PUSHES[0], "The direction is right, but this is twice the error"),
    ),
    1: (
        (-PUSHES[1], "You drew along x, but y = 0."),
        (2 * P[1] * (1 - P[1]) * PUSHES[1], "The direction is right, but the length has one"),
        (-(1 + P[1]) * X[1], "The direction is right, but you took the label for −1"),
    ),
    2: ((PUSHES[2] / (P[2] * (1 - P[2])), "The direction is right, but the length is divided"),),
}
SUMS = (
    (PUSHES.sum(axis=0) / len(X), "The direction is right, and you drew the mean"),
    (-PUSHES.sum(axis=0), "You drew the opposite"),
    (PUSHES[Y == 0].sum(axis=0), "You added up the samples of one label alone"),
    (PUSHES[np.hypot(*PUSHES.T).argmax()], "You drew the hardest push alone"),
    ([np.sum(Y - P)] * 2, "You added up the errors without the features"),
    ((2 * Y - 1 - P) @ X, "You took the squares for samples of label −1"),
)


@pytest.fixture
def exercise(visit, tmp_path):
    """A page with the exercise; a message on its console fails the test."""
    visited = visit(write_page(tmp_path, PushAndPull(W, X, Y, ask=list(DRAWN))))
    yield widget_on(visited.page)
    assert visited.complaints == []


def by_mouse(widget, push):
    """Drag the tip of the arrow."""
    grip, sliders = widget.locator(".xe-grip"), widget.get_by_role("slider").all()
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    unit = widget.locator("path.xe-cross").evaluate("e => e.getBBox().width") / 6  # from -3 to 3
    across, up = (push[j] - float(one.input_value()) for j, one in enumerate(sliders))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = widget.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + across * unit, y - up * unit, steps=3)
    mouse.up()
    press("Compare")(widget)


def by_keyboard(widget, push):
    """Move both sliders, and press the button."""
    keyboard = widget.page.keyboard
    sliders = widget.get_by_role("slider").all()
    sliders[0].focus()
    for slider, value in zip(sliders, push, strict=True):
        steps = round((value - float(slider.input_value())) / STEP)
        for _ in range(abs(steps)):
            keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
        keyboard.press("Tab")
    tab_to(widget.get_by_role("button", name="Compare"))
    keyboard.press("Enter")


@pytest.mark.parametrize("draw", [by_mouse, by_keyboard])
def test_each_mistake_is_named_and_can_be_mended(draw, exercise):
    for i, drawn in DRAWN.items():
        for push, says in drawn:
            draw(exercise, push)
            assert said(exercise).startswith(says)
        draw(exercise, PUSHES[i])
        assert said(exercise).startswith("Right"), i
        exercise.locator(".xe-action button").click()  # go on
    for push, says in SUMS:
        draw(exercise, push)
        assert said(exercise).startswith(says)
    draw(exercise, PUSHES.sum(axis=0))
    assert said(exercise).startswith("Right")
