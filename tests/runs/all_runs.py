"""The runs of all widgets, and each with each hand that goes through it."""

import pytest

from runs import ALL_HANDS
from runs.blocks_runs import RUNS as BLOCKS
from runs.check_runs import RUNS as CHECKS
from runs.detective_runs import RUNS as DETECTIVE
from runs.hunt_runs import RUNS as HUNT
from runs.logistic_runs import RUNS as LOGISTIC
from runs.push_runs import RUNS as PUSH
from runs.surface_runs import RUNS as SURFACE
from runs.type_runs import RUNS as TYPE

ALL = [*LOGISTIC, *HUNT, *BLOCKS, *TYPE, *PUSH, *DETECTIVE, *SURFACE, *CHECKS]


# One script is at work on pages and in JupyterLab. What solves a widget goes through every hand in
# both, any other run through every hand in one of them.
def on_pages(run):
    """Return the hands that go through a run on pages."""
    mouse_too = run.hands == ALL_HANDS or "keyboard" not in run.hands
    return [hand for hand in run.hands if hand != "mouse" or mouse_too]


def in_lab(run):
    """Return the hands that go through a run in JupyterLab, where there is no finger."""
    mine = ("mouse", "keyboard") if run.hands == ALL_HANDS else ("mouse",)
    return [hand for hand in mine if hand in run.hands]


def each_with(hands_of):
    """Return the mark of a test that goes through each run with the hands for it."""
    cases = [(run, hand) for run in ALL for hand in hands_of(run)]
    return pytest.mark.parametrize(
        ("run", "hand"), [pytest.param(*case, id=", ".join(map(str, case))) for case in cases]
    )
