"""`check` in a running JupyterLab: whatever the reader's function does, the next cell runs."""

import pytest
from playwright.sync_api import expect

from crossentropy.mistakes import GENERAL, TARGETS
from crossentropy.widgets.own_function import TARGETS as OWN

CELL = """
import numpy as np
from crossentropy.widgets import check
def my_{target}({arguments}):
    {body}
check(my_{target}, seconds={seconds})
"""
EACH = pytest.mark.parametrize("target", OWN)


@pytest.fixture
def checked(notebook):
    """Run a cell that checks a function with a given body, and one after it; return the output."""

    def check(target, body, seconds=2):
        arguments = ", ".join(TARGETS[target].arguments)
        cell = CELL.format(target=target, arguments=arguments, body=body, seconds=seconds)
        book = notebook(cell, "print('the next cell')")
        book.run(0, 1)
        assert book.printed(1) == "the next cell"
        output = book.cell(0).locator(".jp-OutputArea-output .jupyter-widgets").first
        expect(output.get_by_role("group", name=f"Feedback on my_{target}")).to_be_visible()
        return output

    return check


MISTAKES = """
from crossentropy._forms import evaluate
from crossentropy.mistakes import TARGETS
from crossentropy.widgets import check
for mistake in TARGETS["{target}"].mistakes.values():
    def my_{target}({arguments}, form=mistake.forms[0]):
        return evaluate(form, dict({named}))[0]
    display(check(my_{target}))
"""


@EACH
def test_each_classic_mistake_gets_its_hint_and_a_point(target, notebook):
    arguments, mistakes = TARGETS[target].arguments, TARGETS[target].mistakes
    named = ", ".join(f"{name}={name}" for name in arguments)
    book = notebook(MISTAKES.format(target=target, arguments=", ".join(arguments), named=named))
    book.run(0)
    outputs = book.cell(0).locator(".jp-OutputArea-output")
    expect(outputs.locator("figcaption")).to_have_count(len(mistakes))
    for number, mistake in enumerate(mistakes.values()):
        output = outputs.nth(number)
        expect(output).to_contain_text(mistake.name)
        expect(output).to_contain_text(f"Hint: {mistake.hint}")
        expect(output.locator("th")).to_contain_text(["expected", "your function"])
        expect(output.locator("figcaption")).to_contain_text("of the gradient")


RIGHT = {
    "logistic_gradient": "p = 1 / (1 + np.exp(-w @ x)); return p * (1 - p) * x",
    "loss_gradient": "return (1 / (1 + np.exp(-w @ x)) - y) * x",
}


@EACH
def test_what_is_right_is_said_to_be_and_drawn_for_what_the_reader_chooses(target, checked):
    output = checked(target, RIGHT[target])
    expect(output).to_contain_text("Right")
    caption, picture = output.locator("figcaption"), output.locator("svg")
    expect(caption).to_contain_text("The first component of the gradient")
    output.get_by_role("combobox", name="component").select_option("second")
    expect(caption).to_contain_text("The second component of the gradient")
    drawn = picture.evaluate("svg => svg.innerHTML")
    output.get_by_role("slider").press("ArrowRight")
    expect(output.locator(".widget-readout")).not_to_have_text("0.50")
    expect(picture).not_to_have_js_property("innerHTML", drawn)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("raise ValueError('my own words')", "raises"),
        ("return undefined", "raises"),
        ("while True: pass", "endless"),
        ("return sum(range(10**15))", "endless"),
        ("import os; os._exit(1)", "raises"),
        ("pass", "nothing-returned"),
        ("return 'x'", "not-numbers"),
        ("exit()", "raises"),
        ("raise SystemExit", "raises"),
        ("print('x' * 1000)", "nothing-returned"),
    ],
)
def test_a_function_that_fails_harms_nothing(body, key, checked):
    output = checked("loss_gradient", body, seconds=0.5)
    expect(output.locator("strong").first).to_contain_text(GENERAL[key].name)
