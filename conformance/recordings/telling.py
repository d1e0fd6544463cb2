"""What an emulator answers otherwise than a recording has it, on the terminal."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from conformance.address import opened
from conformance.bench import CLOCK, SEED
from conformance.counting import many
from conformance.recordings.comparing import Comparison, Difference, compared
from conformance.recordings.file import Recording, read
from conformance.recordings.judging import title
from conformance.target import Target, emulated

LONGEST = 100  # characters of a value


def answered_otherwise(path: Path, address: str) -> bool:
    """Says a recording to an emulator and lists every field that differs; whether there is one.

    Other identifiers and moments do not count: no two gateways have the same.
    """
    recording = read(path)
    with _emulator(recording, address) as target:
        click.echo(f"saying {path} to {target.name}\n")
        every = []
        for number, one in enumerate(compared(recording, target), start=1):
            every.append(one)
            for line in _lines(number, one):
                click.echo(line)
    for line in _summary(every):
        click.echo(line)
    return any(_apart(one) for one in every)


@contextmanager
def _emulator(recording: Recording, address: str) -> Iterator[Target]:
    """One whose clock is where the recording begins; a stranger would be sent messages for good."""
    if address == "self":
        start = recording.taken[0].at if recording.taken else CLOCK
        with emulated(seed=SEED, clock=start) as target:
            yield target
        return
    with opened(address, seed=SEED, clock=CLOCK) as target:
        if not target.ours:
            raise click.UsageError("--transcripts are said to emulators alone: `self`, or the address of one")
        yield target


def _apart(one: Comparison) -> list[Difference]:
    return [differing for differing in one.differences if not differing.alike]


def _lines(number: int, one: Comparison) -> Iterator[str]:
    apart = _apart(one)
    if apart:
        yield f"{number}  {title(one.taken)}"
    for differing in apart:
        yield f"  {differing.field}: {_shown(differing.there)} there, {_shown(differing.here)} here"


def _summary(every: list[Comparison]) -> Iterator[str]:
    apart = [one for one in every if _apart(one)]
    yield f"{many(len(every), 'request')}, {len(apart)} of them answered otherwise"
    fields = Counter(differing.field for one in apart for differing in _apart(one))
    for name, count in fields.most_common():
        yield f"  {name} ({count})"
    alike = sum(differing.alike for one in every for differing in one.differences)
    if alike:
        yield f"  and {many(alike, 'field')} with another identifier or moment, as it has to be"


def _shown(value: str | None) -> str:
    if value is None:
        return "nothing"
    return repr(value) if len(value) <= LONGEST else f"{value[:LONGEST]!r}…"
