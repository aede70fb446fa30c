"""Widget 8, for chapters 2 and 4: the reader's own function, checked, and beside the truth."""

import atexit
import contextlib
import itertools
import numbers
import os
import sys
import threading
from html import escape
from unittest import mock

import cloudpickle
import ipywidgets
import numpy as np
from IPython import get_ipython

import crossentropy
from crossentropy import _probes, mistakes
from crossentropy._dry_run import DryRun
from crossentropy._outcomes import outcome_of
from crossentropy._plain_results import plain
from crossentropy.diagnosis import Diagnosis, diagnose
from crossentropy.plots import plot_own_function
from crossentropy.plots._colours import paint
from crossentropy.widgets._time_limit import limited

SECONDS = 2  # that one call may take
CALLS = 5  # of that length are as long as all calls of a diagnosis, or of a picture, may take
TARGETS = ("logistic_gradient", "loss_gradient")
WEIGHTS = np.linspace(-4, 4, 33)
X = np.array([2.0, -1])
_DRY_RUN = DryRun()
atexit.register(_DRY_RUN.close)
CARD = "margin: 0.75rem 0; padding: 0.1rem 0 0.1rem 0.75rem; line-height: 1.5"
CELL = "text-align: left; padding: 0.1rem 1rem 0.1rem 0; vertical-align: top"
LIVE = (
    "This is what the cell gave when the page was made."
    " In JupyterLab you can change the function, run the cell again, and move the weights."
)


def check(function, target=None, *, seconds=SECONDS):
    """Say whether a function of the reader's is right, or which classic mistake it makes.

    Whatever it raises, returns or prints does no harm, and a call that takes too long is ended, for
    each is made in another process first.  A function that cannot be sent there, such as one that
    uses an open file, is called in a thread alone: then to restart the kernel is the only way out
    of a single step that never returns to Python, such as ``sum(range(10**12))``.
    ``signal.raise_signal(signal.SIGINT)`` interrupts the cell, as its stop button does.

    Parameters
    ----------
    function : callable
        ``my_logistic_gradient(w, x)`` or ``my_loss_gradient(w, x, y)``, for one sample.
    target : {"logistic_gradient", "loss_gradient"}, optional
        What it should compute; if None, its name without ``my_`` says so.
    seconds : float
        The time limit of one call; that of all calls together, and of those for a picture, is five
        times as long.

    Returns
    -------
    Feedback
        The verdict, which a notebook shows with a picture of the function beside the truth.

    Raises
    ------
    TypeError
        If `function` cannot be called.
    ValueError
        If there is no such target, or `seconds` is no finite number above 0.

    Examples
    --------
    >>> def my_logistic_gradient(w, x):
    ...     p = 1 / (1 + np.exp(-w @ x))
    ...     return p * (1 - p)
    >>> check(my_logistic_gradient)
    Not right: the inner derivative is missing: the features do not appear.
    At w = (1, 0.5), x = (2, −1): expected (0.2983, −0.1491), got 0.1491.
    Hint: The chain rule goes on into the exponent. What is the derivative of wᵀx in one weight?
    """
    if not callable(function):
        came = f"came {type(function).__name__}"
        raise TypeError(f"check takes the function itself, as in check(my_loss_gradient), {came}")
    if not isinstance(seconds, numbers.Real) or not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ValueError(f"seconds must be a finite number above 0, came {_described(seconds)}")
    seconds = float(seconds)  # any other real number is no time for the system
    if not isinstance(target, str | None):
        names = " or ".join(map(repr, TARGETS))
        raise ValueError(f"target must be {names} or None, came {_described(target)}")
    name = _name_of(function, seconds)
    target = name.removeprefix("my_") if target is None else target
    if target not in TARGETS:
        names = " or ".join(f"my_{name}" for name in TARGETS)
        raise ValueError(f"the function must be named {names}, or target say which, came {target}")

    def guarded(calls):
        return _guarded(function, calls, seconds)

    with _silence(), _no_exit():
        diagnosis = diagnose(target, guarded(_calls_of(target)))
    return Feedback(name, target, guarded, diagnosis)


def _described(value):
    """Return a scalar as it is written, of anything else the type."""
    plain = value is None or isinstance(value, str | numbers.Number)
    return repr(value) if plain else f"an object of type {type(value).__name__}"


def _name_of(function, seconds):
    """Return the name of a function; an object may do what it likes when it is asked."""
    try:
        with _silence(), _no_exit():
            name = limited(lambda: function.__name__, seconds)()
    except Exception:
        name = None
    return name if type(name) is str else "your function"


def _calls_of(target):
    """Return the arguments of the calls that a diagnosis makes; it repeats the first one."""
    every = _probes.points(mistakes.TARGETS[target].arguments, np.random.default_rng(0))
    calls = [tuple(point.arguments.values()) for point in every]
    return [*calls, calls[0]]


def _guarded(function, calls, seconds):
    """Return the function for calls in this order, of which none keeps the caller waiting.

    They are made in another process first, if the function can be sent there; from the first one on
    that does not come back, none is made here.
    """
    total = CALLS * seconds
    here = limited(plain(function), seconds, total)
    try:
        sent = limited(cloudpickle.dumps, seconds)(function)
    except Exception:  # whatever the reader's objects raise: not all can be sent
        return here
    failure = _DRY_RUN.first_failure(sent, calls, seconds, total)
    if failure is None:
        return here
    numbers, (last, error) = itertools.count(), failure

    def call(*arguments):
        if next(numbers) >= last:
            raise error
        return here(*arguments)

    return call


@contextlib.contextmanager
def _silence():
    """Drop what is printed: the function is called dozens of times."""
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


@contextlib.contextmanager
def _no_exit():
    """Let ``exit()`` end the call alone: IPython's own asks the shell to end the kernel."""
    shell = get_ipython()
    if shell is None:
        yield
        return
    with mock.patch.object(shell, "ask_exit", sys.exit, create=True):
        yield


class Feedback:
    """What `check` found: in words, as a table, and in a notebook with a picture that moves."""

    def __init__(self, name: str, target: str, guarded, diagnosis: Diagnosis):
        self.name, self.target, self.diagnosis = name, target, diagnosis
        self._guarded = guarded  # returns the function for some calls, with all its time before it
        self._pictures = {}

    def __repr__(self):
        """Return the verdict in words."""
        return str(self.diagnosis)

    def _repr_mimebundle_(self, **kwargs):
        """Return the live view, and for where there is no kernel the verdict as it stands."""
        words = {"text/plain": repr(self), "text/html": self.page_html()}
        return {**self.live()._repr_mimebundle_(**kwargs), **words}

    def live(self):
        """Return the verdict above a picture with controls, as an ipywidgets view."""
        verdict = ipywidgets.HTML(self.verdict_html())
        if self.diagnosis.mistake == "endless":
            return verdict
        picture = ipywidgets.HTML()

        def show(w2, component, y):
            picture.value = self._figure_html(w2, component, y)

        has_label = self.target == "loss_gradient"
        controls = {
            "w2": ipywidgets.FloatSlider(0.5, min=-4, max=4, step=0.5, description="weight w₂"),
            "component": _choice("component", [("first", 0), ("second", 1)]),
            "y": _choice("label y", [("1", 1.0), ("0", 0.0)]) if has_label else ipywidgets.fixed(1),
        }
        interact = ipywidgets.interactive(show, clear_output=False, **controls)
        return ipywidgets.VBox([verdict, interact, picture])

    def page_html(self):
        """Return the verdict and a picture for a page without a kernel."""
        endless = self.diagnosis.mistake == "endless"
        picture = "" if endless else f"{self._figure_html()}\n"
        return f'{self.verdict_html()}\n{picture}<p class="needs-kernel">{LIVE}</p>'

    def verdict_html(self):
        """Return message, counterexample and hint."""
        verdict = self.diagnosis
        colour = paint("green" if verdict.right else "red")
        parts = [f"<p><strong>{escape(verdict.message)}</strong></p>"]
        if verdict.counterexample:
            parts.append(_as_table(verdict.counterexample))
        if verdict.hint:
            parts.append(f"<p>Hint: {escape(verdict.hint)}</p>")
        return (
            f'<div role="group" aria-label="Feedback on {escape(self.name)}"'
            f' style="border-left: 4px solid {colour}; {CARD}">\n' + "\n".join(parts) + "\n</div>"
        )

    def _figure_html(self, w2=0.5, component=0, y=1.0):
        """Return the figure with its finding below, and with what kept it from being complete."""
        choices = w2, component, y
        if choices not in self._pictures:  # the page and the live view begin with the same one
            figure, late = self._figure(*choices)
            words = f"{figure.alt} Yours is drawn only so far: {late}." if late else figure.alt
            caption = f"<figcaption>{escape(words)}</figcaption>"
            self._pictures[choices] = f"<figure>{figure.svg()}{caption}</figure>"
        return self._pictures[choices]

    def figure(self, w2=0.5, component=0, y=1.0):
        """Draw a component of the gradient over the first weight, the reader's beside the truth."""
        return self._figure(w2, component, y)[0]

    def _figure(self, w2, component, y):
        """Return the figure, and the words of a call that did not end in time."""
        rest = (X, y) if self.target == "loss_gradient" else (X,)
        points = [(np.array([w1, w2]), *rest) for w1 in WEIGHTS]
        truth = np.array([getattr(crossentropy, self.target)(*point) for point in points])
        own, late = self._values(points, component)
        words = f"the {('first', 'second')[component]} component of the gradient"
        outer = "p" if self.target == "logistic_gradient" else r"\ell"
        formula = rf"$\partial {outer}/\partial w_{component + 1}$"
        figure = plot_own_function(
            WEIGHTS, truth[:, component], own, subject=words, formula=formula
        )
        return figure, late

    def _values(self, points, component):
        """Return the reader's values, NaN where there is none, and what ended them too early."""
        values = np.full(len(points), np.nan)
        with _silence(), _no_exit():
            function = self._guarded(points)
            for i, point in enumerate(points):
                outcome = outcome_of(function, dict(zip("wxy", point, strict=False)))
                if outcome.problem == "endless":
                    return values, outcome.shown.removeprefix("TimeoutError: ")
                if np.shape(outcome.value) == X.shape:
                    values[i] = outcome.value[component]
        return values, None


def _choice(description, options):
    return ipywidgets.Dropdown(options=options, description=description)


def _as_table(example):
    """Return a point, what is expected there and what came, as rows of a table."""
    rows = {**example.arguments, "expected": example.expected, "your function": example.got}
    cells = "\n".join(
        f'<tr><th scope="row" style="{CELL}">{escape(name)}</th>'
        f'<td style="{CELL}">{escape(value)}</td></tr>'
        for name, value in rows.items()
    )
    return f'<table style="margin: 0.5rem 0">\n<tbody>\n{cells}\n</tbody>\n</table>'
