"""Push and pull: each round solved by mouse, by keyboard and by finger; mistakes by their name."""

import pytest
from widget_states import draw_push, press, said, start_with_keyboard, widget_on, write_page

from crossentropy import loss_gradient
from crossentropy.widgets import PushAndPull

W = [1, 0.5]
X = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]]
Y = [1, 1, 0, 0, 0, 0]
PUSHES = -loss_gradient(W, X, Y)
ASK = [0, 5, 3, 4]


@pytest.fixture
def exercise(visit, tmp_path):
    """Open a page with the exercise; a message on its console fails the test."""
    visits = []

    def open_page(**options):
        made = PushAndPull(W, X, Y, ask=ASK)
        visits.append(visit(write_page(tmp_path, made), **options))
        return widget_on(visits[-1].page)

    yield open_page
    assert [visit.complaints for visit in visits] == [[]] * len(visits)


def arrow_to(widget, push):
    """Return where the tip of the arrow is on the screen, and where a push has its own."""
    box = widget.locator(".xe-grip").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    unit = widget.locator("path.xe-cross").evaluate("e => e.getBBox().width") / 6  # from -3 to 3
    drawn = [float(s.input_value()) for s in widget.get_by_role("slider").all()]
    return middle, (
        middle[0] + (push[0] - drawn[0]) * unit,
        middle[1] - (push[1] - drawn[1]) * unit,
    )


def drag_to(widget, push):
    widget.locator(".xe-grip").scroll_into_view_if_needed()
    start, end = arrow_to(widget, push)
    mouse = widget.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(*end, steps=4)
    mouse.up()


def test_every_round_is_solved_by_mouse(exercise):
    widget = exercise()
    for number, i in enumerate(ASK):
        drag_to(widget, PUSHES[i])
        press("Compare")(widget)
        assert said(widget).startswith("Right: −x(p − y)")
        press("All samples" if number == len(ASK) - 1 else "Next sample")(widget)
    drag_to(widget, PUSHES.sum(axis=0))
    press("Compare")(widget)
    assert "−∇L = (−0.05, −0.01)" in said(widget)
    press("Finish")(widget)
    assert "Done." in widget.inner_text()


def test_every_round_is_solved_by_keyboard_alone(exercise):
    widget = exercise()
    keyboard = widget.page.keyboard
    start_with_keyboard(widget)
    for push in [*PUSHES[ASK], PUSHES.sum(axis=0)]:
        for component in push:
            for _ in range(round(abs(component) / 0.05)):
                keyboard.press("ArrowRight" if component > 0 else "ArrowLeft")
            keyboard.press("Tab")
        keyboard.press("Enter")  # Compare; the focus goes to what comes next
        assert said(widget).startswith("Right")
        keyboard.press("Enter")  # the focus goes to the first slider
    assert "Done." in widget.inner_text()


def test_it_follows_a_finger(exercise):
    widget = exercise(has_touch=True, width="phone")
    widget.locator(".xe-grip").scroll_into_view_if_needed()
    start, end = arrow_to(widget, PUSHES[0])
    session = widget.page.context.new_cdp_session(widget.page)
    for kind, points in (
        ("touchStart", [start]),
        ("touchMove", [end]),
        ("touchEnd", []),
    ):
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    press("Compare")(widget)
    assert said(widget).startswith("Right")


def test_the_answer_is_hidden_until_the_reader_commits(exercise):
    widget = exercise()

    def shown():
        paths = [widget.locator(f".xe-{kind}") for kind in ("truth", "pull1")]
        return [path.get_attribute("d") for path in paths]

    assert shown() == ["", ""]
    draw_push(0.35, -0.2)(widget)
    assert shown() == ["", ""]
    press("Compare")(widget)
    assert shown()[0]


def test_a_mistake_is_answered_by_its_name_and_may_be_mended(exercise):
    widget = exercise()
    for push, says in (
        (-PUSHES[0], "You drew +x(p − y), the gradient"),
        ([1, 0.5], "lies along w"),
        ([2, -1], "this is all of x"),
        ([1, -1.5], "between w and the sample"),
        (2.4 * PUSHES[0], "a nearly right forecast pushes little"),
        ([0.2, 0.4], "through the origin and the sample"),
    ):
        drag_to(widget, push)
        press("Compare")(widget)
        assert says in said(widget)
        assert "° off" in said(widget)
    drag_to(widget, PUSHES[0])
    press("Compare")(widget)
    assert said(widget).startswith("Right")


def test_what_is_compared_can_no_longer_be_moved(exercise):
    widget = exercise()
    draw_push(0.35, -0.2)(widget)
    press("Compare")(widget)
    assert [s.is_disabled() for s in widget.get_by_role("slider").all()] == [True, True]
