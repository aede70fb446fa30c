"""Every widget in JupyterLab: solved by mouse and by keyboard, and every classic mistake made.

What solves no widget goes through its keyboard on the pages, with the same script.
"""

from runs import ALL_HANDS
from runs.all_runs import each_with
from runs.hands import HANDS


def hands_here(run):
    """Return the hands for a run: the keyboard's mistakes are made on pages."""
    mine = ("mouse", "keyboard") if run.hands == ALL_HANDS else ("mouse",)
    return [hand for hand in mine if hand in run.hands]


@each_with(hands_here)
def test_a_reader_goes_through_a_widget(run, hand, opened, errors):
    run.play(HANDS[hand](show(opened, f"from crossentropy.widgets import *\n{run.code}")))
    assert errors == []


def show(notebook, source):
    """Return the widget of a cell: from the start again, if the run before has used it."""
    if notebook.sources == (source,):
        notebook.widget(0).get_by_role("button", name="Start over").click()
    else:
        notebook.fill(source)
        notebook.run(0)
    return notebook.widget(0)
