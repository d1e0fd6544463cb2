"""Waiting for messages: it blocks, it wakes, it gives up."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from emulator.admin.waiting import waited
from emulator.core.events import Event, Feed
from emulator.tests.admin.called import Called
from emulator.tests.samples import FAILS, NUMBER, OTHER, a_message

LONG = 30.0
"""Seconds that no test here takes, unless what it waits for never comes."""


class Waiter(threading.Thread):
    """Somebody who waits in a thread of his own; `asleep` is set when nothing matched so far."""

    def __init__(
        self, control: Called, monkeypatch: pytest.MonkeyPatch, query: str = "", prefix: str = ""
    ) -> None:
        super().__init__(daemon=True)
        self.asleep = threading.Event()
        self._target = f"{prefix}/_emulator/messages/wait?timeout={LONG:g}{query}"
        self._client = Client(control.emulator.wsgi)
        feed = control.emulator.spaces[prefix.removeprefix("/~")].feed
        monkeypatch.setattr(feed, "wait", self._noticed(feed.wait))
        self.start()
        assert self.asleep.wait(LONG)

    def _noticed(self, wait: Callable[[int, float], list[Event]]) -> Callable[[int, float], list[Event]]:
        def noticed(id: int, seconds: float) -> list[Event]:
            self.asleep.set()
            return wait(id, seconds)

        return noticed

    def run(self) -> None:
        self.answer: TestResponse = self._client.get(self._target)

    def woken(self) -> tuple[int, list[str]]:
        """The status and the recipients of the answer, which must come."""
        self.join(LONG)
        assert not self.is_alive()
        shown: dict[str, Any] = self.answer.get_json()
        return self.answer.status_code, [message["to"] for message in shown["messages"]]


def test_what_matches_already_is_answered_at_once(control: Called) -> None:
    control.send()

    assert control.get(f"/messages/wait?timeout={LONG:g}")["total"] == 1


def test_who_waits_is_answered_when_the_message_comes(
    control: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiter = Waiter(control, monkeypatch)
    begun = monotonic()

    control.send()

    assert waiter.woken() == (200, [NUMBER])
    assert monotonic() - begun < LONG


def test_so_many_are_waited_for(control: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    waiter = Waiter(control, monkeypatch, "&count=2")

    control.send(NUMBER)
    assert waiter.is_alive()
    control.send(OTHER)

    assert waiter.woken() == (200, [NUMBER, OTHER])


def test_a_state_can_be_waited_for(control: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    control.send(FAILS)
    control.send(NUMBER)
    waiter = Waiter(control, monkeypatch, "&status=undeliverable")

    control.post("/clock/advance", {"seconds": 3})

    assert waiter.woken() == (200, [FAILS])


def test_a_message_that_stops_matching_no_longer_counts(
    control: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    control.send(NUMBER)
    waiter = Waiter(control, monkeypatch, "&status=queued&count=2")

    control.post("/clock/advance", {"seconds": 3})
    control.send(OTHER)
    assert waiter.is_alive()
    control.send(FAILS)

    assert waiter.woken() == (200, [OTHER, FAILS])


def test_a_clock_set_back_makes_a_state_come_true_again(
    control: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    control.send()
    control.post("/clock/advance", {"seconds": 3})
    waiter = Waiter(control, monkeypatch, "&status=queued")

    control.put("/clock", {"now": "2026-03-02T09:00:00Z"})

    assert waiter.woken() == (200, [NUMBER])


def test_a_restored_snapshot_counts(control: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    control.send()
    control.post("/snapshots", {"name": "sent"})
    control.delete("/messages")
    waiter = Waiter(control, monkeypatch)

    control.post("/snapshots/sent/restore")

    assert waiter.woken() == (200, [NUMBER])


def test_many_wait_at_once_each_for_its_own(control: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [f"3069000001{index:02d}" for index in range(20)]
    waiters = [Waiter(control, monkeypatch, f"&to={number}") for number in numbers]

    for number in reversed(numbers):
        control.send(number)

    assert [waiter.woken() for waiter in waiters] == [(200, [number]) for number in numbers]


def test_who_waits_in_vain_gets_what_there_is(control: Called) -> None:
    control.send()
    begun = monotonic()

    answer = control.call("GET", "/messages/wait?count=2&timeout=0.2")

    assert (answer.status_code, answer.get_json()["total"]) == (408, 1)
    assert 0.2 <= monotonic() - begun < LONG


def test_nothing_need_not_be_waited_for(control: Called) -> None:
    assert control.get(f"/messages/wait?count=0&timeout={LONG:g}") == {"messages": [], "total": 0}


def test_a_space_that_begins_afresh_lets_go_of_who_waits(
    control: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    control.put("/spaces/mine", {"rate": 0})
    waiter = Waiter(control, monkeypatch, prefix="/~mine")

    control.put("/spaces/mine", {"rate": 0})

    assert waiter.woken() == (408, [])


def test_what_the_feed_forgot_is_looked_up_again(control: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand messages at once through a feed of three: only the inbox knows them all."""
    control.space.feed = control.space.gateway.feed = Feed(bound=3)
    waiter = Waiter(control, monkeypatch, "&count=50&limit=1")

    control.patch("/accounts/isms/demo", {"credit": None})
    control.send(",".join(f"3069000001{index:02d}" for index in range(50)))

    assert waiter.woken() == (200, ["306900000100"])


def test_what_another_process_did_is_seen_though_no_feed_tells_of_it() -> None:
    looks = iter([[], [a_message()]])

    found = waited(
        Feed(), find=lambda: next(looks), meets=lambda message: True, count=1, timeout=LONG, alone=False
    )

    assert [message.recipient for message in found] == [NUMBER]


@pytest.mark.parametrize(
    "query", ["timeout=-1", "timeout=3601", "timeout=nan", "timeout=inf", "count=-1", "count=x"]
)
def test_other_patience_is_refused(control: Called, query: str) -> None:
    assert control.problem("GET", f"/messages/wait?{query}")[0] == 400
