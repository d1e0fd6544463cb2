"""Requests and messages a second, in turns with what they are compared with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median

from loadtests.bench.pressure import Answered, pressed
from loadtests.bench.processes import cpu_seconds, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import bench
from loadtests.served import served

EMPTY = (sys.executable, "-m", "loadtests.bench.empty")


def in_turns(rounds: int, *things: Callable[[], float]) -> list[float]:
    """A B A B …: what slows the machine for a while slows all. The medians."""
    turns = [[thing() for thing in things] for _ in range(rounds)]
    return [median(each) for each in zip(*turns, strict=True)]


@dataclass(slots=True, kw_only=True)
class Meter:
    """Rounds with one server; processor time tells what it costs when others keep the machine busy."""

    pid: int
    press: Callable[[], Answered]
    rest: Callable[[], None] = lambda: None  # until what came of earlier presses is done
    answers: int = 0
    seconds: float = 0.0
    rates: list[float] = field(default_factory=list)

    def rate(self) -> float:
        self.rest()
        spent = cpu_seconds(self.pid)
        answered = self.press()
        self.rest()  # what is left to do for them is a part of it
        self.seconds += cpu_seconds(self.pid) - spent
        self.answers += answered.answers
        self.rates.append(answered.rate)
        return answered.rate

    @property
    def on_the_wall(self) -> float:
        """Answers a second, the median of the rounds."""
        return median(self.rates)

    @property
    def microseconds(self) -> float:
        return self.seconds / max(1, self.answers) * 1e6

    @property
    def per_core(self) -> float:
        """Answers to a second of processor time."""
        return self.answers / self.seconds if self.seconds else 0.0


def warmed(meters: Iterable[Meter], rounds: int = 1) -> None:
    """Press each in turn before it counts: what runs is slow at first, on a virtual machine for long."""
    for meter in [*meters] * rounds:
        meter.rest()
        meter.press()


def send(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator, served(command=EMPTY) as empty:
        yardstick = replace(emulator.requests(), base=empty.http)
        rest = partial(wait_until_quiet, emulator.pid, empty.pid, within=sizes.settle)
        ours = Meter(pid=emulator.pid, press=lambda: emulator.pressed(sizes), rest=rest)
        theirs = Meter(pid=empty.pid, press=lambda: pressed(yardstick, sizes), rest=rest)
        warmed((ours, theirs))
        rate, beside = in_turns(sizes.rounds, ours.rate, theirs.rate)
    what = f"send.php, one recipient, {sizes.connections} connections"
    yield Row(
        part=Part.SEND,
        what=what,
        value=rate,
        unit="messages/s",
        beside=beside,
        beside_what="empty Flask view, requests/s",
        at_least=0.60,
        note=f"processor time {ours.microseconds:.0f} µs against {theirs.microseconds:.0f} µs",
    )
    yield Row(part=Part.SEND, what=what, value=rate, unit="messages/s", at_least=2_000)


def bulk(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator:

        def once() -> float:
            wait_until_quiet(emulator.pid, within=sizes.settle)
            return emulator.pressed(sizes, sizes.recipients).rate

        rate = median(once() for _ in range(sizes.rounds))
    what = f"send.php, {sizes.recipients} recipients a call, {sizes.connections} connections"
    yield Row(part=Part.BULK, what=what, value=rate, unit="messages/s", at_least=20_000)
