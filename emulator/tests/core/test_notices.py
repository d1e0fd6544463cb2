"""What waits for sessions: kept in order, handed out once, sent again, and remembered with the space."""

from emulator.core.gateway import Gateway
from emulator.core.notices import KIND
from emulator.core.ports import Task, TaskKind
from emulator.core.pushes import Notice, Waiting
from emulator.store.archive import exported, imported
from emulator.store.memory import MemoryStore
from emulator.tests.samples import NINE, a_gateway, run, second

ACCOUNT = "isms", "demo"
OTHERS = "isms", "guest"


def said(*words: str) -> list[tuple[int | None, Notice]]:
    return [(None, Notice(command="deliver_sm", octets=word.encode())) for word in words]


def gateway_with(*words: str) -> Gateway:
    gateway = a_gateway()
    gateway.notices.add(*ACCOUNT, said(*words), NINE)
    return gateway


def handed(gateway: Gateway, most: int = 10) -> list[Waiting]:
    return gateway.notices.handed(*ACCOUNT, most)


def words(notices: list[Waiting]) -> list[str]:
    return [one.notice.octets.decode() for one in notices]


def test_notices_are_handed_out_in_their_order_and_once() -> None:
    gateway = gateway_with("a", "b", "c")

    assert words(handed(gateway, 2)) == ["a", "b"]
    assert words(handed(gateway)) == ["c"]
    assert handed(gateway) == []


def test_an_account_is_handed_its_own_notices_alone() -> None:
    gateway = gateway_with("a")

    assert gateway.notices.handed(*OTHERS, 10) == []
    assert gateway.notices.kept(*OTHERS) == 0


def test_what_was_taken_is_gone() -> None:
    gateway = gateway_with("a", "b")

    gateway.notices.taken(handed(gateway, 1))

    assert words([one for one in gateway.store.values(KIND) if isinstance(one, Waiting)]) == ["b"]
    assert gateway.notices.kept(*ACCOUNT) == 1


def test_what_came_back_is_handed_out_before_all_else() -> None:
    gateway = gateway_with("a", "b", "c")

    gateway.notices.returned(handed(gateway, 2))

    assert words(handed(gateway)) == ["a", "b", "c"]


def test_what_was_put_off_is_handed_out_when_its_moment_has_come() -> None:
    gateway = gateway_with("a", "b")
    (first,) = handed(gateway, 1)

    gateway.agenda.put_off(first, second(60))

    assert words(handed(gateway)) == ["b"]
    run(gateway, 59)
    assert handed(gateway) == []
    run(gateway, 1)
    assert words(handed(gateway)) == ["a"]


def test_who_waits_for_an_account_is_rung() -> None:
    rung: list[tuple[str, str]] = []
    gateway = a_gateway(ring=lambda provider, account: rung.append((provider, account)))

    gateway.notices.add(*ACCOUNT, said("a", "b"), NINE)
    gateway.notices.returned(handed(gateway))

    assert rung == [ACCOUNT, ACCOUNT]


def test_what_belongs_to_another_past_is_neither_taken_nor_returned() -> None:
    gateway = gateway_with("a")
    old = handed(gateway)
    gateway.store.drop(KIND, (old[0].id,))

    gateway.notices.taken(old)
    gateway.notices.returned(old)
    gateway.agenda.put_off(old[0], second(1))

    assert handed(gateway) == []
    assert gateway.store.next_due() is None


def test_a_copy_of_the_space_has_what_was_handed_out_and_not_taken() -> None:
    store = MemoryStore()
    gateway = a_gateway(store=store)
    gateway.notices.add(*ACCOUNT, said("a", "b", "c"), NINE)
    first, late, _ = handed(gateway)
    gateway.notices.taken([first])
    gateway.agenda.put_off(late, second(60))

    octets = exported(store.snapshot(), seed=1, now=NINE, rate=0.0)
    copy = MemoryStore()
    copy.restore(imported(octets).state)
    other = a_gateway(store=copy)

    assert words(handed(other)) == ["c"]
    assert other.notices.kept(*ACCOUNT) == 2
    run(other, 60)
    assert words(handed(other)) == ["b"]
    assert octets == exported(imported(octets).state, seed=1, now=NINE, rate=0.0)


def test_a_task_for_a_notice_that_is_gone_does_nothing() -> None:
    gateway = gateway_with("a")
    gateway.agenda.plan(second(1), Task(TaskKind.NOTICE, 99))

    run(gateway, 1)

    assert words(handed(gateway)) == ["a"]


def test_who_holds_something_from_before_a_return_to_the_past_holds_it_in_vain() -> None:
    store = MemoryStore()
    gateway = a_gateway(store=store)
    gateway.notices.add(*ACCOUNT, said("a"), NINE)
    past, old = store.snapshot(), handed(gateway)
    store.restore(past)
    again = a_gateway(store=store)
    assert again.notices.kept(*ACCOUNT) == 1

    again.notices.returned(old)
    again.notices.taken(old)

    assert words(handed(again)) == ["a"]
    assert again.notices.kept(*ACCOUNT) == 1
