"""Tables say which version they are of: older ones are made new, newer ones are refused."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from emulator.core.ports import StoreError
from emulator.store import schema
from emulator.store.engines import engine_at
from emulator.store.ledger import METADATA, Ledger
from emulator.store.schema import prepared


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = engine_at(request.getfixturevalue(request.param))
    yield made
    made.dispose()


def done(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def version(engine: Engine) -> object:
    with engine.begin() as connection:
        return connection.scalar(text("SELECT version FROM smslab_schema"))


def test_an_empty_database_gets_the_tables_of_today(engine: Engine) -> None:
    prepared(engine, METADATA)

    assert version(engine) == schema.VERSION
    assert {"smslab_schema", "smslab_entries"} <= set(inspect(engine).get_table_names())


def test_tables_that_did_not_say_their_version_are_kept_and_say_it(engine: Engine) -> None:
    METADATA.create_all(engine)
    done(engine, "INSERT INTO smslab_entries (space, kind, key, body) VALUES ('s', 'contact', '[1]', '1')")

    prepared(engine, METADATA)

    assert version(engine) == schema.VERSION
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM smslab_entries")) == 1


def spelled(connection: Connection) -> None:
    """A step that looks at every row."""
    for kind in connection.scalars(text("SELECT kind FROM smslab_entries")).all():
        connection.execute(text("UPDATE smslab_entries SET new = :new"), {"new": kind.upper()})


def test_a_migration_that_does_not_come_to_its_end_leaves_everything_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE new (id INTEGER)"))
        raise KeyboardInterrupt

    METADATA.create_all(engine)
    monkeypatch.setattr(schema, "MIGRATIONS", {0: [interrupted]})

    with pytest.raises(KeyboardInterrupt):
        prepared(engine, METADATA)

    assert not {"new", "smslab_schema"} & {*inspect(engine).get_table_names()}


def test_older_tables_are_made_those_of_today_step_by_step(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", 1)
    prepared(engine, METADATA)
    steps = {
        1: [lambda connection: connection.execute(text("ALTER TABLE smslab_entries ADD COLUMN new TEXT"))],
        2: [spelled],
    }
    done(engine, "INSERT INTO smslab_entries (space, kind, key, body) VALUES ('s', 'contact', '[1]', '1')")
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setattr(schema, "MIGRATIONS", steps)

    prepared(engine, METADATA)
    prepared(engine, METADATA)  # the second time there is nothing to do

    assert version(engine) == 3
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT new FROM smslab_entries")) == "CONTACT"


def test_tables_of_a_newer_program_are_refused_with_what_to_do(engine: Engine) -> None:
    prepared(engine, METADATA)
    done(engine, "UPDATE smslab_schema SET version = 99")

    with pytest.raises(StoreError, match=r"newer smslab \(schema 99, this one knows 2\): upgrade smslab, or"):
        Ledger(engine)

    assert version(engine) == 99
