"""What is wanted of a run, made into plans: one, or for the mixed scenario one for each share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import click

from loadtests.planning.plan import Plan
from loadtests.planning.shape import PEAK, Shape, Stage, stages
from loadtests.planning.values import LOOPBACK
from loadtests.scenarios import DIALECTS, MIXED, SCENARIOS
from loadtests.scenarios.scenario import HttpScenario, Scenario, SmppScenario

RATE = 700  # messages a second of a mixture
STEEP = 4  # a ramp ends at so many times the usual rate
CHAPTER = 60.0  # seconds of a soak that are reconciled together
WINDOW = 100  # submits that a session leaves unanswered
USERS = 64  # of a mixture
SETTLE = 30.0  # seconds that late reports are waited for


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """None: what is usual for the scenario."""

    scenario: str
    seconds: float
    shape: Shape = Shape.STEADY
    rate: float | None = None
    peak: float | None = None
    chapter: float | None = None
    recipients: int | None = None
    numbers: str | None = None
    users: int | None = None
    window: int | None = None
    limit: int | None = None
    workers: int = 1
    listen: str | None = None
    home: str = LOOPBACK  # where reports arrive unless `listen` says otherwise
    report_every: int | None = None
    price: Decimal | None = None
    shares: Mapping[str, int] | None = None


def planned(order: Order) -> tuple[Plan, tuple[Plan, ...]]:
    """The whole, and the plans that make it up. Raises click.UsageError for what does not fit together."""
    objections(order)
    if order.scenario != MIXED:
        plan = single(order)
        return plan, (plan,)
    whole = shaped(order, order.rate or usual(RATE, order), MIXED)
    return whole, tuple(mixture(order, whole, parts(order)))


def parts(order: Order) -> Mapping[str, int]:
    """The scenarios that are sent, and how much of each."""
    if order.scenario != MIXED:
        return {order.scenario: 1}
    return order.shares or dict.fromkeys(DIALECTS, 1)


def objections(order: Order) -> None:
    """To what is unknown, does not fit together or would do nothing. Raises click.UsageError."""
    if order.shape is not Shape.BURST and order.peak is not None:
        raise click.UsageError("--peak belongs to --shape burst")
    if order.shape is not Shape.SOAK and order.chapter is not None:
        raise click.UsageError("--chapter belongs to --shape soak")
    seated(order)
    unmixed(order)
    unspoken(order, [SCENARIOS[name] for name in parts(order)])


def seated(order: Order) -> None:
    """See that each worker has somebody to send, over SMPP from each account."""
    chosen = SCENARIOS.get(order.scenario)  # of a mixture none, where SMPP has sessions as it needs them
    accounts = chosen.accounts if isinstance(chosen, SmppScenario) else 1
    least = accounts * order.workers
    if order.users is not None and order.users < least:
        raise click.UsageError(
            f"--users {order.users} are too few for {accounts} accounts and {order.workers} workers: "
            f"give {least} or more"
        )


def unspoken(order: Order, chosen: Sequence[Scenario]) -> None:
    """What none of the scenarios makes use of."""
    if order.window is not None and not any(isinstance(one, SmppScenario) for one in chosen):
        raise click.UsageError(f"--window belongs to SMPP, which {order.scenario} does not speak here")
    if order.limit is not None and not isinstance(SCENARIOS.get(order.scenario), SmppScenario):
        raise click.UsageError(f"--limit is that of an account over SMPP, and {order.scenario} has none")
    reports = any(isinstance(one, HttpScenario) and one.reports for one in chosen)
    if order.report_every is not None and not reports:
        raise click.UsageError(f"{unasked(order.scenario)}: leave out --report-every")
    if order.listen is not None and (order.report_every == 0 or not reports):
        raise click.UsageError("--listen is where reports arrive over HTTP, and none will")


def unasked(scenario: str) -> str:
    """Why no call chooses whether it asks for a report."""
    if scenario == MIXED:
        return "none of these scenarios chooses which reports it has"
    if SCENARIOS[scenario].reports:
        return f"every submit of {scenario} asks for a receipt"
    return f"{scenario} has no delivery reports"


def unmixed(order: Order) -> None:
    """What a mixture has alone, or has not."""
    if order.scenario != MIXED:
        if order.shares:
            raise click.UsageError(f"--share belongs to {MIXED}")
        return
    if order.recipients or order.numbers or order.price is not None:
        raise click.UsageError(
            f"{MIXED} sends as each of its scenarios does, without --recipients, --numbers and --price"
        )
    if unknown := [name for name in order.shares or {} if name not in SCENARIOS]:
        raise click.UsageError(f"{unknown[0]} is no scenario to mix; these are: {', '.join(SCENARIOS)}")


def usual(rate: float, order: Order) -> float:
    return rate * STEEP if order.shape is Shape.RAMP else rate


def shaped(order: Order, rate: float, scenario: str) -> Plan:
    peak = PEAK * rate if order.peak is None else order.peak
    if peak < rate:
        raise click.UsageError(f"the peak of {peak:g} messages/s lies below the rate of {rate:g}")
    return Plan(
        scenario=scenario,
        rate=rate,
        seconds=order.seconds,
        shape=order.shape,
        stages=stages(order.shape, rate=rate, seconds=order.seconds, peak=peak),
        chapter=(order.chapter or CHAPTER) if order.shape is Shape.SOAK else 0.0,
        users=max(order.users or USERS, order.workers),
        workers=order.workers,
        listen=order.listen or order.home,
        report_every=1 if order.report_every is None else order.report_every,
    )


def single(order: Order) -> Plan:
    chosen = SCENARIOS[order.scenario]
    plan = replace(
        shaped(order, order.rate or usual(chosen.rate, order), order.scenario),
        recipients=order.recipients or chosen.recipients,
        numbers=order.numbers or "",
        users=max(order.users or chosen.users, order.workers),
        price=chosen.price if order.price is None else order.price,
        report_every=chosen.report_every if order.report_every is None else order.report_every,
    )
    if not isinstance(chosen, SmppScenario):
        return plan
    bursting = chosen.burst and order.shape is Shape.STEADY
    plan = over_smpp(plan, chosen, order.window)
    plan = replace(plan, most=order.limit or (math.ceil(plan.pace) if bursting else 0))
    if plan.limit < plan.pace:
        raise click.UsageError(
            f"an account that may send {plan.limit} a second does not keep up {plan.pace:g}:"
            f" give --rate {plan.limit * plan.accounts} or less"
        )
    return replace(plan, burst=plan.limit + 1 if bursting else 0)


def over_smpp(plan: Plan, scenario: SmppScenario, window: int | None) -> Plan:
    """With a session at least for each account and worker; every submit asks for a receipt."""
    if plan.recipients > 1:
        raise click.UsageError(f"{plan.scenario} sends to one recipient a submit")
    users = max(plan.users, scenario.accounts * plan.workers)
    return replace(
        plan,
        accounts=scenario.accounts,
        window=window or WINDOW,
        users=users,
        report_every=scenario.report_every,
    )


def mixture(order: Order, whole: Plan, shares: Mapping[str, int]) -> Iterator[Plan]:
    """Each starts a little later than the one before, so that together they keep an even pace."""
    whole_of_it = sum(shares.values())
    for place, (name, own) in enumerate(shares.items()):
        chosen, share = SCENARIOS[name], own / whole_of_it
        smpp = isinstance(chosen, SmppScenario)
        plan = replace(
            whole,
            scenario=name,
            rate=whole.rate * share,
            stages=tuple(Stage(seconds, rate * share) for seconds, rate in whole.course),
            phase=place * share % 1,
            recipients=chosen.recipients,
            users=max(order.workers, chosen.users if smpp else round(whole.users * share)),
            price=chosen.price,
            report_every=chosen.report_every if order.report_every is None else order.report_every,
        )
        yield over_smpp(plan, chosen, order.window) if isinstance(chosen, SmppScenario) else plan
