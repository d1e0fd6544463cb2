"""The fixed moments of a run's calls, decided before anything is sent."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from loadtests.planning.shape import Stage


class Grid:
    """Calls of each stage in even steps, one stage after the other; slots count through.

    `phase` says how much later than it begins the first one is due, in the time from message to message.
    """

    def __init__(self, stages: Sequence[Stage], recipients: int, phase: float) -> None:
        counts = [count(stage, recipients, phase) for stage in stages]
        if not any(counts):
            counts[0] = 1
        ends = list(accumulate(stage.seconds for stage in stages))
        self.firsts = list(accumulate(counts, initial=0))
        self.calls = self.firsts.pop()
        self.counts = counts
        self.begins = [0.0, *ends[:-1]]
        self._steps = [recipients / stage.rate for stage in stages]
        self._delays = [phase / stage.rate for stage in stages]

    def stage(self, slot: int) -> int:
        """The place of the stage that a slot belongs to."""
        return bisect_right(self.firsts, slot) - 1

    def moment(self, slot: int) -> float:
        """When a call is due, in seconds since the run began."""
        stage = self.stage(slot)
        return self.begins[stage] + self._delays[stage] + (slot - self.firsts[stage]) * self._steps[stage]

    def due(self, moment: float) -> int:
        """Calls whose moments are not after this one."""
        stage = max(0, bisect_right(self.begins, moment) - 1)
        since = moment - self.begins[stage] - self._delays[stage]
        begun = math.floor(round(since / self._steps[stage], 6)) + 1
        return self.firsts[stage] + min(self.counts[stage], max(0, begun))


def count(stage: Stage, recipients: int, phase: float) -> int:
    """Calls that are due within a stage."""
    return max(0, math.ceil(round((stage.rate * stage.seconds - phase) / recipients, 6)))


@lru_cache(maxsize=256)
def grid(stages: tuple[Stage, ...], recipients: int, phase: float) -> Grid:
    """The one for these: plans ask for every call."""
    return Grid(stages, recipients, phase)
