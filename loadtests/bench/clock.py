"""Moving the clock, keeping a state and returning to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import NamedTuple

from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import Bench, bench
from loadtests.client import Control
from loadtests.failures import HarnessFailed

DAYS = 30
WORLD: Mapping[str, object] = {"seed": 7, "clock": "2026-03-02T09:00:00Z", "rate": 0}


class Times(NamedTuple):
    """Seconds of each operation, all on the same messages."""

    snapshot: float
    restore: float
    advance: float


def clock(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator:
        times = [once(emulator.space("bench", WORLD), sizes.scheduled) for _ in range(sizes.repeats)]
    stored = f"{sizes.scheduled:,} scheduled messages"
    yield Row(
        part=Part.CLOCK,
        what=f"advance by {DAYS} days over {stored}",
        value=median(each.advance for each in times),
        unit="s",
        at_most=2.0,
    )
    for what, seconds in (
        ("snapshot", median(each.snapshot for each in times)),
        ("restore", median(each.restore for each in times)),
    ):
        yield Row(part=Part.CLOCK, what=f"{what} of {stored}", value=seconds * 1000, unit="ms", at_most=50.0)


def once(space: Bench, messages: int) -> Times:
    schedule(space, messages)
    with Control(space.base) as control:
        return Times(
            snapshot=timed(lambda: control.call("POST", "/snapshots", {"name": "before"})),
            restore=timed(lambda: control.call("POST", "/snapshots/before/restore")),
            advance=timed(lambda: advance(control, messages)),
        )


def schedule(space: Bench, messages: int) -> None:
    """Spread over the days ahead, a hundredth of them at a time."""
    step = max(1, messages // 100)
    for first in range(0, messages, step):
        hours = 1 + first * (DAYS * 24 - 2) // messages
        space.fill(min(step, messages - first), schedule=f"+{hours} hours")


def advance(control: Control, messages: int) -> None:
    fell_due = control.call("POST", "/clock/advance", {"seconds": DAYS * 86_400})["due_total"]
    if fell_due < messages:
        raise HarnessFailed(f"{messages} messages were scheduled and only {fell_due} things fell due")


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
