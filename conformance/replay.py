"""What a kept run found, tried again: the same checks, seed and clock; and whether octets are the same."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from conformance.counting import many
from conformance.fuzzing import DRAWN
from conformance.judge import judged
from conformance.listeners import Manner
from conformance.observation import Outcome
from conformance.order import Order
from conformance.record import Check, RecordError, Run, exchange, read
from conformance.tape import CONTROL

SPACE = re.compile(rb"/~[a-z0-9-]+|(?<=[a-z])@[a-z2-9-]{5,9}(?=\0)")
CHANGING = re.compile(rb"127\.0\.0\.1(?::|%3A)\d+|^Date: [^\r\n]+", re.MULTILINE)
"""What two runs need not have in common: names of spaces; free ports, and when it was."""


def replayed(named: str, target: str | None = None) -> Run:
    """The checks that `FILE#ID` names, made again and told. RecordError where it names none.

    ID is a check or a requirement; without one it is every check that was unmet.
    """
    file, _, wanted = named.partition("#")
    run = read(Path(file))
    checks = _named(run, wanted)
    if not checks:
        raise RecordError(
            f"{file}: {f'no check or requirement {wanted}' if wanted else 'every check was met'}"
        )
    with _drawing(run.header.drawn):
        again = _again(run, checks, target)
    for line in _told(checks, again):
        click.echo(line)
    return again


def _named(run: Run, wanted: str) -> list[Check]:
    """What stays unmet is of interest first, where a requirement has several checks."""
    if not wanted:
        return [check for check in run.checks if check.outcome == Outcome.UNMET]
    named = [check for check in run.checks if wanted in (check.id, *check.requirements)]
    return [check for check in named if check.outcome == Outcome.UNMET] or named


@contextmanager
def _drawing(drawn: Mapping[str, str]) -> Iterator[None]:
    """Within, the environment asks for as many calls as then, and for nothing else that a file may say."""
    kept = {name: os.environ.pop(name) for name in DRAWN if name in os.environ}
    asked = {name: drawn[name] for name in DRAWN if name in drawn}
    os.environ.update(asked)
    try:
        yield
    finally:
        for name in asked:
            del os.environ[name]
        os.environ.update(kept)


def _again(run: Run, checks: list[Check], target: str | None) -> Run:
    header = run.header
    address, smpp = (target, None) if target else (header.address or header.base, header.smpp)
    only = tuple(dict.fromkeys(one for check in checks for one in check.requirements))
    names = frozenset(check.id for check in checks)
    order = Order(address=address, smpp=smpp, only=only, seed=header.seed, clock=header.clock)
    with order.bench() as bench:
        click.echo(f"replaying at {bench.target.name}, seed {header.seed}, clock {header.clock}\n")
        files = sorted({name.partition("::")[0] for name in names})
        return judged(bench, only=only, files=files, manner=Manner(more=True, names=names))


def _told(before: list[Check], again: Run) -> Iterator[str]:
    found = {check.id: check for check in again.checks}
    for check in before:
        now = found.get(check.id)
        yield check.id
        yield f"  then      {_outcome(check)}"
        yield f"  now       {_outcome(now) if now else 'there is no such check any more'}"
        yield f"  octets    {_compared(check, now)}" if now else ""
    yield ""


def _outcome(check: Check) -> str:
    return f"{check.outcome}{' (flaky)' if check.flaky else ''}{': ' + check.reason if check.reason else ''}"


def _compared(then: Check, now: Check) -> str:
    """Where the exchanges of two observations part; addresses and dates aside."""
    before, after = _octets(then), _octets(now)
    for number, (one, other) in enumerate(zip(before, after, strict=False), start=1):
        if one[0] != other[0]:
            return f"other ones were sent from exchange {number} on"
        if one[1] != other[1]:
            return f"the same were sent up to exchange {number}, whose answer is another"
    if len(before) != len(after):
        return f"{many(len(after), 'exchange')} instead of {len(before)}; the same ones so far"
    return f"{many(len(before), 'exchange')}, the same both ways"


def _octets(check: Check) -> list[tuple[bytes, bytes]]:
    spoken = (exchange(said) for said in check.exchanges if said.surface != CONTROL)
    return [(constant(one.request), constant(one.response)) for one in spoken]


def constant(octets: bytes) -> bytes:
    """Without what no two runs have in common."""
    return CHANGING.sub(b"*", SPACE.sub(b"", octets))
