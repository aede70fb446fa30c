"""The table of the widgets that the tests of all widgets go through, and helpers for their own.

A widget's states are what a reader does, one after the other, and leads through all that can be
seen: each is a name and a function of the widget's locator.
"""

from dataclasses import dataclass
from pathlib import Path

from crossentropy import widgets
from crossentropy.widgets._sources import page_script, style

ROOT = Path(__file__).resolve().parents[1]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="widgets.css"><script defer src="widgets.js"></script></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


@dataclass(frozen=True)
class Exercise:
    """One row of the table: the call in a cell, a page that has one, and the states."""

    code: str
    page: str
    states: tuple

    def make(self):
        """Return an instance."""
        return eval(self.code, dict(vars(widgets)))


def press(name):
    """Return what presses a button."""
    return lambda widget: widget.get_by_role("button", name=name).click()


def set_slider(name, value):
    """Return what sets a slider."""
    return lambda widget: widget.get_by_role("slider", name=name).fill(str(value))


def both(*steps):
    """Return what does one thing after the other."""

    def do(widget):
        for step in steps:
            step(widget)

    return do


def check(widget, *, question, choice=None):
    """Choose an answer to a question of a self-check, or none, and have it checked."""
    form = widget.locator("form").nth(question)
    if choice is not None:
        form.get_by_role("radio").nth(choice).check()
    form.get_by_role("button", name="Check").click()


WIDGETS = {
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


def write_page(folder, *made):
    """Write a page with widgets alone, as a chapter has them, and return its address."""
    names = sorted({widget._js for widget in made})
    body = "\n".join(widget.page_html() for widget in made)
    texts = {
        "page.html": SHELL.format(body=body),
        "widgets.js": page_script(names),
        "widgets.css": style(),
    }
    for name, text in texts.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    return (Path(folder) / "page.html").as_uri()


def widget_on(page, index=0):
    """Return the widget of a page once it is shown."""
    widget = page.locator("[data-widget] > div > .xe").nth(index)
    widget.wait_for()
    return widget


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


def violations(page, selector=".xe"):
    """Return what axe finds in the widgets: {rule: elements}."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    result = page.evaluate(
        "(part) => axe.run(part, { resultTypes: ['violations'], preload: false })", selector
    )
    return {v["id"]: [node["target"] for node in v["nodes"]] for v in result["violations"]}
