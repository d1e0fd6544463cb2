"""What was sent from one account, reconciled chapter by chapter; what is settled is not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loadtests.accounting.books import Listing, books, statement
from loadtests.accounting.ledger import Batch, Key, Ledger, Outcome, Receipt, Sent
from loadtests.accounting.over_limit import over_limit
from loadtests.accounting.reconciliation import Reconciliation, Terms, joined, reconciled, settled
from loadtests.accounting.tally import Tally, is_throttled
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.scenarios import spoken
from loadtests.scenarios.scenario import reporting

LINGER = 2.0  # seconds after the last expected report or final state: time for one too many to show up
TAIL = 2.0  # seconds of calls that the next chapter has to know, to judge what came within a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a plan came to."""

    plan: Plan
    calls: Mapping[Outcome, int]
    receipts: int | None  # None: the dialect has no delivery reports
    reasons: Mapping[str, int]  # why calls were not accepted, and how many
    tallies: Sequence[Tally]  # a stage each
    checked: Reconciliation
    over_limit: int | None = None
    throttled: int | None = None


class Chapter:
    """Calls whose moments follow each other, and the reports of their messages.

    Moments are those at which batches were heard: however long it takes to go through them, nothing is waited
    for any shorter.
    """

    def __init__(self, calls: int, *, reports: bool) -> None:
        self.ledger = Ledger()
        self._calls, self._reports = calls, reports
        self._awaited: set[Key] = set()  # accepted, to be reported, and not reported so far
        self._ahead: set[Key] = set()  # reported, and not known to be accepted
        self._sent: float | None = None  # since when all calls are known
        self._reported: float | None = None  # likewise all reports

    def add(self, call: Sent) -> None:
        self.ledger.sent.append(call)
        if call.reported:
            keys = set(call.accepted)
            self._awaited |= keys - self._ahead
            self._ahead -= keys

    def receive(self, receipt: Receipt) -> None:
        self.ledger.receive(receipt)
        if receipt.step:
            return
        if receipt.key in self._awaited:
            self._awaited.remove(receipt.key)
        else:
            self._ahead.add(receipt.key)

    def complete(self, at: float, *, finished: bool) -> bool:
        """Whether all calls are known; from then on reports are waited for."""
        if self._sent is None and (finished or len(self.ledger.sent) >= self._calls):
            self._sent = at
        if self._sent is None:
            return False
        if self._reports and self._reported is None and not self._awaited:
            self._reported = at
        return True

    def settled(self, at: float, wait: float) -> bool:
        """With the last report and a little; else when all was sent and is not waited for any longer."""
        told = self._reported is not None and at - self._reported > min(LINGER, wait)
        return told or (self._sent is not None and at - self._sent > wait)

    def forget(self) -> None:
        """What is settled is not kept."""
        self.ledger = Ledger()
        self._awaited, self._ahead = set(), set()


class Audit:
    """Raises HarnessFailed if the account has not the credit for its plan."""

    def __init__(self, plan: Plan, *, control: bool, settle: float) -> None:
        """`settle`: seconds that late reports or final states are waited for."""
        self.plan, self._control, self._settle = plan, control, settle
        self._scenario = scenario = spoken(plan)
        final_after = scenario.final_after if control else 0.0  # a real network keeps no timetable
        self._reports = reporting(scenario, plan)
        self._wait = final_after + (settle if self._reports else min(LINGER, settle))
        self._terms = Terms(
            free_failures=scenario.free_failures,
            receipt_after=final_after if self._reports else None,
            steps=scenario.steps,
        )
        self._before = statement(plan, scenario, control=control)
        if self._before.left is not None and self._before.left < plan.cost:
            raise HarnessFailed(f"the run needs {plan.cost} credits and the account has {self._before.left}")
        self._listing = Listing(plan, scenario) if control else None
        self._span, self._grid = plan.span, plan.grid
        self._chapters = [Chapter(count, reports=self._reports) for count in plan.chapters]
        self._settled = 0
        self._finished: set[int] = set()
        self._calls, self._reasons = Counter[Outcome](), Counter[str]()
        self._receipts = self._throttled = self._over_limit = 0
        self._tail: list[Sent] = []
        self._checked = Reconciliation()
        self.tallies = [Tally() for _ in plan.course]

    @property
    def over(self) -> bool:
        return self._settled == len(self._chapters)

    def add(self, batch: Batch, at: float) -> None:
        """And reconcile what is settled thereby. `at`: when it was heard, on the monotonic clock."""
        for call in batch.sent:
            self._chapter(call.slot).add(call)
            self._count(call)
        for receipt in batch.receipts:
            self._receive(receipt)
        if batch.finished:
            self._finished.add(batch.worker)
        finished = len(self._finished) == self.plan.workers
        for chapter in self._chapters[self._settled :]:
            if not chapter.complete(at, finished=finished):
                break
        while not self.over and self._open.settled(at, self._wait):
            self._settle_next()

    def _receive(self, receipt: Receipt) -> None:
        self._receipts += not receipt.step
        if self.over:  # and others are not
            self._checked = joined([self._checked, Reconciliation(stray=(receipt.key,))])
        else:
            self._chapter(self._slot(receipt.number)).receive(receipt)

    def _count(self, call: Sent) -> None:
        self._calls[call.outcome] += 1
        if call.reason:
            self._reasons[call.reason] += 1
        if self.plan.paced(call.slot):
            self.tallies[self._grid.stage(call.slot)].add(call)
        else:
            self._throttled += is_throttled(call)

    @property
    def _open(self) -> Chapter:
        return self._chapters[self._settled]

    def _chapter(self, slot: int) -> Chapter:
        """Of what comes too late for its own, the one that is open."""
        return self._chapters[max(self._settled, self._place(slot))]

    def _place(self, slot: int) -> int:
        return min(slot // self._span, len(self._chapters) - 1)

    def _slot(self, number: str) -> int:
        """What is nobody's belongs to what is open."""
        slot = self._scenario.numbers.slot(number, self.plan.recipients)
        return self._settled * self._span if slot is None else slot

    def _settle_next(self) -> None:
        ledger, last = self._open.ledger, self._settled
        listed = None
        if self._listing is not None:
            listed = self._listing.read(lambda number: self._place(self._slot(number)) <= last)
        held = books(self.plan, self._scenario, ledger, listed, settle=self._settle)
        self._checked = joined([self._checked, reconciled(ledger, held, self._terms)])
        for slot, lag in receipt_lags(ledger, self._terms.receipt_after or 0.0):
            if self.plan.paced(slot):
                self.tallies[self._grid.stage(slot)].lags.add(lag)
        self._over_limit += over_limit(self.plan, [*self._tail, *ledger.sent]) - over_limit(
            self.plan, self._tail
        )
        latest = max((call.begun for call in ledger.sent), default=0.0)
        self._tail = [call for call in ledger.sent if call.begun > latest - TAIL]
        self._open.forget()
        self._settled += 1

    def closed(self) -> Part:
        """With the charge for all of it."""
        plan, scenario = self.plan, self._scenario
        after = statement(plan, scenario, control=self._control)
        return Part(
            plan=plan,
            calls={outcome: self._calls[outcome] for outcome in Outcome},
            receipts=self._receipts if self._reports else None,
            reasons=self._reasons,
            tallies=self.tallies,
            checked=settled(self._checked, self._before, after, plan.price),
            over_limit=self._over_limit if plan.logins else None,
            throttled=self._throttled if plan.burst else None,
        )


def receipt_lags(ledger: Ledger, receipt_after: float) -> Iterator[tuple[int, float]]:
    """Slot and milliseconds by which reports came after the timetable's moment, counted from the answer."""
    calls = {key.reference: call for call in ledger.sent for key in call.accepted}
    for receipt in ledger.receipts:
        if (call := calls.get(receipt.reference)) is not None:
            yield call.slot, (receipt.arrived - call.ended - receipt_after) * 1000
