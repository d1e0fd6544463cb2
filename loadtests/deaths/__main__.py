"""`python -m loadtests.deaths --store URL`: kill the emulator under load, and reconcile at the end."""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count, cycle, islice
from pathlib import Path

import click

from loadtests.client import Control
from loadtests.deaths.doors import Sender, sink
from loadtests.deaths.emulator import RATE, Emulator
from loadtests.deaths.tally import CREDIT, Death, Tally, faults
from loadtests.program import HELP, program
from loadtests.scenarios.numbers import number

SILENCE, QUIET = 15.0, 5.0
"""Seconds without a receipt until none is waited for; and until only what was acknowledged is."""


async def endured(
    store: str, processes: int, times: int, every: float, tally: Tally, folder: Path
) -> dict[str, object]:
    """What the emulators remember after all of it, as the export says.

    Raises HarnessFailed, and click.UsageError for a store that is not empty.
    """
    emulators = [Emulator(store, folder / str(place)) for place in range(processes)]
    try:
        await begun(emulators)
        senders = await sending(emulators, tally)
        async with opened(senders):
            await killed(emulators, times, every, tally)
            for sender in senders:
                sender.sending = False
            await told(tally)
        with Control(emulators[0].http) as control:
            kept: dict[str, object] = control.call("GET", "/export")
        return kept
    finally:
        for emulator in emulators:
            emulator.kill()


@asynccontextmanager
async def opened(senders: Sequence[Sender]) -> AsyncIterator[None]:
    """All doors."""
    doors = asyncio.gather(*(door for sender in senders for door in sender.doors()))
    try:
        yield
    finally:
        doors.cancel()
        with suppress(asyncio.CancelledError):
            await doors  # a defect of ours would look like losses


async def begun(emulators: Sequence[Emulator]) -> None:
    for emulator in emulators:
        await emulator.start()
    with Control(emulators[0].http) as control:
        refuse(control.call("GET", "/export")["messages"])
        control.call("PATCH", "/accounts/isms/demo", {"credit": CREDIT})
        control.call("PUT", "/clock", {"rate": float(RATE)})  # a store that somebody used keeps its own


def refuse(messages: Sequence[object]) -> None:
    """What was there before would look as if it came of the deaths. Raises click.UsageError."""
    if messages:
        raise click.UsageError(
            f"--store has messages in it already, {len(messages)} of them: give an empty one"
        )


async def sending(emulators: Sequence[Emulator], tally: Tally) -> Sequence[Sender]:
    """One for each emulator; no two of them send to the same number."""
    callback, numbers = await sink(tally), (number("3069", place) for place in count())
    return [Sender(emulator, tally, callback, numbers, place) for place, emulator in enumerate(emulators)]


async def killed(emulators: Sequence[Emulator], times: int, every: float, tally: Tally) -> None:
    """Kill one after another, so many times in all, and start it again while the others go on."""
    chance = random.Random(1)
    for nth, (place, emulator) in enumerate(islice(cycle(enumerate(emulators)), times), 1):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * every)
        died = time.monotonic()
        emulator.kill()
        tally.deaths.append(Death(place, died, time.monotonic()))
        click.echo(f"death {nth}: {len(tally.accepted)} accepted, {len(tally.receipts)} told of")
        await emulator.start()


async def told(tally: Tally) -> None:
    """Wait until of all that was sent everything was told, or nothing comes any more."""
    ended = time.monotonic()
    while time.monotonic() - max(tally.last_heard, ended) < SILENCE:
        await asyncio.sleep(0.1)
        if len(tally.receipts) >= len(tally.tried):
            return
        acknowledged = tally.accepted.keys() <= tally.receipts.keys()
        if acknowledged and time.monotonic() - max(tally.last_heard, ended) > QUIET:
            return


@click.command(context_settings=HELP)
@click.option("--store", required=True, metavar="URL", help="As of `smslab serve`; nothing is in it yet.")
@click.option("--processes", default=1, type=click.IntRange(1), help="Of PostgreSQL; one dies.")
@click.option("--times", default=20, type=click.IntRange(1), help="Deaths.")
@click.option("--every", default=1.0, help="Seconds between them, about.")
def main(store: str, processes: int, times: int, every: float) -> None:
    """Send through iSMS HTTP and SMPP, kill the emulator, start it again; reconcile at the end."""
    if store == "memory":
        raise click.UsageError(
            "--store memory dies with the emulator: give an address of SQLite or PostgreSQL"
        )
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of what is said to the dead
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="smslab-deaths-") as folder:
        kept = asyncio.run(endured(store, processes, times, every, tally, Path(folder)))
    found = [*faults(tally, kept)]
    click.echo("\n".join([*summary(tally), *found]))
    sys.exit(1 if found else 0)


def summary(tally: Tally) -> Iterator[str]:
    yield (
        f"{len(tally.deaths)} deaths, {len(tally.tried)} sent, {len(tally.accepted)} acknowledged,"
        f" {tally.refused.total()} refused, {len(tally.receipts)} told of;"
        f" {len(tally.again)} told again, as nobody had noted it when it died"
    )
    for refusal, many in tally.refused.most_common(5):
        yield f"refused {many}: {refusal}"


if __name__ == "__main__":
    program(main)
