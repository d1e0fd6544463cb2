"""Calls over HTTP: a connection for each user, and a place where reports arrive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import gevent

from loadtests.accounting.ledger import BEHIND, Outcome, Sent
from loadtests.planning.plan import Plan
from loadtests.scenarios.scenario import HttpScenario, References, reporting
from loadtests.scenarios.template import Refused
from loadtests.sending.keepalive import KeepAlive, Unanswered
from loadtests.sending.notebook import Notebook
from loadtests.sending.receiver import ReportReceiver
from loadtests.sending.slots import Slots


class Calls:
    """One worker's, one after another on each connection."""

    def __init__(self, plan: Plan, scenario: HttpScenario, notebook: Notebook, worker: int) -> None:
        self._plan, self._scenario, self._notebook = plan, scenario, notebook
        self._moment = plan.grid.moment
        self._slots = Slots(plan.share(worker))
        self._receiver = ReportReceiver(plan.listen, self._report) if reporting(scenario, plan) else None
        self._silent = scenario.template(plan, "")
        self._reported = scenario.template(plan, self._receiver.address) if self._receiver else self._silent

    def user(self) -> Callable[[], None]:
        """A connection, which opens with its first call."""
        return partial(self._work, KeepAlive(self._plan.base, patience=self._plan.patience))

    def stop(self) -> None:
        self._slots.stop()

    def _work(self, connection: KeepAlive) -> None:
        for slot in self._slots:
            if (early := self._moment(slot) - self._notebook.now()) > 0:
                gevent.sleep(early)
            self._notebook.sent(self._sent(slot, connection))

    def _sent(self, slot: int, connection: KeepAlive) -> Sent:
        numbers = self._scenario.numbers(slot, self._plan.recipients)
        reported = self._receiver is not None and slot % self._plan.report_every == 0
        template = self._reported if reported else self._silent
        begun = self._notebook.now()
        outcome, references, reason = Outcome.UNSENT, References(), BEHIND
        if begun - self._moment(slot) <= self._plan.patience:
            try:
                reply = connection.exchange(template.request(numbers))
                references = self._scenario.references(reply, numbers)
                outcome, reason = Outcome.ACCEPTED, ""
            except Refused as refusal:
                outcome, references, reason = Outcome.REFUSED, refusal.references, str(refusal)
            except Unanswered as broken:
                outcome, reason = Outcome.UNANSWERED, str(broken)
        return Sent(
            slot=slot,
            numbers=numbers,
            intended=self._moment(slot),
            begun=begun,
            ended=self._notebook.now(),
            outcome=outcome,
            references=references,
            reason=reason,
            reported=reported,
        )

    def _report(self, body: bytes) -> None:
        assert self._scenario.receipt is not None
        self._notebook.reported(self._scenario.receipt(body, self._notebook.now()))
