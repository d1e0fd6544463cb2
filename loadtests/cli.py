"""`smslab load`: a scenario at a pace, a reconciliation, a verdict."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import click

from loadtests import verdict
from loadtests.failures import HarnessFailed
from loadtests.plan import Plan
from loadtests.progress import Progress, summary
from loadtests.result import keep
from loadtests.run import run
from loadtests.scenarios import SCENARIOS
from loadtests.scenarios.scenario import SmppScenario
from loadtests.target import opened

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
FASTEST = 1_000_000  # messages a second


def duration(text: str) -> float:
    """Seconds in `500ms`, `60s`, `10m`, `1h`; a bare number is seconds."""
    matched = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h)?", text)
    if not matched or not float(matched[1]):
        raise click.BadParameter(f"{text!r} is not a duration; write 500ms, 60s, 10m or 1h")
    return float(matched[1]) * UNITS[matched[2] or "s"]


def pace(text: str) -> float:
    """Messages a second."""
    if not re.fullmatch(r"\d+(\.\d+)?", text) or not 0 < float(text) <= FASTEST:
        raise click.BadParameter(f"{text!r} is not a number of messages a second, up to {FASTEST}")
    return float(text)


def credits_(text: str) -> Decimal:
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise click.BadParameter(f"{text!r} is not an amount of credits")
    return Decimal(text)


def own_address(text: str) -> str:
    """An address of this machine."""
    try:
        socket.create_server((text, 0)).close()
    except OSError as error:
        raise click.BadParameter(f"{text} is no address to listen on: {error.strerror}") from None
    return text


def credentials(text: str) -> tuple[str, str]:
    login, colon, password = text.partition(":")
    if not login or not colon:
        raise click.BadParameter("write LOGIN:PASSWORD")  # without the value: it may be a password
    return login, password


@click.command(
    no_args_is_help=True,
    context_settings={"show_default": True},
    epilog=f"Scenarios: {', '.join(SCENARIOS)}.",
)
@click.argument("scenario", metavar="SCENARIO", type=click.Choice(list(SCENARIOS)))
@click.option(
    "--rate",
    type=pace,
    metavar="N",
    show_default="7000 in ip1-bulk, 4900 in smpp-7x700, else 700",
    help="Messages a second.",
)
@click.option("--for", "seconds", type=duration, metavar="TIME", default="60s", help="How long to send.")
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
    "--users",
    type=click.IntRange(1),
    show_default="64; over SMPP a session for each account",
    help="Connections, over all workers.",
)
@click.option(
    "--window",
    type=click.IntRange(1),
    default=100,
    help="Submits that a session leaves unanswered, over SMPP.",
)
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes that send.")
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
    help="What the target charges for a message.",
)
@click.option(
    "--listen",
    type=own_address,
    metavar="HOST",
    default="127.0.0.1",
    help="Own address to which the target sends reports.",
)
@click.option(
    "--settle", type=duration, metavar="TIME", default="30s", help="How long late reports are waited for."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for verdict.json and report.html."
)
@click.option(
    "--budgets",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="TOML file of limits, instead of the built-in ones.",
)
def load(
    *,
    scenario: str,
    rate: float | None,
    seconds: float,
    target: str | None,
    recipients: int | None,
    users: int | None,
    window: int,
    workers: int,
    accounts: tuple[tuple[str, str], ...],
    spend: Decimal | None,
    price: Decimal | None,
    listen: str,
    settle: float,
    out: Path | None,
    budgets: Path | None,
) -> None:
    """Send at a fixed pace, whatever the target does, then account for every message.

    Exit code 0: within all budgets; 1: not; 2: wrong usage; 3: no verdict.
    """
    chosen = SCENARIOS[scenario]
    plan = Plan(
        scenario=scenario,
        rate=rate or chosen.rate,
        seconds=seconds,
        recipients=recipients or chosen.recipients,
        users=max(users or chosen.users, workers),
        workers=workers,
        listen=listen,
        price=chosen.price if price is None else price,
    )
    if isinstance(chosen, SmppScenario):
        plan = over_smpp(plan, chosen, window)
    limits = verdict.budgets(scenario, budgets)
    objections(plan, target, accounts, spend)
    if out:
        out.mkdir(parents=True, exist_ok=True)
    with opened(target, chosen, accounts, plan) as ours:
        click.echo(f"{plan.messages} messages at {plan.rate:g}/s to {ours.plan.base}")
        result = run(
            ours.plan,
            limits,
            target=target or "an emulator started for the run",
            control=ours.control,
            settle=settle,
            watch=Progress(ours.check, reports=chosen.reports),
        )
    if out:
        keep(result, out)
    click.echo("\n".join(summary(result)))
    sys.exit(0 if result.passed else 1)


def over_smpp(plan: Plan, scenario: SmppScenario, window: int) -> Plan:
    """With a session at least for each account and worker, and one submit more than a second may have."""
    if plan.recipients > 1:
        raise click.UsageError(f"{plan.scenario} sends to one recipient a submit")
    shared = replace(
        plan,
        accounts=scenario.accounts,
        window=window,
        users=max(plan.users, scenario.accounts * plan.workers),
    )
    return replace(shared, burst=shared.limit + 1 if scenario.burst else 0)


def objections(
    plan: Plan, target: str | None, accounts: Sequence[tuple[str, str]], spend: Decimal | None
) -> None:
    """Raises a click exception for what cannot be run, or must not be without being asked for."""
    if find_spec("locust") is None:
        raise HarnessFailed("Locust is not installed: pip install -e '.[load]' brings it along")
    if accounts and not target:
        raise click.UsageError("--account belongs to a --target")
    if accounts and len(accounts) != plan.accounts:
        raise click.UsageError(f"{plan.scenario} sends from {plan.accounts} accounts, not {len(accounts)}")
    if accounts and (spend is None or spend < plan.cost):
        raise click.UsageError(f"this run costs {plan.cost} credits; allow it with --spend {plan.cost}")
