"""How far the clocks of other hosts are ahead of ours."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import AsyncResult

if TYPE_CHECKING:
    from locust.runners import Runner

ROUNDS = 5
PATIENCE = 5.0  # seconds for an answer


def tell_time(runner: Runner) -> None:
    """A worker's side."""
    runner.register_message("clock", lambda **_: runner.send_message("clock", {"now": time.time()}))


class Clocks:
    """The master's side. Of a few answers the one that came soonest is right to half the time it took."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._answers: dict[str, AsyncResult] = {}
        runner.register_message("clock", self._heard)

    def ahead(self, worker: str | None) -> float:
        """Seconds; of None, who is the sender in this process, none."""
        return 0.0 if worker is None else min(self._asked(worker) for _ in range(ROUNDS))[1]

    def _asked(self, worker: str) -> tuple[float, float]:
        """How long it took, and how far ahead the worker is if both ways were equally long."""
        self._answers[worker] = answer = AsyncResult()
        asked = time.time()
        self._runner.send_message("clock", client_id=worker)
        with gevent.Timeout(PATIENCE, SystemExit(f"worker {worker} does not tell the time")):
            theirs = answer.get()
        answered = time.time()
        return answered - asked, theirs - (asked + answered) / 2

    def _heard(self, msg: Any, **_: object) -> None:
        self._answers[msg.node_id].set(msg.data["now"])
