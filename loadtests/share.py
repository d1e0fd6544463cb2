"""One worker's part of a run: which call is next, what became of it, which reports came back."""

from __future__ import annotations

import time
from collections.abc import Callable

import gevent
from gevent.event import Event

from loadtests.keepalive import KeepAlive, Unanswered
from loadtests.ledger import Batch, Outcome, Receipt, Sent
from loadtests.plan import Plan
from loadtests.scenarios import SCENARIOS
from loadtests.scenarios.scenario import Numbers, References
from loadtests.scenarios.template import Refused
from loadtests.sink import Sink

Session = Callable[[Numbers, bool], References]  # one call on a connection of its own, with reports or not


class Share:
    """Users take slots as they become free: a slow answer delays the next call, but never its due moment."""

    def __init__(self) -> None:
        self.ready = Event()  # users are spawned before they know what to do
        self._sent: list[Sent] = []
        self._receipts: list[Receipt] = []

    def begin(self, plan: Plan, *, worker: int, at: float) -> None:
        """`at` is wall time, the only clock that workers share; from here on the monotonic one is used."""
        self.plan = plan
        self.worker = worker
        self._scenario = SCENARIOS[plan.scenario]
        self._slots = iter(plan.share(worker))
        self._busy = len(plan.share(worker))
        self._zero = time.monotonic() + at - time.time()
        self._sink = Sink(plan.listen, self._report) if self._scenario.receipt else None
        self._silent = self._scenario.template(plan, "")
        self._reported = self._scenario.template(plan, self._sink.address) if self._sink else self._silent
        self.ready.set()

    def now(self) -> float:
        return time.monotonic() - self._zero

    def session(self) -> Session:
        """A connection for one user, which opens with its first call."""
        connection = KeepAlive(self.plan.base, patience=self.plan.patience)

        def send(numbers: Numbers, reported: bool) -> References:
            template = self._reported if reported else self._silent
            reply = connection.exchange(template.request(numbers))
            return self._scenario.references(reply, numbers)

        return send

    def next_slot(self) -> int | None:
        """The next call of this worker, at its moment; None when there are no more."""
        slot = next(self._slots, None)
        if slot is not None and (early := self.plan.moment(slot) - self.now()) > 0:
            gevent.sleep(early)
        return slot

    def send(self, slot: int, session: Session) -> Sent:
        numbers = self._scenario.numbers(slot, self.plan.recipients)
        reported = slot % self._scenario.reported == 0
        begun = self.now()
        outcome, references, reason = Outcome.UNSENT, References(), "too far behind the grid"
        if begun - self.plan.moment(slot) <= self.plan.patience:
            try:
                outcome, references, reason = Outcome.ACCEPTED, session(numbers, reported), ""
            except Refused as refusal:
                outcome, references, reason = Outcome.REFUSED, refusal.references, str(refusal)
            except Unanswered as broken:
                outcome, reason = Outcome.UNANSWERED, str(broken)
        sent = Sent(
            slot=slot,
            numbers=numbers,
            intended=self.plan.moment(slot),
            begun=begun,
            ended=self.now(),
            outcome=outcome,
            references=references,
            reason=reason,
            reported=reported,
        )
        self._sent.append(sent)
        self._busy -= 1
        return sent

    def _report(self, body: bytes) -> None:
        assert self._scenario.receipt is not None
        self._receipts.append(self._scenario.receipt(body, self.now()))

    def news(self) -> Batch:
        """What happened since the last call."""
        batch = Batch(
            worker=self.worker,
            sent=tuple(self._sent),
            receipts=tuple(self._receipts),
            finished=self._busy == 0,
        )
        self._sent, self._receipts = [], []
        return batch
