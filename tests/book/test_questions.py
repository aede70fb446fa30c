"""The self-checks on the built pages: every choice of every question, and the way to the end."""

import pytest
from book_pages import CHAPTERS
from widget_states import press_key_on, start_with_keyboard

from crossentropy.widgets import SelfCheck
from crossentropy.widgets.self_check import right_choice

EACH = pytest.mark.parametrize("chapter", [page.split("/")[-1] for page in CHAPTERS])


def plain(tree):
    """Return the words of a text, without its elements."""
    return "".join(one if isinstance(one, str) else plain(one[1]) for one in tree)


def wrong_ones_first(question):
    """Return the numbers of the choices, the right one last."""
    return sorted(range(len(question["choices"])), key=lambda k: question["choices"][k]["right"])


def answered(form):
    """Return the answer to a question: its words, and its colour."""
    answer = form.get_by_role("status")
    return " ".join(answer.inner_text().split()), answer.get_attribute("data-kind")


def expected(choice):
    """Return the answer that a choice has to get."""
    word, kind = ("Right.", "right") if choice["right"] else ("Not this one.", "wrong")
    return " ".join(f"{word} {plain(choice['why'])}".split()), kind


def at_the_end(widget):
    """Return the words below all questions."""
    return widget.locator(":scope > .xe-feedback").inner_text()


@EACH
def test_each_choice_gets_its_verdict_and_its_reason_with_the_mouse(chapter, widget_in):
    widget = widget_in("self_check", chapter)
    questions = SelfCheck(chapter).questions
    for number, question in enumerate(questions):
        form = widget.locator("form").nth(number)
        assert at_the_end(widget) == f"{number} of {len(questions)} answered."
        for k in wrong_ones_first(question):
            choice = question["choices"][k]
            assert form.locator("[data-verdict=right]").count() == 0
            form.locator("label").nth(k).click()
            form.get_by_role("button", name="Check").click()
            assert answered(form) == expected(choice), (number, k)
            verdicts = {True: "right", False: "wrong"}
            verdict = form.locator("label").nth(k).get_attribute("data-verdict")
            assert verdict == verdicts[choice["right"]]
    assert at_the_end(widget) == f"All {len(questions)} answered, 0 of them at the first try."


@EACH
def test_the_questions_are_answered_with_the_keyboard_alone(chapter, widget_in):
    widget = widget_in("self_check", chapter)
    keyboard = widget.page.keyboard
    questions = SelfCheck(chapter).questions
    start_with_keyboard(widget)
    for number, question in enumerate(questions):
        form, right = widget.locator("form").nth(number), right_choice(question)
        press_key_on(form.get_by_role("radio").first, "Space")
        for _ in range(right):
            keyboard.press("ArrowDown")
        if number % 2:
            press_key_on(form.get_by_role("button", name="Check"), "Space")
        else:
            keyboard.press("Enter")
        assert answered(form) == expected(question["choices"][right])
    count = len(questions)
    assert at_the_end(widget) == f"All {count} answered, {count} of them at the first try."


def test_the_questions_are_answered_with_a_finger(widget_in):
    chapter = "04_gradient_of_the_loss"
    widget = widget_in("self_check", chapter, width="phone", has_touch=True)
    for number, question in enumerate(SelfCheck(chapter).questions):
        form = widget.locator("form").nth(number)
        form.get_by_role("button", name="Check").tap()
        assert answered(form) == ("Choose an answer first.", "note")
        for k in wrong_ones_first(question)[1:]:
            form.locator("label").nth(k).tap()
            form.get_by_role("button", name="Check").tap()
            assert answered(form) == expected(question["choices"][k])
    assert at_the_end(widget).startswith("All ")
