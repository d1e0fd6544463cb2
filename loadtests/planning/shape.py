"""How the rate of a run goes: level, in bursts, rising, or level for hours."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

EVERY = 10.0  # seconds from burst to burst
SHARE = 0.2  # of that time is spent at the peak
STEPS = 10  # of a ramp
PEAK = 3  # times the rate, unless the run says otherwise


class Shape(StrEnum):
    STEADY = "steady"
    BURST = "burst"
    SOAK = "soak"
    RAMP = "ramp"


class Stage(NamedTuple):
    seconds: float
    rate: float  # messages a second


def stages(
    shape: Shape, *, rate: float, seconds: float, peak: float, steps: int = STEPS
) -> tuple[Stage, ...]:
    """A burst begins and ends at `rate`, with the peak amid every ten seconds; a ramp ends at `rate`."""
    if shape is Shape.RAMP:
        return tuple(Stage(seconds / steps, rate * step / steps) for step in range(1, steps + 1))
    if shape is Shape.BURST:
        return bursts(rate, seconds, peak)
    return (Stage(seconds, rate),)


def bursts(rate: float, seconds: float, peak: float) -> tuple[Stage, ...]:
    count = max(1, round(seconds / EVERY))
    every = seconds / count
    base, high = every * (1 - SHARE), every * SHARE
    edge, between = Stage(base / 2, rate), Stage(base, rate)
    return (edge, Stage(high, peak), *(between, Stage(high, peak)) * (count - 1), edge)
