import json
from itertools import combinations

import numpy as np
import pytest
from expression_form import expression_form

import crossentropy
from crossentropy._explanations import AT_FAR
from crossentropy._forms import evaluate
from crossentropy._outcomes import close
from crossentropy._probes import KINDS, points
from crossentropy.derivation import EQUATIONS
from crossentropy.mistakes import GENERAL, TARGETS, as_json

SCALARS = [name for name in TARGETS if name in as_json()]
FUNCTIONS = [name for name in TARGETS if name not in SCALARS]
POINTS = {name: points(TARGETS[name].arguments, np.random.default_rng(1)) for name in TARGETS}
each_target = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)


def values(target, form):
    """Return what a form computes at every point; nothing where shapes do not fit together."""
    computed = []
    for point in POINTS[target.name]:
        try:
            computed.append(evaluate(form, point.arguments, target.n_axes))
        except ValueError:
            computed.append([])
    return computed


def same(a, b):
    """Return whether two forms compute the same in some shape, at every point."""
    return all(
        any(close(u, v, 1e-4 * np.abs(v)) for u in ours for v in theirs) or not (ours or theirs)
        for ours, theirs in zip(a, b, strict=True)
    )


@each_target
def test_no_two_mistakes_compute_the_same_and_none_the_truth(target):
    forms = [(key, form) for key, m in target.mistakes.items() for form in m.forms]
    computed = [("the truth", values(target, target.truth))]
    computed += [(key, values(target, form)) for key, form in forms]
    for (key, ours), (other, theirs) in combinations(computed, 2):
        if key != other and not {key, other} <= {"the truth", *AT_FAR - {"clipped"}}:
            assert not same(ours, theirs), f"{key} is {other}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_truth_is_what_the_package_computes_for_moderate_logits(name):
    target = TARGETS[name]
    for point in POINTS[name]:
        if point.kind != "far":
            expected = np.asarray(getattr(crossentropy, name)(*point.arguments.values()))
            assert close(evaluate(target.truth, point.arguments, target.n_axes)[0], expected, 1e-13)


def test_the_bracket_times_minus_x_is_line_11():
    bracket = f"-x_j*({TARGETS['bracket'].truth.expression})"
    assert expression_form(bracket) == expression_form(EQUATIONS["11"].expression)


@pytest.mark.parametrize("name", SCALARS)
def test_scalar_forms_are_expressions_of_the_derivation_in_the_targets_names(name):
    target = TARGETS[name]
    allowed = {*target.arguments, "p", "exp", "log"}
    for mistake in target.mistakes.values():
        for form in mistake.forms:
            expression_form(form.expression)
            code = compile(form.expression, "form", "eval")
            assert set(code.co_names) <= allowed


def test_every_key_has_one_name_and_one_hint_that_are_its_own():
    words = {}
    for mistake in [m for t in TARGETS.values() for m in t.mistakes.values()] + [*GENERAL.values()]:
        assert words.setdefault(mistake.key, (mistake.name, mistake.hint)) == (
            mistake.name,
            mistake.hint,
        )
        assert mistake.name[0].islower() or mistake.name.startswith("X ")
        assert not mistake.name.endswith(".")
        assert mistake.hint.endswith((".", "?", ".)"))
    names = [name for name, _ in words.values()]
    assert len(set(names)) == len(names)


def test_the_table_is_json_for_the_browser():
    table = json.loads(json.dumps(as_json()))
    assert set(table) == {"dp_dw", "dH_dp", "bracket", "dl_dw"}
    assert table["dp_dw"]["arguments"] == ["z", "x_j"]
    assert table["dp_dw"]["truth"] == EQUATIONS["3"].expression
    assert table["dp_dw"]["mistakes"][1] == {
        "key": "no-inner-derivative",
        "name": TARGETS["dp_dw"].mistakes["no-inner-derivative"].name,
        "hint": TARGETS["dp_dw"].mistakes["no-inner-derivative"].hint,
        "expressions": ["exp(-z)/(1 + exp(-z))**2"],
    }


def test_points_are_drawn_from_quarters_with_moderate_logits():
    for name, target in TARGETS.items():
        for point in points(target.arguments, np.random.default_rng(7)):
            assert point.kind in KINDS
            if not point.drawn or "w" not in point.arguments:
                continue
            samples = point.arguments.get("X", point.arguments.get("x"))
            assert np.abs(samples @ point.arguments["w"]).max() <= 4, name
            assert np.all(4 * samples % 1 == 0)
            assert np.all(samples != 0)
