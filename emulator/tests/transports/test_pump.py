"""Due things happen: in the background as clocks run, and at once when a clock is moved."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.core import callbacks
from emulator.core.events import Kind
from emulator.core.model import INBOUND, Inbound, Login, Status
from emulator.core.pushes import Callback
from emulator.space import Space, Start
from emulator.tests.samples import (
    ANSWERS,
    EARLY,
    EXPIRES,
    FAILS,
    NINE,
    NUMBER,
    OTHER,
    SLOW,
    TWICE,
    a_draft,
    second,
)
from emulator.tests.transports.receiver import BUSY, OK, Answer, Receiver, receiving, silence
from emulator.transports import caller
from emulator.transports import pump as pumping
from emulator.transports.pump import Pump
from emulator.transports.push import Courier

DEMO = Login(provider="isms", name="demo", password="demo")


@contextmanager
def pumped(rate: float = 0.0) -> Iterator[tuple[Pump, Space]]:
    """A started pump and a space that begins at nine."""
    pump = Pump(Courier())
    pump.start()
    try:
        yield pump, Space("test", Start(seed=1, clock=NINE, rate=rate), pump.poke)
    finally:
        pump.stop()


def send(space: Space, *recipients: str, url: str | None = None, wait: float = 0) -> None:
    at = space.clock.now() + timedelta(seconds=wait)
    space.gateway.send(DEMO, a_draft(*recipients, callback=url, scheduled_at=at))


def outcomes(receiver: Receiver) -> list[str]:
    """Recipient, outcome and time of day of the reports that arrived."""
    told = []
    for body in receiver.bodies:
        fields = dict(pair.split("=") for pair in body.split("&"))
        told.append(f"{fields['mobile']} {fields['status']} {fields['date'][-12:]}")
    return told


def steps(space: Space) -> list[tuple[float, Status]]:
    told = [event for event in space.feed.after(0) if event.kind is Kind.STEP]
    return [((event.at - NINE).total_seconds(), event.detail[1]) for event in told]  # type: ignore[index]


def tries(space: Space) -> list[list[float]]:
    """When each callback was tried, in seconds after nine."""
    finished = space.store.values(callbacks.FINISHED) + space.store.values(callbacks.KIND)
    return [
        [(attempt.at - NINE).total_seconds() for attempt in one.attempts]
        for one in finished
        if isinstance(one, Callback)
    ]


# Moving a clock


def test_an_advance_lets_everything_on_the_way_happen_before_it_returns() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        send(space, NUMBER, FAILS, url=receiver.url())

        pump.advance(space, timedelta(seconds=3))

        assert space.clock.now() == second(3)
        assert outcomes(receiver) == [
            "306912345678 Delivered 11%3A00%3A03",
            "306900009001 Failed 11%3A00%3A03",
        ]
        assert tries(space) == [[3], [3]]


def test_an_advance_goes_no_further_than_asked() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        send(space, NUMBER, url=receiver.url())

        pump.advance(space, timedelta(seconds=2.999999))

        assert steps(space) == [(1, Status.SUBMITTED)]
        assert receiver.bodies == []
        assert space.gateway.agenda.next_due() == second(3)


def test_what_happened_keeps_its_own_moment_in_a_long_jump() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        send(space, SLOW, url=receiver.url())
        send(space, ANSWERS, wait=60)

        pump.advance(space, timedelta(days=1))

        assert outcomes(receiver) == ["306900009005 Delivered 12%3A00%3A00"]
        inbound = [one.received_at for one in space.store.values(INBOUND) if isinstance(one, Inbound)]
        assert inbound == [second(64)]


def test_reports_of_one_moment_leave_in_the_order_of_their_messages() -> None:
    crowd = [f"3069{number:08}" for number in range(100)]
    with receiving() as receiver, pumped() as (pump, space):
        for number in crowd:
            send(space, number, url=receiver.url())

        pump.advance(space, timedelta(seconds=3))

        assert [line[:12] for line in outcomes(receiver)] == crowd


def test_retries_are_tried_on_the_way() -> None:
    """After one, five and fifteen minutes of the space's own time; then it is given up."""
    with receiving(BUSY, BUSY, BUSY, BUSY, BUSY) as receiver, pumped() as (pump, space):
        send(space, NUMBER, url=receiver.url())

        pump.advance(space, timedelta(hours=1))

        assert tries(space) == [[3, 63, 363, 1263]]
        assert len(receiver.bodies) == 4


def test_a_settled_report_is_not_sent_again() -> None:
    with receiving(BUSY, OK) as receiver, pumped() as (pump, space):
        send(space, NUMBER, url=receiver.url())

        pump.advance(space, timedelta(hours=1))

        assert tries(space) == [[3, 63]]
        assert len(receiver.bodies) == 2


fates = st.sampled_from([NUMBER, OTHER, FAILS, EXPIRES, SLOW, TWICE, EARLY, ANSWERS])
answers = st.lists(st.sampled_from([OK, BUSY]), max_size=8)
orders = st.lists(st.tuples(fates, st.sampled_from([0, 1, 59, 60, 600])), min_size=1, max_size=3)


@given(orders=orders, answers=answers)
@settings(max_examples=12)
def test_one_big_advance_and_many_small_ones_are_the_same(
    orders: list[tuple[str, float]], answers: list[Answer]
) -> None:
    """The same callbacks in the same order, the same attempts at the same moments, the same events."""

    def played(jumps: int) -> object:
        with receiving(*answers) as receiver, pumped() as (pump, space):
            for number, wait in orders:
                send(space, number, url=receiver.url(), wait=wait)
            for _ in range(jumps):
                pump.advance(space, timedelta(hours=1) / jumps)
            told = [(event.at, event.kind) for event in space.feed.after(0)]
            return receiver.bodies, tries(space), told

    assert played(1) == played(60)


def test_run_until_idle_jumps_to_the_last_thing_that_will_happen() -> None:
    with receiving(BUSY) as receiver, pumped() as (pump, space):
        send(space, SLOW, url=receiver.url())

        pump.run_until_idle(space)

        assert space.clock.now() == second(3660)
        assert tries(space) == [[3600, 3660]]
        assert space.gateway.agenda.next_due() is None


def test_where_nothing_will_happen_the_clock_stays() -> None:
    with pumped() as (pump, space):
        pump.run_until_idle(space)

        assert space.clock.now() == NINE


def test_settling_waits_for_what_is_due_now_and_moves_no_clock() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        send(space, EARLY, url=receiver.url())

        pump.settle(space)

        assert outcomes(receiver) == ["306900009008 Delivered 11%3A00%3A00"]
        assert tries(space) == [[0]]
        assert space.clock.now() == NINE


def test_a_receiver_that_asks_back_does_not_wait_for_its_own_answer() -> None:
    """A webhook that calls the emulator while the clock is being moved must not tie a knot."""
    with pumped() as (pump, space):

        def curious(receiver: Receiver, connection: socket.socket) -> None:
            pump.settle(space)
            connection.sendall(OK)

        with receiving(curious) as receiver:
            send(space, NUMBER, url=receiver.url())
            pump.advance(space, timedelta(seconds=3))

            assert tries(space) == [[3]]


def test_a_silent_receiver_delays_an_advance_no_longer_than_one_timeout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caller, "TIMEOUT", 0.1)
    with receiving(silence) as receiver, pumped() as (pump, space):
        send(space, NUMBER, url=receiver.url())

        pump.advance(space, timedelta(minutes=2))

        assert tries(space) == [[3, 63]]


def test_an_address_elsewhere_is_given_up_at_once() -> None:
    with pumped() as (pump, space):
        send(space, NUMBER, url="http://192.0.2.1/dlr")

        pump.advance(space, timedelta(hours=1))

        assert tries(space) == [[3]]
        assert [one.delivered for one in finished(space)] == [False]


def finished(space: Space) -> list[Callback]:
    return [one for one in space.store.values(callbacks.FINISHED) if isinstance(one, Callback)]


def test_two_who_move_a_clock_at_once_move_it_twice() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        send(space, NUMBER, url=receiver.url())
        movers = [threading.Thread(target=pump.advance, args=(space, timedelta(seconds=2))) for _ in range(2)]
        for mover in movers:
            mover.start()
        for mover in movers:
            mover.join(10)

        assert space.clock.now() == second(4)
        assert len(receiver.bodies) == 1


def test_a_reset_in_mid_air_lets_nothing_come_back() -> None:
    with pumped() as (pump, space):

        def resetting(receiver: Receiver, connection: socket.socket) -> None:
            space.reset()
            connection.sendall(BUSY)

        with receiving(resetting) as receiver:
            send(space, EARLY, url=receiver.url())
            pump.settle(space)

            assert tries(space) == []
            assert space.gateway.agenda.next_due() is None


# Following a clock


def test_a_running_clock_makes_things_happen_by_itself() -> None:
    with receiving() as receiver, pumped(rate=50.0) as (_, space):
        send(space, NUMBER, url=receiver.url())

        assert receiver.got(1)[0].body.startswith(b"mid=")
        assert [status for _, status in steps(space)] == [Status.SUBMITTED, Status.DELIVERED]


def test_a_running_clock_that_jumps_goes_on_from_there() -> None:
    """Ten seconds of waiting lie before the jump, a tenth of a second behind it."""
    with receiving() as receiver, pumped(rate=0.1) as (pump, space):
        send(space, NUMBER, url=receiver.url())

        pump.advance(space, timedelta(seconds=2.99))

        assert receiver.another(1, seconds=5)


def test_a_space_that_speeds_up_is_looked_at_sooner() -> None:
    with receiving() as receiver, pumped(rate=0.001) as (_, space):
        send(space, NUMBER, url=receiver.url())

        space.clock.set(rate=1000.0)
        space.wake()

        receiver.got(1)


def test_of_two_moments_told_at_once_the_earlier_is_waited_for() -> None:
    """The later one was read off before the earlier one was planned, and is told after it."""
    with pumped() as (_, space):
        pump = Pump(Courier())
        space.clock.set(rate=1.0)

        class Late(threading.Condition):
            def __enter__(self) -> bool:
                entered = super().__enter__()
                self.__class__ = threading.Condition  # type: ignore[assignment]
                pump.poke(space, second(10))
                return entered

        pump._changed = Late()
        pump.poke(space, second(60))

        assert pump._wakes[space] < time.monotonic() + 11


def test_a_standing_clock_makes_nothing_happen_but_what_is_due() -> None:
    with receiving() as receiver, pumped() as (_, space):
        send(space, EARLY, NUMBER, url=receiver.url())

        assert receiver.got(1)[0].body.count(b"306900009008") == 1
        assert not receiver.another(2, seconds=0.1)


def test_who_does_not_lead_sees_to_what_is_due_while_a_clock_stands_and_to_nothing_else() -> None:
    with receiving() as receiver, pumped() as (pump, space):
        pump.leads = lambda: False
        running = Space("running", Start(seed=1, clock=NINE, rate=1000.0), pump.poke)

        send(running, EARLY, url=receiver.url())
        send(space, EARLY, url=receiver.url())

        assert receiver.got(1)[0].body.count(b"306900009008") == 1
        assert not receiver.another(2, seconds=0.1)


def test_a_pump_stops_at_once() -> None:
    began = time.monotonic()
    with pumped(rate=1.0) as (_, space):
        send(space, SLOW)

    assert time.monotonic() - began < 1


def test_what_is_answered_while_a_pump_stops_is_noted() -> None:
    """Or whoever goes on with the store would send it again."""
    with pumped(rate=1000.0) as (pump, space):

        def late(receiver: Receiver, connection: socket.socket) -> None:
            while not pump._stopping:
                receiver.closing.wait(0.005)
            receiver.closing.wait(0.05)
            connection.sendall(OK)

        with receiving(late) as receiver:
            send(space, EARLY, url=receiver.url())
            receiver.got(1)

            pump.stop()

            assert [len(moments) for moments in tries(space)] == [1]


def test_one_broken_space_does_not_stop_the_others(
    defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pumping, "AFTER_FAILURE", 60.0)
    with receiving() as receiver, pumped(rate=1000.0) as (pump, space):
        broken = Space("broken", Start(clock=NINE, rate=1000.0), pump.poke)
        monkeypatch.setattr(broken.gateway.agenda, "fall_due", lambda upto, **_: 1 / 0)
        send(broken, NUMBER)

        send(space, NUMBER, url=receiver.url())
        receiver.got(1)

    assert defects == ["defect in space 'broken', while its clock ran"]
    defects.clear()


def test_a_space_with_a_defect_is_looked_at_again(
    defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pumping, "AFTER_FAILURE", 0.0)
    with receiving() as receiver, pumped(rate=1000.0) as (_, space):
        fall_due = space.gateway.agenda.fall_due
        falls = iter([lambda upto, **_: 1 / 0])
        monkeypatch.setattr(
            space.gateway.agenda, "fall_due", lambda upto, **how: next(falls, fall_due)(upto, **how)
        )

        send(space, NUMBER, url=receiver.url())
        receiver.got(1)

    assert defects == ["defect in space 'test', while its clock ran"]
    defects.clear()


def test_a_space_that_was_taken_away_is_not_looked_at_again(
    defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pumping, "AFTER_FAILURE", 3600.0)
    pump = Pump(Courier())
    kept, gone = (Space(name, Start(clock=NINE), pump.poke) for name in ("kept", "gone"))
    for space in (kept, gone):
        monkeypatch.setattr(space.gateway.agenda, "next_due", lambda: 1 / 0)
    gone.feed.close()

    for space in (kept, gone):
        pump._follow(space)

    assert [space.name for space in pump._wakes] == ["kept"]
    assert len(defects) == 2
    defects.clear()


def test_a_defect_in_noting_an_answer_keeps_no_later_callback_waiting(
    defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver, pumped() as (pump, space):
        attempted = space.gateway.agenda.attempted
        notes = iter([lambda tries: 1 / 0])
        monkeypatch.setattr(space.gateway.agenda, "attempted", lambda tries: next(notes, attempted)(tries))
        send(space, NUMBER, url=receiver.url())
        send(space, NUMBER, url=receiver.url(), wait=1)

        pump.advance(space, timedelta(seconds=5))

        assert len(receiver.bodies) == 2
        assert tries(space) == [[4], []]

    assert defects == ["defect in space 'test', with what came of a callback"]
    defects.clear()
