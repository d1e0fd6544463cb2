"""The emulator beside what a user would pick instead: each on one core, under the same requests, in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from loadtests.bench import centres, smpp
from loadtests.bench.contenders import CONTENDERS
from loadtests.bench.esme import Load
from loadtests.bench.installed import Lacking
from loadtests.bench.pressure import Answered, pressed
from loadtests.bench.processes import cpu_seconds, on_core, resident, wait_until_quiet
from loadtests.bench.rival import Rival, started
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import Bench
from loadtests.bench.throughput import Meter, in_turns, warmed
from loadtests.served import served

SERVERS, GENERATOR = 0, -1  # cores
QUICKER = 1.2
"""So many times what it is compared with."""

WARM = 6
"""Rounds before those that count."""

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A server that takes part: what it is asked, and what it took to begin, on the wall and of processor."""

    meter: Meter
    seconds: float
    spent: float

    @property
    def memory(self) -> float:
        """MiB of its largest process."""
        return resident(self.meter.pid) / MIB


def rivals(sizes: Sizes) -> Iterator[Row]:
    yield from over_http(sizes)
    yield from over_smpp(sizes)


def over_http(sizes: Sizes) -> Iterator[Row]:
    with ExitStack() as stack:
        ours = ourselves(stack, sizes)
        theirs = dict[Rival, Entrant]()
        for rival in CONTENDERS:
            try:
                theirs[rival] = challenger(stack, rival, sizes)
            except Lacking as lacking:
                yield left_out(rival.name, str(lacking))
        meters = [one.meter for one in (*ours.values(), *theirs.values())]
        warmed(meters, WARM)
        in_turns(sizes.rounds, *(meter.rate for meter in meters))
        for rival, other in theirs.items():
            yield from compared(rival, ours[rival.dialect], other)


def over_smpp(sizes: Sizes) -> Iterator[Row]:
    """The SMSC of Node.js, and the bound from above, as `loadtests.bench.smpp` has them."""
    load = Load(seconds=sizes.seconds)
    bench = smpp.Bench(load=load, rounds=sizes.rounds, sessions=0, settle=sizes.settle, alone=False)
    with centres.ours() as centre:
        yield from smpp.pressure(bench, centre)


def ourselves(stack: ExitStack, sizes: Sizes) -> Mapping[str, Entrant]:
    """One emulator, in each dialect that something is compared with."""
    with on_core(SERVERS):
        server = stack.enter_context(served())
    spent = cpu_seconds(server.pid)

    def entrant(dialect: str) -> Entrant:
        subject = Bench(base=server.http, pid=server.pid).over(dialect)
        meter = metered(server.pid, lambda: subject.pressed(sizes), sizes)
        return Entrant(meter=meter, seconds=server.seconds, spent=spent)

    return {dialect: entrant(dialect) for dialect in dict.fromkeys(one.dialect for one in CONTENDERS)}


def challenger(stack: ExitStack, rival: Rival, sizes: Sizes) -> Entrant:
    """Raises Lacking."""
    command = rival.installed(sizes.cache)
    with on_core(SERVERS):
        one = stack.enter_context(started(rival, command))
    meter = metered(one.pid, lambda: pressed(one.requests, sizes), sizes)
    return Entrant(meter=meter, seconds=one.seconds, spent=one.spent)


def metered(pid: int, press: Callable[[], Answered], sizes: Sizes) -> Meter:
    """Pressed from a core of its own."""

    def once() -> Answered:
        with on_core(GENERATOR):
            return press()

    return Meter(pid=pid, press=once, rest=partial(wait_until_quiet, pid, within=sizes.settle))


def compared(rival: Rival, ours: Entrant, other: Entrant) -> Iterator[Row]:
    def row(
        what: str, of: Callable[[Entrant], float], unit: str, at_least: float | None = None, note: str = ""
    ) -> Row:
        return Row(
            part=Part.RIVALS,
            what=f"{rival.dialect}, {what}",
            value=of(ours),
            unit=unit,
            beside=of(other),
            beside_what=rival.name,
            at_least=at_least,
            note=note,
        )

    costs = f"{ours.meter.microseconds:.0f} µs of processor time against {other.meter.microseconds:.0f} µs"
    yield row("messages/s per core", lambda one: one.meter.per_core, "", QUICKER, costs)
    yield row("messages/s on the wall", lambda one: one.meter.on_the_wall, "")
    yield row("memory afterwards", lambda one: one.memory, "MiB")
    yield row("from start to the first answer", lambda one: one.seconds, "s")
    yield row("processor time of a start", lambda one: one.spent, "s")


def left_out(what: str, why: str) -> Row:
    return Row(part=Part.RIVALS, what=what, value=0, unit="", left_out=why)
