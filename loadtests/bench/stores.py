"""What a store costs: sends alone, in bulk and over SMPP, PostgreSQL with two processes as well."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.util import find_spec
from statistics import median

from loadtests.bench.esme import Load, press
from loadtests.bench.pressure import pressed
from loadtests.bench.processes import cpu_seconds, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import NAME, Bench
from loadtests.client import Control
from loadtests.postgres import Unavailable, postmaster, server
from loadtests.served import SERVE, Served, served

BATCHED = 5_000
"""Messages a second, where many are written in one transaction."""

TWICE = 1.6
"""So many times what one process does, two do."""

WARM = 0.2
"""So much of a round goes before it and does not count: what runs is slow at first."""


class Way(StrEnum):
    """How messages come."""

    ALONE = "alone"
    BULK = "bulk"
    SMPP = "smpp"


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A store, the processes that have it in common, and messages a second that are enough."""

    name: str
    processes: int = 1
    enough: Mapping[Way, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name if self.processes == 1 else f"{self.name}, {self.processes} processes"


MEMORY = Kind("memory")
SQLITE = Kind("SQLite", enough={Way.ALONE: 1_200, Way.BULK: BATCHED, Way.SMPP: BATCHED})
POSTGRESQL = Kind("PostgreSQL", enough={Way.ALONE: 700})
TOGETHER = Kind("PostgreSQL", processes=2)


@dataclass(frozen=True, slots=True)
class World:
    """Processes with one store, and the one that serves it if that is ours."""

    processes: Sequence[Served]
    database: int | None

    @property
    def first(self) -> Bench:
        return Bench(base=self.processes[0].http, pid=self.processes[0].pid)

    def rest(self, within: float) -> None:
        """Wait until all is done."""
        pids = [one.pid for one in self.processes]
        wait_until_quiet(*pids, *[self.database] if self.database else [], within=within)

    def cost(self) -> tuple[float, float]:
        """Processor seconds so far, ours and those of the database."""
        ours = sum(cpu_seconds(one.pid) for one in self.processes)
        return ours, cpu_seconds(self.database) if self.database else 0.0

    def press(self, way: Way, sizes: Sizes) -> float:
        """Press all of them; how many seconds it took."""
        if way is Way.SMPP:
            load = Load(seconds=sizes.seconds, sessions=len(self.processes))
            return asyncio.run(press([one.smpp for one in self.processes], NAME, load)).seconds
        requests = self.first.requests(sizes.recipients if way is Way.BULK else 1)
        share = replace(sizes, connections=-(-sizes.connections // len(self.processes)))
        with ThreadPoolExecutor() as pool:
            pressing = [
                pool.submit(pressed, replace(requests, base=one.http), share) for one in self.processes
            ]
            return max(one.result().seconds for one in pressing)


@dataclass(slots=True)
class Spent:
    """What messages cost that came in one way: the rates of the rounds, and seconds of processor time."""

    rates: list[float] = field(default_factory=list)
    messages: int = 0
    ours: float = 0.0
    database: float = 0.0

    def measure(self, world: World, way: Way, sizes: Sizes) -> None:
        world.rest(sizes.settle)
        before, (ours, database) = world.first.taken(), world.cost()
        seconds = world.press(way, sizes)
        world.rest(sizes.settle)  # what is told of them afterwards is a part of it
        messages = world.first.taken() - before
        self.rates.append(messages / seconds)
        self.messages += messages
        after = world.cost()
        self.ours, self.database = self.ours + after[0] - ours, self.database + after[1] - database

    @property
    def told(self) -> str:
        ours, database = (seconds / self.messages * 1e6 for seconds in (self.ours, self.database))
        beside = f" and {database:.0f} µs of the database" if database else ""
        return f"processor time {ours:.0f} µs{beside}"


def stores(sizes: Sizes) -> Iterator[Row]:
    """All of them take turns, each time as an empty world."""
    kinds, servers = [MEMORY, SQLITE], dict[str, str]()
    spent = dict[tuple[Kind, Way], Spent]()
    with tempfile.TemporaryDirectory(prefix="smslab-stores-") as folder, ExitStack() as stack:
        try:
            servers[POSTGRESQL.name] = stack.enter_context(postgresql())
            kinds += [POSTGRESQL, TOGETHER]
        except Unavailable as why:
            yield Row(part=Part.STORES, what=POSTGRESQL.name, value=0, unit="", left_out=str(why))
        for turn in range(sizes.rounds):
            files = {MEMORY.name: "memory", SQLITE.name: f"sqlite:///{folder}/{turn}"}
            for kind in kinds:
                with world({**files, **servers}[kind.name], kind.processes) as subject:
                    for way in Way:
                        subject.press(way, replace(sizes, seconds=sizes.seconds * WARM))
                        spent.setdefault((kind, way), Spent()).measure(subject, way, sizes)
    for way in Way:
        for kind in kinds:
            yield figure(kind, way, sizes, spent)


def figure(kind: Kind, way: Way, sizes: Sizes, spent: Mapping[tuple[Kind, Way], Spent]) -> Row:
    """Two processes beside one, any other store beside memory; two are to be so many times as quick."""
    own = spent[kind, way]
    other = POSTGRESQL if kind is TOGETHER else MEMORY
    return Row(
        part=Part.STORES,
        what=f"{kind}: {described(way, sizes)}",
        value=median(own.rates),
        unit="messages/s",
        beside=None if kind is MEMORY else median(spent[other, way].rates),
        beside_what=other.name,
        at_least=TWICE if kind is TOGETHER and way is Way.ALONE else kind.enough.get(way),
        bounds_value=kind is not TOGETHER,
        note=own.told,
    )


def described(way: Way, sizes: Sizes) -> str:
    if way is Way.SMPP:
        return "submits with receipts"
    return f"{1 if way is Way.ALONE else sizes.recipients} to a call, {sizes.connections} connections"


@contextmanager
def world(store: str, processes: int) -> Iterator[World]:
    """An empty one, with an account that has no limits."""
    with ExitStack() as stack:
        command = (*SERVE, "--store", store)
        made = World([stack.enter_context(served(command)) for _ in range(processes)], postmaster(store))
        with Control(made.first.base) as control:
            control.call("POST", "/reset")
        made.first.declare()
        yield made


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server with its usual settings. Raises Unavailable."""
    if find_spec("psycopg") is None:
        raise Unavailable("pip install 'smslab[store]' brings psycopg")
    with server() as url:
        yield url
