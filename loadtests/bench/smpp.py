"""`python -m loadtests.bench.smpp`: what a message over SMPP costs, receipt included, beside others.

The same client presses an emulator, an SMSC of Node.js and a bare one of asyncio and struct, in turns.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any

import click

from loadtests.bench import centres
from loadtests.bench.beside import latency
from loadtests.bench.centres import Centre
from loadtests.bench.esme import Load, idle, press
from loadtests.bench.machine import busy, processor
from loadtests.bench.pressure import Answered
from loadtests.bench.processes import cpu_seconds, wait_until_quiet
from loadtests.bench.row import Row, as_json, plain
from loadtests.bench.shares import profiler, sampled
from loadtests.bench.subject import NAME
from loadtests.bench.throughput import Meter, in_turns, warmed
from loadtests.planning.values import several
from loadtests.program import HELP, program

LIMIT = 700
"""Submits a second that an account may send."""


class Figure(StrEnum):
    """What is measured."""

    PRESSURE = "pressure"
    SHARES = "shares"
    NAGLE = "nagle"
    IDLE = "idle"
    HTTP = "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """How much of everything is done."""

    load: Load
    rounds: int
    sessions: int
    """That are idle."""
    settle: float
    alone: bool
    """Without others beside it."""


@dataclass(slots=True)
class Presses:
    """Presses of one SMSC: what was lost, what came twice."""

    centre: Centre
    load: Load
    settle: float
    lost: int = 0
    doubled: int = 0
    meter: Meter = field(init=False)

    def __post_init__(self) -> None:
        rest = partial(wait_until_quiet, self.centre.pid, within=self.settle)
        self.meter = Meter(pid=self.centre.pid, press=self._press, rest=rest)

    def _press(self) -> Answered:
        tally = asyncio.run(press([self.centre.smpp], NAME, self.load))
        self.lost, self.doubled = self.lost + tally.lost, self.doubled + tally.doubled
        return Answered(answers=len(tally.accepted), seconds=tally.seconds)


def pressure(bench: Bench, ours: Centre) -> Iterator[Row]:
    """Submits with receipts, in turns with the others."""
    lacking = "left out" if bench.alone else centres.lacking()
    with ExitStack() as stack:
        them = {} if bench.alone else {"bare asyncio and struct": stack.enter_context(centres.echo())}
        if not lacking:
            them = {"an SMSC of Node.js": stack.enter_context(centres.of_node()), **them}
        others = {name: Presses(one, bench.load, bench.settle) for name, one in them.items()}
        own = Presses(ours, bench.load, bench.settle)
        warmed(one.meter for one in (own, *others.values()))
        rate, *rates = in_turns(bench.rounds, own.meter.rate, *(one.meter.rate for one in others.values()))
    what = f"submits with receipts, window {bench.load.window} of {bench.load.sessions}"
    yield row(what, rate, "messages/s", at_least=10_000, note="" if not lacking else f"Node.js: {lacking}")
    yield row("messages lost or doubled", own.lost + own.doubled, "", at_most=0)
    for (name, other), theirs in zip(others.items(), rates, strict=True):
        own_cost, cost = own.meter.microseconds, other.meter.microseconds
        yield row(
            f"{what}, for each core",
            own.meter.per_core,
            "messages/s",
            beside=other.meter.per_core,
            beside_what=name,
            at_least=2.0 if "Node" in name else None,
            note=f"processor time {own_cost:.0f} µs against {cost:.0f} µs; {theirs:,.0f}/s on the wall",
        )
    if not others:
        yield row("processor time of a message", own.meter.microseconds, "µs")


def shares(bench: Bench, ours: Centre) -> Iterator[Row]:
    """Where the time of a message goes."""
    own = Presses(ours, bench.load, bench.settle)
    with sampled(ours.worker, bench.load.seconds) as found:
        own.meter.rate()
    if not found:
        yield row("shares", 0, "", note="no profile" if profiler() else "pip install py-spy to see them")
    for what, many in found.most_common():
        share = many / found.total()
        yield row(what, share * own.meter.microseconds, "µs", note=f"{share:.0%}")


def nagle(bench: Bench, ours: Centre) -> Iterator[Row]:
    own = Presses(ours, replace(bench.load, nagle=True), bench.settle)
    yield row(
        "the same, from a client with Nagle's algorithm", own.meter.rate(), "messages/s", at_least=5_000
    )
    yield row("messages lost or doubled", own.lost + own.doubled, "", at_most=0)


def idling(bench: Bench, ours: Centre) -> Iterator[Row]:
    wait_until_quiet(ours.pid, within=bench.settle)
    load = replace(bench.load, sessions=bench.sessions)
    spent = asyncio.run(idle([ours.smpp], NAME, load, lambda: cpu_seconds(ours.pid)))
    yield row(f"{bench.sessions} idle sessions", spent / load.seconds * 100, "% of a core", at_most=2)


def beside_http(bench: Bench, ours: Centre) -> Iterator[Row]:
    """HTTP sends alone, and beside one account at its limit."""
    wait_until_quiet(ours.pid, within=bench.settle)
    alone = latency(ours.http, bench.load.seconds)
    paced = replace(bench.load, sessions=1, pace=LIMIT)
    beside = latency(ours.http, bench.load.seconds, lambda: asyncio.run(press([ours.smpp], NAME, paced)))
    yield row(
        f"added to send.php at the median by {LIMIT} submits a second",
        (beside - alone) * 1000,
        "ms",
        at_most=5,
        note=f"{alone * 1000:.2f} ms alone, {beside * 1000:.2f} ms beside it",
    )


FIGURES: Mapping[Figure, Callable[[Bench, Centre], Iterator[Row]]] = {
    Figure.PRESSURE: pressure,
    Figure.SHARES: shares,
    Figure.NAGLE: nagle,
    Figure.IDLE: idling,
    Figure.HTTP: beside_http,
}


def row(what: str, value: float, unit: str, **more: Any) -> Row:
    return Row(part="smpp", what=what, value=value, unit=unit, **more)


def circumstances(busy_before: float) -> list[str]:
    """Lines for the foot of the table."""
    return [
        f"machine: {processor()}, {os.cpu_count()} cores; Python {platform.python_version()}",
        f"others used {busy_before:.0%} of the machine before the run and {busy():.0%} after it",
        f"command: python -m loadtests.bench.smpp {shlex.join(sys.argv[1:])}".rstrip(),
    ]


@click.command(context_settings=HELP)
@click.option(
    "--only",
    type=several(Figure),
    metavar="FIGURE,…",
    default=",".join(Figure),
    show_default="all",
    help=f"What to measure: {', '.join(Figure)}.",
)
@click.option("--alone", is_flag=True, help="Without the SMSCs beside ours.")
@click.option("--json", "as_data", is_flag=True, help="Rows as JSON.")
@click.option("--seconds", type=click.FloatRange(0.1), default=6.0, help="Of a round.")
@click.option("--rounds", type=click.IntRange(1), default=3, help="Of each SMSC, in turns.")
@click.option("--sessions", type=click.IntRange(1), default=1, help="That send.")
@click.option("--window", type=click.IntRange(1), default=500, help="Of each session.")
@click.option("--idle", type=click.IntRange(1), default=200, help="Sessions that say nothing.")
@click.option("--settle", type=click.FloatRange(0), default=30.0, help="Longest pause.")
def main(
    only: list[Figure], alone: bool, as_data: bool, idle: int, rounds: int, settle: float, **load: Any
) -> None:
    """Measure, compare, and print each figure with its target. Exit code 1 when one was not reached."""
    bench = Bench(load=Load(**load), rounds=rounds, sessions=idle, settle=settle, alone=alone)
    before = busy()
    rows = list[Row]()
    with centres.ours() as ours:
        for figure in only:
            click.echo(f"{figure} …", err=True)
            rows += FIGURES[figure](bench, ours)
    told = circumstances(before)
    click.echo(as_json(rows, told) if as_data else "\n".join([*plain(rows), "", *told]))
    sys.exit(0 if all(row.reached for row in rows) else 1)


if __name__ == "__main__":
    program(main)
