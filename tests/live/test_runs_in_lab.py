"""Every widget in JupyterLab: solved by mouse and by keyboard, and every classic mistake made."""

from runs.all_runs import each_with, in_lab
from runs.hands import HANDS


@each_with(in_lab)
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
