"""Requests and messages a second, in turns with what they are compared with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from statistics import median

from loadtests.bench.pressure import Requests, pressed
from loadtests.bench.processes import wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import bench
from loadtests.served import served

EMPTY = (sys.executable, "-m", "loadtests.bench.empty")


def in_turns(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """A B A B …: what slows the machine for a while slows both. The medians."""
    pairs = [(one(), other()) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def send(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator, served(command=EMPTY) as empty:
        yardstick = Requests(base=empty.http, before=emulator.requests().before, after="", recipients=1)

        def empty_view() -> float:
            wait_until_quiet(emulator.pid, empty.pid, within=sizes.settle)
            return pressed(yardstick, sizes).rate

        def send_php() -> float:
            wait_until_quiet(emulator.pid, empty.pid, within=sizes.settle)
            return emulator.messages_a_second(sizes)

        ours, theirs = in_turns(sizes.rounds, send_php, empty_view)
    what = f"send.php, one recipient, {sizes.connections} connections"
    yield Row(
        part=Part.SEND,
        what=what,
        value=ours,
        unit="messages/s",
        beside=theirs,
        beside_what="empty Flask view, requests/s",
        at_least=0.60,
    )
    yield Row(part=Part.SEND, what=what, value=ours, unit="messages/s", at_least=2_000)


def bulk(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator:

        def once() -> float:
            wait_until_quiet(emulator.pid, within=sizes.settle)
            return emulator.messages_a_second(sizes, sizes.recipients)

        rate = median(once() for _ in range(sizes.rounds))
    what = f"send.php, {sizes.recipients} recipients a call, {sizes.connections} connections"
    yield Row(part=Part.BULK, what=what, value=rate, unit="messages/s", at_least=20_000)
