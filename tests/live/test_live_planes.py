"""The widgets with planes, and `check`, in a running JupyterLab: reader and Python see the same."""

from playwright.sync_api import expect
from widget_states import press, press_exactly, said, select, set_slider

from crossentropy import mean_loss_gradient

EXPLORER = """
from crossentropy.widgets import LossSurfaceExplorer
X, y = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]
explorer = LossSurfaceExplorer(X, y)
seen = []
explorer.observe(lambda change: seen.append(change["new"]), "w")
explorer
"""
X, Y = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]


def slider(widget, name):
    return widget.get_by_role("slider", name=name)


def test_python_and_the_reader_move_one_point_on_the_surface(notebook):
    book = notebook(
        EXPLORER,
        "explorer.w = [1, 2]",
        "print([round(w, 6) for w in explorer.w], seen == [[1, 2], explorer.w])",
        "explorer.rate = 0",
    )
    book.run(0, 1)
    widget = book.widget(0)
    expect(slider(widget, "weight w₂")).to_have_value("2")
    press_exactly("Step")(widget)
    end = [1, 2] - mean_loss_gradient([1, 2], X, Y)
    book.prints(2, f"{end.round(6).tolist()} True")
    book.run(3)
    assert "should not be less than 0.01" in book.printed(3)


def test_python_and_the_reader_change_the_same_samples(notebook):
    both = "with explorer.hold_trait_notifications():\n    explorer.X, explorer.y = X[:2], y[:2]"
    book = notebook(EXPLORER, "print(explorer.X[-1], explorer.y[-2:], len(explorer.X))", both)
    book.run(0)
    widget = book.widget(0)
    widget.locator("summary").click()
    press("Add one")(widget)
    slider(widget, "its x₁").fill("-1.25")
    press("Flip its label")(widget)
    book.prints(1, "[-1.25, 0.5] [0, 0] 7")
    book.run(2)
    expect(widget).to_contain_text("sample 2 of 2, y = 1")


PUSH = """
from crossentropy.widgets import GradientDetective, PushAndPull, check
push = PushAndPull([1, 0.5], [[2, -1], [1, 1]], [1, 0])
push
"""


def test_python_sees_the_arrow_that_is_drawn_and_draws_one(notebook):
    book = notebook(PUSH, "push.drawn = [0.35, -0.2]", "print(push.drawn, push.shown)")
    book.run(0)
    widget = book.widget(0)
    set_slider("push in w₁", -0.4)(widget)
    book.prints(2, "[-0.4, 0.0] False")
    book.run(1)
    expect(slider(widget, "push in w₁")).to_have_value("0.35")
    press("Compare")(widget)
    assert said(widget).startswith("Right")
    book.prints(2, "[0.35, -0.2] True")


def test_python_sees_which_bug_is_named_and_moves_the_step(notebook):
    book = notebook(
        PUSH,
        "detective = GradientDetective([1, 0.5], [2, -1], 1, seed=1); detective",
        "detective.exponent = -5",
        "print(detective.named[0], detective.y)",
    )
    book.run(0, 1, 2)
    widget = book.widget(1)
    expect(slider(widget, "step")).to_have_value("-5")
    set_slider("label", 0)(widget)
    select("sign")(widget)
    press("Commit")(widget)
    assert "That does not fit." in said(widget)
    select("plus-minus-labels")(widget)
    press("Commit")(widget)
    assert said(widget).startswith("Right")
    book.prints(3, "plus-minus-labels 0")


OWN = """
from crossentropy.widgets import check
import numpy as np
def my_logistic_gradient(w, x):
    p = 1 / (1 + np.exp(-w @ x))
    return {value}
check(my_logistic_gradient)
"""


def test_the_readers_own_function_is_checked_and_drawn_beside_the_truth(notebook):
    book = notebook(OWN.format(value="p * x"), OWN.format(value="p * (1 - p) * x"))
    book.run(0, 1)
    wrong, right = (book.cell(number).locator(".jp-OutputArea-output") for number in (0, 1))
    feedback = wrong.get_by_role("group", name="Feedback on my_logistic_gradient")
    expect(feedback).to_contain_text("expected")
    caption = wrong.locator("figcaption")
    before = caption.inner_text()
    wrong.get_by_role("combobox", name="component").select_option("second")
    expect(caption).not_to_have_text(before)
    expect(right.get_by_role("group")).to_contain_text("Right")
