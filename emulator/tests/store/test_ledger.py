"""A database: rows in the order in which they came, all of a write or none, one line for what fails."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from emulator.core.ports import StoreError
from emulator.store.edits import Edit, Row
from emulator.store.engines import engine_at
from emulator.store.ledger import Ledger

ONE, TWO = Row("contact", "[1]", '"one"'), Row("contact", "[2]", '"two"')


def an_edit(*come: Row, gone: tuple[tuple[str, str], ...] = (), cleared: tuple[str, ...] = ()) -> Edit:
    return Edit(space="s", cleared=cleared, gone=gone, come=come)


@pytest.fixture
def ledger(sqlite: str) -> Iterator[Ledger]:
    made = Ledger(engine_at(sqlite))
    yield made
    made.close()


def test_rows_come_back_in_the_order_in_which_they_were_first_put(ledger: Ledger) -> None:
    ledger.write([an_edit(ONE), an_edit(TWO), an_edit(ONE._replace(body='"other"'))])

    assert list(ledger.rows("s")) == [ONE._replace(body='"other"'), TWO]


def test_a_row_that_goes_and_comes_is_the_last_of_its_kind(ledger: Ledger) -> None:
    ledger.write([an_edit(ONE, TWO)])

    ledger.write([an_edit(ONE, gone=(("contact", "[1]"),))])

    assert list(ledger.rows("s")) == [TWO, ONE]


def test_a_kind_that_is_cleared_leaves_other_kinds_and_spaces_alone(ledger: Ledger) -> None:
    other = Row("lookup", "[1]", "1")
    ledger.write([an_edit(ONE, other), Edit(space="t", cleared=(), gone=(), come=[ONE])])

    ledger.write([an_edit(cleared=("contact",))])

    assert (list(ledger.rows("s")), list(ledger.rows("t"))) == ([other], [ONE])
    assert sorted(ledger.spaces()) == ["s", "t"]


def test_a_write_that_fails_changes_nothing(ledger: Ledger) -> None:
    wrong = Row("contact", None, "x")  # type: ignore[arg-type]

    with pytest.raises(StoreError, match="NOT NULL"):
        ledger.write([an_edit(ONE), an_edit(wrong)])

    assert list(ledger.rows("s")) == []


def test_what_was_written_outlives_the_process(sqlite: str, ledger: Ledger) -> None:
    ledger.write([an_edit(ONE)])
    ledger.close()

    again = Ledger(engine_at(sqlite))

    assert list(again.rows("s")) == [ONE]
    again.close()


def test_a_database_full_to_the_brim_says_so_in_one_line(ledger: Ledger) -> None:
    with ledger._connection.begin():
        pages = ledger._connection.scalar(text("PRAGMA page_count"))
        ledger._connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    with pytest.raises(StoreError, match=r"^database or disk is full$"):
        ledger.write([an_edit(ONE._replace(body="x" * 100_000))])

    assert list(ledger.rows("s")) == []
