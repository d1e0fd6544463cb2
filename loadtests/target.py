"""Whom a run is aimed at: our own emulator, somebody's emulator, or a provider with only its dialect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import click

from loadtests.accounting.enquirer import Transmitter
from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login, Plan
from loadtests.scenarios import SCENARIOS
from loadtests.scenarios.scenario import Scenario, SmppScenario
from loadtests.served import served

SMPP = "smpp"
UNCONTROLLED = "has no control API; load it all the same with --account, --spend, --price and --numbers"
LONGEST_ID = 15  # characters of a system_id, section 4.1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    plans: tuple[Plan, ...]  # addressed: with the base, with the space, and who logs in there
    control: bool  # whether a control API stands behind it
    check: Callable[[], None]  # raises HarnessFailed if the target is known to be gone


@contextmanager
def opened(target: str | None, logins: Sequence[tuple[str, str]], plans: Sequence[Plan]) -> Iterator[Aim]:
    """With `logins`, those accounts as they are; else accounts of our own, with credit for the run."""
    with ExitStack() as stack:
        if target is None:
            server = stack.enter_context(served())
            yield stack.enter_context(accounts_of_our_own(server.http, plans, server.check))
        elif logins:
            (plan,) = plans
            ours = addressed(target, SCENARIOS[plan.scenario], logins, plan)
            greeted(ours)
            yield Aim(plans=(ours,), control=False, check=unknown)
        else:
            yield stack.enter_context(accounts_of_our_own(target.rstrip("/"), plans, unknown))


def unknown() -> None:
    """Nobody told us how somebody else's target is."""


def addressed(target: str, scenario: Scenario, logins: Sequence[tuple[str, str]], plan: Plan) -> Plan:
    if not isinstance(scenario, SmppScenario):
        ((login, password),) = logins
        return replace(plan, base=target.rstrip("/"), login=login, password=password)
    address = urlsplit(target)
    if address.scheme != SMPP or not address.hostname or not address.port:
        raise click.UsageError(f"{target!r} is not an SMSC; give one like smpp://127.0.0.1:2775")
    return replace(plan, base=target, smpp=address.netloc, logins=tuple(Login(*login) for login in logins))


def greeted(plan: Plan) -> None:
    """See that every account is let in over SMPP. Raises HarnessFailed."""
    for login in plan.logins:
        with Transmitter(plan.smpp, login):
            pass


@contextmanager
def accounts_of_our_own(base: str, plans: Sequence[Plan], check: Callable[[], None]) -> Iterator[Aim]:
    """One for each plan, that nobody else uses, in a space of their own unless the address names one."""
    if base.startswith(f"{SMPP}:"):
        raise click.UsageError(f"{base} {UNCONTROLLED}")
    milliseconds = time.time_ns() // 1_000_000
    root, _, space = base.partition("/~")
    name = space or f"l{stamp(milliseconds)}"
    with ExitStack() as stack:
        world, control = (stack.enter_context(Control(one)) for one in (root, f"{root}/~{name}"))
        if not world.present():
            raise HarnessFailed(f"{root} {UNCONTROLLED}")
        ours = [
            replace(
                introduced(SCENARIOS[plan.scenario], plan, name, stamp(milliseconds + place), world),
                base=control.base,
            )
            for place, plan in enumerate(plans)
        ]
        if not space:
            stack.enter_context(space_of_our_own(root, name))
        for plan in ours:
            endowed(plan, control)
        yield Aim(plans=tuple(ours), control=True, check=check)


@contextmanager
def space_of_our_own(root: str, name: str) -> Iterator[None]:
    """It goes however the run ends, on a connection that was not idle all the while."""
    with Control(root) as world:
        world.call("PUT", f"/spaces/{name}", {"rate": 1})
    try:
        yield
    finally:
        with suppress(HarnessFailed), Control(root) as world:  # a target that is gone was noticed before
            world.call("DELETE", f"/spaces/{name}")


def stamp(milliseconds: int) -> str:
    return f"{milliseconds & 0xFFFFFFFF:08x}"


def endowed(plan: Plan, control: Control) -> None:
    """The accounts of a plan come to be, with credit for all of it."""
    scenario = SCENARIOS[plan.scenario]
    secret = plan.logins[0].password if plan.logins else plan.password
    settings = {**scenario.account(secret), "senders": None, "credit": float(plan.cost)}
    for account in plan.names:
        control.call("PUT", f"/accounts/{scenario.provider}/{account}", {**settings, "limits": limits(plan)})


def introduced(scenario: Scenario, plan: Plan, space: str, stamp: str, world: Control) -> Plan:
    """The plan with whoever logs in: over HTTP one account, over SMPP as many as the scenario has."""
    if not isinstance(scenario, SmppScenario):
        return replace(plan, login=f"load-{stamp}", password=stamp)
    names = [f"{place}{stamp[-4:]}@{space}" for place in range(plan.accounts)]
    if len(names[0]) > LONGEST_ID:
        raise click.UsageError(f"the name of the space {space!r} is too long for a system_id")
    smpp = world.call("GET", "/readyz")["smpp"]
    if smpp is None:
        raise HarnessFailed(f"{world.base} serves no SMPP")
    return replace(plan, smpp=smpp, logins=tuple(Login(name, stamp) for name in names))


def limits(plan: Plan) -> Mapping[str, object]:
    """None of its own over HTTP; over SMPP that which the run keeps to."""
    return {"submits_per_second": plan.limit if plan.logins else None}
