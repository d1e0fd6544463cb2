"""The target's side of the story: what it knows, reports and charged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.ledger import Key, Ledger, Outcome
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found
from loadtests.scenarios.scenario import Refused, Scenario

PAGE = 5_000  # messages a page of the control API
SAMPLE = 1_000  # messages also asked for in the dialect, where the control API lists them all


def credit(plan: Plan, scenario: Scenario) -> Decimal:
    with Client(plan.base) as client:
        try:
            return scenario.balance(client.text(scenario.credits_path(plan)))
        except Refused as refusal:
            raise HarnessFailed(f"{plan.base} does not tell its balance: {refusal}") from None


def books(plan: Plan, scenario: Scenario, ledger: Ledger, before: Decimal, *, control: bool) -> Books:
    """All that the control API lists and a sample in the dialect; without one, all of it in the dialect."""
    accepted = [
        Key(call.reference, number)
        for call in ledger.sent
        if call.outcome is Outcome.ACCEPTED
        for number in call.numbers
    ]
    step = max(1, len(accepted) // SAMPLE) if control else 1
    asked = answers(plan, scenario, accepted[::step])
    found = listed(plan, scenario) if control else [message for message in asked.values() if message]
    after = credit(plan, scenario)
    return Books(found=found, complete=control, before=before, after=after, asked=asked)


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


def answers(plan: Plan, scenario: Scenario, keys: Sequence[Key]) -> Mapping[Key, Found | None]:
    with Client(plan.base) as client:
        return {key: answer(client, plan, scenario, key) for key in keys}


def answer(client: Client, plan: Plan, scenario: Scenario, key: Key) -> Found | None:
    try:
        delivered = scenario.delivered(client.text(scenario.query_path(plan, *key)))
    except Refused:
        return None
    return Found(reference=key.reference, number=key.number, delivered=delivered)
