"""The target's side of the story: what it knows, reports and charged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

from loadtests.client import Client, Control
from loadtests.enquirer import Enquirer
from loadtests.failures import HarnessFailed
from loadtests.ledger import Key, Ledger
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found
from loadtests.scenarios.scenario import Scenario, SmppScenario
from loadtests.scenarios.template import Refused
from loadtests.statement import Statement, of_balance

PAGE = 5_000  # messages a page of the control API
PAUSE = 1.0  # seconds before the first question is asked again; each pause is twice the one before


def statement(plan: Plan, scenario: Scenario, *, control: bool) -> Statement:
    """What the account says; SMPP has no words for it, so there the control API must."""
    if isinstance(scenario, SmppScenario):
        return credit(plan, scenario) if control else Statement(charges=())
    with Client(plan.base) as client:
        try:
            return scenario.statement(plan, client.exchange)
        except Refused as refusal:
            raise HarnessFailed(f"{plan.base} does not tell its balance: {refusal}") from None


def credit(plan: Plan, scenario: Scenario) -> Statement:
    """What all accounts of the run have together."""
    with Control(plan.base) as control:
        listed = control.call("GET", "/accounts")["accounts"]
    own = [one for one in listed if one["provider"] == scenario.provider and one["login"] in plan.names]
    return of_balance(sum((Decimal(str(one["credit"])) for one in own), Decimal(0)))


def books(
    plan: Plan, scenario: Scenario, ledger: Ledger, before: Statement, *, control: bool, settle: float
) -> Books:
    """All that the control API lists and a sample in the dialect; without one, all of it in the dialect."""
    accepted = [key for call in ledger.sent for key in call.accepted]
    step = max(1, len(accepted) // scenario.sample) if control and scenario.sample else 1
    asked = accepted[::step]
    answered = answers(plan, scenario, asked, settle=0 if scenario.reports else settle)
    return Books(
        found=listed(plan, scenario) if control else answered,
        complete=control,
        before=before,
        after=statement(plan, scenario, control=control),
        asked=asked,
        answered=answered,
    )


def listed(plan: Plan, scenario: Scenario) -> list[Found]:
    """All messages of the run's accounts."""
    with Control(plan.base) as control:
        return [
            Found(
                reference=message["reference"],
                number=message["to"],
                delivered=message["status"] == "delivered" if message["final"] else None,
            )
            for account in plan.names
            for page in pages(control, {"provider": scenario.provider, "account": account})
            for message in page
        ]


def pages(control: Control, wanted: Mapping[str, str]) -> Iterator[Sequence[Mapping[str, Any]]]:
    last = 0
    while True:
        query = urlencode({**wanted, "since": last, "limit": PAGE})
        page = control.call("GET", f"/messages?{query}")["messages"]
        if not page:
            return
        yield page
        last = page[-1]["id"]


def answers(plan: Plan, scenario: Scenario, asked: Sequence[Key], *, settle: float) -> list[Found]:
    """What the dialect says; as no report tells the end, it is asked again while there may be one to come."""
    give_up = time.monotonic() + settle
    pause = PAUSE
    final: list[Found] = []
    with asking(plan, scenario) as states:
        while True:
            told = list(states(asked))
            final += [message for message in told if message.delivered is not None]
            pending = [message for message in told if message.delivered is None]
            if not pending or time.monotonic() + pause > give_up:
                return final + pending
            time.sleep(pause)
            asked, pause = [message.key for message in pending], pause * 2


@contextmanager
def asking(plan: Plan, scenario: Scenario) -> Iterator[Callable[[Sequence[Key]], Iterator[Found]]]:
    """How the dialect is asked for messages."""
    if isinstance(scenario, SmppScenario):
        with Enquirer(plan, scenario) as enquirer:
            yield enquirer.states
    else:
        with Client(plan.base) as client:
            yield partial(scenario.states, plan, client.exchange)
