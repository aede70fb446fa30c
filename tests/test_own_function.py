"""A reader's own function in a notebook: the verdict, the picture beside it, the time limit."""

import asyncio
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest
from bs4 import BeautifulSoup
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from crossentropy import logistic, logistic_gradient, loss_gradient
from crossentropy._plain_results import plain
from crossentropy.plots import plot_own_function
from crossentropy.widgets import check
from crossentropy.widgets._exercise import WIDGET_VIEW
from crossentropy.widgets._time_limit import limited
from crossentropy.widgets.own_function import LIVE, WEIGHTS


def my_logistic_gradient(w, x):
    e = np.exp(-w @ x)
    return x * e / (1 + e)


def my_loss_gradient(w, x, y):
    return (logistic(w, x) - y) * x


def of_body(body):
    """Return a function of the loss gradient's arguments with the given body."""
    names = {"np": np, "time": time}
    exec(f"def f(w, x, y):\n    {body}", names)
    return names["f"]


# --- the verdict


def test_the_target_is_read_from_the_name_of_the_function():
    assert check(my_logistic_gradient).diagnosis.mistake == "no-square"
    assert check(my_loss_gradient).diagnosis.right
    assert check(logistic_gradient).diagnosis.right


def test_the_target_may_be_named_instead():
    assert check(lambda w, x: -logistic_gradient(w, x), "logistic_gradient").diagnosis.mistake == (
        "sign"
    )


def test_what_cannot_be_checked_is_refused_with_what_to_do():
    with pytest.raises(TypeError, match=r"^check takes the function itself, as in .* came ndarray"):
        check(my_logistic_gradient(np.ones(2), np.ones(2)))
    expected = (
        r"named my_logistic_gradient or my_loss_gradient, or target say which, came gradient$"
    )
    with pytest.raises(ValueError, match=expected):
        check(my_loss_gradient, "gradient")


@pytest.mark.parametrize("seconds", [None, "2", -1, 0, np.nan, np.inf, [2], np.ones(2)])
def test_a_limit_is_a_finite_number_above_0(seconds):
    with pytest.raises(ValueError, match=r"^seconds must be a finite number above 0, came "):
        check(my_loss_gradient, seconds=seconds)


@pytest.mark.parametrize("seconds", [Fraction(1, 2), np.float32(0.5), threading.TIMEOUT_MAX])
def test_a_limit_may_be_any_such_number(seconds):
    assert check(my_loss_gradient, seconds=seconds).diagnosis.right
    body = "sum(range(10**15))" if seconds < 1 else "return x"
    assert not check(of_body(body), "loss_gradient", seconds=seconds).diagnosis.right


@pytest.mark.parametrize("target", [np.ones(2), ["loss_gradient"], loss_gradient])
def test_a_target_is_a_name(target):
    came = f"or None, came an object of type {type(target).__name__}$"
    with pytest.raises(ValueError, match=r"^target must be .*loss_gradient' " + came):
        check(my_loss_gradient, target)


def test_words_page_and_view_tell_the_same():
    feedback = check(my_logistic_gradient)
    bundle = feedback._repr_mimebundle_()
    assert bundle["text/plain"] == str(feedback.diagnosis)
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    for text in (feedback.diagnosis.message, feedback.diagnosis.hint):
        assert text in bundle["text/plain"]
        assert text in page.text
    assert page.find("div")["aria-label"] == "Feedback on my_logistic_gradient"
    rows = {row.th.text: row.td.text for row in page.find_all("tr")}
    assert rows == {
        "w": "(1, 0.5)",
        "x": "(2, −1)",
        "expected": "(0.2983, −0.1491)",
        "your function": "(0.3649, −0.1824)",
    }
    assert page.svg["aria-label"] == page.figcaption.text == feedback.figure().alt
    assert page.find("p", class_="needs-kernel").text == LIVE
    assert bundle[WIDGET_VIEW]["model_id"]


def test_what_a_function_says_cannot_write_into_the_page():
    html = check(of_body("raise ValueError('<script>alert(1)</script>')"), "loss_gradient")
    assert "<script" not in html.page_html()


def test_the_feedback_is_the_same_on_each_run():
    assert check(my_logistic_gradient).page_html() == check(my_logistic_gradient).page_html()


@pytest.mark.parametrize(
    ("body", "mistake"),
    [
        ("raise SystemExit", "raises"),
        ("raise KeyboardInterrupt", "raises"),
        ("raise GeneratorExit", "raises"),
        ("return f(w, x, y)", "raises"),
        ("pass", "nothing-returned"),
        ("return 'x'", "not-numbers"),
        ("yield x", "not-numbers"),
        ("return f", "not-numbers"),
        ("return np.zeros((500, 500))", "not-numbers"),
        ("return x * np.nan", "not-finite"),
        ("import os; os._exit(1)", "raises"),
        ("import ctypes; ctypes.string_at(0)", "raises"),
        ("w[:] = x[:] = 0; return x", "p-constant"),
        ("r = x * 0; w.dtype = 'V8'; return r", "p-constant"),
    ],
)
def test_whatever_a_function_does_there_is_a_verdict_and_a_picture(body, mistake):
    feedback = check(of_body(body), "loss_gradient", seconds=60)
    assert feedback.diagnosis.mistake == mistake
    assert feedback._repr_mimebundle_()["text/plain"]


HOSTILE = """
class Result:
    def __array__(self, *arguments, **options):
        {}
class Failure(Exception):
    def __str__(self):
        {}
def returns(w, x, y): return Result()
def raises(w, x, y): raise Failure
"""


@pytest.mark.parametrize(
    ("body", "mistakes"),
    [
        ("raise SystemExit", {"raises"}),
        ("raise KeyboardInterrupt", {"raises"}),
        ("raise ValueError", {"not-numbers", "raises"}),
        ("while True: pass", {"endless"}),
    ],
)
def test_what_a_result_or_an_error_does_when_it_is_read_belongs_to_the_call(body, mistakes):
    names = {}
    exec(HOSTILE.format(body, body), names)
    for name in ("returns", "raises"):
        feedback = check(names[name], "loss_gradient", seconds=0.5)
        assert feedback.diagnosis.mistake in mistakes
        assert feedback._repr_mimebundle_()["text/plain"]


ONCE_GOOD = """
class Entry:
    reads = 0
    def __float__(self):
        self.reads += 1
        seen.append(self.reads)
        if self.reads > 1:
            raise SystemExit
        return 0.5
def returns(w, x, y): return np.array([Entry() for _ in x])
"""


def test_entries_are_read_once_and_within_the_call():
    names = {"np": np, "seen": []}
    exec(ONCE_GOOD, names)
    assert not check(names["returns"], "loss_gradient").diagnosis.right
    assert set(names["seen"]) == {1}


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        ("np.array(['a', 'b'])", "an array of shape (2,) of type <U1"),
        ("np.array([1j, 2])", "an array of shape (2,) of type complex128"),
        ("np.array([f, f])", "an array of shape (2,) of type object"),
        ("np.zeros(2, [('a', float)])", "an object of type ndarray"),
    ],
)
def test_an_array_of_other_things_is_named_and_not_read_again(result, shown):
    feedback = check(of_body(f"return {result}"), "loss_gradient")
    assert feedback.diagnosis.mistake == "not-numbers"
    assert feedback.diagnosis.counterexample.got == shown


def test_what_a_call_made_ends_with_the_call():
    made = []

    class Local:
        def __init__(self):
            made.append(weakref.ref(self))
            self.numbers = np.ones(2)

        def __array__(self, *arguments, **options):
            return self.numbers

    def fails(w, x, y):
        local = Local()
        raise ValueError(local.numbers)

    with pytest.raises(Exception, match="1") as info:
        limited(plain(fails), 60)(1, 2, 3)
    assert info.value.__context__ is None
    limited(plain(lambda w, x, y: Local()), 60)(1, 2, 3)
    assert [reference() for reference in made] == [None, None]


def test_an_object_needs_no_proper_name():
    class Nameless:
        def __getattr__(self, name):
            raise RuntimeError(name)

        def __call__(self, w, x, y):
            return loss_gradient(w, x, y)

    numbered = Nameless()
    numbered.__dict__["__name__"] = 5
    for function in (Nameless(), numbered):
        assert check(function, "loss_gradient").diagnosis.right
        assert "Feedback on your function" in check(function, "loss_gradient").page_html()


NAMED = """
class Named:
    def __getattr__(self, name):
        {}
    def __call__(self, w, x, y):
        return loss_gradient(w, x, y)
"""


@pytest.mark.parametrize("body", ["raise SystemExit", "while True: pass"])
def test_the_name_of_an_object_is_asked_for_within_the_limit(body):
    names = {"loss_gradient": loss_gradient}
    exec(NAMED.format(body), names)
    feedback = check(names["Named"](), "loss_gradient", seconds=0.5)
    assert feedback.diagnosis.right
    assert feedback.name == "your function"


def test_a_result_as_large_as_the_memory_is_not_copied():
    body = "return np.broadcast_to(0.0, 10**12)"  # one number, in 8 bytes
    words = repr(check(of_body(body), "loss_gradient"))
    assert "got an array of shape (1000000000000,) of type float64" in words


def test_an_error_that_is_no_text_reaches_the_page():
    html = check(of_body("raise ValueError('\\ud800')"), "loss_gradient").page_html()
    assert "ValueError: \\ud800" in html.encode().decode()


def test_prints_are_dropped(capsys):
    assert check(of_body("print('x' * 1000); return x"), "loss_gradient")
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


EXIT = """
from crossentropy.widgets import check
feedback = check(lambda w, x, y: {}(), "loss_gradient")
print(feedback)
print(feedback.figure().alt, get_ipython().exit_now, "ask_exit" in vars(get_ipython()))
"""


def test_exit_in_a_notebook_ends_the_call_and_not_the_kernel(monkeypatch):
    monkeypatch.setattr(KernelManager.transport_encryption, "default_value", "auto")
    notebook = new_notebook(cells=[new_code_cell(EXIT.format(name)) for name in ("exit", "quit")])
    with ThreadPoolExecutor() as pool:  # a browser of other tests keeps a loop in this thread
        client = NotebookClient(notebook, timeout=120)
        ran = pool.submit(lambda: asyncio.run(client.async_execute())).result()
    for cell in ran.cells:
        words = "".join(output.text for output in cell.outputs)
        assert "the function raised SystemExit" in words
        assert words.endswith("could be drawn beside the truth. False False\n")


# --- loops without an end


ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches errors": """
    while True:
        try:
            time.sleep(0.001)
        except Exception:
            pass""",
    "a long sleep": "time.sleep(100)",
    "a step that never returns to Python": "sum(range(10**15))",
}


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_call_is_ended_and_said_to_be(body):
    start = time.monotonic()
    feedback = check(of_body(body), "loss_gradient", seconds=0.3)
    assert time.monotonic() - start < 50
    assert feedback.diagnosis.mistake == "endless"
    assert "no result within 0.3 seconds" in str(feedback)
    assert "<svg" not in feedback.page_html()
    assert feedback._repr_mimebundle_()[WIDGET_VIEW]


def test_a_function_that_is_endless_for_some_weights_is_drawn_up_to_them():
    body = "while abs(w[0] - 0.25) < 0.1: pass\n    return x"
    feedback = check(of_body(body), "loss_gradient", seconds=0.3)
    points = [(np.array([w1, 0.5]), np.ones(2), 1.0) for w1 in WEIGHTS]
    own, late = feedback._values(points, 0)
    assert np.array_equal(np.isnan(own), WEIGHTS >= 0.25)
    assert late == "no result within 0.3 seconds"
    assert "Yours is drawn only so far: no result within 0.3 seconds." in feedback.page_html()


def test_all_calls_together_have_a_limit():
    calls = []

    def slow(w, x, y):
        calls.append(1)
        time.sleep(0.12)
        return x

    feedback = check(slow, "loss_gradient", seconds=0.3)
    assert feedback.diagnosis.mistake == "endless"
    assert "the calls took more than 1.5 seconds together" in str(feedback)
    assert len(calls) <= 13


def test_each_picture_has_a_limit_of_its_own():
    slow = threading.Event()
    calls = []

    def slow_later(w, x, y):
        calls.append(1)
        if slow.is_set():
            time.sleep(0.12)
        return x

    feedback = check(slow_later, "loss_gradient", seconds=0.3)
    _, interact, picture = feedback.live().children
    slow.set()
    for weight in (1.0, 2.0):
        calls.clear()
        interact.children[0].value = weight
        assert 1 < len(calls) <= 13
        assert "only so far: the calls took more than 1.5 seconds together." in picture.value


def test_an_ended_loop_leaves_no_thread():
    before = set(threading.enumerate())
    with pytest.raises(TimeoutError, match=r"^no result within 0.2 seconds$"):
        limited(of_body("while True: pass"), 0.2)(1, 2, 3)
    assert set(threading.enumerate()) <= before


def test_a_loop_that_cannot_be_ended_is_reported_and_the_caller_goes_on():
    enough = []  # no Event: what is told to end in the middle of its wait leaves it locked

    def stubborn():
        while not enough:
            try:
                time.sleep(0.2)
            except BaseException:
                continue

    try:
        with pytest.raises(TimeoutError, match=r"and it still runs: restart the kernel$"):
            limited(stubborn, 0.1)()
    finally:
        enough.append(True)


def test_results_errors_and_numpy_settings_pass_the_limit():
    assert limited(lambda a, b: a + b, 5)(1, 2) == 3
    with pytest.raises(ZeroDivisionError):
        limited(lambda: 1 / 0, 5)()
    with pytest.raises(RuntimeError, match=r"^the function raised SystemExit$"):
        limited(of_body("raise SystemExit"), 5)(1, 2, 3)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        limited(lambda: np.exp(np.float64(1000)), 5)()
    with np.errstate(over="ignore"):
        assert limited(lambda: np.exp(np.float64(1000)), 5)() == np.inf


def test_an_error_that_raises_itself_when_it_is_named_is_a_verdict():
    class Meta(type):
        @property
        def __name__(cls):
            raise OddError

    class OddError(Exception, metaclass=Meta):
        pass

    def fails(w, x, y):
        raise OddError

    assert check(fails, "loss_gradient").diagnosis.counterexample.got == "OddError"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_ends_even_its_thread_is_a_verdict():
    class Meta(type):
        @property
        def __name__(cls):
            raise SystemExit

    class Failure(BaseException, metaclass=Meta):
        pass

    def fails(w, x, y):
        raise Failure

    with pytest.raises(RuntimeError, match=r"^the function ended its thread, and nothing came$"):
        limited(fails, 5)(1, 2, 3)
    assert check(fails, "loss_gradient").diagnosis.mistake == "raises"


def test_an_interrupt_of_the_reader_ends_the_function_too(monkeypatch):
    class Interrupted(threading.Thread):
        def join(self, timeout=None):
            if timeout == 60:
                raise KeyboardInterrupt
            super().join(timeout)

    before = set(threading.enumerate())
    monkeypatch.setattr(threading, "Thread", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        limited(of_body("while True: pass"), 60)(1, 2, 3)
    assert set(threading.enumerate()) <= before


# --- the picture


def test_the_controls_of_the_live_view_redraw_the_picture():
    _, interact, picture = check(my_loss_gradient).live().children
    w2, component, y, _ = interact.children
    seen = {picture.value}
    for control, value in ((w2, -2.0), (component, 1), (y, 0.0)):
        control.value = value
        seen.add(picture.value)
    assert len(seen) == 4
    assert all("<svg" in svg for svg in seen)
    assert [control.description for control in (w2, component, y)] == [
        "weight w₂",
        "component",
        "label y",
    ]


def test_a_probability_has_no_label_to_choose():
    interact = check(my_logistic_gradient).live().children[1]
    assert len(interact.children) == 3  # two controls, and what interact prints into


@pytest.mark.parametrize("component", [0, 1])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_the_picture_draws_the_truth_and_the_readers_values(component, y):
    figure = check(lambda w, x, y: -loss_gradient(w, x, y), "loss_gradient").figure(
        -1, component, y
    )
    drawn = {line.get_label(): line.get_xydata().T for line in figure.figure.axes[0].lines}
    truth = [loss_gradient([w1, -1], [2, -1], y)[component] for w1 in WEIGHTS]
    assert np.array_equal(drawn["truth"], [WEIGHTS, truth])
    assert np.array_equal(drawn["yours"], [WEIGHTS, -np.array(truth)])


@pytest.mark.parametrize(
    ("own", "alt"),
    [
        ([0, 1, 2], "The loss: yours and the truth agree."),
        ([0, np.nan, 2], "The loss: yours and the truth agree wherever yours gives a number."),
        (
            [np.nan] * 3,
            "The loss: your function gives no value that could be drawn beside the truth.",
        ),
        (
            [0, 1, 1000],
            "The loss: farthest from the truth at w₁ = 1, where yours is 1000 and the truth 2."
            " Your values outside the picture: 1.",
        ),
        (
            [0, np.inf, 2],
            "The loss: farthest from the truth at w₁ = 0, where yours is infinite and the truth 1."
            " Your values outside the picture: 1.",
        ),
    ],
)
def test_the_words_of_the_picture_say_where_the_two_differ_most(own, alt):
    assert plot_own_function([-1, 0, 1], [0, 1, 2], own, subject="the loss").alt == alt


def test_values_far_from_the_truth_do_not_squeeze_it():
    figure = plot_own_function([-1, 0, 1], [0, 1, 2], [0, 1, 1e9]).figure
    low, high = figure.axes[0].get_ylim()
    assert -2 < low < 0
    assert 2 < high < 10


def test_a_truth_that_is_constant_can_be_drawn():
    assert "<svg" in plot_own_function([-1, 0, 1], [0, 0, 0], [0, 0, 0]).svg()


def test_the_picture_refuses_rows_that_do_not_match():
    with pytest.raises(ValueError, match=r"rows of one length, came \(3,\), \(3,\) and \(2,\)$"):
        plot_own_function([-1, 0, 1], [0, 1, 2], [0, 1])
    with pytest.raises(ValueError, match=r"^weights and truth must be finite$"):
        plot_own_function([-1, 0, 1], [0, 1, np.nan], [0, 1, 2])
