"""Every widget in JupyterLab: solved, and every classic mistake made, with every hand."""

from runs.all_runs import EACH_WITH_EACH_HAND
from runs.hands import HANDS


@EACH_WITH_EACH_HAND
def test_a_reader_goes_through_a_widget(run, hand, notebook):
    book = notebook(f"from crossentropy.widgets import *\n{run.code}")
    book.run(0)
    run.play(HANDS[hand](book.widget(0)))
