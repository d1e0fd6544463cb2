"""Callbacks on their way out: in order where order matters, and no receiver waits for another."""

import socket
import threading
from collections.abc import Sequence

import pytest

from emulator.core.pushes import Push, Result
from emulator.tests.transports.receiver import OK, Receiver, receiving, silence
from emulator.transports import push as pushing
from emulator.transports.answers import Answer as Outcome
from emulator.transports.push import Courier, on_loopback


class Told:
    """What came of each push, in the order it was told."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self._changed = threading.Condition()

    def __call__(self, landed: Sequence[tuple[int, Outcome]]) -> None:
        with self._changed:
            self.outcomes += [outcome for _, outcome in landed]
            self._changed.notify_all()

    def all(self, count: int) -> list[Outcome]:
        """As soon as there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.outcomes) >= count, 10)
            return list(self.outcomes)


@pytest.fixture
def told() -> Told:
    return Told()


def post(url: str, body: str = "x") -> Push:
    return Push(method="POST", url=url, headers=(), body=body)


def test_every_push_is_delivered_and_told_of_once(told: Told) -> None:
    courier = Courier()
    with receiving() as receiver:
        for number in range(50):
            courier.deliver([post(receiver.url(), str(number))], told, in_order=False)
        outcomes = told.all(50)

        assert outcomes == [Outcome(Result.ANSWERED, 200, "ok")] * 50
        assert sorted(map(int, receiver.bodies)) == list(range(50))


def test_a_standing_clock_keeps_strict_order(told: Told) -> None:
    courier = Courier()
    with receiving() as receiver:
        for number in range(50):
            courier.deliver([post(receiver.url(), str(number))], told, in_order=True)
        told.all(50)

        assert receiver.bodies == [str(number) for number in range(50)]


def test_order_is_kept_even_right_after_a_time_without_it(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The threads that served a running clock are still there when it stops."""
    monkeypatch.setattr(pushing, "PATIENCE", -1.0)
    courier, gate, seen = Courier(), threading.Event(), list[int]()

    def gated(receiver: Receiver, connection: socket.socket) -> None:
        gate.wait(10)
        connection.sendall(OK)

    def watching(receiver: Receiver, connection: socket.socket) -> None:
        receiver.another(6, seconds=0.2)
        seen.append(len(receiver.bodies))
        connection.sendall(OK)

    with receiving(gated, gated, gated, gated, watching) as receiver:
        for _ in range(4):
            courier.deliver([post(receiver.url())], told, in_order=False)
        receiver.got(4)
        gate.set()
        told.all(4)
        for number in range(4):
            courier.deliver([post(receiver.url(), str(number))], told, in_order=True)
        told.all(8)

        assert seen == [5]
        assert receiver.bodies[4:] == ["0", "1", "2", "3"]


def test_a_slow_receiver_delays_no_other(told: Told) -> None:
    courier, waiting = Courier(), Told()
    with receiving(silence) as slow, receiving() as quick:
        courier.deliver([post(slow.url())], waiting, in_order=True)
        courier.deliver([post(quick.url())], told, in_order=True)

        assert told.all(1) == [Outcome(Result.ANSWERED, 200, "ok")]
        assert waiting.outcomes == []


def test_a_slow_answer_is_overtaken_while_the_clock_runs(told: Told) -> None:
    """Also by those that came together with it, and with nothing new to come."""
    courier, waiting = Courier(), Told()
    with receiving(silence) as receiver:
        courier.deliver([post(receiver.url(), "slow")], waiting, in_order=False)
        for _ in range(5):
            courier.deliver([post(receiver.url(), "quick")], told, in_order=False)

        assert told.all(5) == [Outcome(Result.ANSWERED, 200, "ok")] * 5
        assert waiting.outcomes == []


def test_who_waits_to_help_does_not_leave_before(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short the time is that a thread without work stays."""
    monkeypatch.setattr(pushing, "IDLE", 0.0)
    courier, waiting = Courier(), Told()
    with receiving(silence) as receiver:
        courier.deliver([post(receiver.url(), "slow")], waiting, in_order=False)
        receiver.got(1)
        courier.deliver([post(receiver.url(), "quick")], told, in_order=False)

        assert told.all(1) == [Outcome(Result.ANSWERED, 200, "ok")]
        assert waiting.outcomes == []


def test_a_quick_receiver_is_called_over_one_connection(told: Told) -> None:
    courier = Courier()
    with receiving() as receiver:
        for count in range(1, 21):
            courier.deliver([post(receiver.url())], told, in_order=False)
            told.all(count)

        assert {request.connection for request in receiver.got(20)} == {1}


def test_a_crowd_leaves_side_by_side(told: Told) -> None:
    courier, gate = Courier(), threading.Event()

    def gated(receiver: Receiver, connection: socket.socket) -> None:
        gate.wait(10)
        connection.sendall(OK)

    with receiving(OK, gated) as receiver:
        courier.deliver([post(receiver.url(), str(number)) for number in range(40)], told, in_order=False)
        others = [outcome for outcome in told.all(32) if outcome.status == 200]
        gate.set()

        assert len(others) >= 32
        assert told.all(40) == [Outcome(Result.ANSWERED, 200, "ok")] * 40
        assert len({request.connection for request in receiver.got(40)}) > 1


def test_a_few_leave_one_after_the_other(told: Told) -> None:
    courier = Courier()
    with receiving() as receiver:
        few = [post(receiver.url(), str(number)) for number in range(7)]
        for _ in range(3):
            told.outcomes.clear()
            courier.deliver(few, told, in_order=False)
            told.all(7)

        assert receiver.bodies == [str(number) for number in range(7)] * 3


def test_what_came_of_many_is_told_together_and_of_each_at_its_place() -> None:
    courier, told, ended = Courier(), dict[int, Outcome](), threading.Event()

    def done(landed: Sequence[tuple[int, Outcome]]) -> None:
        told.update(landed)
        if len(told) == 30:
            ended.set()

    with receiving() as receiver:
        pushes = [post(receiver.url() if place % 2 else "http://192.0.2.1/dlr") for place in range(30)]
        courier.deliver(pushes, done, in_order=False)

        assert ended.wait(10)
        assert [told[place].result for place in range(30)] == [Result.FORBIDDEN, Result.ANSWERED] * 15


def test_only_so_many_are_on_their_way_to_one_receiver(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "PATIENCE", 0.0)
    monkeypatch.setattr(pushing, "WIDTH", 3)
    courier, gate = Courier(), threading.Event()

    def gated(receiver: Receiver, connection: socket.socket) -> None:
        gate.wait(10)
        connection.sendall(OK)

    with receiving(gated, gated, gated) as receiver:
        for _ in range(8):
            courier.deliver([post(receiver.url())], told, in_order=False)
        receiver.got(3)
        one_more = receiver.another(4, seconds=0.2)
        gate.set()

        assert not one_more
        assert told.all(8) == [Outcome(Result.ANSWERED, 200, "ok")] * 8


def test_a_lane_that_fell_asleep_wakes_up(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "IDLE", 0.0)
    courier = Courier()
    with receiving() as receiver:
        for count in range(1, 6):
            courier.deliver([post(receiver.url(), str(count))], told, in_order=True)
            told.all(count)

        assert receiver.bodies == ["1", "2", "3", "4", "5"]


def allow_threads(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system have so many for lanes."""
    start, left = threading.Thread.start, iter(range(many))

    def refusing(thread: threading.Thread) -> None:
        if thread.name == "smslab-push" and next(left, None) is None:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refusing)


def test_what_the_system_has_no_thread_for_fails_at_once_and_the_next_is_tried(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = Courier()
    with receiving() as one, receiving() as two:
        with monkeypatch.context() as exhausted:
            allow_threads(0, exhausted)
            courier.deliver(
                [post(one.url(), "1"), post(two.url(), "1"), post(one.url(), "2")], told, in_order=True
            )
            failed = list(told.outcomes)
        courier.deliver([post(one.url(), "3"), post(two.url(), "3")], told, in_order=True)
        told.all(5)

        assert failed == [Outcome(Result.FAILED, body="can't start new thread")] * 3
        assert one.bodies == two.bodies == ["3"]


def test_receivers_beside_one_that_no_thread_serves_are_served(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = Courier()
    with receiving() as served, receiving() as refused:
        allow_threads(1, monkeypatch)
        courier.deliver([post(served.url())], told, in_order=True)
        told.all(1)
        courier.deliver([post(refused.url()), post(served.url())], told, in_order=True)
        told.all(3)

        assert (len(served.bodies), len(refused.bodies)) == (2, 0)


def test_where_nobody_can_help_who_serves_goes_on(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    allow_threads(1, monkeypatch)
    courier = Courier()
    with receiving() as receiver:
        courier.deliver([post(receiver.url(), str(number)) for number in range(20)], told, in_order=False)
        told.all(20)

        assert sorted(map(int, receiver.bodies)) == list(range(20))


def test_more_receivers_than_lanes_are_all_served(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "MOST_LANES", 2)
    courier = Courier()
    with receiving() as one, receiving() as two, receiving() as three:
        for receiver in (one, two, three, one):
            courier.deliver([post(receiver.url())], told, in_order=True)
        told.all(4)

        assert [len(receiver.bodies) for receiver in (one, two, three)] == [2, 1, 1]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.9.1:8080",
        "[::1]",
        "localhost",
        "LOCALHOST:1",
        "shop.localhost",
        "user:word@127.0.0.1",
    ],
)
def test_these_hosts_are_this_machine(host: str) -> None:
    assert on_loopback(f"http://{host}/dlr")


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "localhost@example.com",
        "notlocalhost",
        "2130706433",
        "[::1",
    ],
)
def test_these_hosts_are_others(host: str) -> None:
    assert not on_loopback(f"http://{host}/dlr")


@pytest.mark.parametrize("url", ["http://192.0.2.1/dlr", "http://[::1/dlr", "nonsense"])
def test_other_machines_are_not_called(url: str, told: Told) -> None:
    Courier().deliver([post(url)], told, in_order=True)

    (outcome,) = told.outcomes
    assert outcome.result is Result.FORBIDDEN
    assert "--callbacks-anywhere" in outcome.body


def test_other_machines_are_called_where_that_was_asked_for(told: Told) -> None:
    """The address of no machine in particular is none of the loopback's, and yet reaches this one."""
    with receiving() as receiver:
        url = receiver.url().replace("127.0.0.1", "0.0.0.0")
        Courier(anywhere=True).deliver([post(url)], told, in_order=True)

        assert told.all(1) == [Outcome(Result.ANSWERED, 200, "ok")]


@pytest.mark.parametrize("url", ["http://[::1/dlr", "nonsense", ""])
def test_what_is_no_address_fails_even_then(url: str, told: Told) -> None:
    Courier(anywhere=True).deliver([post(url)], told, in_order=True)

    (outcome,) = told.all(1)
    assert outcome.result in {Result.FAILED, Result.REFUSED}
