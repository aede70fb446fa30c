"""Gradient detective: the suspects, what a probe of them shows, and what proves a name."""

import numpy as np
import pytest
from widget_javascript import evaluate

from crossentropy import central_difference, gradient_error, loss, loss_gradient
from crossentropy._forms import evaluate as evaluate_form
from crossentropy.mistakes import TARGETS

MISTAKES = TARGETS["loss_gradient"].mistakes
START = {"w": [1.0, 0.5], "x": [2.0, -1.0], "y": 1}
KEYS = evaluate("suspects", "Object.keys(SUSPECTS)")
BUGS = [key for key in KEYS if key != "right"]
RNG = np.random.default_rng(5)
PROBES = [
    {"w": w.tolist(), "x": x.tolist(), "y": y}
    for y in (0, 1, 0.25)
    for w, x in RNG.normal(size=(6, 2, 2))
]


def probe(h=1e-5, **changes):
    return {**START, "h": h, **changes}


def judge(named, suspect, *probes):
    return evaluate(
        "suspects", "judgeName(named, suspect, probes)", named=named, suspect=suspect, probes=probes
    )


def test_the_right_gradient_is_that_of_the_package():
    shown = evaluate("suspects", "probes.map((probe) => suspectAt('right', probe))", probes=PROBES)
    expected = [loss_gradient(p["w"], p["x"], p["y"]) for p in PROBES]
    np.testing.assert_allclose(shown, expected, rtol=1e-13)


@pytest.mark.parametrize("key", BUGS)
def test_a_bug_is_the_classic_mistake_of_this_key(key):
    shown = evaluate("suspects", f"probes.map((probe) => suspectAt('{key}', probe))", probes=PROBES)
    for p, gradient in zip(PROBES, shown, strict=True):
        arguments = {name: np.array(p[name]) for name in ("w", "x", "y")}
        forms = [value for form in MISTAKES[key].forms for value in evaluate_form(form, arguments)]
        near = [np.shape(f) in ((2,), ()) and np.allclose(f, gradient, rtol=1e-12) for f in forms]
        assert any(near)


def test_no_two_suspects_compute_the_same():
    table = evaluate(
        "suspects",
        "Object.keys(SUSPECTS).map((key) => probes.map((probe) => suspectAt(key, probe)))",
        probes=PROBES,
    )
    flat = np.reshape(table, (len(KEYS), -1))
    gaps = np.abs(flat[:, None] - flat).max(axis=-1) + np.eye(len(KEYS))
    assert gaps.min() > 1e-3


@pytest.mark.parametrize("h", [1, 1e-2, 1e-5, 1e-9, 1e-15])
def test_the_difference_is_that_of_the_package(h):
    for p in PROBES[:4]:
        shown = evaluate("suspects", "differenceAt(probe, h)", probe=p, h=h)
        expected = central_difference(lambda w, p=p: loss(w, p["x"], p["y"]), p["w"], step=h)
        np.testing.assert_allclose(shown, expected, atol=8 * np.finfo(float).eps / h, rtol=1e-12)


def test_the_relative_error_is_that_of_the_package():
    for g, r in RNG.normal(size=(5, 2, 2)):
        shown = evaluate("suspects", "relativeError(g, r)", g=g, r=r)
        assert shown == pytest.approx(gradient_error(g, r), rel=1e-14)
    assert evaluate("suspects", "relativeError([0, 0], [0, 0])") == 0


@pytest.mark.parametrize("seed", range(20))
def test_a_seed_draws_the_right_gradient_and_four_bugs_of_which_two_pass_at_the_start(seed):
    drawn = evaluate("suspects", "drawSuspects(seed, start)", seed=seed, start=START)
    assert len(set(drawn)) == 5
    assert "right" in drawn
    passing = evaluate(
        "suspects",
        "drawn.filter((k) => relativeError(suspectAt(k, p), suspectAt('right', p)) < 1e-9)",
        drawn=drawn,
        p=START,
    )
    assert len(passing) == 3


def test_seeds_draw_different_cases_in_different_orders_and_one_seed_always_the_same():
    draw = "Array.from({ length: 60 }, (_, seed) => drawSuspects(seed, start))"
    first, again = (evaluate("suspects", draw, start=START) for _ in range(2))
    assert first == again
    assert len({tuple(case) for case in first}) > 50
    assert {case.index("right") for case in first} == set(range(5))
    assert set().union(*first) == set(KEYS)


def telling_probes():
    """Return probes at which no two suspects agree."""
    return [{**p, "h": 1e-5} for p in PROBES[:12]]


@pytest.mark.parametrize("key", BUGS)
def test_a_bug_is_named_right_once_the_probes_tell_it_from_all_others(key):
    assert judge(key, key, *telling_probes()) == {"kind": "right", "because": "bug"}


@pytest.mark.parametrize("key", BUGS)
def test_a_bug_that_is_taken_for_right_is_contradicted_by_a_probe(key):
    verdict = judge("right", key, *telling_probes())
    assert (verdict["kind"], verdict["because"]) == ("wrong", "bug-for-rounding")


@pytest.mark.parametrize("key", BUGS)
def test_the_right_gradient_is_never_a_bug(key):
    verdict = judge(key, "right", *telling_probes())
    assert (verdict["kind"], verdict["because"]) == ("wrong", "no-bug")


def test_rounding_at_tiny_steps_is_no_bug():
    verdict = judge("sign", "right", probe(1e-5), probe(1e-14))
    assert verdict["because"] == "rounding-for-bug"
    verdict = judge("sign", "right", probe(1e-5), probe(0.3))
    assert verdict["because"] == "long-step-for-bug"


def test_a_name_that_the_probes_do_not_prove_stays_open():
    verdict = judge("term-lost", "term-lost", probe())
    assert verdict["kind"] == "open"
    assert {"right", "inner-sign", "plus-minus-labels"} <= set(verdict["others"])
    assert verdict["advice"] == "y"


def test_a_wrong_name_that_no_probe_contradicts_stays_open():
    verdict = judge("inner-sign", "term-lost", probe())
    assert verdict["kind"] == "open"
    assert "term-lost" in verdict["others"]


def test_the_right_one_needs_a_step_at_which_the_check_passes():
    far = [{**p, "h": 1e-15} for p in telling_probes()]
    assert judge("right", "right", *far) == {"kind": "open", "others": [], "advice": "h"}
    assert judge("right", "right", *telling_probes()) == {"kind": "right", "because": "right"}


def test_the_advice_leads_to_a_verdict():
    probes = [probe()]
    changes = {"y": {"y": 0}, "x": {"x": [1.0, -1.5]}, "w": {"w": [-0.5, 1.0]}}
    for _ in range(4):
        verdict = judge("weights-for-features", "weights-for-features", *probes)
        if verdict["kind"] == "right":
            return
        probes.append({**probes[-1], **changes[verdict["advice"]]})
    pytest.fail(f"still open: {verdict}")
