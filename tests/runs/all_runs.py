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
EACH_WITH_EACH_HAND = pytest.mark.parametrize(
    ("run", "hand"),
    [pytest.param(run, hand, id=f"{run}, {hand}") for run in ALL for hand in run.hands],
)
