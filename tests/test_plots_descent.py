"""What the paths, the runs and the calibration of chapter 8 draw and say."""

import re
from itertools import pairwise

import numpy as np
import pytest
import test_plots
from numpy.testing import assert_allclose
from test_plots import collisions, data, lines, values, words

from crossentropy import (
    gradient_descent,
    logistic,
    make_overlapping,
    make_separable,
    mean_loss,
    newton,
)
from crossentropy.plots import plot_calibration, plot_descent_paths, plot_descent_runs

X, Y = [[2, -1], [1, 2], [-1, 1], [-2, -1], [1, -2], [1, 1]], [1, 1, 0, 0, 0, 0]


def descents(X, y, start, steps, n_steps=12):
    """Return paths of gradient descent, by the name of their step."""
    run = {
        f"step {s:g}": gradient_descent(start, X, y, step=s, max_iterations=n_steps) for s in steps
    }
    return {name: result.path for name, result in run.items()}


PATHS = {
    "four steps": (X, Y, descents(X, Y, [-2, 2], [0.2, 2, 5, 8])),
    "one path": (X, Y, descents(X, Y, [3, -2], [1])),
    "a narrow valley": (
        np.multiply(X, [4, 1]),
        Y,
        descents(np.multiply(X, [4, 1]), Y, [0, 2], [0.1, 0.3]),
    ),
    "no lowest point": (*make_separable(20), descents(*make_separable(20), [-2, 1], [0.5, 1, 2])),
    "far away": (
        *make_overlapping(30),
        descents(*make_overlapping(30), [90, -70], [5, 9, 20, 30, 40]),
    ),
    "a path that stays": (X, Y, {"nowhere": [[0.25, 0.5], [0.25, 0.5]]}),
}
RUNS = {
    "separable and not": {
        "those that overlap": newton([0, 0], *make_overlapping(40)),
        "those that a line separates": newton([0, 0], *make_separable(40)),
    },
    "one run": {"six students": newton([1, 0.5], X, Y)},
    "many steps": {"slow": gradient_descent([0, 0], *make_separable(40), max_iterations=1000)},
    "two steps": {"short": newton([0, 0], X, Y, max_iterations=2)},
}
SAMPLES, OUTCOMES = make_overlapping(200, seed=5)
CALIBRATION = {
    "right": (logistic([1, 0.5], SAMPLES), OUTCOMES),
    "too sure": (logistic([6, 3], SAMPLES), OUTCOMES),
    "at the ends": ([0.0, 0.0, 1.0, 1.0, 1.0], [0, 1, 1, 0, 1]),
}
ALL = {
    **{
        f"paths, {name}": lambda case=case: plot_descent_paths(*case)
        for name, case in PATHS.items()
    },
    **{f"runs, {name}": lambda case=case: plot_descent_runs(case) for name, case in RUNS.items()},
    **{
        f"calibration, {name}": lambda case=case: plot_calibration(*case)
        for name, case in CALIBRATION.items()
    },
}


@pytest.fixture(scope="module")
def figures():
    return {name: draw() for name, draw in ALL.items()}


@pytest.fixture(scope="module")
def svgs(figures):
    return {name: figure.svg() for name, figure in figures.items()}


# The drawing as part of a page


def test_each_is_a_labelled_image_in_the_ink_of_the_page(figures, svgs):
    test_plots.test_svg_is_a_labelled_image_without_fixed_size(figures, svgs)
    test_plots.test_all_ink_is_the_page_s_own(svgs)
    test_plots.test_svg_leaves_the_rest_of_the_page_alone(svgs)
    test_plots.test_type_is_legible_on_a_narrow_phone(svgs)
    test_plots.test_figures_on_one_page_share_no_id(svgs)


@pytest.mark.parametrize("name", ALL)
def test_each_is_the_same_bytes_on_every_call(name, svgs):
    assert ALL[name]().svg() == svgs[name]


@pytest.mark.parametrize("name", ALL)
def test_no_label_collides(name, figures):
    inside = {"level", "path", "steps", "lowest", "start"}  # of a map, where nothing is written
    found = collisions(figures[name].figure)
    assert [text for text in found if text.split(" through ")[0] not in inside] == []


# plot_descent_paths


@pytest.mark.parametrize("name", PATHS)
def test_paths_are_drawn_as_given_on_one_window(name, figures):
    inline, (_, _, paths) = figures[f"paths, {name}"], PATHS[name]
    maps = inline.figure.axes[:-1]
    assert len(maps) == len(paths)
    windows = {(*axes.get_xlim(), *axes.get_ylim()) for axes in maps}
    assert len(windows) == 1
    left, right, bottom, top = windows.pop()
    assert right - left == pytest.approx(top - bottom)
    for panel, path in enumerate(paths.values()):
        path = np.array(path)
        assert_allclose(data(inline, "path", panel), path)
        assert_allclose(data(inline, "start", panel), path[:1])
        assert (path > [left, bottom]).all()
        assert (path < [right, top]).all()


@pytest.mark.parametrize("name", PATHS)
def test_lines_of_equal_loss_are_such(name, figures):
    inline, (X, y, _) = figures[f"paths, {name}"], PATHS[name]
    levels = lines(inline, "level")
    assert len(levels) >= 5
    for line in levels:
        losses = [mean_loss(w, X, y) for w in line.get_xydata()[::7]]
        assert_allclose(losses, losses[0], rtol=0.02)


def test_the_lowest_point_is_marked_where_there_is_one(figures):
    for panel in range(4):
        marked = data(figures["paths, four steps"], "lowest", panel)
        assert_allclose(marked, [newton([0, 0], X, Y).weights], atol=1e-6)
    assert lines(figures["paths, no lowest point"], "lowest") == []
    assert "lowest" not in figures["paths, no lowest point"].alt
    assert "lowest loss" not in words(figures["paths, no lowest point"])
    assert "lowest loss" in words(figures["paths, four steps"])


def test_the_words_tell_where_each_path_ends_and_whether_it_goes_up(figures):
    inline, paths = figures["paths, four steps"], PATHS["four steps"][2]
    for name, path in paths.items():
        losses = [mean_loss(w, X, Y) for w in path]
        story = re.search(rf"{re.escape(name)}: (.*?)(?:\.(?: |$))(?=step|$)", inline.alt)[1]
        ups = sum(after > before for before, after in pairwise(losses))
        assert ("no step raises it" in story) == (ups == 0)
        told = [12, *path[0], losses[0], *path[-1], losses[-1], *([ups] if ups else [])]
        assert_allclose(values(story), told, atol=0.005)
        assert f"12 steps: loss {round(losses[-1], 3):g}" in words(inline)
        assert name in words(inline)
    assert "raises it" in inline.alt
    assert "steps raise it" in inline.alt


# plot_descent_runs


@pytest.mark.parametrize("name", RUNS)
def test_runs_are_drawn_step_by_step(name, figures):
    inline = figures[f"runs, {name}"]
    for label, run in RUNS[name].items():
        steps = np.arange(run.iterations + 1)
        assert_allclose(data(inline, label, 0), np.transpose([steps, run.losses]))
        lengths = np.linalg.norm(run.path, axis=1)
        assert_allclose(data(inline, label, 1), np.transpose([steps, lengths])[1:])
        assert words(inline).count(label) == 2
    for axes in inline.figure.axes:
        assert axes.get_yscale() == "log"
        low, high = axes.get_ylim()
        for line in axes.lines:
            inside = line.get_ydata()
            assert ((low <= inside) & (inside <= high)).all()


def test_the_words_tell_how_a_run_begins_and_ends(figures):
    inline, runs = figures["runs, separable and not"], RUNS["separable and not"]
    for label, run in runs.items():
        lengths = np.linalg.norm(run.path, axis=1)
        story = re.search(rf"For {label} the loss (.*?\d)\.(?: For|$)", inline.alt)[1]
        story = re.sub(r"(\S+) times 10 to the power −(\d)", r"\1e-\2", story)
        told = [float(n) for n in re.findall(r"\d+\.?\d*(?:e-\d+)?", story)]
        begin_and_end = [run.losses[0], run.losses[-1], run.iterations, lengths[1], lengths[-1]]
        assert_allclose(told, begin_and_end, rtol=0.05)
    assert "times 10 to the power −" in inline.alt


def test_two_runs_differ_in_shape_and_colour(figures):
    for axes in figures["runs, separable and not"].figure.axes:
        one, other = axes.lines
        assert one.get_marker() != other.get_marker()
        assert one.get_color() != other.get_color()


# plot_calibration


@pytest.mark.parametrize("name", CALIBRATION)
def test_calibration_draws_the_share_of_each_group(name, figures):
    p, y = (np.array(part) for part in CALIBRATION[name])
    order = np.argsort(p, kind="stable")
    groups = np.split(order, 5)  # here all of one size
    wanted = [(p[group].mean(), y[group].mean()) for group in groups]
    inline = figures[f"calibration, {name}"]
    assert_allclose(data(inline, "shares"), wanted)
    for bar, group in zip(lines(inline, "luck"), groups, strict=True):
        spread = np.sqrt(np.mean(p[group] * (1 - p[group])) / len(group))
        ends = np.clip(p[group].mean() + 2 * spread * np.array([-1, 1]), 0, 1)
        assert_allclose(bar.get_ydata(), ends, atol=1e-12)
        assert_allclose(bar.get_xdata(), p[group].mean())


def test_the_words_count_the_shares_that_luck_explains(figures):
    right, sure = (figures[f"calibration, {name}"].alt for name in ("right", "too sure"))
    assert "5 of 5 shares are within two standard deviations" in right
    p, y = CALIBRATION["too sure"]
    far = 0
    for group in np.split(np.argsort(p, kind="stable"), 5):
        spread = np.sqrt(np.mean(p[group] * (1 - p[group])) / 40)
        far += abs(y[group].mean() - p[group].mean()) > 2 * spread
    assert far >= 2
    assert f"{5 - far} of 5 shares are within" in sure
    assert "in 5 groups" in sure


def test_the_number_of_groups_is_the_caller_s_choice():
    inline = plot_calibration([0.1, 0.2, 0.6], [0, 0, 1], n_groups=2)
    assert_allclose(data(inline, "shares"), [(0.15, 0), (0.6, 1)])


# Bad input


@pytest.mark.parametrize(
    ("plot", "arguments", "message"),
    [
        (plot_descent_paths, (X, Y, {}), "paths must hold a path"),
        (plot_descent_paths, (X, Y, {"a": [1, 2]}), r"paths\['a'\] must have shape \(k \+ 1, 2\)"),
        (plot_descent_paths, (X, Y, {"a": [[1, 2]]}), r"paths\['a'\] must have shape .* k > 0"),
        (plot_descent_paths, (X, Y, {"a": [[1, np.inf], [0, 0]]}), r"paths\['a'\] must be finite"),
        (plot_descent_paths, ([[1, 2, 3]], [1], {"a": [[1, 2], [0, 0]]}), "X must have shape"),
        (plot_descent_paths, (X, [2] * 6, {"a": [[1, 2], [0, 0]]}), "y must hold labels"),
        (plot_descent_runs, ({},), "runs must hold one or two descents, came 0"),
        (
            plot_descent_runs,
            ({"a": newton([0, 0], X, Y, max_iterations=1)},),
            r"runs\['a'\] must have two steps or more, came 1",
        ),
        (plot_calibration, ([0.5, 1.5], [0, 1]), "p must hold probabilities"),
        (plot_calibration, ([0.5, 0.5], [0, 0.5]), "y must hold the labels 0 and 1"),
        (plot_calibration, ([0.5, 0.5], [0, 1]), "n_groups must be from 1 to 2, came 5"),
        (plot_calibration, ([[0.5], [0.5]], [[0], [1]]), r"p and y must have one shape \(n,\)"),
    ],
)
def test_bad_input_is_refused_by_name(plot, arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        plot(*arguments)
