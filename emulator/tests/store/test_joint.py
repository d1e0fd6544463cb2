"""Two stores of one space on one PostgreSQL: after each turn both answer like the naive one."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from emulator.store.engines import engine_at
from emulator.store.joint import JointStore
from emulator.store.lease import Lease
from emulator.store.memory import State
from emulator.store.outage import Outage
from emulator.store.shared import SharedLedger
from emulator.tests.store.test_equal import InTurns, Spells


class Half:
    """What one process has of the space."""

    def __init__(self, url: str) -> None:
        self.ledger = SharedLedger(engine_at(url))
        self.told = list[str]()
        lease = Lease(self.ledger, lambda edit: self.store.learn(edit), lambda: None, Outage())
        self.store = JointStore(
            "s",
            self.ledger,
            lease,
            me=self.ledger.me,
            born="",
            join=lambda store: None,
            quit=lambda store: None,
        )
        self.begin()

    def begin(self) -> None:
        with self.store.turn():
            self.store.recall(afresh=False)


class Pair(Spells):
    """Asks one of two stores, now the one, now the other."""

    halves: tuple[Half, Half]

    def __init__(self) -> None:
        self.turn = 0
        super().__init__()
        self.halves[0].store.restore(State())

    @property
    def tried(self) -> Any:
        return InTurns(self.halves[self.turn].store)

    @tried.setter
    def tried(self, store: object) -> None:
        """It is there already."""

    @property
    def sides(self) -> Sequence[Any]:
        """The one that was not asked learns first, unless the other is not done yet."""
        sides = (self.turn,) if self.spell else (1 - self.turn, self.turn)
        return [InTurns(self.halves[side].store) for side in sides]

    @rule(turn=st.integers(0, 1))
    def ask_one(self, turn: int) -> None:
        self.end_turn()
        self.turn = turn


@pytest.fixture
def pair(postgres: str) -> Iterator[type[Pair]]:
    Pair.halves = Half(postgres), Half(postgres)
    yield Pair
    for half in Pair.halves:
        half.ledger.close()


def test_two_stores_of_a_space_are_one(pair: type[Pair]) -> None:
    run_state_machine_as_test(pair, settings=settings(max_examples=8, stateful_step_count=25, deadline=None))
