"""The tables of a database, and which version of them it has."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy import update as update_

from emulator.core.ports import StoreError

VERSION = 2
"""The tables as this program knows them."""

Migration = Callable[[Connection], object]
"""Makes tables of a version those of the next one, within the transaction in which that is noted."""

MIGRATIONS: Mapping[int, Sequence[Migration]] = {
    0: (),  # the tables are the same: they only did not say their version
    1: (),  # likewise: only rows of spaces say more than an older smslab reads
}
"""By the version of the tables that are there."""

SETUP = 7_705_282
"""The advisory lock of the process that sees to the tables."""

METADATA = MetaData()

SCHEMA = Table("smslab_schema", METADATA, Column("version", Integer, nullable=False))
"""One row: which version the tables are of."""


def prepared(engine: Engine, tables: MetaData) -> None:
    """See to it that all tables are there, as this program knows them. Raises StoreError for newer ones."""
    with engine.begin() as connection:
        _be_alone(connection)
        before = _version(connection, tables)
        if before is not None and before > VERSION:
            raise StoreError(
                f"written by a newer smslab (schema {before}, this one knows {VERSION}):"
                " upgrade smslab, or give another --store"
            )
        for version in range(VERSION if before is None else before, VERSION):
            for migrate in MIGRATIONS[version]:
                migrate(connection)
        METADATA.create_all(connection)
        tables.create_all(connection)
        _note(connection, before)


def _be_alone(connection: Connection) -> None:
    """All that follows happens, or nothing: by itself SQLite would keep each new table at once."""
    if connection.dialect.name == "postgresql":  # several processes may begin at once
        connection.execute(select(func.pg_advisory_xact_lock(SETUP)))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(connection: Connection, tables: MetaData) -> int | None:
    """That of the tables that are there; None if there are none."""
    known = set(inspect(connection).get_table_names())
    if SCHEMA.name in known:
        return connection.scalar(select(SCHEMA.c.version))
    return 0 if known & tables.tables.keys() else None


def _note(connection: Connection, before: int | None) -> None:
    if before != VERSION:
        statement = update_(SCHEMA) if before else insert(SCHEMA)
        connection.execute(statement.values(version=VERSION))
