"""The widgets in a running JupyterLab, where Python sees and sets what the reader does."""

import time

import pytest
from live_notebook import SOON
from playwright.sync_api import expect
from widget_states import WIDGETS, check, press, set_slider

from crossentropy.widgets import SelfCheck
from crossentropy.widgets.self_check import right_choice

EACH = pytest.mark.parametrize("name", WIDGETS)
MAKE = """
from crossentropy.widgets import *
from IPython.display import display
one, same = {code}, {code}
seen = set()
one.observe(lambda change: seen.add(change["name"]))
display(one)
"""
SYNC = """
with same.hold_trait_notifications():
    for name in one.traits(link=True):
        setattr(same, name, getattr(one, name))
"""
SEEN = """
changed = {name for name in one.traits(link=True) if getattr(one, name) != one.start[name]}
print("not seen:", *changed - seen)
"""
# What the state alone decides: not what was said, probed, unfolded, or chosen and not checked.
SHOWN = """(widget) => {
    const shown = [...widget.querySelectorAll("[type=range], [type=text], [type=checkbox], ol")];
    return shown.filter((one) => one.checkVisibility() && !one.closest("details"))
        .map((one) => one.type === "checkbox" ? one.checked : one.value ?? one.innerText);
}"""


def soon(act, wanted):
    """Do something until it gives what is wanted: messages between browser and kernel take time."""
    end = time.monotonic() + SOON
    while (found := act()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert found == wanted


@EACH
def test_python_sees_and_sets_every_state_that_a_reader_comes_to(name, notebook):
    book = notebook(MAKE.format(code=WIDGETS[name].code), "same", SYNC, SEEN)
    book.run(0, 1)
    one, same = book.widget(0), book.widget(1)
    for _, act in WIDGETS[name].states:
        before = one.inner_html()
        act(one)
        assert one.inner_html() != before
        book.settle()

        def copied():
            book.run(2)
            return same.evaluate(SHOWN)

        soon(copied, one.evaluate(SHOWN))
    book.prints(3, "not seen:")


@EACH
def test_two_views_agree_and_one_that_is_removed_leaves_the_others_in_peace(name, notebook):
    code = WIDGETS[name].code
    book = notebook(MAKE.format(code=code), "one", "same", "one")
    book.run(0, 1, 2)
    first, second, other = (book.widget(number) for number in range(3))
    book.settle()
    before = other.inner_html()
    half = len(WIDGETS[name].states) // 2
    for _, act in WIDGETS[name].states[:half]:
        act(first)
        assert second.evaluate(SHOWN) == first.evaluate(SHOWN)
    book.clear(0)
    expect(first).to_have_count(0)
    press("Start over")(second)
    for _, act in WIDGETS[name].states:
        act(second)
    book.settle()
    assert other.inner_html() == before
    book.run(3)  # shown again
    assert book.widget(3).evaluate(SHOWN) == second.evaluate(SHOWN)


def weight(widget):
    return widget.locator("input[type=range]").first


def test_the_reader_sees_what_python_sets_and_python_is_told_what_cannot_be(notebook):
    book = notebook(
        MAKE.format(code="LogisticExplorer(x=2, b=-0.5, w=1)"),
        "one.w = 1.5; print(seen)",
        "one.w = 9",
        "print(one.w)",
    )
    book.run(0, 1)
    widget = book.widget(0)
    widget.get_by_text("= 2.50").wait_for()  # z = 1.5 · 2 - 0.5
    assert book.printed(1) == "{'w'}"
    book.run(2, 3)
    assert "TraitError" in book.printed(2)
    assert book.printed(3) == "1.5"
    expect(weight(widget)).to_have_value("1.5")


def test_python_and_the_reader_move_one_point_on_the_surface(notebook):
    code = WIDGETS["loss_surface_explorer"].code
    book = notebook(
        MAKE.format(code=code),
        "one.w = [1, 2]",
        "from crossentropy import mean_loss_gradient\n"
        "print(max(abs(one.w - ([1, 2] - mean_loss_gradient([1, 2], one.X, one.y)))) < 1e-12)",
        "one.rate = 0",
    )
    book.run(0, 1)
    widget = book.widget(0)
    expect(widget.get_by_role("slider", name="weight w₂")).to_have_value("2")
    widget.get_by_role("button", name="Step", exact=True).click()
    book.prints(2, "True")
    book.run(3)
    assert "should not be less than 0.01" in book.printed(3)


def test_python_counts_what_is_solved_of_a_self_check(notebook):
    chapter = "01_logistic_function"
    right = right_choice(SelfCheck(chapter).questions[0])
    wrong = (right + 1) % 3
    book = notebook(
        MAKE.format(code=f"SelfCheck({chapter!r})"),
        "print(one.tries, one.solved)",
        f"one.tries = [[], [], [], [{right}]]; print(*(name for name in seen if name[0] != '_'))",
    )
    book.run(0)
    for choice in (wrong, right):
        check(book.widget(0), question=0, choice=choice)
    book.prints(1, f"[[{wrong}, {right}], [], [], []] 1")
    book.run(2)
    assert book.printed(2) == "tries"
    radios = book.widget(0).locator("form").nth(3).get_by_role("radio")
    expect(radios.nth(right)).to_be_checked()


def test_keys_pressed_in_a_widget_are_no_commands_of_jupyterlab(notebook):
    book = notebook(MAKE.format(code="LogisticExplorer(x=2, b=-0.5)"), "TypeTheStep('dH_dp')", "1")
    book.run(0, 1)
    widget, step = book.widget(0), book.widget(1)
    press("must grow")(widget)  # the focus goes to the weight
    before = book.active()
    for key in ("ArrowDown", "ArrowUp", "ArrowUp", "a", "b", "x", "d", "d", "Enter"):
        book.window.keyboard.press(key)
    assert book.active() == before
    assert weight(widget).input_value() == "0.01"
    field = step.get_by_role("textbox")
    field.click()
    before = book.active()
    book.window.keyboard.type("x + a b d d ( y")
    assert book.active() == before
    assert field.input_value() == "x + a b d d ( y"


@EACH
def test_a_reader_at_the_keyboard_gets_from_the_notebook_into_a_widget_and_out(name, notebook):
    book = notebook(MAKE.format(code=WIDGETS[name].code), "1")
    book.run(0)
    widget = book.widget(0)
    book.command_mode(0)
    keyboard = book.window.keyboard
    inside = "widget => widget.contains(document.activeElement)"
    for _ in range(10):
        keyboard.press("Tab")
        if widget.evaluate(inside):
            break
    assert widget.evaluate(inside)
    for _ in range(60):
        keyboard.press("Tab")
        if not widget.evaluate(inside):
            return
    raise AssertionError("Tab does not lead out of the widget")


# What fails ------------------------------------------------------------------------------------

PYTHON_FAILS = """
def fails(change):
    raise RuntimeError("the handler has failed")
one.observe(fails, "w")
"""


def test_a_handler_that_fails_in_python_says_so_and_the_widget_lives_on(notebook):
    book = notebook(MAKE.format(code="LogisticExplorer(x=2, b=-0.5)"), PYTHON_FAILS, "print(one.w)")
    book.run(0, 1)
    widget = book.widget(0)
    press("must grow")(widget)
    set_slider("weight", 0.7)(widget)
    expect(book.panel).to_contain_text("the handler has failed")
    set_slider("weight", 1.2)(widget)
    book.prints(2, "1.2")


JAVASCRIPT_FAILS = """
import anywidget, traitlets
class Raises(anywidget.AnyWidget):
    w = traitlets.Float().tag(sync=True)
    _esm = '''
    const fail = () => {{ throw Error("raised"); }};
    const render = ({{ model, el }}) => {{
        {}
    }};
    export default {{ render }};
    '''
one = Raises()
one
"""
FAILURES = {
    "to an event": (
        'const button = el.appendChild(document.createElement("button"));'
        'button.textContent = "Fail"; button.onclick = fail;',
        lambda book: book.cell(0).get_by_role("button", name="Fail").click(),
    ),
    "to a change from Python": (
        'model.on("change:w", fail); el.textContent = "here";',
        lambda book: book.run(1),
    ),
    "in a frame": ("requestAnimationFrame(fail);", lambda book: None),
    "in a promise": ("(async () => fail())();", lambda book: None),
    "to the first view": ("fail();", lambda book: None),
}


@pytest.mark.parametrize("where", FAILURES)
def test_a_callback_that_raises_would_fail_a_test(where, notebook, errors):
    body, act = FAILURES[where]
    book = notebook(JAVASCRIPT_FAILS.format(body), "one.w = 2")
    book.run(0)
    book.cell(0).locator(".jp-OutputArea-output").first.wait_for()
    act(book)
    soon(lambda: bool(book.active() and errors), True)  # errors arrive while the window is asked
    assert all("raised" in error for error in errors)
    errors.clear()
