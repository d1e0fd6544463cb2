"""`--dry-run`: what a run would send and what that costs, found out on our own emulator in its place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TypeAlias

import click

from conformance.accounts import DEMO
from conformance.address import found
from conformance.bench import Bench
from conformance.clock import RehearsedClock
from conformance.control import Control
from conformance.counting import many
from conformance.drivers.http import HttpClient
from conformance.drivers.smpp import url
from conformance.judge import judged
from conformance.observation import SKIPPED, Outcome
from conformance.order import LEFT_OUT, Order
from conformance.record import Check, exchange
from conformance.renderings.octets import headline
from conformance.tape import CONTROL, SMPP, By, Exchange
from conformance.target import Callbacks, Dialect, Target, emulated

RATE = 600.0  # a minute in a tenth of a second: what comes by itself comes soon
PATIENCE = 2.0  # seconds for one answer
LONGEST = 200  # characters of a request line

Addresses: TypeAlias = Mapping[tuple[str, str], str]
"""Where requests would go, by provider and by what they speak."""


class Rehearsal:
    """Tells what each check would send, and adds up."""

    def __init__(self, bench: Bench, addresses: Addresses) -> None:
        self._bench, self._addresses = bench, addresses
        self._spent = Counter[str]()
        self.checks = self.requests = self.unrehearsed = 0
        self.obstacles = Counter[tuple[str, str]]()

    def hear(self, check: Check) -> None:
        sent, cost = _sent(check), self._bench.spend.spent - self._spent
        self._spent = Counter(self._bench.spend.spent)
        for line in _listed(check, sent, cost, self._addresses) if sent else ():
            click.echo(line)
        if check.outcome in SKIPPED:
            self.obstacles[check.outcome, check.reason] += 1
            return
        self.checks += 1
        self.requests += len(sent)
        self.unrehearsed += check.outcome == Outcome.ERROR


def rehearsed(order: Order) -> None:
    """Lists every request of the run in the order they would go; nothing is sent to the target."""
    with _bench(order) as (bench, addresses):
        click.echo(f"a rehearsal for {bench.target.name}: nothing is sent to it\n")
        plan = Rehearsal(bench, addresses)
        judged(bench, provider=order.provider, only=order.only, observer=plan.hear, manner=order.manner)
        for line in (*_summary(bench, plan), *_obstacles(plan.obstacles)):
            click.echo(line)


@contextmanager
def _bench(order: Order) -> Iterator[tuple[Bench, Addresses]]:
    """A bench on an emulator that stands in for the target, and whose addresses its own stand for."""
    if order.address == "self":
        with order.bench() as bench:
            yield bench, {}
        return
    asked = found(order.address, order.smpp, ask=False)
    with emulated(seed=order.seed, clock=order.clock, rate=RATE) as own:
        target = _standing_in(own, asked, order.skip)
        with HttpClient(own.base, surface=CONTROL) as client:
            clock = RehearsedClock(Control(client, token=own.token), asked.longest)
            with closing(Bench(target, seed=order.seed, clock=order.clock, patience=clock)) as bench:
                yield bench, _addresses(asked)


def _standing_in(own: Target, asked: Target, skip: tuple[str, ...]) -> Target:
    """The target's limits, at the emulator's addresses, with its accounts."""
    return replace(
        asked,
        dialects={name: _dialect(name, one, own.dialects[name]) for name, one in asked.dialects.items()},
        callbacks=Callbacks() if asked.callbacks else None,
        answer=min(asked.answer, PATIENCE),
        disabled={**asked.disabled, **dict.fromkeys(skip, LEFT_OUT)},
        secrets=frozenset(),
    )


def _dialect(name: str, asked: Dialect, own: Dialect) -> Dialect:
    return replace(
        own,
        http=own.http if asked.http else None,
        smpp=own.smpp if asked.smpp else None,
        others={role: login for role, login in DEMO[name].others.items() if role in asked.others},
    )


def _addresses(asked: Target) -> Addresses:
    return {
        (name, face): address
        for name, dialect in asked.dialects.items()
        for face, address in (("http", dialect.http), (SMPP, dialect.smpp and url(dialect.smpp)))
        if address
    }


def _sent(check: Check) -> list[Exchange]:
    """What goes to the target: no callback that it makes, and nothing that only an emulator is asked."""
    spoken = (exchange(said) for said in check.exchanges if said.surface != CONTROL)
    return [one for one in spoken if one.by is By.HARNESS and one.request]


def _listed(check: Check, sent: list[Exchange], cost: Counter[str], addresses: Addresses) -> Iterator[str]:
    yield f"{check.id}  ({', '.join(check.requirements)})"
    for one in sent:
        face = check.id.partition("/")[0], SMPP if one.surface == SMPP else "http"
        yield f"  {_line(one, addresses.get(face, one.base))}"
    if price := _price(cost):
        yield f"  costs {price}"


def _line(sent: Exchange, base: str) -> str:
    if sent.surface == SMPP:
        return f"{base}  {headline(sent.request)}"
    head, _, body = sent.request.partition(b"\r\n\r\n")
    method, _, rest = head.partition(b"\r\n")[0].decode(errors="backslashreplace").partition(" ")
    line = f"{method} {base}{rest.rpartition(' ')[0] or rest}"
    more = f"  and {len(body)} octets" if body else ""
    return (line if len(line) <= LONGEST else f"{line[:LONGEST]}…") + more


def _summary(bench: Bench, plan: Rehearsal) -> Iterator[str]:
    yield ""
    yield f"{many(plan.checks, 'check')}, {many(plan.requests, 'request')}; nothing of it was sent"
    yield f"  costs {_price(bench.spend.spent) or 'nothing'}, if the target refuses what it should"
    yield f"  and {_price(bench.spend.asked) or 'nothing'}, if it refuses nothing{_limits(bench.target)}"
    if plan.unrehearsed:
        yield f"  {many(plan.unrehearsed, 'check')} could not be rehearsed to the end"


def _limits(target: Target) -> str:
    if target.messages is None:
        return ""
    return f"; never more than {target.messages} messages and {target.lookups} look-ups ([spend])"


def _obstacles(obstacles: Counter[tuple[str, str]]) -> Iterator[str]:
    for (outcome, reason), count in obstacles.most_common():
        yield f"  {outcome} ({many(count, 'check')}): {reason}"


def _price(cost: Mapping[str, int]) -> str:
    words = {"messages": "message", "lookups": "look-up"}
    return " and ".join(many(cost[kind], word) for kind, word in words.items() if cost.get(kind))
