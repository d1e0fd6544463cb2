"""What several hosts, and accounts that are somebody's, ask for before a run may begin."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from loadtests.planning.order import Order
from loadtests.planning.plan import Plan
from loadtests.planning.values import is_ours, listening
from loadtests.scenarios import MIXED, SCENARIOS
from loadtests.scenarios.scenario import SmppScenario

OF_WORKERS = {"leader", "workers", "listen"}


def of_worker(asked: click.Context) -> None:
    """Raises click.UsageError for what is its master's to say."""
    given = [
        one.opts[0] if isinstance(one, click.Option) else "the scenario"
        for one in asked.command.params
        if one.name not in OF_WORKERS
        and asked.get_parameter_source(one.name or "") is ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"a --worker is told by its master what to send: leave out {', '.join(given)}")


def of_hosts(
    master: bool, bind: str | None, expected: int | None, workers: int | None, target: str | None
) -> None:
    """Raises click.UsageError for what cannot be run from several hosts."""
    if master and not (bind and expected):
        raise click.UsageError("--master needs --bind HOST:PORT and --expect-workers N")
    if master and workers:
        raise click.UsageError(
            "--workers are of the hosts that send; the master counts them: --expect-workers"
        )
    if master and not target:
        raise click.UsageError("--master needs a --target that all hosts can reach")
    if not master and (bind or expected):
        raise click.UsageError("--bind and --expect-workers belong to --master")


def of_reports(target: str | None, listen: str | None) -> None:
    """Raises click.UsageError for an address of ours that a target on another host cannot reach."""
    if target is None or listen is None or not listening(listen).is_loopback:
        return
    if not is_ours(urlsplit(target).hostname or listen):
        raise click.UsageError(
            f"{target} cannot send reports to {listen}: leave out --listen, give it an address that can be"
            " reached from there, or ask for none with --report-every 0"
        )


def of_accounts(
    plans: Sequence[Plan],
    order: Order,
    target: str | None,
    accounts: Sequence[tuple[str, str]],
    spend: Decimal | None,
) -> None:
    """Raises click.UsageError for what must not be spent without being asked for."""
    if not accounts:
        if spend is not None:
            raise click.UsageError("--spend belongs to --account")
        return
    if not target:
        raise click.UsageError("--account belongs to a --target")
    if len(plans) > 1:
        raise click.UsageError(f"{MIXED} needs a target with a control API, not an --account")
    (plan,) = plans
    if len(accounts) != plan.accounts:
        raise click.UsageError(f"{plan.scenario} sends from {plan.accounts} accounts, not {len(accounts)}")
    if order.price is None:
        raise click.UsageError("say with --price what the target charges for a message: --spend goes by it")
    if order.numbers is None:
        raise click.UsageError(
            "say with --numbers what those begin with that may be sent to: a real target sends"
        )
    if isinstance(SCENARIOS[plan.scenario], SmppScenario) and order.limit is None:
        raise click.UsageError("say with --limit how many submits the account may send in a second")
    if spend is None or spend < plan.cost:
        raise click.UsageError(f"this run costs {plan.cost} credits; allow it with --spend {plan.cost}")
