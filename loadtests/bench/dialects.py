"""What a message costs in each dialect, beside an empty view that is sent the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from loadtests.bench.pressure import pressed
from loadtests.bench.processes import wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import bench
from loadtests.bench.throughput import EMPTY, Meter, in_turns, warmed
from loadtests.scenarios import OVER_HTTP
from loadtests.served import served

MEASURED = tuple(OVER_HTTP)
YARDSTICK = "netoxygen"
ENOUGH = 1_000  # messages a second: the pace of the load scenarios, and three tenths of a core to spare


def dialects(sizes: Sizes) -> Iterator[Row]:
    """All of them take turns, and an empty view with them."""
    with bench() as emulator, served(command=EMPTY) as empty:
        rest = partial(wait_until_quiet, emulator.pid, empty.pid, within=sizes.settle)

        def over(dialect: str) -> Meter:
            subject, recipients = emulator.over(dialect), OVER_HTTP[dialect].recipients
            return Meter(pid=subject.pid, press=lambda: subject.pressed(sizes, recipients), rest=rest)

        meters = [over(dialect) for dialect in MEASURED]
        same = replace(emulator.over(YARDSTICK).requests(), base=empty.http)
        yardstick = Meter(pid=empty.pid, press=lambda: pressed(same, sizes), rest=rest)
        warmed((*meters, yardstick))
        rates = in_turns(sizes.rounds, *(each.rate for each in (*meters, yardstick)))
    for dialect, each, rate in zip(MEASURED, meters, rates, strict=False):
        recipients = OVER_HTTP[dialect].recipients
        yield Row(
            part=Part.DIALECTS,
            what=f"{dialect}, {recipients} to a call",
            value=each.per_core,
            unit="messages/s per core",
            beside=yardstick.per_core * recipients,
            beside_what="as many in calls to an empty Flask view",
            at_least=ENOUGH,
            bounds_value=True,
            note=f"{each.microseconds:.0f} µs of processor time; {rate:,.0f}/s on the wall",
        )
