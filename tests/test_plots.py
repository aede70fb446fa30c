"""What the figures draw, what they say, and that one drawing serves every page and theme."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, FancyArrowPatch
from matplotlib.text import Text
from numpy.testing import assert_allclose, assert_array_equal

import crossentropy as xe
from crossentropy import plots
from crossentropy.plots._style import GRADIENT, GREEN, GREY, INK, PAINTS, RED, Y0, Y1, P
from crossentropy.plots._style import W as WEIGHT
from crossentropy.plots._svg import InlineFigure, _coarsen, _shorten

W, X, Y = (
    [1, 0.5],
    [[2, 1], [0.5, 2], [-1.5, 1], [1.5, -0.5], [-1, -1.5], [-2, -0.5]],
    [1] * 3 + [0] * 3,
)

SHORT_MEAN = (W, [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0])

SIX = {
    "answer": lambda: plots.plot_answer(),
    "cross_entropy": lambda: plots.plot_cross_entropy(),
    "derivative_chain": lambda: plots.plot_derivative_chain([0.5, -1], [2, 1.5], 1),
    "logistic": lambda: plots.plot_logistic(),
    "logistic_and_slope": lambda: plots.plot_logistic_and_slope(),
    "push_and_pull": lambda: plots.plot_push_and_pull(W, X, Y),
}


@pytest.fixture(scope="module")
def six():
    return {name: draw() for name, draw in SIX.items()}


@pytest.fixture(scope="module")
def svgs(six):
    return {name: figure.svg() for name, figure in six.items()}


# What a figure holds


def lines(inline, name, panel=0):
    return [line for line in inline.figure.axes[panel].lines if line.get_label() == name]


def data(inline, name, panel=0):
    (line,) = lines(inline, name, panel)
    return line.get_xydata()


def arrows(inline, panel=0):
    """Return the vectors of the arrows in data coordinates, and where they start."""
    found = [
        patch._posA_posB
        for patch in inline.figure.axes[panel].patches
        if isinstance(patch, FancyArrowPatch)
    ]
    starts, ends = np.array(found, dtype=float).transpose(1, 0, 2)
    return starts, ends - starts


def words(inline):
    return [text.get_text() for axes in inline.figure.axes for text in shown(axes)]


def shown(axes):
    found = axes.findobj(Text) if axes.axison else axes.texts + axes.artists
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def values(text):
    """Return the numbers in a text, with its true minus signs."""
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


# The drawing as part of a page


def test_figure_shows_itself_as_html_and_reads_as_its_alt_text(six, svgs):
    assert six["logistic"]._repr_html_() == svgs["logistic"]
    assert all(repr(inline) == inline.alt for inline in six.values())


def test_svg_is_a_labelled_image_without_fixed_size(six, svgs):
    for name, svg in svgs.items():
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("role") == "img"
        assert root.get("aria-label") == six[name].alt
        assert root.get("width") is root.get("height") is None
        assert "width: 100%" in root.get("style")
        assert "max-width" in root.get("style")


def test_a_path_is_written_from_point_to_point_without_drift():
    path = "M 10.04 20 L 15.1 19.97 L 15.1 25 Q 1 2 3 4 z M 1 1 M 2 2"
    assert _shorten(path) == "M10 20 l5.1 0 0 5 q-14.1-23-12.1-21 z M1 1 M2 2"
    steps = _shorten("M 0 0 " + " ".join(f"L {0.04 * k} 0" for k in range(1, 1001)))
    assert sum(values(steps)) == pytest.approx(40)


def test_alt_text_is_escaped():
    alt = "if p < 1/2 & y = \"1\" > '0'"
    svg = InlineFigure(Figure(), alt).svg()
    assert ElementTree.fromstring(svg).get("aria-label") == alt


def test_all_ink_is_the_page_s_own(svgs):
    allowed = {"none", *PAINTS.values()}
    for svg in svgs.values():
        paints = re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)
        assert {"currentColor", "none"} < set(paints) <= allowed
        assert not re.search(r"#[0-9a-f]{3,8}\b", re.sub(r"var\(--xe-\w+, #[0-9a-f]{6}\)", "", svg))
        assert not re.search(r"(?:fill|stroke)=|rgb", svg)


def test_fallback_colours_are_legible_on_white_and_on_near_black():
    def luminance(colour):
        channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        linear = np.where(
            channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
        )
        return linear @ (0.2126, 0.7152, 0.0722) + 0.05

    for colour, paint in PAINTS.items():
        if paint != "currentColor":
            assert luminance("#ffffff") / luminance(colour) > 4
            assert luminance(colour) / luminance("#121212") > 4


QUANTITIES = {  # what a line shows, and the colour that stands for it
    **dict.fromkeys(["S-curve", "curve", "p"], P),
    **dict.fromkeys(["tangent", "slope", "back"], GRADIENT),
    "y = 1": Y1,
    "y = 0": Y0,
}


def test_the_same_colour_is_the_same_quantity_in_every_figure(six):
    figures = [*six.values(), plots.plot_logistic_in_weight(1, 2, -0.5)]
    drawn = [line for inline in figures for axes in inline.figure.axes for line in axes.lines]
    known = {line.get_label(): line.get_color() for line in drawn if line.get_label() in QUANTITIES}
    assert known == QUANTITIES
    named = {GREY, INK, GREEN, RED}
    for line in drawn:
        assert line.get_color() == QUANTITIES.get(line.get_label(), line.get_color())
        assert line.get_color() in {*QUANTITIES.values(), WEIGHT, *named}


def test_figures_on_one_page_share_no_id(svgs):
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in svgs.values()]
    assert all(ids)
    assert sum(map(len, ids)) == len(set.union(*ids))


def test_figures_with_other_values_share_no_id():
    svgs = [plots.plot_cross_entropy(p).svg() for p in (0.3, 0.8)]
    one, other = (set(re.findall(r'id="([^"]+)"', svg)) for svg in svgs)
    assert not one & other


def test_every_reference_finds_its_id_once(svgs):
    for svg in svgs.values():
        ids = re.findall(r' id="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', svg)) == set(ids)


def test_glyphs_are_outlined_in_halves_of_a_unit(svgs):
    assert _coarsen("M 1281 3809 Q -17 8 0.5 -400.25") == "M 40 119 Q -1 0 0 -13"
    assert 'transform="scale(0.5)"' in "".join(svgs.values())
    assert 'transform="scale(0.015625)"' not in "".join(svgs.values())


def test_svg_leaves_the_rest_of_the_page_alone(svgs):
    for svg in svgs.values():
        assert "<style" not in svg
        assert "clip" not in svg
        assert "font-family" not in svg
        assert svg.count("http") == 1  # its namespace
        assert "<metadata" not in svg


def test_type_is_legible_on_a_narrow_phone(svgs):
    for svg in svgs.values():
        width = float(re.search(r'viewBox="0 0 (\d+)', svg)[1])
        sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
        assert min(sizes) * 328 / width > 11


def test_svg_is_the_same_bytes_on_every_call(svgs):
    for name, draw in SIX.items():
        assert draw().svg() == svgs[name]
    inline = SIX["logistic"]()
    assert inline.svg() == inline.svg()


def test_svg_is_the_same_bytes_in_another_process_whatever_style_is_set_there(svgs):
    program = """if True:
        import sys, matplotlib
        import crossentropy
        assert not any("plots" in name for name in sys.modules if name.startswith("crossentropy"))
        matplotlib.rcParams.update({"font.size": 30, "axes.grid": True, "lines.linewidth": 9,
            "axes.facecolor": "red", "mathtext.fontset": "stix", "svg.hashsalt": None})
        from crossentropy import plots
        sys.stdout.reconfigure(encoding="utf-8")
        print(plots.plot_answer().svg())
        print(plots.plot_logistic_and_slope().svg())
        assert "matplotlib.pyplot" not in sys.modules
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [svgs["answer"], svgs["logistic_and_slope"]]


def test_settings_of_matplotlib_are_left_alone():
    def settings():
        return {
            name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"
        }

    before = settings()
    plots.plot_logistic().svg()
    assert settings() == before


# No label on another, on a line, or off the sheet


def boxes(figure):
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [
        (text.get_text(), text.get_window_extent(renderer).padded(-1))
        for axes in figure.axes
        for text in shown(axes)
    ]


def strokes(figure):
    """Yield the name and the course, in points, of all that is drawn as a line."""
    for axes in figure.axes:
        for line in axes.lines:
            course = axes.transData.transform(line.get_xydata())
            if line.get_label() != "strike":
                yield (
                    line.get_label(),
                    course if line.get_linestyle() != "None" else course[:, None],
                )
    for patch in figure.findobj(FancyArrowPatch):
        path = patch.get_transform().transform_path(patch.get_path())
        for course in path.to_polygons(closed_only=False):
            yield "arrow", course


def on_course(course):
    if course.ndim == 3:
        return course[:, 0]
    steps = [int(np.hypot(*(end - start))) + 2 for start, end in pairwise(course)]
    ends = zip(pairwise(course), steps, strict=True)
    return np.concatenate([np.linspace(start, end, n) for (start, end), n in ends])


def collisions(figure):
    labels = boxes(figure)
    found = [f"{a} on {b}" for (a, one), (b, two) in combinations(labels, 2) if one.overlaps(two)]
    sheet = figure.bbox
    found += [
        f"{a} off the sheet"
        for a, b in labels
        if not sheet.containsx(b.x0) or not sheet.containsx(b.x1)
    ]
    found += [
        f"{a} off the sheet"
        for a, b in labels
        if not sheet.containsy(b.y0) or not sheet.containsy(b.y1)
    ]
    for name, course in strokes(figure):
        points = on_course(course)
        for text, box in labels:
            if ((points > box.min) & (points < box.max)).all(axis=1).any():
                found.append(f"{name} through {text}")
    return found


def random_samples(seed):
    rng = np.random.default_rng(seed)
    X, w = rng.normal(size=(6, 2)) * 2, rng.normal(size=2)
    return w, X, (X @ w + rng.normal(size=6) > 0) * 1


CROWDED = {
    **{
        f"logistic{z}": (plots.plot_logistic, (z,))
        for z in ((0,), (-4, -1, 0, 3), (0.7,), (1, 2, 3), (-8, 8))
    },
    **{
        f"slope{z}": (plots.plot_logistic_and_slope, (z,))
        for z in ((0,), (-2, 0, 2), (1, 2, 3), (5,), (-3, 3))
    },
    **{
        f"H({p})": (plots.plot_cross_entropy, (p,)) for p in (0.05, 0.1, 0.35, 0.5, 0.65, 0.9, 0.95)
    },
    "chain, y = 0": (plots.plot_derivative_chain, ([0.5, -1], [2, 1.5], 0)),
    "chain, soft label": (plots.plot_derivative_chain, ([0.5, -1], [-2, 1.5], 0.3)),
    "chain, d = 1": (plots.plot_derivative_chain, ([-1], [30], 1)),
    "chain, d = 3": (plots.plot_derivative_chain, ([1.25, -2.75, 0.33], [-0.125, 0.333, 10], 0)),
    "chain, d = 50": (plots.plot_derivative_chain, (np.linspace(-2, 2, 50), np.ones(50), 1)),
    "answer, y = 0": (plots.plot_answer, ([0.5, -1], [2, 1.5], 0)),
    "answer, soft label": (plots.plot_answer, ([0.5, -1], [-2, 1.5], 0.3)),
    "answer, against both axes": (plots.plot_answer, ([1, 1], [-1, -1], 1)),
    "answer, along an axis": (plots.plot_answer, ([1, 0], [1, 0], 0)),
    "answer, no error": (plots.plot_answer, ([1, -1], [1, 1], 0.5)),
    **{f"samples {seed}": (plots.plot_push_and_pull, random_samples(seed)) for seed in range(6)},
    "pulls that cancel": (plots.plot_push_and_pull, ([1, 0], [[0, 1], [0, -1]], [1, 1])),
    "short mean": (plots.plot_push_and_pull, SHORT_MEAN),
    "one sample": (plots.plot_push_and_pull, ([1, 0], [[2, 1]], [1])),
    "a line along an axis": (plots.plot_push_and_pull, ([0, -1], [[2, 1], [1, 1]], [1, 0])),
}


@pytest.mark.parametrize("name", SIX)
def test_no_label_of_the_six_figures_collides(name, six):
    assert collisions(six[name].figure) == []


@pytest.mark.parametrize("name", CROWDED)
def test_no_label_collides_for_other_values(name):
    plot, arguments = CROWDED[name]
    assert collisions(plot(*arguments).figure) == []


def test_the_search_for_collisions_finds_them(six):
    inline = SIX["logistic"]()
    axes = inline.figure.axes[0]
    axes.text(0, 0.5, "on the curve", ha="center")
    axes.text(5.9, 0.1, "off the sheet")
    found = collisions(inline.figure)
    assert "S-curve through on the curve" in found
    assert "off the sheet off the sheet" in found


# plot_logistic


@pytest.mark.parametrize("z_marks", [(-2, 0, 2), (0.7, 3), (-1,)])
def test_logistic_draws_sigma_its_marks_and_their_values(z_marks):
    inline = plots.plot_logistic(z_marks)
    curve, marks = data(inline, "S-curve"), data(inline, "marks")
    assert_array_equal(curve[:, 1], xe.sigmoid(curve[:, 0]))
    assert curve[0, 0] <= -6
    assert curve[-1, 0] >= 6
    assert_array_equal(marks, np.transpose([z_marks, xe.sigmoid(z_marks)]))
    for z in z_marks:
        assert f"σ({z:g}) = {xe.sigmoid(z):.2f}".rstrip("0").replace("-", "−") in inline.alt
        formula = rf"$\sigma({z:g}) = {xe.sigmoid(z):.2f}".rstrip("0") + "$"
        assert formula.replace("-", "{-}") in words(inline)


def test_logistic_shows_the_point_symmetry():
    inline = plots.plot_logistic((-2, 0, 2))
    assert_array_equal(data(inline, "chord"), [(-2, xe.sigmoid(-2)), (0, 0.5), (2, xe.sigmoid(2))])
    low, high = data(inline, "low"), data(inline, "high")
    assert_array_equal(low, [(-2, 0), (-2, xe.sigmoid(-2))])
    assert_array_equal(high, [(2, xe.sigmoid(2)), (2, 1)])
    assert_allclose(np.ptp(low[:, 1]), np.ptp(high[:, 1]))
    assert r"$1-\sigma(2) = 0.12$" in words(inline)
    assert "σ(−2) = 0.12 is as far above 0 as σ(2) is below 1" in inline.alt


def test_logistic_marked_at_zero_alone_claims_no_symmetry():
    inline = plots.plot_logistic((0,))
    assert not lines(inline, "chord")
    assert "symmetric" not in inline.alt


# plot_logistic_and_slope


@pytest.mark.parametrize("z_marks", [(0, 3), (-2, 1)])
def test_slope_figure_draws_the_derivative_below_the_curve(z_marks):
    inline = plots.plot_logistic_and_slope(z_marks)
    upper, lower = data(inline, "S-curve", 0), data(inline, "slope", 1)
    assert_array_equal(upper[:, 1], xe.sigmoid(upper[:, 0]))
    step = 1e-5
    derivative = (xe.sigmoid(lower[:, 0] + step) - xe.sigmoid(lower[:, 0] - step)) / (2 * step)
    assert_allclose(lower[:, 1], derivative, atol=1e-9)
    assert inline.figure.axes[0].get_xlim() == inline.figure.axes[1].get_xlim()


@pytest.mark.parametrize("z_marks", [(0, 3), (-2, 1)])
def test_slope_figure_draws_tangents_with_the_slopes_marked_below(z_marks):
    inline = plots.plot_logistic_and_slope(z_marks)
    tangents = [line.get_xydata() for line in lines(inline, "tangent", 0)]
    slopes = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in tangents]
    assert_allclose(slopes, [xe.logistic_gradient([z], [1])[0] for z in z_marks])
    assert_allclose(np.mean(tangents, axis=1), data(inline, "marks", 0))
    assert_allclose(data(inline, "marks", 1), np.transpose([z_marks, slopes]))
    for z, slope in zip(z_marks, slopes, strict=True):
        shown = f"{slope:.3f}".rstrip("0")
        assert {f"slope {shown}", f"${shown}$"} <= set(words(inline))
        assert f"at z = {z}: {shown}".replace("-", "−") in inline.alt


def test_slope_figure_joins_each_point_to_its_slope():
    inline = plots.plot_logistic_and_slope((0, 3))
    plumbs = inline.figure.findobj(ConnectionPatch)
    assert [plumb.xy1 for plumb in plumbs] == [tuple(mark) for mark in data(inline, "marks", 0)]
    assert [plumb.xy2 for plumb in plumbs] == [tuple(mark) for mark in data(inline, "marks", 1)]


# plot_cross_entropy


@pytest.mark.parametrize("p", [0.8, 0.25])
def test_cross_entropy_draws_both_labels_and_a_pair_of_values(p):
    inline = plots.plot_cross_entropy(p)
    for y in (0, 1):
        curve = data(inline, f"y = {y}")
        assert_allclose(curve[:, 1], xe.cross_entropy(curve[:, 0], y))
        assert_allclose([curve[:, 1].min(), curve[:, 1].max()], [0, 4], atol=1e-12)
    heights = [float(-np.log(p)), float(-np.log(1 - p))]
    marks = [line.get_xydata()[0] for line in lines(inline, "mark")]
    assert_allclose(marks, [(p, heights[0]), (p, heights[1])])
    assert {f"${height:.2f}$" for height in heights} <= set(words(inline))
    assert_allclose(values(inline.alt)[-5:], [p, heights[0], 1, heights[1], 0], atol=0.005)


def test_cross_entropy_tells_the_labels_apart_without_colour():
    inline = plots.plot_cross_entropy()
    styles = {
        y: data_line.get_linestyle() for y in (0, 1) for data_line in lines(inline, f"y = {y}")
    }
    assert styles[0] != styles[1]
    assert len({mark.get_marker() for mark in lines(inline, "mark")}) == 2
    assert "sure of the wrong label:" in words(inline)


# plot_derivative_chain


@pytest.mark.parametrize(
    ("w", "x", "y"),
    [([0.5, -1], [2, 1.5], 1), ([1.5, 0.25], [-1, 2], 0), ([0.1, 0.2, 0.3], [1, -1, 2], 0.25)],
)
def test_chain_tells_values_forward_and_local_derivatives_back(w, x, y):
    inline = plots.plot_derivative_chain(w, x, y)
    p = float(xe.logistic(w, x))
    told = " ".join(words(inline)).replace("{-}", "-")
    for formula, value in (
        (r"\vec w^{\!\top} \vec x", np.dot(w, x)),
        (r"\sigma(z)", p),
        ("H(p)", xe.cross_entropy(p, y)),
        (r"\dfrac{dp}{dz} = p\,(1-p)", p * (1 - p)),
        (r"\dfrac{p-y}{p\,(1-p)}", xe.cross_entropy_derivative(p, y)),
    ):
        number = re.search(re.escape(formula) + r" = (-?[\d.]+)", told)
        assert_allclose(float(number[1]), value, atol=5e-4)
    gradient = re.findall(r"\$\((-?[\d., -]+)\)\$", told)[-1]
    assert_allclose(values(gradient), xe.loss_gradient(w, x, y), atol=5e-4)
    assert re.search(r"\$(-?[\d.]+) \\cdot \(", told)[1] == f"{p - y:.3f}".rstrip("0")


@pytest.mark.parametrize(("w", "x", "y"), [([0.5, -1], [2, 1.5], 1), ([1.5, 0.25], [-1, 2], 0)])
def test_chain_says_the_same_numbers_in_words(w, x, y):
    p = float(xe.logistic(w, x))
    forward = [*w, *x, np.dot(w, x), p, y, xe.cross_entropy(p, y)]
    back = [xe.cross_entropy_derivative(p, y), p * (1 - p), 1, p - y, *xe.loss_gradient(w, x, y)]
    alt = plots.plot_derivative_chain(w, x, y).alt
    assert_allclose(values(alt), forward + back, atol=5e-4)


def test_chain_goes_down_in_solid_and_up_in_dashed_arrows():
    inline = SIX["derivative_chain"]()
    vectors = arrows(inline)[1]
    assert np.sum(vectors[:, 1] < 0) == np.sum(vectors[:, 1] > 0) == 3
    back = lines(inline, "back")
    assert len(back) == 3
    assert all(line.is_dashed() for line in back)


def test_chain_strikes_out_the_two_factors_that_cancel():
    inline = SIX["derivative_chain"]()
    formulas = {text.get_text(): text for text in shown(inline.figure.axes[0])}
    renderer = FigureCanvasAgg(inline.figure).get_renderer()
    struck = [r"$\dfrac{p-y}{p\,(1-p)}$", r"$p\,(1-p)$"]
    for line, formula in zip(lines(inline, "strike"), struck, strict=True):
        box = formulas[formula].get_window_extent(renderer)
        (left, low), (right, high) = line.get_xydata()
        assert_allclose([left, right], [box.x0, box.x1], atol=1.5)
        assert box.y0 - 1 < low < high < box.y1 + 1


def test_chain_shortens_a_long_vector():
    inline = plots.plot_derivative_chain(np.arange(1, 11) / 10, np.ones(10), 1)
    assert any(r"\ldots" in text for text in words(inline))
    assert "w = (0.1, 0.2, …)" in inline.alt


# plot_push_and_pull


@pytest.mark.parametrize(
    ("w", "X", "y"), [(W, X, Y), ([0.5, -2], [[1, 1], [2, -1], [-1, 0]], [1, 1, 0])]
)
def test_push_and_pull_draws_each_pull_and_their_mean(w, X, y):
    inline = plots.plot_push_and_pull(w, X, y)
    order = np.concatenate([np.flatnonzero(np.equal(y, 1)), np.flatnonzero(np.equal(y, 0))])
    starts, vectors = arrows(inline)
    p = xe.logistic(w, X)
    pulls = -np.array(X) * (p - y)[:, None]
    assert_allclose(starts[:-2], np.array(X)[order])
    assert_allclose(vectors[:-2], pulls[order], atol=1e-12)
    assert_allclose(vectors[-2:], [w, pulls.mean(axis=0)], atol=1e-12)
    assert_allclose(starts[-2:], [(0, 0), w])


def test_push_and_pull_enlarges_a_short_mean_and_says_so():
    inline = plots.plot_push_and_pull(*SHORT_MEAN)
    assert_allclose(arrows(inline)[1][-1], -10 * xe.mean_loss_gradient(*SHORT_MEAN))
    assert "their mean, drawn 10 times as long" in words(inline)
    assert "their mean" in words(SIX["push_and_pull"]())


def test_push_and_pull_draws_no_direction_for_a_mean_that_is_zero():
    inline = plots.plot_push_and_pull([1, 0], [[0, 1], [0, -1]], [1, 1])
    assert_allclose(arrows(inline)[1][-1], 0)
    assert "their mean" in words(inline)


def test_push_and_pull_marks_the_labels_by_shape_and_colour():
    inline = SIX["push_and_pull"]()
    for y, marker in ((1, "o"), (0, "s")):
        (samples,) = lines(inline, f"y = {y}")
        assert samples.get_marker() == marker
        assert_array_equal(samples.get_xydata(), np.array(X)[np.equal(Y, y)])


@pytest.mark.parametrize("w", [[1, 0.5], [-2, 1], [0, 1], [1, 0]])
def test_push_and_pull_draws_the_line_where_p_is_one_half(w):
    inline = plots.plot_push_and_pull(w, X, Y)
    ends = data(inline, "boundary")
    assert_allclose(xe.logistic(w, ends), 0.5)
    axes = inline.figure.axes[0]
    frame = np.transpose([axes.get_xlim(), axes.get_ylim()])
    assert np.isclose(ends[:, None], frame).any(axis=(1, 2)).all()
    assert np.linalg.norm(np.subtract(*ends)) > 0.9 * np.ptp(frame, axis=0).min()


@pytest.mark.parametrize("w", [[1, 0.5], [-2, 1], [0, 1], [1, 0]])
def test_push_and_pull_names_the_sides_of_the_line_rightly(w):
    inline = plots.plot_push_and_pull(w, X, Y)
    places = {text.get_text(): text.get_position() for text in shown(inline.figure.axes[0])}
    assert xe.logistic(w, places[r"$p > \frac{1}{2}$"]) > 0.5
    assert xe.logistic(w, places[r"$p < \frac{1}{2}$"]) < 0.5


def test_push_and_pull_draws_both_axes_to_one_scale():
    axes = SIX["push_and_pull"]().figure.axes[0]
    unit = axes.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert_allclose(unit[1, 0] - unit[0, 0], unit[2, 1] - unit[0, 1])


def test_push_and_pull_says_which_sample_pulls_hardest_and_the_mean():
    w, X, y = [0.5, -2], [[1, 1], [2, -1], [-1, 0]], [1, 1, 0]
    alt = plots.plot_push_and_pull(w, X, y).alt
    p = float(xe.logistic(w, X[0]))  # the other two are on the side of their labels
    mean = -xe.mean_loss_gradient(w, X, y)
    assert f"x = (1, 1), with y = 1 and p = {p:.2f}." in alt
    assert_allclose(values(alt)[-2:], mean, atol=0.005)


# plot_answer


@pytest.mark.parametrize(
    ("w", "x", "y"), [([0.5, -1], [2, 1.5], 1), ([1, 1], [1, 0.5], 0), ([0.5, -1], [-2, 1.5], 0.25)]
)
def test_answer_draws_the_error_and_the_parallel_gradient(w, x, y):
    inline = plots.plot_answer(w, x, y)
    z, p = np.dot(w, x), float(xe.logistic(w, x))
    (start,), (error,) = arrows(inline, 0)
    assert_allclose(start, (z, y))
    assert_allclose(error, (0, p - y), atol=1e-12)
    assert_allclose(data(inline, "p"), [(z, p)])
    starts, vectors = arrows(inline, 1)
    assert_allclose(starts, 0)
    assert_allclose(vectors, [xe.loss_gradient(w, x, y), x])
    told = " ".join(words(inline)).replace("{-}", "-")
    assert_allclose(float(re.search(r"p - y = (-?[\d.]+)", told)[1]), p - y, atol=0.005)


@pytest.mark.parametrize(("x", "y", "way"), [([2, 1.5], 1, "against"), ([2, 1.5], 0, "along")])
def test_answer_says_the_numbers_and_the_direction(x, y, way):
    alt = plots.plot_answer([0.5, -1], x, y).alt
    p = float(xe.sigmoid(-0.5))
    told = [-0.5, p, y, p - y, *x, *xe.loss_gradient([0.5, -1], x, y), abs(p - y)]
    assert_allclose(values(alt), told, atol=0.005)
    assert f"an arrow {way} x" in alt


# Bad input


@pytest.mark.parametrize(
    ("plot", "arguments", "message"),
    [
        (plots.plot_logistic, ([np.nan],), "z"),
        (plots.plot_logistic, ([],), "z"),
        (plots.plot_logistic, (3,), "z_marks"),
        (plots.plot_logistic_and_slope, ([0, np.inf],), "z_marks"),
        (plots.plot_cross_entropy, (1.5,), "p"),
        (plots.plot_cross_entropy, (0.999,), "p_mark"),
        (plots.plot_cross_entropy, ([0.2, 0.8],), "p_mark"),
        (plots.plot_derivative_chain, ([1, 2], [1], 1), "x"),
        (plots.plot_derivative_chain, ([1], [[1], [2]], [0, 1]), "x"),
        (plots.plot_derivative_chain, ([1], [1], 2), "y"),
        (plots.plot_derivative_chain, ([1], [1000], 1), "p"),
        (plots.plot_push_and_pull, ([1, 2, 3], [[1, 2, 3]], [1]), "X"),
        (plots.plot_push_and_pull, ([1, 2], [[1, 2]], [1, 0]), "y"),
        (plots.plot_push_and_pull, ([1, 2], [[1, 2]], [0.5]), "y"),
        (plots.plot_push_and_pull, ([0, 0], [[1, 2]], [1]), "w"),
        (plots.plot_push_and_pull, ([1, np.inf], [[1, 2]], [1]), "w"),
        (plots.plot_answer, ([1, 2, 3], [1, 2, 3], 1), "x"),
        (plots.plot_answer, ([1, 2], [0, 0], 1), "x"),
        (plots.plot_answer, ([1, 2], [1, 2], -1), "y"),
    ],
)
def test_bad_input_is_refused_by_name(plot, arguments, message):
    with pytest.raises(ValueError, match=rf"^{message}\b"):
        plot(*arguments)
