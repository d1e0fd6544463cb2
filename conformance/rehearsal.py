"""`--dry-run`: what a run would send and what that costs, found out on our own emulator in its place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias

import click

from conformance.accounts import DEMO
from conformance.bench import Bench
from conformance.clock import RehearsedClock
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.judge import judged
from conformance.observation import SKIPPED, Outcome
from conformance.order import LEFT_OUT, Order
from conformance.plainly import many
from conformance.record import Check, exchange
from conformance.renderings.octets import SMPP, headline
from conformance.tape import CONTROL, By, Exchange
from conformance.target import Callbacks, Dialect, Target, emulated, found

RATE = 600.0  # a minute in a tenth of a second: what comes by itself comes soon
PATIENCE = 2.0  # seconds for one answer
LONGEST = 200  # characters of a request line

Addresses: TypeAlias = Mapping[tuple[str, str], str]
"""Where requests would go, by provider and by what they speak."""


@dataclass(slots=True)
class Plan:
    """What was found out so far."""

    checks: int = 0
    requests: int = 0
    unrehearsed: int = 0


def rehearsed(order: Order) -> None:
    """Lists every request of the run in the order they would go; nothing is sent to the target."""
    plan, obstacles = Plan(), Counter[tuple[str, str]]()
    with _bench(order) as (bench, addresses):
        click.echo(f"a rehearsal for {bench.target.name}: nothing is sent to it\n")
        before = Counter[str]()

        def heard(check: Check) -> None:
            nonlocal before
            cost, before = bench.spend.spent - before, Counter(bench.spend.spent)
            for line in _listed(check, cost, addresses):
                click.echo(line)
            _counted(plan, obstacles, check)

        judged(bench, provider=order.provider, only=order.only, observer=heard, manner=order.manner)
        for line in (*_summary(bench, plan), *_obstacles(obstacles)):
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
        for face, address in (("http", dialect.http), (SMPP, dialect.smpp and _written(dialect.smpp)))
        if address
    }


def _written(served: tuple[str, int]) -> str:
    host, port = served
    return f"smpp://{host}:{port}"


def _listed(check: Check, cost: Counter[str], addresses: Addresses) -> Iterator[str]:
    sent = [exchange(said) for said in check.exchanges if said.surface != CONTROL and said.by == By.HARNESS]
    if not any(one.request for one in sent):
        return
    yield f"{check.id}  ({', '.join(check.requirements)})"
    for one in sent:
        if one.request:
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


def _counted(plan: Plan, obstacles: Counter[tuple[str, str]], check: Check) -> None:
    if check.outcome in SKIPPED:
        obstacles[check.outcome, check.reason] += 1
        return
    plan.checks += 1
    plan.unrehearsed += check.outcome == Outcome.ERROR
    plan.requests += sum(
        bool(said.request) for said in check.exchanges if (said.surface, said.by) != (CONTROL, By.HARNESS)
    )


def _summary(bench: Bench, plan: Plan) -> Iterator[str]:
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
