"""The clocks of other hosts."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import gevent
import pytest

from loadtests.sending import clocks as module
from loadtests.sending.clocks import Clocks


class Master:
    """A runner whose workers' clocks are ahead; each answer takes so long as is next on the list."""

    def __init__(self, delays: list[float], **ahead: float) -> None:
        self.delays, self.clocks = delays, ahead

    def register_message(self, _name: str, heard: Any) -> None:
        self.heard = heard

    def send_message(self, _name: str, *, client_id: str) -> None:
        if self.delays:
            gevent.spawn_later(0, self.answer, client_id, self.delays.pop(0))

    def answer(self, worker: str, delay: float) -> None:
        now = {"now": time.time() + self.clocks[worker]}
        gevent.sleep(delay)
        self.heard(msg=SimpleNamespace(node_id=worker, data=now))


def asked(master: Master) -> Clocks:
    return Clocks(master)  # type: ignore[arg-type]  # all that is wanted of a runner


def test_the_clock_of_each_worker_is_known_whatever_a_slow_answer_says() -> None:
    master = Master([0.4, 0.0, 0.0, 0.0, 0.0] * 2, slow=-30.0, fast=3600.0)

    clocks = asked(master)

    assert clocks.ahead("slow") == pytest.approx(-30, abs=0.1)
    assert clocks.ahead("fast") == pytest.approx(3600, abs=0.1)


def test_whoever_sends_in_this_process_has_this_clock() -> None:
    assert asked(Master([])).ahead(None) == 0.0


def test_a_worker_that_does_not_answer_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)

    with pytest.raises(SystemExit, match="worker mute does not tell the time"):
        asked(Master([], mute=0.0)).ahead("mute")
