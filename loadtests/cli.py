"""`smslab load`: a scenario at a pace, a reconciliation, a verdict."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import click

from loadtests.ending import terminable
from loadtests.failures import HarnessFailed, accounted_for
from loadtests.planning.conditions import of_accounts, of_hosts, of_reports, of_worker
from loadtests.planning.order import CHAPTER, SETTLE, STEEP, WINDOW, Order, planned
from loadtests.planning.plan import Plan
from loadtests.planning.shape import PEAK, Shape
from loadtests.planning.values import (
    credentials,
    credits_,
    duration,
    endpoint,
    facing,
    home,
    made,
    own_address,
    pace,
    prefix,
    shared,
    weight,
)
from loadtests.reporting import verdict
from loadtests.reporting.progress import Progress, summary
from loadtests.reporting.result import Result, keep
from loadtests.reporting.steps import within_reach
from loadtests.reporting.verdict import Budget
from loadtests.run import run
from loadtests.scenarios import MIXED, NAMES, SCENARIOS
from loadtests.scenarios.scenario import reporting
from loadtests.sending.crew import helped
from loadtests.target import Aim, opened


@click.command(
    no_args_is_help=True,
    context_settings={"show_default": True},
    epilog=f"Scenarios: {', '.join(NAMES)}.",
)
@click.argument("scenario", metavar="SCENARIO", type=click.Choice(NAMES), required=False)
@click.option(
    "--shape",
    type=click.Choice([shape.value for shape in Shape]),
    default=Shape.STEADY.value,
    help="How the rate goes: steady; burst, two seconds at --peak amid every ten; soak, steady for long, "
    "reconciled as it goes; ramp, up to --rate in ten steps, until one is beyond the budgets.",
)
@click.option(
    "--rate",
    type=pace,
    metavar="N",
    show_default=f"7000 in ip1-bulk, 4900 in smpp-7x700, else 700; of a ramp {STEEP} times that",
    help="Messages a second.",
)
@click.option("--peak", type=pace, metavar="N", show_default=f"{PEAK} times the rate", help="Of a burst.")
@click.option("--for", "seconds", type=duration, metavar="TIME", default="60s", help="How long to send.")
@click.option(
    "--chapter",
    type=duration,
    metavar="TIME",
    show_default=f"{CHAPTER:g}s",
    help="Of a soak: how much is reconciled, and forgotten, at a time.",
)
@click.option(
    "--share",
    "shares",
    type=weight,
    multiple=True,
    metavar="SCENARIO=PARTS",
    show_default="one of each dialect",
    help=f"What {MIXED} is made of.",
)
@click.option(
    "--target", metavar="URL", help="Address to load; without it an emulator is started for the run."
)
@click.option(
    "--recipients",
    type=click.IntRange(1, 10_000),
    show_default="10 in isms-soap, 100 in ip1-bulk, else 1",
    help="Messages a call.",
)
@click.option(
    "--numbers",
    type=prefix,
    metavar="PREFIX",
    show_default="that of a network the emulator knows",
    help="What the numbers of recipients begin with; each has eight more digits, counted up.",
)
@click.option(
    "--users",
    type=click.IntRange(1),
    show_default="64; over SMPP a session for each account",
    help="Connections, over all workers.",
)
@click.option(
    "--window",
    type=click.IntRange(1),
    show_default=f"{WINDOW}",
    help="Submits that a session leaves unanswered, over SMPP.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    show_default="a quarter more than it sends",
    help="Submits that an account may send in a second, over SMPP; those of the run's own may just that.",
)
@click.option(
    "--workers", type=click.IntRange(1), show_default="1", help="Processes that send, on this host."
)
@click.option(
    "--master", is_flag=True, help="Let workers of other hosts send: needs --bind, --expect-workers."
)
@click.option("--bind", type=endpoint, metavar="HOST:PORT", help="Where they join the master.")
@click.option("--expect-workers", type=click.IntRange(1), metavar="N", help="How many must have joined.")
@click.option(
    "--worker",
    "leader",
    type=endpoint,
    metavar="HOST:PORT",
    help="Send for the master there, from --workers processes, with reports to --listen.",
)
@click.option(
    "--account",
    "accounts",
    type=credentials,
    multiple=True,
    metavar="LOGIN:PASSWORD",
    envvar="SMSLAB_LOAD_ACCOUNT",
    help="Send from this account and ask in the dialect alone, as a target without control API needs it. "
    "Iro, iP.1: any name and the key; Voipe: the name and the token. smpp-7x700: seven times.",
)
@click.option("--spend", type=credits_, metavar="CREDITS", help="What may be spent from --account.")
@click.option(
    "--price",
    type=credits_,
    metavar="CREDITS",
    show_default="that of the emulator's default world",
    help="What the target charges for a message; --account needs it, and --numbers.",
)
@click.option(
    "--listen",
    type=own_address,
    metavar="HOST",
    show_default="that from which the target is reached, of a --worker that from which its master is",
    help="Own address to which the target sends reports.",
)
@click.option(
    "--report-every",
    type=click.IntRange(0),
    metavar="N",
    show_default="10 in ip1-bulk, else 1",
    help="Ask for delivery reports in one call of so many; 0: in none. Submits over SMPP always ask.",
)
@click.option(
    "--settle",
    type=duration,
    metavar="TIME",
    default=f"{SETTLE:g}s",
    help="How long late reports are waited for.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for verdict.json, junit.xml and report.html.",
)
@click.option(
    "--budgets",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="TOML file of limits, over the built-in ones; `measure = false` takes one away.",
)
@terminable()
@accounted_for()
def load(
    *,
    scenario: str | None,
    shape: str,
    rate: float | None,
    peak: float | None,
    seconds: float,
    chapter: float | None,
    shares: tuple[tuple[str, int], ...],
    target: str | None,
    recipients: int | None,
    numbers: str | None,
    users: int | None,
    window: int | None,
    limit: int | None,
    workers: int | None,
    master: bool,
    bind: str | None,
    expect_workers: int | None,
    leader: str | None,
    accounts: tuple[tuple[str, str], ...],
    spend: Decimal | None,
    price: Decimal | None,
    listen: str | None,
    report_every: int | None,
    settle: float,
    out: Path | None,
    budgets: Path | None,
) -> None:
    """Send at a fixed pace, whatever the target does, then account for every message.

    Exit code 0: within all budgets; 1: not; 2: wrong usage; 3: no verdict.
    """
    if find_spec("locust") is None:
        raise HarnessFailed("Locust is not installed: pip install 'smslab[load]' brings it along")
    if leader:
        of_worker(click.get_current_context())
        return helped(leader, listen or facing(leader), workers or 1)
    if scenario is None:
        raise click.UsageError(f"name a scenario: {', '.join(NAMES)}")
    of_hosts(master, bind, expect_workers, workers, target)
    if master and listen:
        raise click.UsageError("--listen is where reports reach who sends: give it to each --worker")
    of_reports(target, listen)
    order = Order(
        scenario=scenario,
        shape=Shape(shape),
        rate=rate,
        peak=peak,
        seconds=seconds,
        chapter=chapter,
        shares=shared(shares),
        recipients=recipients,
        numbers=numbers,
        users=users,
        window=window,
        limit=limit,
        workers=expect_workers or workers or 1,
        listen=listen,
        home=home(target),
        report_every=report_every,
        price=price,
    )
    judged = verdict.budgets(scenario, budgets)
    whole, plans = allowed(order, judged, target, accounts, spend)
    if out:
        made(out)
    with opened(target, accounts, plans) as aim:
        result = run(
            whole,
            aim,
            judged,
            target=target or "an emulator started for the run",
            settle=settle,
            bind=bind,
            limits=budgets,
            watch=announced(whole, aim),
        )
    reported(result, out)
    sys.exit(0 if result.passed else 1)


def allowed(
    order: Order,
    judged: list[Budget],
    target: str | None,
    accounts: Sequence[tuple[str, str]],
    spend: Decimal | None,
) -> tuple[Plan, tuple[Plan, ...]]:
    """The whole and its plans. Raises click.UsageError for what cannot be judged or must not be spent."""
    whole, plans = planned(order)
    within_reach(whole, judged)
    of_accounts(plans, order, target, accounts, spend)
    return whole, plans


def announced(whole: Plan, aim: Aim) -> Progress:
    """What watches the run, once it was said what will be sent."""
    messages = sum(plan.messages for plan in aim.plans)
    click.echo(f"{messages} messages at {whole.rate:g}/s to {aim.plans[0].base}")
    reports = any(reporting(SCENARIOS[plan.scenario], plan) for plan in aim.plans)
    return Progress(aim.check, aim.plans, reports=reports)


def reported(result: Result, out: Path | None) -> None:
    """The verdict, whatever becomes of its record."""
    click.echo("\n".join(summary(result)))
    if out:
        keep(result, out)
