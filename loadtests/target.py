"""Whom a run is aimed at: our own emulator, somebody's emulator, or a provider with only its dialect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal

from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.scenarios.scenario import Scenario
from loadtests.served import served


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    base: str  # address with the space
    login: str
    password: str = field(repr=False)
    control: bool  # whether a control API stands behind it
    check: Callable[[], None]  # raises HarnessFailed if the target is known to be gone


@contextmanager
def opened(
    target: str | None, scenario: Scenario, login: tuple[str, str] | None, cost: Decimal
) -> Iterator[Account]:
    """With a `login`, that account as it is; else one of our own, with credit for the run."""
    with ExitStack() as stack:
        if target is None:
            server = stack.enter_context(served())
            yield stack.enter_context(account_of_our_own(server.http, scenario, cost, server.check))
        elif login:
            yield Account(
                base=target.rstrip("/"), login=login[0], password=login[1], control=False, check=unknown
            )
        else:
            yield stack.enter_context(account_of_our_own(target.rstrip("/"), scenario, cost, unknown))


def unknown() -> None:
    """Nobody told us how somebody else's target is."""


@contextmanager
def account_of_our_own(
    base: str, scenario: Scenario, cost: Decimal, check: Callable[[], None]
) -> Iterator[Account]:
    """An account that nobody else uses, in a space of its own unless the address names one."""
    name = f"load-{time.time_ns():x}"
    root, _, space = base.partition("/~")
    base = f"{root}/~{space or name}"
    with Control(root) as world, Control(base) as control:
        if not world.present():
            raise HarnessFailed(
                f"{root} has no control API; give --account and --spend to load it all the same"
            )
        if not space:
            world.call("PUT", f"/spaces/{name}", {"rate": 1})
        settings = {
            **scenario.account(name),
            "credit": float(cost),
            "senders": None,
            "limits": {"submits_per_second": None},
        }
        control.call("PUT", f"/accounts/{scenario.provider}/{name}", settings)
        try:
            yield Account(base=base, login=name, password=name, control=True, check=check)
        finally:
            if not space:
                with suppress(HarnessFailed):  # a target that is gone was noticed before
                    world.call("DELETE", f"/spaces/{name}")
