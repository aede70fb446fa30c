"""A reader's hands: what is pressed, moved and dragged on a page by mouse or by a finger.

Nothing here goes past what is under the pointer: what covers a control fails the test.
"""

from typing import ClassVar


class Mouse:
    """Presses and drags with a mouse."""

    context: ClassVar = {}

    def __init__(self, page):
        self.page = page

    def press(self, target):
        """Press on an element."""
        target.click()

    def press_at(self, x, y):
        """Press at a place of the screen."""
        self.page.mouse.click(x, y)

    def drag(self, start, end):
        """Drag from one place of the screen to another."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(*end, steps=5)
        mouse.up()


class Finger:
    """Taps and drags with a finger."""

    context: ClassVar = {"has_touch": True, "width": "phone"}

    def __init__(self, page):
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def press(self, target):
        """Tap on an element."""
        target.tap()

    def press_at(self, x, y):
        """Tap at a place of the screen."""
        self.page.touchscreen.tap(x, y)

    def drag(self, start, end):
        """Drag from one place of the screen to another."""
        points = [[a + (b - a) * k / 5 for a, b in zip(start, end, strict=True)] for k in range(6)]
        for k, (x, y) in enumerate(points):
            self._touch("touchMove" if k else "touchStart", [{"x": x, "y": y}])
        self._touch("touchEnd", [])

    def _touch(self, kind, points):
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(element):
    """Return where the middle of an element is on the screen."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
