"""The widgets in JupyterLab in both themes, on a phone's width and enlarged."""

import pytest
from axe import COLOURS, SIZES, violations
from widget_states import BEYOND, WIDGETS

CELL = "from crossentropy.widgets import *\n{}"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
THEME = "(name) => jupyterapp.commands.execute('apputils:change-theme', { theme: name })"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
CARD = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}


@pytest.fixture
def theme(window):
    """Change the theme of JupyterLab, and change it back."""

    def change(name):
        window.evaluate(THEME, THEMES[name])
        is_light = str(name == "light").lower()
        window.locator(f"body[data-jp-theme-light={is_light}]").wait_for(state="attached")

    yield change
    change("light")


@pytest.fixture
def width(window):
    """Change the width of the window, and change it back."""

    def change(pixels):
        window.set_viewport_size({"width": pixels, "height": 900})
        window.evaluate(DRAWN)

    yield change
    change(1280)


@pytest.mark.parametrize("name", WIDGETS)
def test_axe_finds_nothing_in_either_theme_at_any_size(name, notebook, theme, width):
    book = notebook(CELL.format(WIDGETS[name].code))
    book.run(0)
    widget = book.widget(0)
    states = WIDGETS[name].states
    for state in (states[: len(states) // 2], states[len(states) // 2 :]):
        for _, act in state:
            act(widget)
        for size, (pixels, options) in SIZES.items():
            width(pixels)
            assert violations(book.window, ".xe", **options) == {}, size
            assert widget.evaluate(BEYOND) == [], size
        for shade in ("dark", "light"):
            theme(shade)
            assert widget.evaluate("e => getComputedStyle(e).backgroundColor") == CARD[shade]
            assert violations(book.window, ".xe", **COLOURS) == {}, shade
