"""Each exercise and each classic mistake: it is called by its name there, or cannot be made there.

A mistake that comes to `crossentropy.mistakes` fails these tests until each exercise names it or
says why it need not.
"""

import pytest

from crossentropy.mistakes import TARGETS, as_json
from crossentropy.widgets._sources import HERE, needed, source
from crossentropy.widgets.gradient_detective import KEYS

CLAIMS = {"p-equals-y", "convex-in-p"}  # what is believed of the formula, and not computed by it
ALL = {key for target in TARGETS.values() for key in target.mistakes} | CLAIMS

# The mistakes by the place where they are made.
SLOPE_OF_P = {"no-square", "no-exponential", "p-for-slope", "denominator-only"}
SLOPE_OF_P |= {"exponential-sign"}
COST = {
    "inner-sign",
    "first-sign",
    "swapped-arguments",
    "derivative-in-z",
    "labels-forgotten",
    "term-lost",
}
BRACKET = {"p-for-1-p", "wrong-cancellation", "exponential-lost", "square-kept", "features-inside"}
GRADIENT = {"sign", "no-inner-derivative", "p-constant", "swapped-labels", "weights-for-features"}
GRADIENT |= {"extra-slope", "divided-by-slope", "squared-loss", "derivative-in-p"}
GRADIENT |= {"plus-minus-labels", "wrong-exponent", "no-logistic", "value-for-gradient"}
GRADIENT |= {"plus-for-minus"}
SHAPES = {"row", "column", "scalar-sum", "not-transposed", "column-labels"}
MEANS = {"sum-not-mean", "not-averaged", "divided-by-d", "means-multiplied"}
ROUNDING = {"overflow", "saturated", "clipped", "lost-digits"}
LOSS = {"wrong-base", "zero-one-labels", "gradient-for-value", "score-sign"}
LOSS |= {"term-sign"}
HESSIAN = {"no-slope", "bound", "outer-of-gradients", "residual-for-slope", "diagonal-only"}
HESSIAN |= {"gradient-for-hessian"}
BEYOND = SHAPES | ROUNDING | LOSS | HESSIAN  # no exercise but the reader's own function has arrays


def words_of(*names):
    """Return the texts of widgets, which hold all that they say."""
    return "\n".join(source(file) for file in needed(*names))


def chapter(name):
    """Return the questions of a chapter."""
    return (HERE / "self_checks" / f"{name}.toml").read_text(encoding="utf-8")


def named_as(text, words):
    """Return the mistakes whose words are in a text."""
    return {key for key, said in words.items() if said in text}


LOGISTIC = {
    "no-inner-derivative": "the factor {x} is missing",
    "p-for-slope": "You have set the probability {p} to",
    "no-logistic": "You have set the score {z} to",
    "p-for-1-p": "That is the other outcome: 1 − {p}",
    "sign": "The score has the right size but the wrong sign",
}
SLIPS = {
    **dict.fromkeys(("sign", "inner-sign", "first-sign"), "a sign is turned around"),
    **dict.fromkeys(("no-inner-derivative", "no-exponential"), "a factor is missing"),
    **dict.fromkeys(("exponential-lost", "wrong-cancellation"), "a factor is missing"),
    **dict.fromkeys(("denominator-only", "term-lost"), "a denominator is missing"),
    "no-square": "a square is missing",
    "swapped-labels": "the labels are swapped",
}
PUSHES = {
    "sign": "+{x}({p} − {y}), the gradient",
    "inner-sign": "a sign is lost in the derivative of log(1 − {p})",
    "no-inner-derivative": "the features do not appear",
    "swapped-labels": "the push for the label 1",
    "labels-forgotten": "one in which the label is forgotten",
    "term-lost": "the samples of one label alone",
    "weights-for-features": "Your arrow lies along {w}",
    "extra-slope": "one factor {p}(1 − {p}) too many",
    "divided-by-slope": "the length is divided by {p}(1 − {p})",
    "squared-loss": "the factor 2 belongs to the squared loss",
    "plus-minus-labels": "you took the label for −1",
    "p-constant": "would treat {p} as a constant",
    "p-for-1-p": "you took the probability of the label",
    "wrong-exponent": "you took the probability of the label",
    "sum-not-mean": "you drew the mean, one",
}
SURFACE = {
    "sign": "You went the other way",
    "weights-for-features": "This map shows weights",
    "p-equals-y": "“Gradient zero” does not mean {p} = {y}",
    "overflow": "You expected an overflow",
    "squared-loss": "Switch to the squared loss",
}
QUESTIONS = {
    "sign": "The sign is turned round",
    "extra-slope": "One factor too many",
    "no-inner-derivative": "The inner derivative `x_i` is missing",
    "not-transposed": "The shapes do not fit: a row of `X`",
    "sum-not-mean": "The mean divides by `n`",
    "p-equals-y": "they are balanced",
    "convex-in-p": "A convex function of a curve that bends both ways",
}
ASKED = chapter("04_gradient_of_the_loss") + chapter("07_the_loss_surface")

# By exercise: the mistakes that it names, and the others by the reason why it does not.
TABLE = {
    "logistic explorer": (
        named_as(words_of("logistic_explorer"), LOGISTIC),
        {
            "two numbers are set and no formula is written": SLOPE_OF_P | BRACKET | GRADIENT,
            "there is no label": COST | MEANS | CLAIMS,
            "there are no arrays, and one sample": BEYOND,
        },
    ),
    "error hunt and derivation blocks": (
        named_as(words_of("error_hunt", "derivation_blocks"), SLIPS),
        {
            "lines are chosen whose slips are drawn; what slips is said, not why": SLOPE_OF_P
            | COST
            | BRACKET
            | GRADIENT,
            "a line is about one sample and one weight": MEANS | CLAIMS | BEYOND,
        },
    ),
    "type the step": (
        {key for name in ("dp_dw", "dH_dp", "bracket") for key in TARGETS[name].mistakes},
        {
            "the product of the two factors is not asked for": GRADIENT,
            "an expression has numbers, no arrays": MEANS | CLAIMS | BEYOND,
        },
    ),
    "push and pull": (
        named_as(words_of("push_and_pull"), PUSHES),
        {
            "what is drawn has a length, in which these are not to be told apart": SLOPE_OF_P
            | BRACKET,
            "an arrow is no cost and no score": COST | GRADIENT,
            "an arrow has no shape; the sum is asked for": MEANS | CLAIMS | BEYOND,
        },
    ),
    "gradient detective": (
        set(KEYS),
        {
            "not a gradient in the weights, or not finite for the labels 0 and 1": COST
            | SLOPE_OF_P
            | BRACKET,
            "no other suspect for one sample is needed to tell it": GRADIENT,
            "there is one sample, and scores are moderate": MEANS | CLAIMS | BEYOND,
        },
    ),
    "loss-surface explorer": (
        named_as(words_of("loss_surface_explorer"), SURFACE),
        {
            "the explorer computes; nothing is derived": SLOPE_OF_P | COST | BRACKET | GRADIENT,
            "the mean is given": MEANS | CLAIMS,
            "the explorer's own numbers are stable and have their shapes": BEYOND,
        },
    ),
    "own function": (
        {key for n in ("logistic_gradient", "loss_gradient") for key in TARGETS[n].mistakes},
        {
            "a step on the way; its result is the function": COST | BRACKET,
            "the function has one sample": MEANS | SHAPES,
            "a function is run, not believed": CLAIMS,
            "the function is a gradient, not a loss nor a Hessian": LOSS | HESSIAN | ROUNDING,
            "a factor of the gradient is wrong, and its own value is shown": GRADIENT,
        },
    ),
    "self-checks": (
        named_as(ASKED, QUESTIONS),
        {
            "few choices are offered, of the mistakes that words can tell": SLOPE_OF_P
            | COST
            | BRACKET
            | GRADIENT
            | MEANS
            | BEYOND,
        },
    ),
}


@pytest.mark.parametrize("exercise", TABLE)
def test_an_exercise_names_each_classic_mistake_or_says_why_not(exercise):
    named, others = TABLE[exercise]
    assert named <= ALL
    assert ALL - named - set().union(*others.values()) == set()
    for reason, keys in others.items():
        assert keys <= ALL, reason
        assert keys - named, f"all of these are named: {reason}"


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("logistic explorer", LOGISTIC),
        ("error hunt and derivation blocks", SLIPS),
        ("push and pull", PUSHES),
        ("loss-surface explorer", SURFACE),
        ("self-checks", QUESTIONS),
    ],
)
def test_what_an_exercise_is_said_to_name_is_in_its_words(exercise, words):
    assert TABLE[exercise][0] == set(words)


def test_each_classic_mistake_is_named_by_an_exercise_or_belongs_to_a_graded_one():
    named = set().union(*(named for named, _ in TABLE.values()))
    graded = MEANS | SHAPES | ROUNDING | LOSS | HESSIAN
    assert ALL - named <= graded


def test_the_mistakes_that_are_typed_are_all_offered_to_the_widget():
    for name in ("dp_dw", "dH_dp", "bracket"):
        assert {one["key"] for one in as_json()[name]["mistakes"]} == set(TARGETS[name].mistakes)
