"""The target's side of the story: what it knows, reports and charged."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlencode

from loadtests.accounting.enquirer import Enquirer
from loadtests.accounting.ledger import Key, Ledger
from loadtests.accounting.reconciliation import Books, Found
from loadtests.accounting.statement import Statement, of_balance
from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.scenarios.scenario import Scenario, SmppScenario, reporting
from loadtests.scenarios.template import Refused

PAGE = 5_000  # messages a page of the control API
PAGE_UNDER_LOAD = 500  # likewise while the target has other things to do
SAMPLE_UNDER_LOAD = 100  # messages that are asked for in the dialect meanwhile
PAUSE = 1.0  # seconds before the first question is asked again; each pause is twice the one before

Row = Mapping[str, Any]


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
    plan: Plan, scenario: Scenario, ledger: Ledger, listed: Sequence[Found] | None, *, settle: float
) -> Books:
    """What the control API lists and a sample in the dialect; where nothing is listed, all in the dialect."""
    accepted = [key for call in ledger.sent for key in call.accepted]
    sample = scenario.sample if not plan.chapter else SAMPLE_UNDER_LOAD
    asked = accepted if listed is None or not sample else sampled(plan, accepted, sample)
    answered = answers(plan, scenario, asked, settle=settle, once=reporting(scenario, plan))
    return Books(
        found=answered if listed is None else listed,
        complete=listed is not None,
        asked=asked,
        answered=answered,
    )


def sampled(plan: Plan, accepted: Sequence[Key], sample: int) -> Sequence[Key]:
    """About so many, of each place in a call and of each account alike."""
    least = max(1, math.ceil(len(accepted) / sample))
    step = next(step for step in count(least) if math.gcd(step, plan.recipients * plan.accounts) == 1)
    return accepted[::step]


class Listing:
    """All messages of the run's accounts, by the control API; each is told once."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self._base, self._provider = plan.base, scenario.provider
        self._page = PAGE_UNDER_LOAD if plan.chapter else PAGE
        self._last = dict.fromkeys(plan.names, 0)  # by account, up to where all was told
        self._told: set[int] = set()  # beyond there

    def read(self, wanted: Callable[[str], bool]) -> list[Found]:
        """Those to `wanted` numbers; the others are left for another time."""
        with Control(self._base) as control:
            return [found(row) for account in self._last for row in self._fresh(control, account, wanted)]

    def _fresh(self, control: Control, account: str, wanted: Callable[[str], bool]) -> Iterator[Row]:
        passed = False
        for row in self._rows(control, account):
            if not wanted(row["to"]):
                passed = True
            elif row["id"] not in self._told:
                yield row
                self._told.add(row["id"])
            if not passed:
                self._last[account] = row["id"]
                self._told.discard(row["id"])

    def _rows(self, control: Control, account: str) -> Iterator[Row]:
        wanted = {"provider": self._provider, "account": account, "limit": self._page}
        since = self._last[account]
        while page := control.call("GET", f"/messages?{urlencode({**wanted, 'since': since})}")["messages"]:
            yield from page
            since = page[-1]["id"]


def found(row: Row) -> Found:
    delivered = row["status"] == "delivered" if row["final"] else None
    return Found(reference=row["reference"], number=row["to"], delivered=delivered)


def answers(
    plan: Plan, scenario: Scenario, asked: Sequence[Key], *, settle: float, once: bool = False
) -> list[Found]:
    """What the dialect says; what it fails to answer is asked again, and so is what is not final, but `once`.

    `settle`: seconds without an answer of use until it is given up. Raises HarnessFailed for a failure then.
    """
    give_up, pause = time.monotonic() + settle, PAUSE
    final: list[Found] = []
    with asking(plan, scenario) as states:
        while True:
            told, refusal = heard(states, asked)
            new = [message for message in told if message.delivered is not None]
            pending = [message for message in told if message.delivered is None]
            final += new
            if refusal and new:
                give_up, pause = time.monotonic() + settle, PAUSE
            late = time.monotonic() + pause > give_up
            if refusal and late:
                raise HarnessFailed(f"{plan.base} does not tell what became of its messages: {refusal}")
            if not refusal and (late or once or not pending):
                return final + pending
            time.sleep(pause)
            asked, pause = left(asked, final) if refusal else [one.key for one in pending], pause * 2


def heard(
    states: Callable[[Sequence[Key]], Iterator[Found]], asked: Sequence[Key]
) -> tuple[list[Found], Refused | None]:
    """What is told before there is a refusal, and that."""
    told: list[Found] = []
    try:
        for message in states(asked):
            told.append(message)  # what came before a refusal counts
    except Refused as refusal:
        return told, refusal
    return told, None


def left(asked: Sequence[Key], final: Sequence[Found]) -> Sequence[Key]:
    known = {message.key for message in final}
    return [key for key in asked if key not in known]


@contextmanager
def asking(plan: Plan, scenario: Scenario) -> Iterator[Callable[[Sequence[Key]], Iterator[Found]]]:
    """How the dialect is asked for messages."""
    if isinstance(scenario, SmppScenario):
        with Enquirer(plan, scenario) as enquirer:
            yield enquirer.states
    else:
        with Client(plan.base) as client:
            yield partial(scenario.states, plan, client.exchange)
