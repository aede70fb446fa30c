"""How typed answers are judged: by values, in any form, and with the classic mistake by name."""

from pathlib import Path

import pytest
from javascript import run

import crossentropy
from crossentropy.mistakes import as_json

HERE = Path(crossentropy.__file__).parent / "widgets"
IMPORT = "".join(
    f'import * as {name} from "{(HERE / name).as_uri()}.js";' for name in ("expression", "judge")
)
TARGETS = as_json()


def judge(name, *answers):
    """Return the verdict on each answer."""
    script = """
    const target = judge.readTarget(input.target);
    const verdict = (text) => judge.judge(expression.parse(text, target.letters), target);
    const key = ({ mistake, ...others }) => ({ ...others, key: mistake?.key });
    answer(input.answers.map((text) => key(verdict(text))));"""
    return run(f"{IMPORT}{script}", {"target": TARGETS[name], "answers": answers})


# --------------------------------------------------------------------------- right answers

RIGHT = {
    "dp_dw": [
        "x_j e^(-z)/(1+e^(-z))^2",
        "p(1-p)x_j",
        "x p (1 - p)",
        "σ(z)σ(-z) x_j",
        "x_j (p - p²)",
        "x_j/(2 + e^z + e^-z)",
        "x_j (1/4 - (p - 1/2)^2)",
        "e^z x_j/(1 + e^z)^2",
        "-(-x_j e^(-w^T x))/(1+e^(-w^T x))**2",
    ],
    "dH_dp": [
        "-(y/p - (1-y)/(1-p))",
        "(p-y)/(p(1-p))",
        "(1-y)/(1-p) - y/p",
        "-y p^-1 + (1-y)(1-p)^-1",
        "(y - p)/(p² - p)",
    ],
    "bracket": [
        "y e^(-z)/(1+e^(-z)) - (1-y)·1/(1+e^(-z))",
        "y - p",
        "y(1-p) - (1-y)p",
        "(y(1+e^z) - e^z)/(1+e^z)",
        "x_j(y - p)/x_j",
    ],
    "dl_dw": ["x_j(p-y)", "-(y-p)x", "x_j/(1+e^-z) - x_j y", "(p-y)/(p(1-p)) · p(1-p) x_j"],
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_equivalent_form_is_right(name):
    answers = [*RIGHT[name], TARGETS[name]["truth"]]
    assert judge(name, *answers) == len(answers) * [{"kind": "right", "soft": True}]


def test_a_form_for_the_labels_0_and_1_is_right_and_known_to_be_no_more():
    forms = ["(1-2y)/(1-y-p+2y p)", "-y²/p + (1-y)^3/(1-p)"]
    assert judge("dH_dp", *forms) == 2 * [{"kind": "right", "soft": False}]


# --------------------------------------------------------------------------- wrong answers


@pytest.mark.parametrize("name", TARGETS)
def test_each_classic_mistake_is_called_by_its_name_with_a_counterexample(name):
    mistakes = TARGETS[name]["mistakes"]
    forms = [(one["key"], form) for one in mistakes for form in one["expressions"]]
    for (key, form), verdict in zip(forms, judge(name, *[f for _, f in forms]), strict=True):
        assert (verdict["kind"], verdict["key"]) == ("mistake", key), form
        assert "why" in verdict or abs(verdict["yours"] - verdict["wanted"]) > 0.01


@pytest.mark.parametrize(
    ("name", "form", "key"),
    [
        ("dp_dw", "p(1-p)", "no-inner-derivative"),
        ("dp_dw", "-x_j p(1-p)", "sign"),
        ("dp_dw", "x_j(1-p)", "no-square"),
        ("dp_dw", "p x", "p-for-slope"),
        ("dH_dp", "(y-p)/(p(1-p))", "sign"),
        ("dH_dp", "log((1-y)/y)", "swapped-arguments"),
        ("bracket", "y(1-p)+p(1-y)", "inner-sign"),
        ("bracket", "(y-p)p(1-p)", "extra-slope"),
        ("bracket", "p - y", "sign"),
    ],
)
def test_a_mistake_is_recognised_in_any_form(name, form, key):
    assert judge(name, form)[0]["key"] == key


@pytest.mark.parametrize("name", TARGETS)
def test_any_other_wrong_answer_gets_a_counterexample(name):
    for verdict in judge(name, "1", "p + 0.001", "p^3", "p - p^2 + 0.25"):
        assert verdict["kind"] == "wrong"
        assert verdict["yours"] != pytest.approx(verdict["wanted"], rel=1e-9, abs=1e-9)


def test_a_counterexample_is_as_simple_as_can_be():
    (verdict,) = judge("dp_dw", "p(1-p)")
    assert verdict["point"] == {"z": 0, "x_j": 2, "w_j": 1, "p": 0.5}
    assert (verdict["yours"], verdict["wanted"]) == (0.25, 0.5)


def test_a_weight_in_the_place_of_a_feature_is_wrong():
    (verdict,) = judge("dp_dw", "w_j p(1-p)")
    assert verdict["kind"] == "wrong"
    assert (verdict["yours"], verdict["wanted"]) == (0.25, 0.5)


def test_a_difference_above_the_tolerance_is_wrong_and_one_below_it_right():
    scaled = [f"(1 + {share})·p(1-p)x_j" for share in ("0.0001", "0.0000001", "0.0000000000001")]
    kinds = [verdict["kind"] for verdict in judge("dp_dw", *scaled)]
    assert kinds == ["wrong", "wrong", "right"]


@pytest.mark.parametrize(
    ("name", "answer", "why", "point"),
    [
        ("dp_dw", "z p(1-p)x_j/z", "it divides by 0", {"z": 0}),
        ("dp_dw", "log(e^(p(1-p)x_j)) + 0·log(z)", "it takes the logarithm of 0", {"z": 0}),
        ("dH_dp", "log(y - 2)", "it takes the logarithm of a negative number", {"y": 1}),
        ("dp_dw", "(-x_j²)^0.5", "it raises a negative number", {"x_j": 2}),
        ("dp_dw", "0·e^(e^(e^(10 x_j²)))", "it gets too large for the machine", {"x_j": 2}),
    ],
)
def test_an_answer_without_a_value_is_told_where_and_why(name, answer, why, point):
    (verdict,) = judge(name, answer)
    assert verdict["kind"] == "undefined"
    assert verdict["why"].startswith(why)
    assert point.items() <= verdict["point"].items()


# --------------------------------------------------------------------------- the points


@pytest.mark.parametrize("name", TARGETS)
def test_the_points_tell_all_mistakes_from_the_truth_and_from_each_other(name):
    script = """
    const target = judge.readTarget(input);
    const values = [target.values, ...target.mistakes.flatMap((mistake) => mistake.values)];
    const apart = (a, b) => a.filter((value, i) => !(Math.abs(value - b[i]) <= 0.01)).length;
    answer(values.flatMap((a, i) => values.slice(i + 1).map((b) => apart(a, b))));"""
    assert min(run(f"{IMPORT}{script}", TARGETS[name])) >= 3


@pytest.mark.parametrize("name", TARGETS)
def test_the_points_lie_in_the_domain_and_hold_both_labels(name):
    script = """
    const { points, hard } = judge.readTarget(input);
    answer([points.slice(0, hard), points.slice(hard)]);"""
    hard, soft = run(f"{IMPORT}{script}", TARGETS[name])
    assert all(0 < point["p"] < 1 for point in hard + soft)
    assert {point.get("y") for point in hard} <= {0, 1, None}
    if "y" in TARGETS[name]["arguments"]:
        assert min(sum(point["y"] == y for point in hard) for y in (0, 1)) >= 8
        assert all(0 < point["y"] < 1 for point in soft)
    if "z" in TARGETS[name]["arguments"]:
        assert all(abs(p["p"] - crossentropy.sigmoid(p["z"])) < 1e-15 for p in hard)
        assert {point["x_j"] < 0 for point in hard} == {True, False}
