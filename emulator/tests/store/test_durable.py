"""What a store on a database remembers after a death, where chance seldom comes by."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from emulator.core.ports import Task, TaskKind
from emulator.store.memory import MemoryStore
from emulator.store.vault import Vault, opened
from emulator.tests.samples import NUMBER, OTHER, an_order, second

ONE, TWO = Task(TaskKind.STEP, 1), Task(TaskKind.STEP, 2)


class Lives:
    """A store, and the one that comes after its death."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.store = self.begin()

    def begin(self) -> MemoryStore:
        self.vault: Vault = opened(self.url)
        store = self.vault.store("")
        with store.turn():
            store.recall(afresh=False)
        return store

    def die(self) -> MemoryStore:
        self.vault.close()
        self.store = self.begin()
        return self.store


@pytest.fixture
def lives(sqlite: str) -> Iterator[Lives]:
    made = Lives(sqlite)
    yield made
    made.vault.close()


def test_what_is_planned_after_a_return_to_the_past_stands_beside_what_was_planned_then(lives: Lives) -> None:
    store = lives.store
    with store.turn():
        store.plan(second(1), [ONE])
        past = store.snapshot()
        store.due(second(1))
        store.restore(past)
        store.plan(second(1), [TWO])

    after = lives.die()

    assert after.due(second(1)) == (second(1), [ONE, TWO])


def test_messages_are_found_by_their_ids_where_older_ones_were_let_go_of(lives: Lives) -> None:
    store = lives.store
    with store.turn():
        for id, first in ((1, 1), (2, 3)):
            store.add(*an_order(NUMBER, OTHER, id=id, first=first))
        store.replace(replace(an_order(NUMBER, OTHER)[1][1], outcome="fails"))
        store.retire(1)

    after = lives.die()

    assert [after.message(id) is not None for id in range(1, 6)] == [False, False, True, True, False]
    assert {message.outcome for message in after.messages()} == {"delivered"}
    assert [after.order(id) is not None for id in range(1, 4)] == [False, True, False]
