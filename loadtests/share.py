"""One worker's part of a run: what became of its calls, which reports came back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from gevent.event import Event

from loadtests.calls import Calls
from loadtests.ledger import Batch, Receipt, Sent
from loadtests.plan import Plan
from loadtests.scenarios import SCENARIOS
from loadtests.scenarios.scenario import HttpScenario
from loadtests.windows import Windows

Told = Callable[[Sent], None]


class Way(Protocol):
    """How calls get to the target."""

    calls: int
    """How many it will make, or give up."""

    def user(self) -> Callable[[], None]:
        """The work of one user: calls on a connection of its own, until there are no more."""
        ...


class Share:
    """Users take slots as they become free: a slow answer delays the next call, but never its due moment."""

    def __init__(self, told: Told) -> None:
        self.ready = Event()  # users are spawned before they know what to do
        self._told = told
        self._sent: list[Sent] = []
        self._receipts: list[Receipt] = []

    def begin(self, plan: Plan, *, worker: int, at: float) -> None:
        """`at` is wall time, the only clock that workers share; from here on the monotonic one is used."""
        self.plan = plan
        self.worker = worker
        self._zero = time.monotonic() + at - time.time()
        scenario = SCENARIOS[plan.scenario]
        self._way: Way = (
            Calls(plan, scenario, self, worker)
            if isinstance(scenario, HttpScenario)
            else Windows(plan, scenario, self, worker)
        )
        self._busy = self._way.calls
        self.ready.set()

    def now(self) -> float:
        return time.monotonic() - self._zero

    def work(self) -> None:
        """One user's, from the plan to its last call."""
        self.ready.wait()
        self._way.user()()

    def sent(self, call: Sent) -> None:
        self._sent.append(call)
        self._busy -= 1
        self._told(call)

    def reported(self, receipt: Receipt) -> None:
        self._receipts.append(receipt)

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
