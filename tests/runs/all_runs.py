"""The runs of all widgets, and each with each hand that goes through it."""

import pytest

from runs.blocks_runs import RUNS as BLOCKS
from runs.check_runs import RUNS as CHECKS
from runs.detective_runs import RUNS as DETECTIVE
from runs.hunt_runs import RUNS as HUNT
from runs.logistic_runs import RUNS as LOGISTIC
from runs.push_runs import RUNS as PUSH
from runs.surface_runs import RUNS as SURFACE
from runs.type_runs import RUNS as TYPE

ALL = [*LOGISTIC, *HUNT, *BLOCKS, *TYPE, *PUSH, *DETECTIVE, *SURFACE, *CHECKS]


def each_with(hands_of):
    """Return the mark of a test that goes through each run with the hands for it."""
    cases = [(run, hand) for run in ALL for hand in hands_of(run)]
    return pytest.mark.parametrize(
        ("run", "hand"), [pytest.param(*case, id=", ".join(map(str, case))) for case in cases]
    )
