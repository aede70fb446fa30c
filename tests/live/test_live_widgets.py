"""The widgets in a running JupyterLab, where Python sees and sets what the reader does."""

import pytest
from widget_states import WIDGETS, press

MAKE = """
from crossentropy.widgets import LogisticExplorer
explorer = LogisticExplorer(x=2, b=-0.5, slopes=[0.3])
seen = []
explorer.observe(lambda change: seen.append(change["new"]), "w")
explorer
"""
SHOW = "print(explorer.w, explorer.solved, len(seen) > 0)"


def weight(widget):
    return widget.locator("input[type=range]").first


def test_python_sees_what_the_reader_sets(notebook):
    book = notebook(MAKE, SHOW)
    book.run(0)
    widget = book.widget(0)
    press("must grow")(widget)
    weight(widget).fill("1.35")
    press("Check")(widget)
    book.prints(1, "1.35 1 True")


def test_the_reader_sees_what_python_sets(notebook):
    book = notebook(MAKE, "explorer.w = 1.5", "explorer.w = 9", SHOW)
    book.run(0, 1)
    widget = book.widget(0)
    widget.get_by_text("= 2.50").wait_for()  # z = 1.5 · 2 - 0.5
    book.run(2)
    assert "TraitError" in book.printed(2)
    book.run(3)
    assert book.printed(3) == "1.5 0 True"
    assert weight(widget).input_value() == "1.5"


def test_two_views_of_one_widget_agree_and_two_widgets_do_not_disturb_each_other(notebook):
    book = notebook(MAKE, "explorer", "LogisticExplorer(x=2, b=-0.5)")
    book.run(0, 1, 2)
    first, second, other = (book.widget(number) for number in range(3))
    press("must grow")(first)
    weight(first).fill("0.7")
    assert weight(second).input_value() == "0.7"
    assert not weight(other).is_visible()
    assert weight(other).input_value() == "0"


def test_keys_pressed_in_a_widget_are_no_commands_of_jupyterlab(notebook):
    book = notebook(MAKE, "1")
    book.run(0)
    widget = book.widget(0)
    press("must grow")(widget)  # the focus goes to the weight
    before = book.active()
    for key in ("ArrowDown", "ArrowUp", "ArrowUp", "a", "b", "x", "d", "d", "Enter"):
        book.window.keyboard.press(key)
    assert book.active() == before
    assert weight(widget).input_value() == "0.01"


def test_a_view_that_is_removed_and_shown_again_goes_on_where_it_was(notebook):
    book = notebook(MAKE, "explorer")
    book.run(0, 1)
    press("must grow")(book.widget(0))
    weight(book.widget(0)).fill("0.7")
    for _ in range(2):
        book.run(1)
        assert weight(book.widget(1)).input_value() == "0.7"
    book.run(0)  # another widget takes the place of the first
    assert not weight(book.widget(0)).is_visible()
    assert weight(book.widget(1)).input_value() == "0.7"


def test_a_widget_has_the_colours_of_the_theme(notebook):
    book = notebook(MAKE)
    book.run(0)
    widget = book.widget(0)
    switch = "(name) => jupyterapp.commands.execute('apputils:change-theme', { theme: name })"
    shown = []
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        book.window.evaluate(switch, theme)
        light = str(theme.endswith("Light")).lower()
        book.window.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")
        shown.append(widget.evaluate("e => getComputedStyle(e).backgroundColor"))
    assert shown == ["rgb(20, 24, 30)", "rgb(255, 255, 255)"]


RAISES = """
import anywidget
class Raises(anywidget.AnyWidget):
    _esm = '''
    const fail = () => { throw Error("raised"); };
    const render = ({ el }) => {
        const button = el.appendChild(document.createElement("button"));
        button.textContent = "Fail";
        button.onclick = fail;
    };
    export default { render };
    '''
Raises()
"""


def test_a_callback_that_raises_would_fail_a_test(notebook, errors):
    book = notebook(RAISES)
    book.run(0)
    book.cell(0).get_by_role("button", name="Fail").click()
    assert "Error: raised" in errors.pop()


@pytest.mark.parametrize("name", WIDGETS)
def test_every_widget_goes_through_all_its_states(name, notebook):
    book = notebook(f"from crossentropy.widgets import *\n{WIDGETS[name].code}")
    book.run(0)
    widget = book.widget(0)
    for state, act in WIDGETS[name].states:
        before = widget.inner_html()
        act(widget)
        assert widget.inner_html() != before, state
