"""What a database could not keep is tried again, and nobody is told of it before."""

from collections.abc import Iterator

import pytest

from emulator.core.ports import StoreError
from emulator.store.durable import DurableStore
from emulator.store.engines import engine_at
from emulator.store.ledger import Ledger
from emulator.store.scribe import Scribe
from emulator.tests.samples import an_account
from emulator.tests.store.fragile import Fragile


@pytest.fixture
def ledger(sqlite: str) -> Iterator[Fragile]:
    made = Fragile(engine_at(sqlite))
    yield made
    made.close()


def written(ledger: Ledger, space: str = "s") -> list[str]:
    return [row.key for row in ledger.rows(space)]


def test_a_turn_ends_when_what_it_changed_is_written(ledger: Fragile) -> None:
    store = DurableStore("s", ledger, Scribe(ledger))

    with store.turn():
        store.put_account(an_account())
        before = written(ledger)

    assert (before, written(ledger)) == ([], ['["isms","demo"]'])


def test_a_turn_that_changed_nothing_writes_nothing(ledger: Fragile) -> None:
    store = DurableStore("s", ledger, Scribe(ledger))

    with store.turn():
        store.accounts()

    assert ledger.writes == 0


def test_who_only_looked_is_not_told_either_what_is_not_kept(ledger: Fragile, defects: list[str]) -> None:
    store = DurableStore("s", ledger, Scribe(ledger))
    ledger.broken = True

    with pytest.raises(StoreError, match="no space left"):
        store.put_account(an_account())
    with pytest.raises(StoreError, match="no space left"), store.turn():
        store.accounts()

    assert defects == ["the store does not work: no space left; what is asked meanwhile fails"]
    defects.clear()


def test_what_could_not_be_written_is_written_with_what_comes_next(
    ledger: Fragile, defects: list[str]
) -> None:
    scribe = Scribe(ledger)
    store, other = DurableStore("s", ledger, scribe), DurableStore("t", ledger, scribe)
    ledger.broken = True
    with pytest.raises(StoreError):
        store.put_account(an_account())
    ledger.broken = False

    with other.turn():
        other.put_account(an_account())

    assert written(ledger, "s") == written(ledger, "t") == ['["isms","demo"]']
    defects.clear()


def test_a_store_that_failed_within_a_turn_can_be_had_again(ledger: Fragile, defects: list[str]) -> None:
    store = DurableStore("s", ledger, Scribe(ledger))
    ledger.broken = True
    with pytest.raises(StoreError):
        store.put_account(an_account())
    ledger.broken = False

    with store.turn(), store.turn():
        store.put_account(an_account(login="guest"))

    assert written(ledger) == ['["isms","demo"]', '["isms","guest"]']
    defects.clear()


def test_a_value_that_cannot_be_written_is_the_defect_of_its_turn_alone(ledger: Fragile) -> None:
    scribe = Scribe(ledger)
    store, other = DurableStore("s", ledger, scribe), DurableStore("t", ledger, scribe)

    with pytest.raises(TypeError):
        store.put("contact", (1,), object())
    store.put_account(an_account())
    other.put_account(an_account())

    assert written(ledger, "s") == written(ledger, "t") == ['["isms","demo"]']
