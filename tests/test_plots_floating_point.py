"""What the heat map of lost digits draws and says."""

import re

import numpy as np
import pytest
import test_plots
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from mpmath import MPContext
from test_plots import collisions, shown

from crossentropy.plots import plot_lost_digits
from crossentropy.plots._colours import pairs_by_name
from crossentropy.plots._style import INK, ORANGE, PAINTS, RED

LINES = [f"({number})" for number in range(8, 16)]
SCORES = {
    1: [-800, -710, -700, -400, -300, -30, 0, 10, 20, 30, 36, 37, 100, 700],
    0: [-700, -400, -300, -30, 0, 10, 20, 30, 36, 37, 100, 700, 710, 800],
}


@pytest.fixture(scope="module", params=[1, 0])
def drawn(request):
    """A label, and its figure."""
    y = request.param
    return y, plot_lost_digits(SCORES[y], y)


def cells(inline):
    """Return what is written in each cell, by head of column and score of row."""
    placed = {}
    for text in shown(inline.figure.axes[0]):
        x, y = text.get_position()
        placed.setdefault(y, {})[x] = text.get_text()
    heads = {x: text for x, text in placed.pop(0).items() if x}
    rows = {}
    for row in placed.values():
        score = float(row.pop(0).replace("−", "-"))
        rows |= {(heads[x], score): mark for x, mark in row.items()}
    return rows


def fills(inline):
    """Return colour and opacity of each filled cell, by column and row."""
    return {
        (round(patch.get_x()), round(patch.get_y())): (patch.get_facecolor()[:3], patch.get_alpha())
        for patch in inline.figure.axes[0].patches
        if isinstance(patch, Rectangle)
    }


# What each line gives for a feature of 1, written once more and without the table.
WRITTEN_OUT = {
    "(8)": lambda e, p, y: -(y / p - (1 - y) / (1 - p)) * (e / (1 + e) ** 2),
    "(9)": lambda e, p, y: -(y / (1 / (1 + e)) - (1 - y) / (e / (1 + e))) * (e / (1 + e) ** 2),
    "(10)": lambda e, p, y: -(y * (1 + e) - (1 - y) * (1 + e) / e) * (e / (1 + e) ** 2),
    "(11)": lambda e, p, y: -(y * (e / (1 + e)) - (1 - y) * (1 / (1 + e))),
    "(12)": lambda e, p, y: -(y * (1 - p) - (1 - y) * p),
    "(13)": lambda e, p, y: -(y - p),
    "(14)": lambda e, p, y: p - y,
    "(15)": lambda e, p, y: p - y,
}


def expected(line, z, y):
    """Return the mark of a cell, with mpmath for the truth."""
    with np.errstate(all="ignore"):
        e = np.exp(np.float64(-z))
        value = WRITTEN_OUT[line](e, 1 / (1 + e), np.float64(y))
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞"
    exact = MPContext()
    exact.dps = 400
    truth = 1 / (1 + exact.exp(-exact.mpf(z))) - y
    error = abs(exact.mpf(float(value)) / truth - 1)
    lost = int(exact.floor(exact.log10(error / 2.0**-52))) if error > 2.0**-52 else 0
    return "all" if lost >= 15 else str(lost)


def test_each_cell_shows_the_digits_lost_against_mpmath(drawn):
    y, inline = drawn
    marks = cells(inline)
    assert set(marks) == {(line, z) for line in [*LINES, "package"] for z in SCORES[y]}
    for line in LINES:
        for z in SCORES[y]:
            assert marks[line, z] == expected(line, z, y), f"line {line} at {z}"


def test_the_package_loses_no_digit(drawn):
    y, inline = drawn
    assert {cells(inline)["package", z] for z in SCORES[y]} == {"0"}


def test_line_11_is_the_only_one_that_cancels_nowhere_and_it_overflows():
    marks = cells(plot_lost_digits([-710, -709, 36, 37, 700], 1))
    assert [marks["(11)", z] for z in (-710, -709, 36, 37, 700)] == ["NaN", "0", "0", "0", "0"]
    assert [marks["(14)", z] for z in (-710, -709, 36, 37, 700)] == ["0", "0", "14", "all", "all"]


def test_a_cell_is_the_fuller_of_colour_the_more_it_loses(drawn):
    y, inline = drawn
    marks, filled = cells(inline), fills(inline)
    strengths = {}
    for column, line in enumerate([*LINES, "package"]):
        for row, z in enumerate(SCORES[y]):
            mark = marks[line, z]
            assert ((column, row) in filled) == (mark != "0")
            if mark != "0":
                colour, strength = filled[column, row]
                assert colour == to_rgb(RED if mark in {"NaN", "∞"} else ORANGE)
                strengths.setdefault(15 if mark in {"all", "NaN", "∞"} else int(mark), strength)
    assert list(np.argsort(list(strengths.values()))) == list(np.argsort(list(strengths)))
    assert len(set(strengths.values())) == len(strengths)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stay_legible_on_the_fullest_cell_of_a_page(theme):
    def luminance(colour):
        linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
        return linear @ (0.2126, 0.7152, 0.0722) + 0.05

    page = {name: np.array(to_rgb(pair[theme])) for name, pair in pairs_by_name().items()}
    strength = max(strength for _, strength in fills(plot_lost_digits(SCORES[1], 1)).values())
    for colour in (page["orange"], page["red"]):
        cell = strength * colour + (1 - strength) * page["paper"]
        ratio = luminance(page["ink"]) / luminance(cell)
        assert max(ratio, 1 / ratio) > 4.5


def test_the_words_tell_every_loss_and_nothing_else(drawn):
    y, inline = drawn
    told = {}
    for names, losses in re.findall(r"(?:Lines? |The )([^:.]+): ([^.]+)\.", inline.alt):
        for line in re.findall(r"\d+|package", names):
            for mark, scores in re.findall(
                r"(\w+|∞) at ([−\d, and]+?)(?=, \w+ at|, ∞ at|$)", losses
            ):
                for z in re.findall(r"−?\d+", scores):
                    told[line, float(z.replace("−", "-"))] = mark
    drawn_marks = {
        (line.strip("()"), z): mark for (line, z), mark in cells(inline).items() if mark != "0"
    }
    assert told == drawn_marks
    assert f"for the label y = {y} at z = " in inline.alt


def test_a_figure_of_one_score_says_so():
    alt = plot_lost_digits([37], 1).alt
    assert "at z = 37. Line 8: NaN at 37. Lines 9, 10 and 11: none." in alt


@pytest.mark.parametrize(
    ("z", "y"), [*((SCORES[y], y) for y in (0, 1)), ([0.5], 0.25), ([-999, -0.125, 12.75], 1)]
)
def test_no_label_collides(z, y):
    assert collisions(plot_lost_digits(z, y).figure) == []


@pytest.mark.parametrize(
    "check",
    [
        test_plots.test_every_reference_finds_its_id_once,
        test_plots.test_svg_leaves_the_rest_of_the_page_alone,
        test_plots.test_type_is_legible_on_a_narrow_phone,
    ],
)
def test_the_svg_keeps_the_rules_of_all_figures(check, drawn):
    check({"lost_digits": drawn[1].svg()})


def test_all_ink_is_the_page_s_own(drawn):
    paints = re.findall(r"(?:fill|stroke): ([^;\"]+)", drawn[1].svg())
    assert {PAINTS[INK], PAINTS[ORANGE], PAINTS[RED]} <= set(paints) <= {"none", *PAINTS.values()}


def test_the_svg_is_labelled_and_the_same_bytes_on_every_call(drawn):
    y, inline = drawn
    test_plots.test_svg_is_a_labelled_image_without_fixed_size(
        {"lost_digits": inline}, {"lost_digits": inline.svg()}
    )
    assert plot_lost_digits(SCORES[y], y).svg() == inline.svg()


@pytest.mark.parametrize(
    ("z", "y", "message"),
    [
        ([], 1, "z must be a non-empty row"),
        (3, 1, "z must be a non-empty row"),
        ([1, 1], 1, "z must be a non-empty row of different scores"),
        ([0, np.nan], 1, "z must be finite"),
        ([2000], 1, "z must lie within"),
        ([0], 2, "y must hold labels"),
        ([709], 1, "exact must be at least"),
        ([0], 0.5, "exact must be at least"),
    ],
)
def test_bad_input_is_refused_by_name(z, y, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        plot_lost_digits(z, y)
