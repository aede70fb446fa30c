"""The widgets of algebra in a running JupyterLab: Python sees and sets what the reader does."""

from widget_states import equals_sign, press, said, tick, type_in

STEP = """
from crossentropy.widgets import DerivationBlocks, ErrorHunt, TypeTheStep
step = TypeTheStep("dH_dp")
seen = []
step.observe(lambda change: seen.append(change["new"]), "solved")
step
"""


def test_python_sees_what_is_typed_and_whether_it_is_right(notebook):
    book = notebook(STEP, "print(step.answer, step.solved, seen)")
    book.run(0)
    type_in("(p - y)/(p(1 - p))")(book.widget(0))
    assert said(book.widget(0)).startswith("Right.")
    book.prints(1, "(p - y)/(p(1 - p)) True [True]")


def test_the_reader_sees_the_marks_and_the_order_that_python_sets(notebook):
    book = notebook(
        STEP,
        "hunt = ErrorHunt(); hunt",
        "blocks = DerivationBlocks(); blocks",
        "hunt.marked = [0]; blocks.placed = [0, 1]",
        "print(hunt.marked, hunt.found, blocks.placed)",
    )
    book.run(0, 1, 2, 3)
    hunt, blocks = book.widget(1), book.widget(2)
    blocks.locator("ol .xe-block").nth(1).wait_for()
    assert hunt.get_by_label(equals_sign(7)).is_checked()
    tick(equals_sign(8))(hunt)
    press("Check")(hunt)
    blocks.get_by_role("button", name="Take out").first.click()
    book.prints(4, "[0, 1] True [1]")


def test_letters_typed_into_the_field_are_no_commands_of_jupyterlab(notebook):
    book = notebook(STEP, "1")
    book.run(0)
    field = book.widget(0).get_by_role("textbox")
    field.click()
    before = book.active()
    book.window.keyboard.type("x + a b d d ( y")
    assert book.active() == before
    assert field.input_value() == "x + a b d d ( y"
