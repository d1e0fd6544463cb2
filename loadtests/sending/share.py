"""One worker's part of a run: what became of its calls, which reports came back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from gevent.event import Event

from loadtests.accounting.ledger import Batch, Receipt, Sent
from loadtests.planning.plan import Plan
from loadtests.scenarios import spoken
from loadtests.scenarios.scenario import HttpScenario
from loadtests.sending.calls import Calls
from loadtests.sending.notebook import Notebook
from loadtests.sending.windows import Windows


class Way(Protocol):
    """How calls get to the target."""

    def user(self) -> Callable[[], None]:
        """The work of one user: calls on a connection of its own, until there are no more."""
        ...

    def stop(self) -> None:
        """No more calls, but for those that are under way."""
        ...


class Notes:
    """What happened of one plan and was not passed on yet; `zero` of the monotonic clock began the run."""

    def __init__(self, zero: float) -> None:
        self._zero = zero
        self._sent: list[Sent] = []
        self._receipts: list[Receipt] = []

    def now(self) -> float:
        return time.monotonic() - self._zero

    def sent(self, call: Sent) -> None:
        self._sent.append(call)

    def reported(self, receipt: Receipt) -> None:
        self._receipts.append(receipt)

    def passed_on(self, *, worker: int, part: int, finished: bool) -> Batch:
        sent, receipts = tuple(self._sent), tuple(self._receipts)
        self._sent, self._receipts = [], []
        return Batch(
            worker=worker, part=part, now=self.now(), sent=sent, receipts=receipts, finished=finished
        )


class Share:
    """Users take slots as they become free: a slow answer delays the next call, but never its due moment."""

    def __init__(self) -> None:
        self.ready = Event()  # users are spawned before they know what to do

    def begin(self, plans: Sequence[Plan], *, worker: int, at: float) -> None:
        """`at` is wall time, the only clock that workers share; from here on the monotonic one is used."""
        zero = time.monotonic() + at - time.time()
        self._worker = worker
        self._notes = [Notes(zero) for _ in plans]
        self._ways = [way(plan, notes, worker) for plan, notes in zip(plans, self._notes, strict=True)]
        self._busy = [seats(plan) for plan in plans]
        self._seats = iter([part for part, count in enumerate(self._busy) for _ in range(count)])
        self.ready.set()

    def work(self) -> None:
        """One user's, from the plans to its last call."""
        self.ready.wait()
        if (part := next(self._seats, None)) is None:
            return
        try:
            self._ways[part].user()()
        finally:
            self._busy[part] -= 1

    def stop(self) -> None:
        for one in self._ways:
            one.stop()

    def news(self) -> list[Batch]:
        """What happened since the last call, plan by plan."""
        return [
            notes.passed_on(worker=self._worker, part=part, finished=not self._busy[part])
            for part, notes in enumerate(self._notes)
        ]


def way(plan: Plan, notes: Notebook, worker: int) -> Way:
    scenario = spoken(plan)
    if isinstance(scenario, HttpScenario):
        return Calls(plan, scenario, notes, worker)
    return Windows(plan, scenario, notes, worker)


def seats(plan: Plan) -> int:
    """Users that one worker has for a plan."""
    return math.ceil(plan.users / plan.workers)
