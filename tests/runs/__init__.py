"""What a reader does with each widget: solves it, and makes each classic mistake.

A run is a function of a hand (``hands``), which holds a mouse, a finger or the keyboard alone and
acts on the root of one widget. The tests of the pages and those of JupyterLab go through all runs.
"""

from dataclasses import dataclass

from crossentropy import widgets

ALL_HANDS = ("mouse", "keyboard", "finger")
SIX = "[[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]"
TWO, FOUR, FIVE, SEVEN = (
    f"chapters/{name}"
    for name in (
        "02_gradient_of_the_logistic_function",
        "04_gradient_of_the_loss",
        "05_checking_a_gradient",
        "07_the_loss_surface",
    )
)


@dataclass(frozen=True)
class Run:
    """One way through a widget, and the cell that shows the widget as the run expects it."""

    name: str
    code: str
    play: object
    hands: tuple
    page: str | None  # of the book, if it has a widget that this cell makes
    number: int  # of the widget, among those of its kind on the page

    def make(self):
        """Return the widget."""
        return eval(self.code, dict(vars(widgets)))

    def __str__(self):
        """Return the name, for a test's."""
        return self.name


class Runs(list):
    """The runs of a widget, in the order in which they are written down."""

    def __init__(self, widget):
        super().__init__()
        self.widget = widget

    def add(self, code, *, page=None, number=0, hands=("mouse", "keyboard"), **arguments):
        """Return a decorator that makes a run of a function with these arguments."""

        def keep(function):
            words = " ".join([function.__name__.replace("_", " "), *map(str, arguments.values())])

            def play(hand):
                function(hand, **arguments)

            self.append(Run(f"{self.widget}: {words}", code, play, hands, page, number))
            return function

        return keep
