"""Submits over SMPP: sessions with windows, each account within its limit, and a burst beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import lcm
from typing import NamedTuple

import gevent
from gevent.event import Event

from loadtests import smpp
from loadtests.accounting.ledger import BEHIND, Outcome, Receipt, Sent
from loadtests.planning.plan import Plan
from loadtests.scenarios.scenario import SmppScenario
from loadtests.scenarios.template import Refused
from loadtests.sending.keepalive import Unanswered
from loadtests.sending.notebook import Notebook
from loadtests.sending.rate_limiter import RateLimiter
from loadtests.sending.slots import Slots
from loadtests.sending.transceiver import Transceiver
from loadtests.smpp import Frame


class Account:
    """What one worker sends from one account; its sessions share the slots."""

    def __init__(self, plan: Plan, place: int, worker: int) -> None:
        own, of_all = slots(plan, place, worker), range(place, plan.calls, plan.accounts)
        beyond = plan.bursting if place == worker == 0 else range(0)
        self.login = plan.logins[place]
        self.slots, self.burst = Slots(own), Slots(beyond)
        self.count = len(own) + len(beyond)
        self.limit = RateLimiter(max(1, plan.limit * len(own) // max(1, len(of_all))))
        self.answered = Event()

    def answer(self) -> None:
        """Wakes all who wait for the next one, and nobody who waits for the one after it."""
        self.answered.set()
        self.answered = Event()


def slots(plan: Plan, place: int, worker: int) -> range:
    """Those of one account that are one worker's."""
    first = (slot for slot in plan.share(worker)[: plan.accounts] if plan.owner(slot) == place)
    return range(next(first, plan.calls), plan.calls, lcm(plan.accounts, plan.workers))


class Windows:
    """One worker's sessions: its users are dealt out to its accounts in turn."""

    def __init__(self, plan: Plan, scenario: SmppScenario, notebook: Notebook, worker: int) -> None:
        self._plan, self._scenario, self._notebook = plan, scenario, notebook
        accounts = [Account(plan, place, worker) for place in range(plan.accounts)]
        self._accounts = [account for account in accounts if account.count]
        self._users = 0

    def stop(self) -> None:
        for account in self._accounts:
            account.slots.stop()
            account.burst.stop()

    def user(self) -> Callable[[], None]:
        if not self._accounts:
            return lambda: None  # fewer calls than workers
        account = self._accounts[self._users % len(self._accounts)]
        self._users += 1
        return Window(self._plan, self._scenario, self._notebook, account).work


class Pending(NamedTuple):
    """A submit without an answer."""

    slot: int
    intended: float
    begun: float


class Window:
    """One session, of which at most `plan.window` submits are unanswered."""

    def __init__(self, plan: Plan, scenario: SmppScenario, notebook: Notebook, account: Account) -> None:
        self._plan, self._scenario, self._notebook, self._account = plan, scenario, notebook, account
        self._session = Transceiver(
            plan.smpp, account.login, patience=plan.patience, heard=self._heard, lost=self._lost
        )
        self._grid = plan.grid
        self._open: dict[int, Pending] = {}
        self._sequence = 1
        self._out: list[bytes] = []

    def work(self) -> None:
        """Returns with the last answer; the session stays, for the receipts."""
        for slot in self._account.slots:
            self._send(slot, self._grid.moment(slot), self._permit())
        self._drain()
        for slot, rested in self._bursting():
            self._send(slot, rested)
        self._drain()

    def _bursting(self) -> Iterator[tuple[int, float]]:
        """The slots of the burst, due at once when the account has rested for a second."""
        slots = list(self._account.burst)
        while slots and self._account.limit.idle_from is None:
            self._await_answers()
        if slots:
            self._sleep_until(self._account.limit.idle_from or 0.0)
        now = self._notebook.now()
        yield from ((slot, now) for slot in slots)

    def _permit(self) -> float:
        while (moment := self._account.limit.take()) is None:
            self._await_answers()
        return moment

    def _send(self, slot: int, due: float, permit: float = 0.0) -> None:
        """`due` is what latency counts from: whoever is to send less than it may has permits in time."""
        if self._plan.at_limit:
            due = max(due, permit)
        self._sleep_until(max(due, permit))
        while len(self._open) >= self._plan.window:
            self._await_answers()
        pending = Pending(slot, due, self._notebook.now())
        if slot < self._grid.calls and pending.begun - self._grid.moment(slot) > self._plan.patience:
            self._note(pending, Outcome.UNSENT, reason=BEHIND)
            return
        try:
            self._session.bind()
        except Refused as refusal:
            self._note(pending, Outcome.REFUSED, reason=str(refusal))
        except Unanswered as broken:
            self._note(pending, Outcome.UNSENT, reason=str(broken))
        else:
            self._sequence += 1
            self._open[self._sequence] = pending
            (number,) = self._scenario.numbers(slot, 1)
            self._out.append(smpp.submit(self._sequence, number))

    def _sleep_until(self, moment: float) -> None:
        if (early := moment - self._notebook.now()) > 0:
            self._flush()
            gevent.sleep(early)

    def _drain(self) -> None:
        while self._open:
            self._await_answers()

    def _await_answers(self) -> None:
        """Until something was answered, here or at another session of the account, or nothing in time."""
        answered = self._account.answered  # before anything is sent: what breaks on the way has its answer
        self._flush()
        oldest = next(iter(self._open.values()), None)
        patience = self._plan.patience if oldest is None else self._plan.patience - self._age(oldest)
        if not answered.wait(max(0.0, patience)):
            self._give_up()

    def _age(self, pending: Pending) -> float:
        return self._notebook.now() - pending.begun

    def _give_up(self) -> None:
        late = [one for one, pending in self._open.items() if self._age(pending) >= self._plan.patience]
        for sequence in late:
            self._note(self._open.pop(sequence), Outcome.UNANSWERED, reason="no answer in time")

    def _flush(self) -> None:
        out, self._out = self._out, []
        if out:
            self._session.send(b"".join(out))

    def _heard(self, frame: Frame) -> None:
        """An answer to a submit, or a receipt."""
        if frame.command == smpp.DELIVER:
            if (told := smpp.told(frame.body)) is not None:
                reference, number, delivered = told
                arrived = self._notebook.now()
                receipt = Receipt(reference=reference, number=number, delivered=delivered, arrived=arrived)
                self._notebook.reported(receipt)
        elif (pending := self._open.pop(frame.sequence, None)) is not None:
            if frame.status:
                self._note(pending, Outcome.REFUSED, reason=frame.refusal)
            else:
                self._note(pending, Outcome.ACCEPTED, smpp.identifier(frame.body))

    def _lost(self, reason: str) -> None:
        """The connection is gone, and with it the answers that were to come."""
        opened, self._open, self._out = self._open, {}, []
        for pending in opened.values():
            self._note(pending, Outcome.UNANSWERED, reason=reason)

    def _note(self, pending: Pending, outcome: Outcome, reference: str = "", reason: str = "") -> None:
        slot, intended, begun = pending
        ended = self._notebook.now()
        if slot < self._grid.calls:
            self._account.limit.give_back(ended)
        self._account.answer()
        self._notebook.sent(
            Sent(
                slot=slot,
                numbers=self._scenario.numbers(slot, 1),
                intended=intended,
                begun=begun,
                ended=ended,
                outcome=outcome,
                references=(reference,) if reference else (),
                reason=reason,
            )
        )
