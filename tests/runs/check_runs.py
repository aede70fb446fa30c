"""The self-checks: every choice of every question, and the way to the end."""

from pathlib import Path

from crossentropy.widgets import SelfCheck
from crossentropy.widgets.self_check import FOLDER, right_choice
from runs import ALL_HANDS, Runs

RUNS = Runs("self-check")
CHAPTERS = sorted(path.stem for path in Path(FOLDER).glob("*.toml"))


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


def each_chapter(**how):
    """Return a decorator that makes a run of each chapter."""

    def keep(function):
        for chapter in CHAPTERS:
            code, page = f"SelfCheck({chapter!r})", f"chapters/{chapter}"
            RUNS.add(code, page=page, chapter=chapter, **how)(function)
        return function

    return keep


def answer(hand, form, k):
    """Choose an answer and have it checked."""
    hand.choose(form.get_by_role("radio").nth(k))
    hand.press(form.get_by_role("button", name="Check"))


@each_chapter(hands=ALL_HANDS)
def solved(hand, chapter):
    questions = SelfCheck(chapter).questions
    for number, question in enumerate(questions):
        form, right = hand.widget.locator("form").nth(number), right_choice(question)
        answer(hand, form, right)
        assert answered(form) == expected(question["choices"][right])
    count = len(questions)
    assert at_the_end(hand.widget) == f"All {count} answered, {count} of them at the first try."


@each_chapter()
def each_choice(hand, chapter):
    questions = SelfCheck(chapter).questions
    for number, question in enumerate(questions):
        form = hand.widget.locator("form").nth(number)
        assert at_the_end(hand.widget) == f"{number} of {len(questions)} answered."
        hand.press(form.get_by_role("button", name="Check"))
        assert answered(form) == ("Choose an answer first.", "note")
        for k in wrong_ones_first(question):
            choice = question["choices"][k]
            assert form.locator("[data-verdict=right]").count() == 0
            answer(hand, form, k)
            assert answered(form) == expected(choice), (number, k)
            verdict = form.locator("label").nth(k).get_attribute("data-verdict")
            assert verdict == ("right" if choice["right"] else "wrong")
    assert at_the_end(hand.widget) == f"All {len(questions)} answered, 0 of them at the first try."
