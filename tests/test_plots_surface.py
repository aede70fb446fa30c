"""What the map and the relief of the mean loss draw and say, and the two losses side by side."""

import gzip
import re

import numpy as np
import pytest
import test_plots
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from numpy.testing import assert_allclose
from test_plots import arrows, collisions, data, lines, values, words

from crossentropy import logistic, mean_loss, mean_loss_gradient
from crossentropy.plots import plot_loss_contours, plot_loss_relief, plot_two_losses
from crossentropy.plots._style import GREEN, GREY, PAINTS

X = np.array([[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]])
OVERLAP, APART = [1, 1, 0, 0, 0, 0], [1, 1, 0, 0, 0, 1]
TWICE = X[:, [0, 0]]
CASES = {
    "bowl": (X, OVERLAP),
    "slope": (X, APART),
    "valley": (TWICE, OVERLAP),
    "valley along an axis": (X * [1, 0], OVERLAP),
    "soft labels": (X, [0.9, 0.7, 0.2, 0.1, 0.4, 0.5]),
    "steep": (5 * X, OVERLAP),
    "shallow": (0.05 * X, OVERLAP),
    "plane": (0 * X, OVERLAP),
    "one sample": ([[1, -3]], [1]),
}
CHORDS = [(-5, 1), (-6, -1), (0, 6), (-0.7, 0.7)]


@pytest.fixture(scope="module")
def maps():
    return {name: plot_loss_contours(*case) for name, case in CASES.items()}


@pytest.fixture(scope="module")
def reliefs():
    return {name: plot_loss_relief(*case) for name, case in CASES.items()}


@pytest.fixture(scope="module")
def everything(maps, reliefs):
    losses = {f"two losses {chord}": plot_two_losses(chord) for chord in CHORDS}
    kinds = {"map": maps, "relief": reliefs, "": losses}
    return {f"{kind} {name}": f for kind, found in kinds.items() for name, f in found.items()}


of_cases = pytest.mark.parametrize("name", CASES)


# plot_loss_contours


def levels(inline):
    """Return the points of each level line by its value, from the name of the line."""
    found = {}
    for line in inline.figure.axes[0].lines:
        if line.get_label().startswith("level "):
            found.setdefault(float(line.get_label()[6:]), []).append(line.get_xydata())
    return {level: np.concatenate(pieces) for level, pieces in found.items()}


@of_cases
def test_each_line_of_the_map_has_the_loss_that_is_written_on_it(maps, name):
    drawn = levels(maps[name])
    assert len(drawn) >= 3 or name in ("shallow", "plane")
    for level, points in drawn.items():
        assert_allclose([mean_loss(w, *CASES[name]) for w in points[::5]], level, rtol=0.02)
        (text,) = (t for t in maps[name].figure.axes[0].texts if t.get_text() == f"{level:g}")
        gap = np.linalg.norm(points - text.get_position(), axis=1).min()
        assert 0.05 < gap < 0.6  # the number stands in a gap of its own line


@of_cases
def test_arrows_of_the_map_are_minus_the_gradient_times_what_the_legend_says(maps, name):
    starts, vectors = (part[:-1] for part in (arrows(maps[name])))
    truth = [-mean_loss_gradient(w, *CASES[name]) for w in starts]
    (legend,) = (text for text in words(maps[name]) if "nabla" in text)
    factor = re.search(r"-([\d.]*)", legend)[1]
    assert len(starts) >= 48
    assert_allclose(vectors, float(factor or 1) * np.array(truth)[: len(starts)], atol=1e-12)
    assert np.linalg.norm(vectors, axis=1).max() < 8 / 7


def test_map_marks_the_lowest_point_of_a_bowl_and_says_where_it_is(maps):
    for name in ("bowl", "soft labels", "steep"):
        (lowest,) = data(maps[name], "lowest")
        assert_allclose(mean_loss_gradient(lowest, *CASES[name]), 0, atol=1e-7)
        assert "lowest point" in words(maps[name])
        said = values(maps[name].alt.split("bowl: ")[1])
        assert_allclose(said, [mean_loss(lowest, *CASES[name]), *lowest], atol=0.005)


def test_map_marks_the_floor_of_a_valley_from_edge_to_edge(maps):
    for name in ("valley", "valley along an axis"):
        ends = data(maps[name], "lowest")
        for share in (0, 0.3, 1):
            w = ends[0] + share * (ends[1] - ends[0])
            assert_allclose(mean_loss_gradient(w, *CASES[name]), 0, atol=1e-7)
        assert_allclose(np.abs(ends).max(axis=1), 4)
        assert "floor of the valley: all points are lowest" in words(maps[name])
        said = values(maps[name].alt.split("valley: ")[1])
        assert_allclose(said, [mean_loss(ends[0], *CASES[name]), *ends.ravel()], atol=0.005)


def test_map_claims_no_lowest_point_where_there_is_none_on_it(maps):
    for name in ("slope", "one sample"):
        assert not lines(maps[name], "lowest")
        assert "no lowest point on this map" in words(maps[name])
        assert "edge of the map" in maps[name].alt
    least, *where = values(maps["slope"].alt.split("slope: ")[1])
    assert np.abs(where).max() == 4
    assert_allclose(mean_loss(where, *CASES["slope"]), least, rtol=0.02)
    outside = plot_loss_contours(X, OVERLAP, reach=0.5)
    assert not lines(outside, "lowest")
    assert "edge of the map" in outside.alt


def test_map_of_no_features_is_a_plane(maps):
    assert levels(maps["plane"]) == {}
    assert "It is a plane: the loss is 0.693 everywhere." in maps["plane"].alt


def test_map_shows_the_levels_asked_for_and_says_the_first_and_the_last(maps):
    inline = plot_loss_contours(X, OVERLAP, reach=2, levels=(0.7, 1.2, 99))
    assert set(levels(inline)) == {0.7, 1.2}
    assert "each from −2 to 2. Lines of equal loss run from 0.7 to 1.2." in inline.alt
    said = re.search(r"run from ([\d.]+) to ([\d.]+)\.", maps["bowl"].alt)
    drawn = levels(maps["bowl"])
    assert [float(number) for number in said.groups()] == [min(drawn), max(drawn)]


def test_map_has_one_scale_for_both_weights(maps):
    unit = maps["bowl"].figure.axes[0].transData.transform([(0, 0), (1, 0), (0, 1)])
    assert_allclose(unit[1, 0] - unit[0, 0], unit[2, 1] - unit[0, 1])


# plot_loss_relief


def tiles(inline):
    """Return the corners of the tiles, row by row: each has the next one at its corners 1 and 3."""
    shapes = [path.vertices.reshape(-1, 5, 2) for path in surface(inline).get_paths()]
    found = {tuple(tile[0]): tile[:4] for tile in np.concatenate(shapes)}
    later = {tuple(tile[corner]) for tile in found.values() for corner in (1, 3)}
    (first,) = found.keys() - later
    rows = [row(found, tuple(tile[0]), 1) for tile in row(found, first, 3)]
    return np.array(rows).reshape(16, 16, 4, 2)


def row(found, start, corner):
    """Return a tile, the one at its corner, and so on."""
    tiles = []
    while start in found:
        tiles.append(found[start])
        start = tuple(tiles[-1][corner])
    return tiles


def surface(inline):
    """Return what is drawn of the tiles: one path for each tone."""
    (found,) = (c for c in inline.figure.axes[0].collections if isinstance(c, PathCollection))
    return found


@of_cases
def test_relief_is_the_mean_loss_seen_along_one_direction(reliefs, name):
    weights = np.linspace(-4, 4, 17)
    points = [
        (a, b, mean_loss((a, b), *CASES[name]), 1) for b in weights[:-1] for a in weights[:-1]
    ]
    seen = tiles(reliefs[name])[:, :, 0].reshape(-1, 2)
    view, *_ = np.linalg.lstsq(np.array(points), seen)
    assert_allclose(np.array(points) @ view, seen, atol=1e-9)
    if name != "plane":
        assert_allclose(view[2, 0], 0, atol=1e-9)  # the height goes straight up
        assert view[2, 1] > 2


@of_cases
def test_no_part_of_the_relief_hides_another(reliefs, name):
    corners = tiles(reliefs[name])
    across, up = np.diff(corners, axis=2)[:, :, :2].transpose(2, 0, 1, 3)
    area = across[..., 0] * up[..., 1] - across[..., 1] * up[..., 0]
    assert area.min() > 0  # every tile shows its upper side


def test_relief_fits_its_sheet(reliefs):
    for inline in reliefs.values():
        width, height = 72 * inline.figure.get_size_inches()
        corners = tiles(inline).reshape(-1, 2)
        assert (corners > 0).all()
        assert (corners < (width, height)).all()
        assert 200 < height < 480


def test_relief_marks_what_the_map_marks_at_its_height(maps, reliefs):
    for name in CASES:
        marked = lines(reliefs[name], "lowest")
        assert len(marked) == len(lines(maps[name], "lowest"))
        if marked:
            lowest = data(maps[name], "lowest")
            heights = [mean_loss(w, *CASES[name]) for w in lowest]
            weights = np.linspace(-4, 4, 17)[:-1]
            points = [(a, b, mean_loss((a, b), *CASES[name]), 1) for b in weights for a in weights]
            seen = tiles(reliefs[name])[:, :, 0].reshape(-1, 2)
            view, *_ = np.linalg.lstsq(np.array(points), seen)
            truth = np.column_stack([lowest, heights, np.ones(len(lowest))]) @ view
            assert_allclose(marked[0].get_xydata(), truth, atol=1e-6)


def test_relief_is_shaded_and_its_height_has_a_scale(reliefs):
    inline = reliefs["bowl"]
    fills = surface(inline).get_facecolors()
    assert {to_hex(fill) for fill in fills} == {GREY}
    assert_allclose([fills[:, 3].min(), fills[:, 3].max()], [0.1, 0.75])
    assert words(inline)[-4:] == ["2", "4", "6", "$L$"]


def test_relief_says_how_high_it_rises(reliefs):
    for name in ("bowl", "slope", "valley"):
        corners = [mean_loss(4 * np.array(c), *CASES[name]) for c in np.ndindex(2, 2)]
        corners += [mean_loss(4 - 8 * np.array(c), *CASES[name]) for c in np.ndindex(2, 2)]
        assert_allclose(values(reliefs[name].alt)[-1], max(corners), atol=0.005)


# plot_two_losses


@pytest.mark.parametrize("chord", CHORDS)
def test_both_losses_are_drawn_with_the_chord_between_two_of_their_points(chord):
    inline = plot_two_losses(chord)
    for panel, curve in enumerate([lambda p: -np.log(p), lambda p: (1 - p) ** 2]):
        for name in ("convex", "concave"):
            for line in lines(inline, name, panel):
                z, height = line.get_xydata().T
                assert_allclose(height, curve(1 / (1 + np.exp(-z))), rtol=1e-12)
        ends = data(inline, "chord", panel)
        assert_allclose(ends[:, 0], chord)
        assert_allclose(ends[:, 1], curve(1 / (1 + np.exp(-np.array(chord)))))


def test_each_part_bends_the_way_that_its_line_says():
    inline = plot_two_losses()
    assert not lines(inline, "concave", 0)
    for panel in (0, 1):
        assert (np.diff(data(inline, "convex", panel)[:, 1], n=2) > 0).all()
    assert (np.diff(data(inline, "concave", 1)[:, 1], n=2) < 0).all()
    styles = {lines(inline, name, 1)[0].get_linestyle() for name in ("convex", "concave")}
    assert len(styles) == 2


def test_the_bend_is_where_p_is_one_third():
    inline = plot_two_losses()
    ((z, height),) = data(inline, "bend", 1)
    assert_allclose([logistic([z], [1]), height], [1 / 3, 4 / 9])
    assert r"$p = \frac{1}{3}$" in words(inline)
    assert_allclose(data(inline, "concave", 1)[-1], (z, height))


@pytest.mark.parametrize("chord", CHORDS)
def test_the_alt_text_compares_curve_and_chord_halfway(chord):
    told = plot_two_losses(chord).alt.split("Halfway ")[1]
    p = 1 / (1 + np.exp(-np.array([chord[0], np.mean(chord), chord[1]])))
    for curve, said in zip((-np.log(p), (1 - p) ** 2), told.split(";"), strict=True):
        height, on_chord = curve[1], (curve[0] + curve[2]) / 2
        assert_allclose(values(said)[-2:], [height, on_chord], atol=0.005)
        assert ("below" if height < on_chord else "above") in said


# Rules of all figures


def test_no_label_collides(everything):
    assert {name: found for name, f in everything.items() if (found := collisions(f.figure))} == {}


def test_the_drawings_keep_the_rules_of_all_figures(everything):
    svgs = {name: inline.svg() for name, inline in everything.items()}
    test_plots.test_svg_is_a_labelled_image_without_fixed_size(everything, svgs)
    test_plots.test_every_reference_finds_its_id_once(svgs)
    test_plots.test_svg_leaves_the_rest_of_the_page_alone(svgs)
    test_plots.test_type_is_legible_on_a_narrow_phone(svgs)
    test_plots.test_figures_on_one_page_share_no_id(svgs)
    for svg in svgs.values():
        assert set(re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)) <= {"none", *PAINTS.values()}
    assert PAINTS[GREEN] in svgs["map bowl"]


def test_the_drawings_are_light(everything):
    assert max(len(gzip.compress(f.svg().encode())) for f in everything.values()) < 15_000


def test_the_drawings_are_the_same_bytes_on_every_call(maps, reliefs):
    assert plot_loss_contours(*CASES["bowl"]).svg() == maps["bowl"].svg()
    assert plot_loss_relief(*CASES["bowl"]).svg() == reliefs["bowl"].svg()
    assert plot_two_losses().svg() == plot_two_losses().svg()


# Bad input


@pytest.mark.parametrize(
    ("plot", "arguments", "options", "message"),
    [
        (plot_loss_contours, (np.ones((3, 3)), [0, 1, 1]), {}, "X must have shape"),
        (plot_loss_contours, (X, [0, 1]), {}, "y must have shape"),
        (plot_loss_contours, (X, [2, 1, 0, 0, 0, 0]), {}, "y must hold labels"),
        (plot_loss_contours, (X, OVERLAP), {"reach": 0}, "reach must be a positive number"),
        (plot_loss_contours, (X, OVERLAP), {"reach": np.inf}, "reach must be a positive number"),
        (plot_loss_contours, (X, OVERLAP), {"reach": [1, 2]}, "reach must be a positive number"),
        (plot_loss_contours, (X, OVERLAP), {"levels": ()}, "levels must be a row of rising"),
        (plot_loss_contours, (X, OVERLAP), {"levels": (2, 1)}, "levels must be a row of rising"),
        (plot_loss_contours, (X, OVERLAP), {"levels": 1}, "levels must be a row of rising"),
        (plot_loss_relief, ([[1, np.nan]], [1]), {}, "X must be finite"),
        (plot_loss_relief, (X, OVERLAP), {"reach": -1}, "reach must be a positive number"),
        (plot_two_losses, ((1, -1),), {}, "chord must be two rising numbers"),
        (plot_two_losses, ((-7, 1),), {}, "chord must be two rising numbers"),
        (plot_two_losses, ((0, np.nan),), {}, "chord must be two rising numbers"),
        (plot_two_losses, ((1, 2, 3),), {}, "chord must be two rising numbers"),
    ],
)
def test_what_cannot_be_drawn_is_refused(plot, arguments, options, message):
    with pytest.raises(ValueError, match="^" + message):
        plot(*arguments, **options)
