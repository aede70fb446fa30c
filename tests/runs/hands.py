"""Hands that use a widget as readers do: with a mouse, with a finger, with the keyboard alone.

Nothing here goes past what is under the pointer: what covers a control fails the test.  It is
found out in one message to the browser; `click` and `tap` also wait for two frames, which is most
of the time of a run.
"""

from typing import ClassVar

# Where to press on an element, which is scrolled into sight, and what is wrong if that is not it.
PLACE = """(target) => {
    const look = () => {
        const { left, top, width, height } = target.getBoundingClientRect();
        const place = [left + width / 2, top + height / 2];
        const hit = document.elementFromPoint(...place);
        const isHit = target.contains(hit) || hit?.closest("label")?.control === target;
        return [place, isHit ? null : hit?.outerHTML ?? "nothing"];
    };
    if (look()[1]) target.scrollIntoView({ block: "center" });
    return target.matches(":disabled") ? [null, "disabled"] : look();
}"""
# Where the thumb of a slider is when it stands at each of some values: it is 16 pixels wide.
THUMB = """(slider, values) => {
    const { left, top, width, height } = slider.getBoundingClientRect();
    const [low, high] = [Number(slider.min), Number(slider.max)];
    const share = (value) => (value - low) / (high - low);
    return values.map((value) => [left + 8 + share(value) * (width - 16), top + height / 2]);
}"""
SCALE = "slider => [slider.value, slider.min, slider.max, slider.step].map(Number)"


def ask(target, question, given=None):
    """Ask an element by a function of it: in one message, for which `evaluate` needs three."""
    each = f"(all, given) => all.map((one) => ({question})(one, given))"
    answers = target.evaluate_all(each, given)
    assert len(answers) == 1, f"{len(answers)} elements are {target}"
    return answers[0]


def middle(target):
    """Return where the middle of an element is on the screen, where it can be pressed."""
    place, wrong = ask(target, PLACE)
    assert wrong is None, f"{target} cannot be pressed: {wrong}"
    return place


class Mouse:
    """Presses and drags with a mouse."""

    context: ClassVar = {}

    def __init__(self, page):
        self.page = page

    def press(self, target):
        """Press on an element."""
        self.press_at(*middle(target))

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
        self.press_at(*middle(target))

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


class Hand:
    """What all hands have in common: the widget that they use, and how they find its controls."""

    drags = True

    def __init__(self, widget):
        self.widget = widget
        self.page = widget.page

    def find(self, role, control):
        """Return a control that is given by its name, or as it is."""
        if not isinstance(control, str):
            return control
        exact = role in ("button", "radio", "checkbox")
        return self.widget.get_by_role(role, name=control, exact=exact)

    def find_list(self, name):
        """Return a list that unfolds: of this name, or the first one."""
        return self.find("combobox", name) if name else self.widget.locator("select").first


class Pointer(Hand):
    """A mouse or a finger: it points at things."""

    def __init__(self, widget, kind):
        super().__init__(widget)
        self.pointer = kind(widget.page)

    def press(self, button):
        """Press a button, or whatever can be pressed."""
        self.pointer.press(self.find("button", button))

    def choose(self, radio):
        """Choose one of several."""
        self.pointer.press(self.find("radio", radio))

    def tick(self, box, checked=True):
        """Tick a box, or take the tick away."""
        one = self.find("checkbox", box)
        if one.is_checked() != checked:
            self.pointer.press(one)

    def pick(self, value, name=None):
        """Choose from a list that unfolds, which is the browser's own."""
        self.find_list(name).select_option(value)

    def write(self, text):
        """Type into the field, in place of what is there."""
        field = self.widget.get_by_role("textbox")
        self.pointer.press(field)
        field.fill(text)

    def slide(self, slider, value):
        """Press on the track of a slider, as near to a value as pixels allow."""
        one = self.find("slider", slider)
        middle(one)  # now it is in sight
        for _ in range(3):  # away from the thumb, on the value, and one look
            now, low, high, _ = ask(one, SCALE)
            far = low if value > (low + high) / 2 else high
            start, end, away = ask(one, THUMB, [now, value, far])
            gap = abs(start[0] - end[0])
            if gap < 1:
                return
            self.pointer.press_at(*(away if gap < 12 else end))  # the thumb itself moves nothing

    def drag(self, start, end):
        """Drag from one point of the screen to another."""
        self.pointer.drag(start, end)

    def drag_grip(self, grip, by):
        """Drag something by a number of pixels to the right and down."""
        x, y = middle(grip)
        self.drag((x, y), (x + by[0], y + by[1]))


# Which key leads to an element, and how often as far as one can see; nothing where the focus is on
# it.  Of a group of radio buttons Tab visits the one that is chosen; arrows lead to the others.
WAY_TO = """(target) => {
    const now = document.activeElement;
    const focusable = "a, button, input, select, summary, [tabindex]";
    const all = [...target.closest(".xe").querySelectorAll(focusable)];
    const groupOf = ({ type, name, form }) => all.filter((one) =>
        type === "radio" && one.type === type && one.name === name && one.form === form);
    const chosen = (group) => group.find(({ checked }) => checked) ?? group[0];
    const stopOf = (one) => chosen(groupOf(one)) ?? one;
    const stops = all.filter((one) => stopOf(one) === one && (one === stopOf(now)
        || (one.tabIndex >= 0 && !one.disabled && one.checkVisibility())));
    const way = ([back, on], here, there) => [here < there ? on : back, Math.abs(there - here)];
    if (now === target) return null;
    return stopOf(now) === stopOf(target)
        ? way(["ArrowUp", "ArrowDown"], ...[now, target].map((one) => groupOf(one).indexOf(one)))
        : way(["Shift+Tab", "Tab"], ...[now, target].map((one) => stops.indexOf(stopOf(one))));
}"""
HAS_FOCUS = "widget => widget.contains(document.activeElement)"


class Keyboard(Hand):
    """The keyboard alone."""

    drags = False

    def __init__(self, widget):
        super().__init__(widget)
        # Where Tab leads from outside.
        widget.locator(":is(input, button):enabled:visible").first.focus()

    def go_to(self, target):
        """Press Tab, or Shift and Tab, and arrows, until the focus is on a control."""
        for _ in range(10):
            way = ask(target, WAY_TO)
            if way is None:
                return
            key, times = way
            self.keys(*[key] * times)
        raise AssertionError(f"{key} does not lead to {target}")

    def keys(self, *names):
        """Press keys one after the other; the focus must not get lost."""
        for name in names:
            self.page.keyboard.press(name)
        assert ask(self.widget, HAS_FOCUS), f"{names[-1]} has lost the focus"

    def press(self, button):
        """Press a button."""
        self.go_to(self.find("button", button))
        self.keys("Enter")

    def choose(self, radio):
        """Choose one of several."""
        one = self.find("radio", radio)
        self.go_to(one)
        if not one.is_checked():
            self.keys("Space")

    def tick(self, box, checked=True):
        """Tick a box, or take the tick away."""
        one = self.find("checkbox", box)
        if one.is_checked() != checked:
            self.go_to(one)
            self.keys("Space")

    def pick(self, value, name=None):
        """Choose from a list that unfolds."""
        one = self.find_list(name)
        self.go_to(one)
        options = ask(one, "list => [...list.options].map((option) => option.value)")
        self.keys("Home", *["ArrowDown"] * options.index(value))

    def write(self, text):
        """Type into the field, in place of what is there."""
        self.go_to(self.widget.get_by_role("textbox"))
        self.keys("Control+a", "Delete")
        self.page.keyboard.type(text)

    def slide(self, slider, value):
        """Move a slider to a value, in large steps and then in small ones."""
        one = self.find("slider", slider)
        self.go_to(one)
        _, low, high, step = ask(one, SCALE)

        def move(by, keys):
            steps = round((value - float(one.input_value())) / by)
            self.keys(*[keys[steps > 0]] * abs(steps))

        if high - low > 10 * step:
            move((high - low) / 10, ("PageDown", "PageUp"))
        move(step, ("ArrowLeft", "ArrowRight"))


HANDS = {
    "mouse": lambda widget: Pointer(widget, Mouse),
    "finger": lambda widget: Pointer(widget, Finger),
    "keyboard": Keyboard,
}
