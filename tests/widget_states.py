"""The table of the widgets that the tests of all widgets go through, and helpers for their own.

A widget's states are what a reader does, one after the other, and leads through all that can be
seen: each is a name and a function of the widget's locator.
"""

from dataclasses import dataclass
from pathlib import Path

from algebra import missing_parts, spoken_lines
from chromium import LAID_OUT

from crossentropy import widgets
from crossentropy.widgets._exercise import as_json
from crossentropy.widgets._sources import page_script, style

EXPORTED = {value._js for value in vars(widgets).values() if isinstance(value, type)}
SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="widgets.css"><script defer src="widgets.js"></script></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""

# What reaches beyond the card of a widget; formulas scroll in boxes of their own.
BEYOND = """(widget) => [...widget.querySelectorAll("button, input, select, label, p, table, svg")]
    .filter((one) => one.checkVisibility() && !one.closest(".xe-line, .xe-display, .xe-option"))
    .filter((one) => {
        const [inner, card] = [one, widget].map((each) => each.getBoundingClientRect());
        return inner.left < card.left || inner.right > card.right;
    })
    .map((one) => one.outerHTML)"""


@dataclass(frozen=True)
class Exercise:
    """One row of the table: the call in a cell, a page whose first one is such, and the states.

    The first state says something, each changes what is seen, and by the third a control stands
    elsewhere than at the start.
    """

    code: str
    page: str
    states: tuple

    def make(self):
        """Return an instance."""
        return eval(self.code, dict(vars(widgets)))


def click(target):
    """Press an element at once; that a hand can press it, the runs show."""
    target.dispatch_event("click")


def press(name):
    """Return what presses a button."""
    return lambda widget: click(widget.get_by_role("button", name=name))


def set_slider(name, value):
    """Return what sets a slider."""
    return lambda widget: widget.get_by_role("slider", name=name).fill(str(value))


def both(*steps):
    """Return what does one thing after the other."""

    def do(widget):
        for step in steps:
            step(widget)

    return do


def press_exactly(name):
    """Return what presses the button of this name, and not one whose name begins with it."""
    return lambda widget: click(widget.get_by_role("button", name=name, exact=True))


def answer(text):
    """Return what answers a question by one of its radio buttons."""
    return lambda widget: click(widget.get_by_role("radio", name=text))


def select(value):
    """Return what chooses from a list that is in sight."""
    return lambda widget: widget.locator("select:visible").first.select_option(value)


def check(widget, *, question, choice=None):
    """Choose an answer to a question of a self-check, or none, and have it checked."""
    form = widget.locator("form").nth(question)
    if choice is not None:
        click(form.get_by_role("radio").nth(choice))
    click(form.get_by_role("button", name="Check"))


def type_in(text):
    """Return what types an answer into the field, and has it checked."""

    def do(widget):
        widget.get_by_role("textbox").fill(text)
        click(widget.get_by_role("button", name="Check"))

    return do


def tick(*names, checked=True):
    """Return what ticks boxes, and chooses among options."""

    def do(widget):
        for name in names:
            box = widget.get_by_label(name, exact=True)
            if box.is_checked() != checked:
                click(box)

    return do


def draw_push(first, second):
    """Return what draws an arrow with the two sliders of push and pull."""
    return both(set_slider("push in w₁", first), set_slider("push in w₂", second))


SIX = "[[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]"


def equals_sign(line):
    """Return the name of the box for the equals sign before a line."""
    return f"The equals sign before ({line}) is false"


def choose_repair(number):
    """Return what chooses one of the lines that may repair the derivation."""
    return lambda widget: click(widget.locator("input[name=repair]").nth(number))


SLIPS = {
    "sign": "a sign is turned around",
    "factor": "a factor is missing",
    "denominator": "a denominator is missing",
    "square": "a square is missing",
    "labels": "the labels are swapped",
    "sum": "a product is turned into a sum",
}


def add_lines(*numbers):
    """Return what puts lines of the derivation below those that are there."""

    def do(widget):
        for number in numbers:
            name = f"Add: {spoken_lines()[number - 7]}"
            click(widget.get_by_role("button", name=name, exact=True))

    return do


WIDGETS = {
    "derivation_blocks": Exercise(
        code="DerivationBlocks()",
        page="chapters/04_gradient_of_the_loss",
        states=(
            ("nothing in place", press("Check")),
            ("a wrong first line", both(add_lines(8), press("Check"))),
            ("a line taken out", both(press("Take out"), add_lines(7), press("Check"))),
            ("in order", both(add_lines(8, 9, 10, 11, 12, 13, 14), press("Check"))),
            ("a part that is wrong", type_in("z")),
            ("a part that breaks off", type_in("(1 -")),
            ("a part filled in", lambda widget: type_in(missing_parts()[0])(widget)),
            ("another", lambda widget: type_in(missing_parts()[1])(widget)),
            ("done", lambda widget: type_in(missing_parts()[2])(widget)),
        ),
    ),
    "error_hunt": Exercise(
        code="ErrorHunt()",
        page="chapters/04_gradient_of_the_loss",
        states=(
            ("nothing marked", press("Check")),
            ("a true one marked", both(tick(equals_sign(9)), press("Check"))),
            (
                "one of two marked",
                both(tick(equals_sign(9), checked=False), tick(equals_sign(7)), press("Check")),
            ),
            ("found", both(tick(equals_sign(8)), press("Check"))),
            ("a wrong repair", both(choose_repair(0), press("Check the repair"))),
            ("repaired", both(choose_repair(2), press("Check the repair"))),
            ("another derivation", press("Another derivation")),
        ),
    ),
    "gradient_detective": Exercise(
        code="GradientDetective([1, 0.5], [2, -1], 1, seed=1)",
        page="chapters/05_checking_a_gradient",
        states=(
            ("nothing chosen", press("Commit")),
            ("right too early", both(select("plus-minus-labels"), press("Commit"))),
            ("wrong", both(set_slider("label", 0), select("sign"), press("Commit"))),
            ("named", both(select("plus-minus-labels"), press("Commit"))),
            (
                "rounding taken for a bug",
                both(
                    lambda widget: click(widget.get_by_role("radio").nth(3)),
                    set_slider("step", -14),
                    select("sign"),
                    press("Commit"),
                ),
            ),
            ("a new case", press("New case")),
        ),
    ),
    "logistic_explorer": Exercise(
        code="LogisticExplorer(x=2, b=-0.5, slopes=[0.3])",
        page="chapters/02_gradient_of_the_logistic_function",
        states=(
            ("a wrong prediction", press("w must shrink")),
            ("a target missed", press("Check")),
            ("a target hit", both(set_slider("weight", 1.35), press("Check"))),
            ("a right prediction", press("towards")),
            ("done", both(set_slider("weight", 1), press("Check"))),
        ),
    ),
    "loss_surface_explorer": Exercise(
        code=f"LossSurfaceExplorer({SIX}, flip=4)",
        page="chapters/07_the_loss_surface",
        states=(
            ("a wrong prediction", press("Check")),
            ("the answer", press("Show me")),
            ("the next task", press("Next task")),
            ("two steps", both(press_exactly("Step"), press("Newton step"))),
            ("no run yet", press("Check")),
            ("the samples", lambda widget: widget.locator("summary").click()),
            ("a sample added", both(press("Flip its label"), press("Add one"))),
            ("the other loss", select("squared loss")),
            ("another task", both(press("Show me"), press("Next task"))),
            ("a question", both(press("Check"), press("Show me"), press("Next task"))),
            ("answered too early", both(answer("the loss is zero"), press("Check"))),
        ),
    ),
    "push_and_pull": Exercise(
        code="PushAndPull([1, 0.5], [[2, -1], [1, 1]], [1, 0])",
        page="chapters/04_gradient_of_the_loss",
        states=(
            ("nothing drawn", press("Compare")),
            ("the gradient drawn", both(draw_push(-0.35, 0.2), press("Compare"))),
            ("the answer", press("Show me")),
            ("the next sample", press("Next sample")),
            ("right", both(draw_push(-0.8, -0.8), press("Compare"))),
            ("all samples", press("All samples")),
            ("their sum", both(draw_push(-0.45, -1), press("Compare"))),
            ("done", press("Finish")),
        ),
    ),
    "type_the_step": Exercise(
        code="TypeTheStep('dp_dw')",
        page="chapters/02_gradient_of_the_logistic_function",
        states=(
            ("nothing typed", press("Check")),
            ("a text that breaks off", type_in("x_j e^(-z)/(1 +")),
            ("a classic mistake", type_in("x_j e^(-z)/(1 + e^(-z))")),
            ("a place without a value", type_in("x_j p(1-p)·z/z")),
            ("another wrong answer", type_in("p^3 + x_j")),
            ("right", type_in("x_j p(1-p)")),
        ),
    ),
    "self_check": Exercise(
        code="SelfCheck('01_logistic_function')",
        page="chapters/01_logistic_function",
        states=(
            ("nothing chosen", lambda widget: check(widget, question=0)),
            ("a choice", lambda widget: check(widget, question=0, choice=0)),
            ("another", lambda widget: check(widget, question=0, choice=1)),
            ("a third", lambda widget: check(widget, question=0, choice=2)),
        ),
    ),
}


PLACES: dict[tuple, str] = {}  # by state: to draw a figure takes longer than many a test


def place_of(widget):
    """Return the HTML of a widget's place on a page."""
    state = widget._js, as_json(widget.page_state())
    if state not in PLACES:
        PLACES[state] = widget.page_html()
    return PLACES[state]


def write_page(folder, *made):
    """Write a page with widgets alone, as a chapter has them, and return its address."""
    names = sorted({widget._js for widget in made})
    body = "\n".join(map(place_of, made))
    texts = {
        "page.html": SHELL.format(body=body),
        "widgets.js": page_script(names),
        "widgets.css": style(),
    }
    for name, text in texts.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    return (Path(folder) / "page.html").as_uri()


# `css:light` looks into no shadow tree, for which Playwright otherwise goes through all elements.
def widget_on(page, index=0):
    """Return the widget of a page once it is shown."""
    widget = page.locator("css:light=[data-widget] > div > .xe").nth(index)
    widget.wait_for()
    settle(page)
    return widget


def settle(page):
    """Wait until all is laid out and no widget computes in idle time."""
    page.evaluate(LAID_OUT)
    page.locator("css:light=.xe [aria-busy]").first.wait_for(state="detached")


def reach(widget, step):
    """Do what leads to a state, and all before it."""
    states = WIDGETS[name_of(widget)].states
    for _, act in states[: step + 1]:
        act(widget)


def name_of(widget):
    """Return the name of a widget on a page."""
    return widget.evaluate("element => element.closest('[data-widget]').dataset.widget")


def said(widget):
    """Return all words of feedback."""
    return " ".join(" ".join(widget.locator(".xe-feedback").all_inner_texts()).split())
