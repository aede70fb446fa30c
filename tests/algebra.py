"""What the widgets of algebra compute, asked from their JavaScript; and Python's own values."""

import math
from functools import cache

from javascript import run

from crossentropy.derivation import EQUATIONS
from crossentropy.widgets._derivation import SYMBOLS, derivation
from crossentropy.widgets._sources import HERE

IMPORT = "".join(
    f'import * as {name} from "{(HERE / name).as_uri()}.js";'
    for name in ("expression", "notation", "derivation", "judge", "slips")
)
READ = """
const told = derivation.readDerivation(input.derivation);
const { said, written } = notation;
"""
SEEDS = range(150)


def ask(script, **values):
    """Run a script that finds the derivation as `told`."""
    return run(f"{IMPORT}{READ}{script}", {"derivation": derivation(), **values})


@cache
def rounds():
    """Return the round of the error hunt of each seed."""
    return ask(
        """
        answer(input.seeds.map((seed) => {
          const round = slips.makeRound(told, seed);
          const texts = round.trees.map(written);
          const key = derivation.falseLinks(told, round.trees);
          const options = slips.repairs(told, round, seed);
          const repairs = options.map(({ tree }) => written(tree));
          return { ...round, texts, key, repairs, kinds: options.map(({ kind }) => kind) };
        }));""",
        seeds=list(SEEDS),
    )


@cache
def true_lines():
    """Return the true lines as they are written."""
    return ask("answer(told.lines.map(({ tree }) => written(tree)));")


@cache
def spoken_lines():
    """Return the true lines as a screen reader gets them."""
    return ask("answer(told.lines.map(({ tree }) => said(tree)));")


@cache
def spoken_distractors(seed=0):
    """Return the false lines of the blocks: [kind, as a screen reader gets it]."""
    script = "slips.distractors(told, input.seed, 3).map(({ kind, tree }) => [kind, said(tree)])"
    return ask(f"answer({script});", seed=seed)


@cache
def missing_parts(seed=0):
    """Return what has faded from the derivation of the blocks, part by part."""
    return ask(
        "answer(slips.blanks(told, input.seed, 3).map(({ missing }) => written(missing)));",
        seed=seed,
    )


@cache
def slips_in_missing_parts(seed=0):
    """Return what a slip makes of each part that has faded: [kind, as it is written]."""
    return ask(
        """
        answer(slips.blanks(told, input.seed, 3).map(({ missing }) =>
          slips.slipsIn(told, missing).map(({ kind, tree }) => [kind, written(tree)])));""",
        seed=seed,
    )


def evaluate(text, x, w, y):
    """Return the value of a written tree at a sample of one feature, as Python computes it."""
    z = w * x
    names = {"x_j": x, "z": z, "y": y, "p": 1 / (1 + math.exp(-z)), "e": math.e, "exp": math.exp}
    for name, number in SYMBOLS.items():
        names[name] = eval(EQUATIONS[number].expression, names)
    return eval(text.replace("^", "**"), names)
