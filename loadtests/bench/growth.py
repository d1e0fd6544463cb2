"""What a send costs as other things grow: recipients, open sessions, spaces; and the memory these take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

from loadtests.bench import centres, esme
from loadtests.bench.esme import Load, Tally
from loadtests.bench.processes import resident, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import NAME, Bench, bench
from loadtests.bench.throughput import Meter, in_turns, warmed

RECIPIENTS = (1, 10, 100, 1_000)
SLOWER = 1.15
"""So many times what it costs where nothing has grown."""

A_SPACE, A_SESSION = 100.0, 60.0  # kB at most


def growth(sizes: Sizes) -> Iterator[Row]:
    yield from with_recipients(sizes)
    yield from with_sessions(sizes)
    yield from with_spaces(sizes)


def with_recipients(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator:
        meters = {many: metered(emulator, sizes, many) for many in RECIPIENTS}
        warmed(meters.values())
        in_turns(sizes.rounds, *(meter.rate for meter in meters.values()))
    for many, meter in meters.items():
        note = f"{meter.microseconds * many:,.0f} µs a call"
        yield row(f"a message, {many:,} to a call", meter.microseconds, "µs", note=note)


def with_sessions(sizes: Sizes) -> Iterator[Row]:
    """Sends over HTTP, while so many sessions of SMPP say nothing."""
    with centres.ours() as centre:
        emulator = Bench(base=centre.http, pid=centre.pid)
        alone, beside = metered(emulator, sizes), metered(emulator, sizes)
        grown = list[float]()

        async def among_sessions() -> float:
            held = resident(centre.pid)
            load = Load(seconds=sizes.seconds, sessions=sizes.sessions)
            clients = await esme.bound([centre.smpp], NAME, load, Tally())
            grown.append((resident(centre.pid) - held) / sizes.sessions)
            rate = await asyncio.to_thread(beside.rate)
            for client in clients:
                client.close()
            return rate

        warmed((alone,))
        in_turns(sizes.rounds, alone.rate, lambda: asyncio.run(among_sessions()))
    yield slower(f"a send beside {sizes.sessions:,} idle sessions", beside, alone, "beside none")
    yield row("memory of a session", max(grown) / 1000, "kB", at_most=A_SESSION)


def with_spaces(sizes: Sizes) -> Iterator[Row]:
    """Sends into the space that was made last, beside sends where there is one only."""
    with ExitStack() as stack:
        emulators = {many: stack.enter_context(bench()) for many in sorted({1, 100, sizes.spaces})}
        held = {many: resident(emulator.pid) for many, emulator in emulators.items()}
        last = {many: spaces(emulator, many) for many, emulator in emulators.items()}
        grown = {many: resident(emulator.pid) - held[many] for many, emulator in emulators.items()}
        meters = {many: metered(space, sizes) for many, space in last.items()}
        warmed(meters.values())
        in_turns(sizes.rounds, *(meter.rate for meter in meters.values()))
    for many, meter in meters.items():
        if many > 1:
            yield slower(f"a send into one of {many:,} spaces", meter, meters[1], "into the only one")
    most = max(meters)
    yield row(f"memory of a space, of {most:,}", grown[most] / most / 1000, "kB", at_most=A_SPACE)


def spaces(emulator: Bench, many: int) -> Bench:
    """The last of so many spaces that are made, each with an account of its own."""
    return [emulator.space(f"space-{n}", {}) for n in range(many)][-1]


def metered(subject: Bench, sizes: Sizes, recipients: int = 1) -> Meter:
    return Meter(
        pid=subject.pid,
        press=lambda: subject.pressed(sizes, recipients),
        rest=partial(wait_until_quiet, subject.pid, within=sizes.settle),
    )


def slower(what: str, grown: Meter, small: Meter, small_what: str) -> Row:
    return row(
        what,
        grown.microseconds,
        "µs",
        beside=small.microseconds,
        beside_what=small_what,
        at_most=SLOWER,
    )


def row(what: str, value: float, unit: str, **more: Any) -> Row:
    return Row(part=Part.GROWTH, what=what, value=value, unit=unit, **more)
