"""The derivation blocks on the built page: by dragging, by buttons, by touch."""

import re

import pytest
from algebra import missing_parts, slips_in_missing_parts, spoken_distractors, spoken_lines
from widget_states import (
    SLIPS,
    add_lines,
    press,
    press_key_on,
    said,
    start_with_keyboard,
    tab_to,
    type_in,
)

from crossentropy.derivation import EQUATIONS

LINES = range(7, 15)


def block(widget, words):
    """Return the block of a formula."""
    return widget.locator(".xe-block", has=widget.page.locator(f'[aria-label$=": {words}"]'))


def placed(widget):
    """Return which lines are placed, by their numbers; 0 is a false one."""
    names = widget.locator("ol .xe-block").get_by_label(re.compile("^Take out: ")).all()
    words = [name.get_attribute("aria-label").removeprefix("Take out: ") for name in names]
    return [LINES[spoken_lines().index(w)] if w in spoken_lines() else 0 for w in words]


def drag(widget, line, to):
    """Drag a line by its formula to a place in the list, or with None back to the others."""
    page, one = widget.page, block(widget, spoken_lines()[line - 7])
    one.scroll_into_view_if_needed()
    start = one.locator(".xe-line").bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, start["y"] + start["height"] / 2 + 6)
    page.mouse.move(start["x"] + 9, aim(widget, to), steps=3)
    page.mouse.move(start["x"] + 9, aim(widget, to))
    page.mouse.up()


def aim(widget, to):
    """Return the height on the screen of a place in the list."""
    if to is None:
        return widget.locator("ul.xe-blocks").bounding_box()["y"] + 40
    items = widget.locator("ol .xe-block").all()
    if to < len(items):
        return items[to].bounding_box()["y"] + 2
    box = widget.locator("ol.xe-blocks").bounding_box()
    return box["y"] + box["height"] - 2


def test_the_lines_are_put_in_order_by_dragging(widget_in):
    widget = widget_in("derivation_blocks")
    for line in (8, 14, 7):
        drag(widget, line, to=0)
    assert placed(widget) == [7, 14, 8]
    drag(widget, 14, to=None)
    assert placed(widget) == [7, 8]
    for line in LINES[2:]:
        drag(widget, line, to=99)
    drag(widget, 14, to=1)
    assert placed(widget) == [7, 14, *LINES[1:7]]
    drag(widget, 14, to=99)
    press("Check")(widget)
    assert said(widget).startswith("In order.")


def test_a_line_is_dragged_with_a_finger(widget_in):
    widget = widget_in("derivation_blocks", width="phone", has_touch=True)
    page = widget.page
    send = page.context.new_cdp_session(page).send
    handle = block(widget, spoken_lines()[7]).locator(".xe-handle").bounding_box()
    x, y = handle["x"] + 5, handle["y"] + 5

    def touch(kind, *points):
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 6):
        touch("touchMove", {"x": x, "y": y + (aim(widget, 0) - y) * step / 5})
    touch("touchEnd")
    assert placed(widget) == [14]


def test_a_drag_that_is_broken_off_leaves_all_as_it_was(widget_in):
    widget = widget_in("derivation_blocks")
    handle = block(widget, spoken_lines()[7]).locator(".xe-handle")
    box = handle.bounding_box()
    widget.page.mouse.move(box["x"] + 5, box["y"] + 5)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 5, aim(widget, 0), steps=3)
    assert widget.locator("[data-dragged]").count() == 1
    handle.dispatch_event("pointercancel")
    widget.page.mouse.up()
    assert placed(widget) == []
    assert widget.locator("[data-dragged], [data-drop]").count() == 0


def test_the_blocks_are_solved_with_the_keyboard_alone(widget_in):
    widget = widget_in("derivation_blocks")
    start_with_keyboard(widget)
    for words in reversed(spoken_lines()):
        press_key_on(widget.get_by_label(f"Add: {words}", exact=True), "Enter")
    assert placed(widget) == list(reversed(LINES))
    for line, words in zip(LINES, spoken_lines(), strict=True):
        up = widget.get_by_label(f"Move up: {words}", exact=True)
        tab_to(up)
        while placed(widget)[line - 7] != line:
            widget.page.keyboard.press("Enter")  # the button keeps the focus
    assert placed(widget) == list(LINES)
    press_key_on(widget.get_by_role("button", name="Check"), "Enter")
    assert said(widget).startswith("In order.")
    for part in missing_parts():
        widget.page.keyboard.type(part)
        widget.page.keyboard.press("Enter")
        assert said(widget).startswith("Right.")
    widget.page.keyboard.press("Enter")  # once more
    assert "Part 1 of 2" in widget.inner_text()


@pytest.mark.parametrize("place", range(7))
def test_a_true_line_in_a_wrong_place_is_told_the_rule_of_the_right_one(place, widget_in):
    widget = widget_in("derivation_blocks")
    add_lines(*LINES[:place], 14)(widget)
    press("Check")(widget)
    rule = EQUATIONS[str(LINES[place])].rule.replace(" - ", " − ")
    assert said(widget) == (
        f"Place {place + 1}: this line is true, but does not come here."
        f" The {'next' if place else 'first'} step is: {rule}"
    )


@pytest.mark.parametrize("number", range(3))
def test_a_false_line_is_told_its_mistake_and_a_point(number, widget_in):
    kind, words = spoken_distractors()[number]
    widget = widget_in("derivation_blocks")
    add_lines(7, 8)(widget)
    widget.get_by_label(f"Add: {words}", exact=True).click()
    press("Check")(widget)
    assert said(widget).startswith(f"Place 3: here, {SLIPS[kind]}. At x = ")
    assert "but the slope of the loss is" in said(widget)
    assert widget.locator("[data-wrong]").count() == 1


def test_lines_that_are_right_so_far_are_not_enough(widget_in):
    widget = widget_in("derivation_blocks")
    press("Check")(widget)
    assert said(widget) == "First put a line in."
    add_lines(7, 8, 9)(widget)
    press("Check")(widget)
    rule = EQUATIONS["10"].rule
    assert said(widget) == f"Right so far, and 5 to go. The next step is: {rule}"


def test_a_wrong_part_is_told_its_slip_by_name_and_a_point(widget_in):
    assert missing_parts()[:2] == ["1 + e^(-z)", "1 - y"]
    widget = widget_in("derivation_blocks")
    add_lines(*LINES)(widget)
    press("Check")(widget)
    type_in("1 - e^(-z)")(widget)
    assert said(widget) == (
        "Not yet: here, a sign is turned around."
        " At z = 0, x_j = 2, y = 1, your expression gives 0; right is 2."
    )
    for part, slips in zip(missing_parts(), slips_in_missing_parts(), strict=True):
        for kind, text in slips:
            type_in(f"({text})·2/2")(widget)
            assert said(widget).startswith(f"Not yet: here, {SLIPS[kind]}. At z = "), text
        type_in(part)(widget)
    assert "The derivation is whole again." in said(widget)


def test_a_part_is_accepted_in_any_form_and_a_wrong_one_gets_a_point(widget_in):
    widget = widget_in("derivation_blocks")
    add_lines(*LINES)(widget)
    press("Check")(widget)
    for part in missing_parts():
        type_in(f"{part} + 0.1")(widget)
        assert re.match(r"Not yet. At z = .*, your expression gives .*; right is ", said(widget))
        type_in(f"2·({part})/2")(widget)
        assert said(widget).startswith("Right.")
    assert "The derivation is whole again." in said(widget)
