"""Every widget in JupyterLab: solved, and every classic mistake made, by mouse and by keyboard."""

from runs.all_runs import each_with
from runs.hands import HANDS


@each_with(("mouse", "keyboard"))  # a finger does so on pages
def test_a_reader_goes_through_a_widget(run, hand, notebook):
    book = notebook(f"from crossentropy.widgets import *\n{run.code}")
    book.run(0)
    run.play(HANDS[hand](book.widget(0)))
