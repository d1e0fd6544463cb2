"""The target's side of the story: what it knows, reports and charged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from urllib.parse import urlencode

from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.ledger import Key, Ledger
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found
from loadtests.scenarios.scenario import Scenario
from loadtests.scenarios.template import Refused
from loadtests.statement import Statement

PAGE = 5_000  # messages a page of the control API
PAUSE = 1.0  # seconds before the first question is asked again; each pause is twice the one before


def statement(plan: Plan, scenario: Scenario) -> Statement:
    with Client(plan.base) as client:
        try:
            return scenario.statement(plan, client.exchange)
        except Refused as refusal:
            raise HarnessFailed(f"{plan.base} does not tell its balance: {refusal}") from None


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
        after=statement(plan, scenario),
        asked=asked,
        answered=answered,
    )


def listed(plan: Plan, scenario: Scenario) -> list[Found]:
    """All messages of the account, page by page."""
    found: list[Found] = []
    last = 0
    with Control(plan.base) as control:
        while True:
            wanted = {"provider": scenario.provider, "account": plan.login, "since": last, "limit": PAGE}
            page = control.call("GET", f"/messages?{urlencode(wanted)}")["messages"]
            if not page:
                return found
            found.extend(
                Found(
                    reference=message["reference"],
                    number=message["to"],
                    delivered=message["status"] == "delivered" if message["final"] else None,
                )
                for message in page
            )
            last = page[-1]["id"]


def answers(plan: Plan, scenario: Scenario, asked: Sequence[Key], *, settle: float) -> list[Found]:
    """What the dialect says; as no report tells the end, it is asked again while there may be one to come."""
    give_up = time.monotonic() + settle
    pause = PAUSE
    final: list[Found] = []
    with Client(plan.base) as client:
        while True:
            told = list(scenario.states(plan, client.exchange, asked))
            final += [message for message in told if message.delivered is not None]
            pending = [message for message in told if message.delivered is None]
            if not pending or time.monotonic() + pause > give_up:
                return final + pending
            time.sleep(pause)
            asked, pause = [message.key for message in pending], pause * 2
