"""What the triangle of forecasts draws and says."""

import re

import numpy as np
import pytest
import test_plots
from numpy.testing import assert_allclose
from test_plots import arrows, collisions, data, shown, values, words

from crossentropy import softmax
from crossentropy.plots import plot_simplex
from crossentropy.plots._style import GRADIENT, GREY, INK, PAINTS, P
from crossentropy.plots.simplex import CORNERS

NAMES = ("pass", "fail", "distinction")
CASES = {
    "towards a corner": ([1.5, 0, 1], [1, 0, 0]),
    "along a side": ([3, 0, -5], [0, 1, 0]),
    "from a far corner": ([8, 0, 0], [0, 0, 1]),
    "soft label": ([0, 1, -1], [0.2, 0.2, 0.6]),
    "no step": ([0, 0, 0], [1 / 3, 1 / 3, 1 / 3]),
    "nearly there": ([0, 9, 0], [0, 1, 0]),
}


@pytest.fixture(scope="module", params=CASES)
def drawn(request):
    """Forecast and label, and their figure."""
    a, y = CASES[request.param]
    return softmax(a), np.array(y), plot_simplex(a, y, NAMES)


def places(inline):
    return {text.get_text(): text.get_position() for text in shown(inline.figure.axes[0])}


def test_the_triangle_has_three_equal_sides_and_its_corners_in_the_order_of_the_classes(drawn):
    *_, inline = drawn
    axes = inline.figure.axes[0]
    outline = data(inline, "triangle")
    assert_allclose(outline, [(0, 0), (1, 0), (0.5, 0.75**0.5), (0, 0)])
    sides = np.diff(axes.transData.transform(outline), axis=0)
    assert_allclose(np.hypot(*sides.T), np.hypot(*sides[0]))
    where = np.array([places(inline)[name] for name in NAMES])
    assert np.argmin(np.linalg.norm(where[:, None] - CORNERS, axis=2), axis=1).tolist() == [0, 1, 2]


def test_the_step_leads_from_the_forecast_to_the_label(drawn):
    s, y, inline = drawn
    starts, vectors = arrows(inline)
    assert_allclose(starts[-1], s @ CORNERS, atol=1e-15)
    assert_allclose(starts[-1] + vectors[-1], y @ CORNERS, atol=1e-12)
    assert_allclose(data(inline, "s"), [s @ CORNERS], atol=1e-15)
    assert_allclose(data(inline, "y"), [y @ CORNERS], atol=1e-12)


def test_the_other_arrows_go_a_sixth_of_the_way_from_forecasts_to_the_label(drawn):
    _, y, inline = drawn
    starts, vectors = (part[:-1] for part in arrows(inline))
    assert len(starts) >= 6
    assert_allclose(6 * vectors, y @ CORNERS - starts, atol=1e-12)
    inside = np.column_stack([CORNERS, np.ones(3)]).T
    forecasts = np.linalg.solve(inside, np.column_stack([starts, np.ones(len(starts))]).T)
    assert forecasts.min() > 0.1


def test_words_and_alt_text_give_forecast_label_and_step(drawn):
    s, y, inline = drawn
    told = [text for text in words(inline) if "=" in text]
    for text, vector in zip(told, (s, y, y - s), strict=True):
        assert_allclose(values(text.replace("{-}", "-").split("=")[1]), vector, atol=0.005)
    said = re.findall(r"= \(([^)]*)\)", inline.alt)
    for text, vector in zip(said, (s, y - s, y), strict=True):
        assert_allclose(values(text), vector, atol=0.005)
    count = re.search(r"From (\d+) other forecasts", inline.alt)
    assert int(count[1]) == len(arrows(inline)[0]) - 1


def test_no_label_collides(drawn):
    assert collisions(drawn[2].figure) == []


def test_long_names_collide_with_nothing():
    names = ("Iris setosa", "Iris versicolor", "Iris virginica")
    inline = plot_simplex([1, 2, 3], [0, 0, 1], names)
    assert set(names) <= set(words(inline))
    assert collisions(inline.figure) == []


@pytest.mark.parametrize(
    "check",
    [
        test_plots.test_every_reference_finds_its_id_once,
        test_plots.test_svg_leaves_the_rest_of_the_page_alone,
        test_plots.test_type_is_legible_on_a_narrow_phone,
    ],
)
def test_the_svg_keeps_the_rules_of_all_figures(check, drawn):
    check({"simplex": drawn[2].svg()})


def test_all_ink_is_the_page_s_own(drawn):
    paints = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", drawn[2].svg()))
    assert {PAINTS[colour] for colour in (INK, GREY, P, GRADIENT)} < paints
    assert paints <= {"none", *PAINTS.values()}


def test_the_svg_is_labelled_and_the_same_bytes_on_every_call():
    inline, again = (plot_simplex([1.5, 0, 1], [1, 0, 0], NAMES) for _ in range(2))
    test_plots.test_svg_is_a_labelled_image_without_fixed_size(
        {"simplex": inline}, {"simplex": inline.svg()}
    )
    assert again.svg() == inline.svg()


@pytest.mark.parametrize(
    ("a", "y", "names", "message"),
    [
        ([1, 2], [1, 0], NAMES, "a must have shape (3,), got (2,)"),
        ([[1, 2, 3]], [[1, 0, 0]], NAMES, "a must have shape (3,), got (1, 3)"),
        ([1, 2, np.nan], [1, 0, 0], NAMES, "a must be finite"),
        ([1, 2, 3], [1, 0], NAMES, "y must have shape (3,)"),
        ([1, 2, 3], [2, -1, 0], NAMES, "y must hold weights that are finite and at least 0"),
        ([1, 2, 3], [1, 1, 0], NAMES, "y must add up to 1, got [1, 1, 0]"),
        ([1, 2, 3], [1, 0, 0], NAMES[:2], "names must be 3, got ('pass', 'fail')"),
    ],
)
def test_bad_input_is_refused_by_name(a, y, names, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        plot_simplex(a, y, names)
