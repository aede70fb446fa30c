"""What a reader types into a widget: it is read in full or refused at its place, never executed."""

import json
import math
import re
import subprocess
from pathlib import Path
from subprocess import DEVNULL, PIPE

import mpmath
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from javascript import NODE

import crossentropy

HERE = Path(crossentropy.__file__).parent / "widgets"
IMPORT = "".join(
    f'import * as {name} from "{(HERE / name).as_uri()}.js";'
    for name in ("lexemes", "expression", "notation")
)
POINT = {"x_j": 2.0, "w_j": -3.0, "z": 0.5, "p": 0.25, "y": 1.0}
SCRIPT = """
import { createInterface } from "node:readline";
const read = (text, letters) => {
  try {
    return { tree: expression.parse(text, letters) };
  } catch (error) {
    if (!(error instanceof lexemes.ExpressionError)) throw error;
    return { message: error.message, at: error.at, end: error.end };
  }
};
const inJson = (number) => (Number.isFinite(number) ? number : String(number));
const tasks = {
  read,
  value: (text, point) => inJson(expression.evaluate(expression.parse(text), point)),
  written: (text) => notation.written(expression.parse(text)),
  shown: (text) => notation.formula(expression.parse(text)),
  time: (texts) => {
    const start = performance.now();
    texts.forEach((text) => read(text));
    return performance.now() - start;
  },
};
for await (const line of createInterface({ input: process.stdin })) {
  const [task, ...given] = JSON.parse(line);
  console.log(JSON.stringify(tasks[task](...given)));
}
"""


@pytest.fixture(scope="module", autouse=True)
def node():
    """A process that reads one task a line and answers on one line."""
    command = [NODE, "--input-type=module", "--eval", IMPORT + SCRIPT]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True) as process:
        ask.process = process
        yield
        process.stdin.close()


def ask(task, *given):
    """Return what a task of the script makes of the given values."""
    print(json.dumps([task, *given]), file=ask.process.stdin, flush=True)
    return json.loads(ask.process.stdout.readline())


def value(text):
    """Return the value of a text at the point; inf and nan come as words."""
    return ask("value", text, POINT)


def error(text, letters=None):
    """Return the error of a text that is refused, and the part of the text that it speaks of."""
    found = ask("read", text, letters)
    assert "message" in found, f"{text} is read"
    return found["message"], text[found["at"] : found["end"]]


# --------------------------------------------------------------------------- what can be typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2),
        ("0.5 + .25", 0.75),
        ("x_j", 2),
        ("x", 2),
        ("1 - 2 - 3", -4),
        ("12/2/3", 2),
        ("2 + 3*4", 14),
        ("2^3^2", 512),
        ("2**3", 8),
        ("-2^2", -4),
        ("2^-1", 0.5),
        ("(1 + 2)[3 - 1]", 6),
        ("--2", 2),
        ("2*-3", -6),
        ("8/-2", -4),
        ("1 - -1", 2),
        ("2x", 4),
        ("p(1-p)", 0.1875),
        ("x_jp(1-p)", 0.375),
        ("x_j p", 0.5),
        ("3p²", 0.1875),
        ("x³", 8),
        ("2 · 3 \N{MULTIPLICATION SIGN} 4", 24),
        ("1 − 3", -2),
        ("6 ÷ 3", 2),
        ("{x_j}", 2),
        ("z x_j/y", 1),
    ],
)
def test_arithmetic_is_read_as_it_is_written(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e^z", math.exp(0.5)),
        ("e^-z", math.exp(-0.5)),
        ("e**(-z)", math.exp(-0.5)),
        ("exp(-z)", math.exp(-0.5)),
        ("e^(-w^T x)", math.exp(-0.5)),
        ("e^(-wᵀx)", math.exp(-0.5)),
        ("e^(-w·x_i)", math.exp(-0.5)),
        ("e", math.e),
        ("log(p)", math.log(0.25)),
        ("ln(p)", math.log(0.25)),
        ("ylog(p)", math.log(0.25)),
        ("(x_i)_j x_{j}", 4),
        ("sigma(z)", 1 / (1 + math.exp(-0.5))),
        ("σ(-z)", 1 / (1 + math.exp(0.5))),
        ("x_j e^(-z)/(1 + e^(-z))^2", 2 * math.exp(-0.5) / (1 + math.exp(-0.5)) ** 2),
    ],
)
def test_exponentials_and_functions_have_several_spellings(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"), [("1/0", "Infinity"), ("log(-1)", "NaN"), ("log(0)", "-Infinity")]
)
def test_a_value_that_is_not_there_is_not_replaced(text, expected):
    assert value(text) == expected


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", r"^Type an expression", ""),
        ("x_i p", r"^This index has no place here\. The feature is x_j", "_"),
        ("X_j p", r"^The letter X is not known here\. The letters are small ones", "X"),
        ("  ", r"^Type an expression", ""),
        ("x_j*", r"breaks off", ""),
        ("2 + *3", r"^Before “\*”, a number", "*"),
        ("(p", r"^This \( is never closed", "("),
        ("p)", r"^This \) was never opened", ")"),
        ("[p)", r"^A \[ is closed by \], not by \)", ")"),
        ("()", r"^Before “\)”", ")"),
        ("2 3", r"^Before a number", "3"),
        ("p 0.5", r"^Before a number", "0.5"),
        ("0,5", r"^A comma", ","),
        ("1.2.3", r"^1\.2\.3 is no number", "1.2.3"),
        ("p = 1", r"without an equals sign", "="),
        ("log p", r"^After log comes a bracket", "log"),
        ("1/2x", r"^Does this still belong to the denominator", "x"),
        ("(p-y)/p(1-p)", r"^Does this still belong to the denominator", "("),
        ("w", r"^w alone is a vector\. Write z", "w"),
        ("w x_j", r"^w alone is a vector", "w"),
        ("p(z)", r"^p is short for p\(z\) here", "("),
        ("x_j p_i(wᵀx)(1 - p)", r"^p is short for p\(z\) here", "("),
        ("1 - p_i(w)", r"^p is short for p\(z\) here", "w"),
        ("1e-3", r"^1e-3 can be read in two ways", "1e-3"),
        ("2.5e3 p", r"^2.5e3 can be read in two ways", "2.5e3"),
        ("p + a", r"^The letter a is not known", "a"),
        ("p; y", r"^The sign ; is not known", ";"),
        ("p 😀", r"^The sign 😀 is not known", "😀"),
        ("p" + 300 * "+", r"^That is longer than 300", "+"),
        (50 * "(" + "p" + 50 * ")", r"^Too many brackets", "("),
        (100 * "-" + "p", r"^Too many brackets and signs", "-"),
        ("2" + 60 * "^2", r"^Too many brackets and signs", "^"),
    ],
)
def test_a_bad_expression_is_refused_at_its_place(text, message, place):
    words, where = error(text)
    assert re.search(message, words)
    assert where == place


def test_a_letter_that_the_answer_does_not_depend_on_is_refused_by_name():
    words, where = error("x_j(p - y)", letters=["p", "y"])
    assert words == "x_j does not occur here. The letters are p, y."
    assert where == "x_j"
    assert "tree" in ask("read", "e*p", ["p"])


@pytest.mark.parametrize(
    "text",
    [
        "constructor(1)",
        "__proto__",
        "p.toString",
        "alert(1)",
        "`p`",
        "p => p",
        "this",
        "p[0].x",
        "//",
        "\\",
    ],
)
def test_what_a_browser_might_execute_is_refused(text):
    error(text)


def test_the_length_bounds_the_time():
    texts = [300 * c for c in "(-+^*.1 ²xewp"] + [
        "w" + 299 * " ",
        150 * "e^",
        100 * "-(p",
        150 * "p^",
    ]
    assert ask("time", texts) < 1000  # ms, for all of them


# --------------------------------------------------------------------------- at random

ALPHABET = st.sampled_from(
    [
        *"()[]{}+-−*·/^²⁹.,;=0123456789xzpyweσ_j \t\nXé😀\x00",
        *("**", "exp", "log", "e^(", "x_j", "wᵀx", "w ", "sigma(", "ln", "p_i"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.lists(ALPHABET, max_size=30).map("".join), st.text()))
def test_any_text_is_read_or_refused_at_a_place_within_it(text):
    found = ask("read", text)
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2  # as JavaScript counts
    assert "tree" in found or 0 <= found["at"] <= found["end"] <= length


LEAVES = st.sampled_from([*POINT, "0", "1", "2", "0.5", "3.25"])


def _grown(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        *(pair.map(f"({{0[0]}}){sign}({{0[1]}})".format) for sign in "+-*/"),
        *(pair.map(f"{{0[0]}} {sign} {{0[1]}}".format) for sign in "+-*/"),
        *(
            inner.map(form.format)
            for form in ("-{}", "-({})", "({})**2", "({})**-1", "exp({})", "log({})")
        ),
    )


EXPRESSIONS = st.recursive(LEAVES, _grown, max_leaves=10).filter(lambda text: len(text) <= 300)


def in_python(text):
    """Return Python's own value of an expression; None where Python refuses it."""
    try:
        return eval(text, {"__builtins__": {}}, {"exp": math.exp, "log": math.log} | POINT)
    except (ZeroDivisionError, OverflowError, ValueError):
        return None


TINY = 1e-150  # its square is still a normal number


def bounds(text):
    """Return an interval that holds every floating-point evaluation of a Python expression.

    With 48 bits, interval arithmetic rounds outwards by more than float64 and its functions do.
    It knows no smallest number: what is tiny may be 0 in float64, and so may what is made of it.
    """
    iv = mpmath.iv
    iv.prec = 48
    names = {name: iv.mpf(number) for name, number in POINT.items()}
    numbers = re.sub(r"(?<!\*\*)(?<!\*\*-)\b\d+(\.\d+)?", r"number('\g<0>')", text)
    functions = {"__builtins__": {}, "exp": exp_or_zero, "log": iv.log, "number": iv.mpf}
    return eval(numbers, functions, names) + iv.mpf([-TINY, TINY])


def exp_or_zero(exponent):
    """Return the interval of an exponential, down to 0 where float64 may underflow."""
    power = mpmath.iv.exp(exponent)
    return power if power.a > TINY else mpmath.iv.mpf([0, power.b])


@settings(max_examples=500, deadline=None)
@example("exp(-(exp((w_j)**2)))")
@given(EXPRESSIONS)
def test_the_value_of_an_expression_is_python_s(text):
    theirs = in_python(text)
    assume(theirs is not None and math.isfinite(theirs))
    ours, allowed = value(text), bounds(text)
    assert allowed.a <= theirs <= allowed.b
    assert allowed.a <= ours <= allowed.b


@settings(max_examples=500, deadline=None)
@given(EXPRESSIONS)
def test_a_tree_is_written_so_that_it_reads_as_the_same_tree(text):
    written = ask("written", text)
    assert ask("read", written) == ask("read", text)
    assert ask("written", written) == written


# --------------------------------------------------------------------------- as a formula

SHOWN_AS = {"−": "-", "·": "*", "\u2062": "*", "\u2061": ""}


def read_aloud(part):
    """Return the text of an element of MathML: what stands above a line is divided, and so on."""
    if isinstance(part, str):
        return SHOWN_AS.get(part, part)
    tag, _, *children = part
    texts = [read_aloud(child) for child in children]
    forms = {"mfrac": "(({})/({}))", "msup": "{}^({})", "msub": "{}_{}"}
    return forms[tag].format(*texts) if tag in forms else "".join(texts)


def shown(text):
    """Return what a reader sees of an expression, as a text."""
    return "".join(read_aloud(part) for part in ask("shown", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x_j*p", "x_j*p"),
        ("2*3", "2*3"),
        ("(p - y)/(p(1-p))", "((p-y)/(p*(1-p)))"),
        ("-(y/p - (1-y)/(1-p))", "-(((y)/(p))-((1-y)/(1-p)))"),
        ("y/(1/(1+e^-z))", "((y)/(1/(1+e^(-z))))"),
        ("x_j(y(1-p) - p)", "x_j*[y*(1-p)-p]"),
        ("p - (y - z)", "p-(y-z)"),
        ("(-p)^2", "(-p)^(2)"),
        ("(y/p)^2", "(((y)/(p)))^(2)"),
        ("(e^z)^2", "(e^(z))^(2)"),
        ("log(p)", "log(p)"),
        ("σ(-z)", "σ(-z)"),
        ("y*(z/p)", "y*((z)/(p))"),
        ("y*(z*p)", "y*z*p"),
        ("dH_dp*dp_dw", "[((∂H)/(∂p))]*[((∂p)/(∂w_j))]"),
    ],
)
def test_a_formula_has_fractions_and_no_bracket_too_many(text, expected):
    assert shown(text) == expected


@settings(max_examples=500, deadline=None)
@example("exp(-exp((w_j)**2))")
@given(EXPRESSIONS)
def test_what_a_formula_shows_has_the_value_of_what_was_typed(text):
    theirs = in_python(text)
    assume(theirs is not None and math.isfinite(theirs))
    seen, allowed = value(shown(text)), bounds(text)
    assert allowed.a <= seen <= allowed.b
