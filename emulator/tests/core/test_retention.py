"""Old messages leave once nothing more becomes of them, oldest first; whatever is left answers as ever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from emulator.core import hlr
from emulator.core.books import LetterBook, OrderBook
from emulator.core.gateway import Gateway
from emulator.core.indexes import FORGOTTEN
from emulator.core.model import Enquiry, Message
from emulator.core.pages import Window
from emulator.core.refusals import Refused
from emulator.core.retention import Retention
from emulator.store.archive import exported, imported
from emulator.store.memory import MemoryStore
from emulator.tests.samples import DEMO, NUMBER, OTHER, SLOW, a_draft, a_gateway, an_account, run, second

KEEP = 10
ALL = Window(0, 100)


def busy(orders: int, *recipients: str, store: MemoryStore | None = None) -> Gateway:
    """A gateway that accepted so many orders, of which nothing more becomes."""
    gateway = a_gateway(an_account(credit=None), store=store)
    sent(gateway, orders, *recipients)
    return gateway


def sent(gateway: Gateway, orders: int, *recipients: str) -> None:
    for _ in range(orders):
        gateway.send(DEMO, a_draft(*(recipients or (NUMBER,))))
    run(gateway, 120)


class Counting(MemoryStore):
    """Counts the messages that are looked at one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.visits = 0

    def messages(self, after: int = 0) -> Iterator[Message]:
        for message in super().messages(after):
            self.visits += 1
            yield message


def kept(gateway: Gateway) -> list[int]:
    return [message.id for message in gateway.store.messages()]


def retired(gateway: Gateway) -> list[int]:
    """The ids that are left."""
    Retention(gateway.store, KEEP).retire(gateway.clock.now())
    return kept(gateway)


def test_the_newest_stay() -> None:
    assert retired(busy(15)) == [*range(6, 16)]


def test_there_is_some_slack_before_any_leave() -> None:
    assert len(retired(busy(KEEP + 1))) == KEEP + 1


def test_they_leave_by_the_tenth_also_where_more_come_in_a_minute_than_are_kept() -> None:
    gateway = a_gateway(an_account(credit=None))
    retention, left = Retention(gateway.store, 100), list[int]()
    for _ in range(300):
        gateway.send(DEMO, a_draft(NUMBER, OTHER))
        before = len(kept(gateway))
        run(gateway, 1)
        retention.retire(gateway.clock.now())
        left.append(before - len(kept(gateway)))

    assert sum(left) > 400
    assert {number for number in left if number} == {12}


def test_orders_leave_as_a_whole() -> None:
    assert retired(busy(5, NUMBER, OTHER, "306900000001")) == [*range(4, 16)]


def test_who_still_waits_for_something_keeps_what_came_after() -> None:
    gateway = a_gateway(an_account(credit=None))
    sent(gateway, 3)
    gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(86400)))
    sent(gateway, 15)

    assert retired(gateway) == [*range(4, 20)]


def test_a_message_that_was_just_delivered_may_still_be_answered() -> None:
    gateway = a_gateway(an_account(credit=None))
    for _ in range(15):
        gateway.send(DEMO, a_draft(NUMBER))
    run(gateway, 10)

    assert len(retired(gateway)) == 15


def test_a_large_order_that_is_not_finished_is_not_searched_anew_whenever_something_falls_due() -> None:
    store = Counting()
    gateway = a_gateway(an_account(credit=None), store=store, keep=KEEP)
    gateway.send(DEMO, a_draft(*(f"3069{number:08}" for number in range(10**7, 10**7 + 500)), SLOW))
    run(gateway, 90)
    sent(gateway, 15)
    before = store.visits

    for _ in range(100):
        gateway.agenda.fall_due(gateway.clock.now())

    assert len(kept(gateway)) == 516
    assert store.visits - before < 1000


def test_ids_are_not_handed_out_again() -> None:
    gateway = busy(15)
    Retention(gateway.store, 0).retire(gateway.clock.now())

    order = gateway.send(DEMO, a_draft(NUMBER))

    assert (order.id, order.first, kept(gateway)) == (16, 16, [16])


def test_what_left_is_as_unknown_as_what_never_was() -> None:
    gateway = busy(15)
    retired(gateway)

    with pytest.raises(Refused):
        gateway.status(DEMO, Enquiry(id=5))
    assert gateway.status(DEMO, Enquiry(id=6))[0].id == 6


def test_indexes_know_what_left() -> None:
    gateway = busy(15)
    gateway.agenda.receive(an_account(), NUMBER, "54321", "Hi", gateway.clock.now())
    before = gateway.orders(DEMO, ALL).total, gateway.correspondence(DEMO, NUMBER, None, ALL).total
    retired(gateway)

    after = gateway.orders(DEMO, ALL).total, gateway.correspondence(DEMO, NUMBER, None, ALL).total

    assert (before, after) == ((15, 16), (10, 11))
    assert gateway.indexed(OrderBook).of(an_account())[0] == 6
    assert gateway.indexed(LetterBook) is gateway.indexed(LetterBook)


def test_what_handsets_wrote_and_look_ups_leave_with_messages() -> None:
    gateway = busy(15)
    for _ in range(12):
        gateway.agenda.receive(an_account(), NUMBER, "54321", "Hi", gateway.clock.now())
        gateway.look_up(DEMO, hlr.Question(numbers=(NUMBER,)))
    gateway.correspondence(DEMO, NUMBER, None, ALL)

    retired(gateway)

    assert (len(gateway.store.values("inbound")), len(gateway.store.values(hlr.KIND))) == (KEEP, KEEP)
    assert gateway.correspondence(DEMO, NUMBER, None, ALL).total == 2 * KEEP


def test_orders_that_were_forgotten_are_not_remembered_as_such() -> None:
    gateway = busy(15)
    for order in (1, 12):
        gateway.forget(DEMO, order)

    retired(gateway)

    assert [one.id for one in gateway.store.values(FORGOTTEN)] == [12]  # type: ignore[attr-defined]


def test_a_space_that_let_go_of_messages_survives_its_archive() -> None:
    store = MemoryStore()
    gateway = busy(15, store=store)
    gateway.agenda.receive(an_account(), NUMBER, "54321", "Hi", second(0))
    retired(gateway)

    archive = exported(store.snapshot(), seed=1, now=gateway.clock.now(), rate=0.0)

    state = imported(archive).state
    assert exported(state, seed=1, now=gateway.clock.now(), rate=0.0) == archive


def test_time_lets_them_leave_where_that_was_asked_for() -> None:
    gateway = a_gateway(an_account(credit=None), keep=KEEP)
    sent(gateway, 15)
    gateway.clock.set(now=gateway.clock.now() + timedelta(hours=1))
    gateway.send(DEMO, a_draft(NUMBER))

    run(gateway, 10)

    assert kept(gateway) == [*range(7, 17)]
