"""Widget 9, at the end of each chapter: questions with an answer to every choice.

The questions stand in ``self_checks/CHAPTER.toml``. jupyterquiz was considered. It writes scripts
and styles into each output, which a page that allows no inline script refuses; it needs MathJax,
draws its ids at random, and gives a screen reader labels without a control.
"""

import re
import tomllib
from html import escape
from itertools import starmap
from pathlib import Path

import traitlets

from crossentropy.widgets._exercise import Exercise

FOLDER = Path(__file__).parent / "self_checks"

# letters alone are variables and slanted, words such as log are not; _ and ^ lower and raise
PIECE = re.compile(
    r"""([_^]) (?: \{ ([^}]*) \} | (.) )
    | ([A-Za-z\u03b1-\u03c9\u2113]) (?![A-Za-z])
    | ([A-Za-z]+ | .)""",
    re.DOTALL | re.VERBOSE,
)
TAGS = {"_": "sub", "^": "sup"}


class SelfCheck(Exercise, js="self_check"):
    """Ask the questions of a chapter; answer each choice, right or wrong, with its reason.

    Parameters
    ----------
    chapter : str
        The name of the chapter's notebook without its ending: ``"01_logistic_function"``.

    Raises
    ------
    ValueError
        If the chapter has no questions.

    Examples
    --------
    >>> check = SelfCheck("01_logistic_function")
    >>> check.tries = [[1, 0], [], [], []]
    >>> check.solved
    1
    """

    questions = traitlets.List(read_only=True).tag(sync=True)
    tries = traitlets.List(traitlets.List(traitlets.Int(min=0))).tag(sync=True, link=True)

    def __init__(self, chapter):
        path = FOLDER / f"{chapter}.toml"
        if not path.exists():
            names = ", ".join(sorted(path.stem for path in FOLDER.glob("*.toml")))
            raise ValueError(
                f"chapter must be one of {names}, each a file of questions in {FOLDER.name}; "
                f"came {chapter!r}"
            )
        text = path.read_text(encoding="utf-8")
        self.set_trait("questions", [in_trees(one) for one in tomllib.loads(text)["questions"]])
        super().__init__(tries=[[] for _ in self.questions])

    @traitlets.validate("tries")
    def _one_list_a_question(self, proposal):
        tries = proposal["value"]
        limits = [len(question["choices"]) for question in self.questions]
        if len(tries) != len(limits):
            raise traitlets.TraitError(f"tries must hold {len(limits)} lists, came {len(tries)}")
        for own, limit in zip(tries, limits, strict=True):
            if any(choice >= limit for choice in own):
                raise traitlets.TraitError(f"tries must hold choices below {limit}, came {own}")
        return tries

    def link_rules(self):
        """Return which choices a link may name: those of each question."""
        rules = super().link_rules()
        choices = [dict(rules["tries"]["items"]) for _ in self.questions]
        for own, question in zip(choices, self.questions, strict=True):
            own["items"] = {**own["items"], "maximum": len(question["choices"]) - 1}
        number = len(choices)
        rules["tries"] |= {"prefixItems": choices, "minItems": number, "maxItems": number}
        return rules

    @property
    def solved(self):
        """How many questions have met their right answer."""
        pairs = zip(self.questions, self.tries, strict=True)
        return sum(right_choice(question) in own for question, own in pairs)

    def still(self):
        """Return how many questions there are, and each with its answers folded."""
        words = f"{len(self.questions)} questions, with an answer to every choice."
        return words, "\n".join(starmap(question_html, enumerate(self.questions, start=1)))


def right_choice(question):
    """Return the number of the right choice of a question."""
    (number,) = [k for k, choice in enumerate(question["choices"]) if choice["right"]]
    return number


def in_trees(question):
    """Return a question as the browser gets it: each text as a list of words and elements."""
    choices = [
        {"text": markup(one["text"]), "why": markup(one["why"]), "right": one.get("right", False)}
        for one in question["choices"]
    ]
    return {"ask": markup(question["ask"]), "choices": choices}


def question_html(number, question):
    """Return a question, its choices, and a fold with its answer."""
    items = "".join(f"<li>{html(choice['text'])}</li>" for choice in question["choices"])
    right = question["choices"][right_choice(question)]
    answer = f"<p>{html(right['text'])}</p><p>{html(right['why'])}</p>"
    return (
        f"<p><strong>{number}.</strong> {html(question['ask'])}</p><ul>{items}</ul>"
        f"<details><summary>Answer</summary>{answer}</details>"
    )


def html(tree):
    """Return words and elements as HTML."""
    return "".join(escape(one) if isinstance(one, str) else element(*one) for one in tree)


def element(tag, children, spoken=""):
    """Return an element with its children as HTML; a formula is a span that does not break."""
    if tag == "formula":
        name = f' role="math" aria-label="{escape(spoken)}"' if spoken else ""
        return f'<span class="xe-formula"{name}>{html(children)}</span>'
    return f"<{tag}>{html(children)}</{tag}>"


def markup(text):
    """Return words, with a formula where backticks stand, and stress where asterisks do."""
    tree = []
    for number, part in enumerate(re.split(r"`([^`]*)`", text)):
        if number % 2:
            pieces = formula(part)
            spoken = [in_words(pieces)] if "^" in part else []
            tree.append(("formula", pieces, *spoken))
        else:
            tree += stressed(part)
    return tree


def in_words(tree):
    """Return a formula as it is read aloud, which would leave out that a piece is raised."""
    words = {"sup": " to the power ", "sub": " "}
    return "".join(
        one if isinstance(one, str) else words.get(one[0], "") + in_words(one[1]) for one in tree
    )


def stressed(text):
    """Return words with stress where asterisks stand."""
    parts = re.split(r"\*([^*]*)\*", text)
    return [("em", [part]) if number % 2 else part for number, part in enumerate(parts) if part]


def formula(text):
    """Return a formula: ``x_j e^{−z}`` with slanted letters, a lowered j and a raised −z."""
    return [formula_piece(*match.groups()) for match in PIECE.finditer(text)]


def formula_piece(mark, group, single, letter, rest):
    """Return one piece of a formula: a string or an element."""
    if mark:
        return TAGS[mark], formula(group or single)
    return ("var", [letter]) if letter else rest
