"""The questions of the self-checks are complete, and become the HTML that a page shows."""

import pytest
import traitlets
from notebooks import chapters

from crossentropy.widgets import SelfCheck
from crossentropy.widgets.self_check import FOLDER, formula, html, markup, right_choice

CHAPTERS = [path.stem for path in chapters()]


def test_every_chapter_has_questions_and_asks_them():
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == CHAPTERS
    for path in chapters():
        assert path.read_text(encoding="utf-8").count(f'SelfCheck(\\"{path.stem}\\")') == 1


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_question_has_one_right_choice_and_a_reason_for_each(chapter):
    questions = SelfCheck(chapter).questions
    assert len(questions) >= 3
    for question in questions:
        assert len(question["choices"]) >= 3
        assert sum(choice["right"] for choice in question["choices"]) == 1
        texts = [str(choice["text"]) for choice in question["choices"]]
        reasons = [html(choice["why"]) for choice in question["choices"]]
        assert len(set(texts)) == len(set(reasons)) == len(texts)
        assert all(reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_right_choices_do_not_all_stand_at_the_same_place(chapter):
    assert len({right_choice(question) for question in SelfCheck(chapter).questions}) > 1


def test_letters_are_variables_and_words_are_not():
    assert html(formula("log σ(z)")) == "log <var>σ</var>(<var>z</var>)"
    lowered_and_raised = "<var>x</var><sub><var>j</var></sub> <var>e</var><sup>−<var>z</var></sup>"
    assert html(formula("x_j e^{−z}")) == lowered_and_raised
    assert html(formula("p < 1")) == "<var>p</var> &lt; 1"


def test_a_formula_with_a_power_is_read_as_one():
    assert html(markup("about `−4 · 10^{−18}`")) == (
        'about <span class="xe-formula" role="math" aria-label="−4 · 10 to the power −18">'
        "−4 · 10<sup>−18</sup></span>"
    )


def test_markup_knows_formulas_and_stress_and_nothing_else():
    assert html(markup("a *b* <c>")) == "a <em>b</em> &lt;c&gt;"
    assert html(markup("`p`, not `q*r`")) == (
        '<span class="xe-formula"><var>p</var></span>, not '
        '<span class="xe-formula"><var>q</var>*<var>r</var></span>'
    )


def test_without_javascript_each_question_stands_there_with_its_answer_folded():
    check = SelfCheck("04_gradient_of_the_loss")
    words, still = check.still()
    assert words == f"{len(check.questions)} questions, with an answer to every choice."
    assert still.count("<details>") == still.count("<ul>") == len(check.questions)
    for question in check.questions:
        assert html(question["ask"]) in still
        assert html(question["choices"][right_choice(question)]["why"]) in still


def test_solved_counts_the_questions_that_met_their_right_answer():
    check = SelfCheck("01_logistic_function")
    assert check.solved == 0
    rights = [right_choice(question) for question in check.questions]
    check.tries = [[k] for k in rights]
    assert check.solved == len(rights)
    check.tries = [[(k + 1) % 3, k] if n == 0 else [(k + 1) % 3] for n, k in enumerate(rights)]
    assert check.solved == 1


@pytest.mark.parametrize("tries", [[], [[0]], [[9], [], [], []], [[-1], [], [], []], None])
def test_tries_that_fit_no_question_are_refused(tries):
    with pytest.raises(traitlets.TraitError):
        SelfCheck("01_logistic_function").tries = tries


def test_a_chapter_without_questions_is_refused_by_name():
    with pytest.raises(
        ValueError, match=r"chapter must be one of 01_logistic_function, .* came '1'"
    ):
        SelfCheck("1")
