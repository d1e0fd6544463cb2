"""How PostgreSQL goes about the turns of several processes."""

from collections.abc import Iterator

import pytest

from emulator.store.edits import Edit, Row
from emulator.store.engines import engine_at
from emulator.store.shared import SharedLedger
from emulator.store.statements import WRITE


@pytest.fixture
def ledger(postgres: str) -> Iterator[SharedLedger]:
    made = SharedLedger(engine_at(postgres))
    yield made
    made.close()


def test_a_plan_of_when_there_was_next_to_nothing_does_for_full_tables(ledger: SharedLedger) -> None:
    ledger.enter()
    ledger.leave([Edit(space="s", cleared=(), gone=(), come=(Row("message", "1", "x"),))])
    asked(ledger, "VACUUM ANALYZE smslab_entries")
    assert "Seq Scan" not in asked(ledger, f"EXPLAIN {WRITE}")


def test_no_machine_code_is_made_of_a_statement(ledger: SharedLedger) -> None:
    ledger.enter()
    ledger.abandon()
    ledger.enter()  # whatever connection it is
    ledger.leave([])
    assert asked(ledger, "SHOW jit") == "off"


def test_a_world_is_read_by_the_connection_that_is_alone_with_it(ledger: SharedLedger) -> None:
    ledger.enter()
    ledger.leave([Edit(space="s", cleared=(), gone=(), come=[Row("m", str(n), "x") for n in range(2500)])])
    ledger.enter()

    rows = ledger.rows("s")
    first = next(rows)

    assert ledger._turning is not None
    with ledger._engine.connect() as other:
        asking = f"SELECT query FROM pg_stat_activity WHERE pid = {ledger._turning.info.backend_pid}"
        assert str(other.exec_driver_sql(asking).scalar()).startswith("FETCH")
    assert [first.key, *(row.key for row in rows)] == [str(n) for n in range(2500)]
    ledger.leave([])


def asked(ledger: SharedLedger, question: str) -> str:
    """What the connection answers on which turns are made."""
    connection = ledger._turning
    assert connection is not None
    found = connection.execute(question, {"edits": "[]"})
    return "\n".join(line for (line,) in found) if found.description else ""
