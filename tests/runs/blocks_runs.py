"""The derivation blocks: the lines in order, then three parts that have faded."""

import re

from algebra import missing_parts, slips_in_missing_parts, spoken_distractors, spoken_lines
from widget_states import SLIPS, said

from crossentropy.derivation import EQUATIONS
from runs import ALL_HANDS, FOUR, Runs

RUNS = Runs("derivation blocks")
LINES = range(7, 15)


def words_of(line):
    """Return a line as a screen reader gets it."""
    return spoken_lines()[line - 7]


def placed(widget):
    """Return which lines are placed, by their numbers; 0 is a false one."""
    buttons = widget.locator("ol .xe-block").get_by_label(re.compile("^Take out: "))
    names = buttons.evaluate_all("all => all.map((one) => one.ariaLabel)")
    words = [name.removeprefix("Take out: ") for name in names]
    return [LINES[spoken_lines().index(w)] if w in spoken_lines() else 0 for w in words]


def add(hand, *lines):
    """Put lines below those that are there, with their buttons."""
    for line in lines:
        hand.press(f"Add: {words_of(line)}")


def answer(hand, text):
    """Type a part that is missing, and have it checked."""
    hand.write(text)
    hand.press("Check")
    return said(hand.widget)


def fill_in(hand):
    """Type what is missing, and see the derivation whole."""
    for part in missing_parts():
        assert answer(hand, part).startswith("Right.")
    assert "The derivation is whole again." in said(hand.widget)
    hand.press("Once more, with other lines")
    assert "Part 1 of 2" in hand.widget.inner_text()


@RUNS.add("DerivationBlocks()", page=FOUR, hands=ALL_HANDS)
def solved_with_the_buttons(hand):
    add(hand, *reversed(LINES))
    assert placed(hand.widget) == list(reversed(LINES))
    for index, line in enumerate(LINES):
        while placed(hand.widget)[index] != line:
            hand.press(f"Move up: {words_of(line)}")
    hand.press("Check")
    assert said(hand.widget).startswith("In order.")
    fill_in(hand)


@RUNS.add("DerivationBlocks()", page=FOUR)
def true_lines_in_wrong_places(hand):
    hand.press("Check")
    assert said(hand.widget) == "First put a line in."
    for place, line in enumerate(LINES[:-1]):
        rule = EQUATIONS[str(line)].rule.replace(" - ", " − ")
        if place:
            hand.press("Check")
            assert (
                said(hand.widget)
                == f"Right so far, and {8 - place} to go. The next step is: {rule}"
            )
        add(hand, 14)
        hand.press("Check")
        assert said(hand.widget) == (
            f"Place {place + 1}: this line is true, but does not come here."
            f" The {'next' if place else 'first'} step is: {rule}"
        )
        hand.press(f"Take out: {words_of(14)}")
        add(hand, line)


@RUNS.add("DerivationBlocks()", page=FOUR)
def false_lines(hand):
    add(hand, 7, 8)
    for kind, words in spoken_distractors():
        hand.press(f"Add: {words}")
        hand.press("Check")
        assert said(hand.widget).startswith(f"Place 3: here, {SLIPS[kind]}. At x = ")
        assert "but the slope of the loss is" in said(hand.widget)
        assert hand.widget.locator("[data-wrong]").count() == 1
        hand.press(f"Take out: {words}")


@RUNS.add("DerivationBlocks()", page=FOUR)
def parts_filled_in_wrongly(hand):
    add(hand, *LINES)
    hand.press("Check")
    for part, slips in zip(missing_parts(), slips_in_missing_parts(), strict=True):
        for kind, text in slips:
            words = answer(hand, f"({text})·2/2")
            assert words.startswith(f"Not yet: here, {SLIPS[kind]}. At "), text
        words = answer(hand, f"{part} + 0.1")
        assert re.match(r"Not yet. At \w+ = .*, your expression gives .*; right is ", words)
        assert answer(hand, f"2·({part})/2").startswith("Right.")
    assert "The derivation is whole again." in said(hand.widget)


# Blocks are dragged by the formula with a mouse, by the handle with a finger.


def grip(hand, line, part):
    """Return where a line can be held."""
    words = spoken_lines()[line - 7]
    one = hand.widget.locator(".xe-block", has=hand.page.locator(f'[aria-label$=": {words}"]'))
    one.scroll_into_view_if_needed()
    box = one.locator(part).bounding_box()
    return box["x"] + 5, box["y"] + box["height"] / 2


def aim(widget, to):
    """Return the height on the screen of a place in the list; None is outside."""
    if to is None:
        return widget.locator("ul.xe-blocks").bounding_box()["y"] + 40
    items = widget.locator("ol .xe-block").all()
    if to < len(items):
        return items[to].bounding_box()["y"] + 2
    box = widget.locator("ol.xe-blocks").bounding_box()
    return box["y"] + box["height"] - 2


def drag(hand, line, to):
    """Drag a line by its formula to a place in the list; the page may scroll on the way."""
    mouse = hand.page.mouse
    x, y = grip(hand, line, ".xe-line")
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y + 6)
    mouse.move(x + 4, aim(hand.widget, to), steps=3)
    mouse.move(x + 4, aim(hand.widget, to))
    mouse.up()


@RUNS.add("DerivationBlocks()", page=FOUR, hands=("mouse",))
def put_in_order_by_dragging(hand):
    for line in (8, 14, 7):
        drag(hand, line, to=0)
    assert placed(hand.widget) == [7, 14, 8]
    drag(hand, 14, to=None)
    assert placed(hand.widget) == [7, 8]
    for line in LINES[2:]:
        drag(hand, line, to=99)
    drag(hand, 14, to=1)
    assert placed(hand.widget) == [7, 14, *LINES[1:7]]
    drag(hand, 14, to=99)
    hand.press("Check")
    assert said(hand.widget).startswith("In order.")


@RUNS.add("DerivationBlocks()", page=FOUR, hands=("finger",))
def a_line_dragged_by_its_handle(hand):
    x, y = grip(hand, 14, ".xe-handle")
    hand.drag((x, y), (x, aim(hand.widget, 0)))
    assert placed(hand.widget) == [14]


@RUNS.add("DerivationBlocks()", page=FOUR, hands=("mouse",))
def a_drag_that_is_broken_off(hand):
    mouse = hand.page.mouse
    x, y = grip(hand, 14, ".xe-handle")
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, aim(hand.widget, 0), steps=3)
    dragged = hand.widget.locator("[data-dragged]")
    assert dragged.count() == 1
    dragged.locator(".xe-handle").dispatch_event("pointercancel")
    mouse.up()
    assert placed(hand.widget) == []
    assert hand.widget.locator("[data-dragged], [data-drop]").count() == 0
