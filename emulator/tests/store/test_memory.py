"""What the protocol of the store means, told in examples."""

import threading
from dataclasses import replace
from decimal import Decimal

from emulator.core.ports import Store, Task, TaskKind
from emulator.store.memory import MemoryStore, State
from emulator.tests.samples import FAILS, NUMBER, OTHER, an_account, an_order, second


def a_store(*orders: tuple[str, ...]) -> MemoryStore:
    """A store with orders to these recipients, counted from 1."""
    store = MemoryStore()
    for recipients in orders:
        id, first = store.take("order"), store.take("message", len(recipients))
        store.add(*an_order(*recipients, id=id, first=first))
    return store


def recipients(store: Store, order: int) -> list[str]:
    return [message.recipient for message in store.ordered(order)]


def step(order: int) -> Task:
    return Task(TaskKind.STEP, order)


def test_numbers_are_handed_out_once() -> None:
    store = MemoryStore()

    assert [store.take("order"), store.take("order", 3), store.take("order")] == [1, 2, 5]
    assert store.take("message") == 1
    assert (store.count("order"), store.count("message"), store.count("never")) == (5, 1, 0)


def test_an_account_is_found_by_provider_and_login() -> None:
    store = MemoryStore()
    store.put_account(an_account())

    assert store.account("isms", "demo") == an_account()
    assert store.account("iro", "demo") is None
    assert store.account("isms", "Demo") is None


def test_an_account_put_again_replaces_the_old_one() -> None:
    store = MemoryStore()
    store.put_account(an_account())

    store.put_account(an_account(credit=Decimal("1.00")))

    assert store.accounts() == [an_account(credit=Decimal("1.00"))]


def test_an_account_is_found_by_its_key() -> None:
    store = MemoryStore()
    store.put_account(an_account(key="k"))

    assert store.keyed("isms", "k") == an_account(key="k")
    assert store.keyed("iro", "k") is None
    assert store.keyed("isms", "") is None


def test_a_key_follows_its_account() -> None:
    store = MemoryStore()
    store.put_account(an_account(key="old"))
    before = store.snapshot()
    assert store.keyed("isms", "old") is not None

    store.put_account(an_account(key="new", credit=Decimal(1)))
    store.put_account(an_account(key="new", credit=Decimal(2)))

    assert store.keyed("isms", "old") is None
    assert store.keyed("isms", "new") == an_account(key="new", credit=Decimal(2))
    store.restore(before)
    assert (store.keyed("isms", "old"), store.keyed("isms", "new")) == (an_account(key="old"), None)
    store.drop_account("isms", "demo")
    assert store.keyed("isms", "old") is None


def test_the_messages_of_an_order_come_in_the_order_of_its_recipients() -> None:
    store = a_store((OTHER, NUMBER), (FAILS,))

    assert (recipients(store, 1), recipients(store, 2)) == ([OTHER, NUMBER], [FAILS])
    assert recipients(store, 0) == recipients(store, 3) == []


def test_a_message_is_found_by_its_order_and_recipient() -> None:
    store = a_store((OTHER, NUMBER), (NUMBER,))

    assert store.addressed(1, NUMBER) == store.message(2)
    assert store.addressed(2, NUMBER) == store.message(3)
    assert store.addressed(2, OTHER) is None
    assert store.addressed(3, NUMBER) is None


def test_every_recipient_of_a_big_order_is_found() -> None:
    crowd = tuple(f"3069{number:08}" for number in range(10_000))
    store = a_store((NUMBER,), crowd, (NUMBER,))

    assert recipients(store, 2) == list(crowd)
    found = [store.addressed(2, recipient) for recipient in crowd]
    assert [message and message.id for message in found] == list(range(2, 10_002))


def test_messages_come_oldest_first_from_any_one_on() -> None:
    store = a_store((OTHER, NUMBER), (FAILS,))

    assert [message.id for message in store.messages()] == [1, 2, 3]
    assert [message.id for message in store.messages(after=2)] == [3]
    assert [message.id for message in store.messages(after=9)] == []


def test_a_replaced_message_keeps_its_place() -> None:
    store = a_store((OTHER, NUMBER))
    message = store.message(2)
    assert message is not None

    store.replace(replace(message, outcome="fails"))

    assert [one.outcome for one in store.ordered(1)] == ["delivered", "fails"]
    assert store.addressed(1, NUMBER) == replace(message, outcome="fails")


def test_forgetting_messages_begins_no_new_count() -> None:
    """Nothing is handed out twice, so that old identifiers never come to mean new messages."""
    store = a_store((OTHER, NUMBER))
    assert store.addressed(1, NUMBER) is not None

    store.forget_messages()
    store.add(*an_order(FAILS, id=store.take("order"), first=store.take("message")))

    assert [message.id for message in store.messages()] == [3]
    assert (recipients(store, 1), recipients(store, 2)) == ([], [FAILS])
    assert store.addressed(1, NUMBER) is None


def test_records_come_in_the_order_they_were_put() -> None:
    store = MemoryStore()
    for key, value in (("b", 1), ("a", 2), ("b", 3)):
        store.put("thing", (key,), value)

    assert store.values("thing") == [3, 2]
    assert store.values("other") == []


def test_trimming_drops_the_oldest() -> None:
    store = MemoryStore()
    for number in range(5):
        store.put("thing", (number,), number)

    assert store.trim("thing", 2) == 3
    assert store.values("thing") == [3, 4]
    assert store.trim("thing", 2) == 0


def test_due_takes_all_of_the_earliest_moment_and_nothing_else() -> None:
    store = MemoryStore()
    for at, order in ((5, 1), (3, 2), (5, 3), (3, 4)):
        store.plan(second(at), [step(order)])

    assert store.next_due() == second(3)
    assert store.due(second(2)) is None
    assert store.due(second(60)) == (second(3), [step(2), step(4)])
    assert store.due(second(60)) == (second(5), [step(1), step(3)])
    assert store.due(second(60)) is None
    assert store.next_due() is None


def test_tasks_of_one_moment_come_as_they_were_planned() -> None:
    """Whatever their kind and number: the order of cause is the order of effect."""
    tasks = [Task(TaskKind.STEP, 9), Task(TaskKind.PUSH, 1), Task(TaskKind.REPLY, 5), Task(TaskKind.PUSH, 0)]
    store = MemoryStore()

    for task in tasks:
        store.plan(second(1), [task])

    assert store.due(second(1)) == (second(1), tasks)


def test_a_snapshot_does_not_follow_the_store() -> None:
    store = a_store((NUMBER,))
    store.put("thing", (1,), "old")
    store.plan(second(1), [step(1)])
    snapshot = store.snapshot()

    store.put_account(an_account())
    store.add(*an_order(OTHER, id=store.take("order"), first=store.take("message")))
    store.put("thing", (1,), "new")
    store.due(second(1))
    store.restore(snapshot)

    assert store.accounts() == []
    assert [message.recipient for message in store.messages()] == [NUMBER]
    assert store.count("order") == 1
    assert store.values("thing") == ["old"]
    assert store.next_due() == second(1)


def test_a_snapshot_can_be_restored_again_and_again() -> None:
    """What happens after a restore must not leak into the snapshot."""
    store = a_store((NUMBER,))
    snapshot = store.snapshot()

    for _ in range(2):
        store.restore(snapshot)
        assert recipients(store, 2) == []
        store.add(*an_order(OTHER, id=store.take("order"), first=store.take("message")))
        assert recipients(store, 2) == [OTHER]


def test_an_empty_state_empties_the_store() -> None:
    store = a_store((NUMBER,))
    assert store.addressed(1, NUMBER) is not None

    store.restore(State())

    assert len(store) == 0
    assert store.addressed(1, NUMBER) is None
    assert store.take("order") == 1


def test_asking_for_what_is_not_there_leaves_no_trace() -> None:
    """Some ask between turns, while somebody else may be taking a snapshot."""
    store = MemoryStore()

    assert (store.any("thing"), store.get("thing", (1,)), store.values("thing")) == (False, None, [])
    assert not store.drop("thing", (1,))
    assert store.snapshot().records == {}


def test_what_is_dropped_during_a_turn_does_not_come_back_with_its_end() -> None:
    """A turn writes what it read, counted down or debited; a drop in between would be undone by that."""
    store = MemoryStore()
    store.put_account(an_account())

    def drop() -> None:
        store.drop("thing", (1,))
        store.drop_account("isms", "demo")

    dropping = threading.Thread(target=drop)
    with store.turn():
        dropping.start()
        dropping.join(0.05)
        store.put("thing", (1,), "counted down")
        store.put_account(an_account(credit=Decimal(9)))
    dropping.join(10)

    assert store.get("thing", (1,)) is None
    assert store.account("isms", "demo") is None
