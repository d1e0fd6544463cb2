"""What is written down of spaces: rows by space, kind and key, in one table of a SQL database."""

import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from emulator.core.ports import StoreError
from emulator.store.edits import Edit, Row
from emulator.store.schema import prepared

METADATA = MetaData()

ENTRIES = Table(
    "smslab_entries",
    METADATA,
    # rows of a kind come back in the order in which they were first put there
    Column("place", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("space", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("space", "kind", "key"),
)

_ADDED = insert(ENTRIES)
_PUT = _ADDED.on_conflict_do_update(
    index_elements=["space", "kind", "key"], set_={"body": _ADDED.excluded.body}
)
_DROP = delete(ENTRIES).where(
    and_(ENTRIES.c.space == bindparam("s"), ENTRIES.c.kind == bindparam("k"), ENTRIES.c.key == bindparam("n"))
)


class Ledger:
    """A database of this process alone: it has one connection, which one thread at a time works with.

    Whatever cannot be done raises StoreError.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with failing():
            prepared(engine, METADATA)
            self._connection = engine.connect()
        self._busy = threading.Lock()

    def close(self) -> None:
        with self._busy:
            self._connection.close()
            self._engine.dispose()

    def spaces(self) -> list[str]:
        """The names of the spaces of which anything is known."""
        with self._alone() as connection:
            return spaces(connection)

    def rows(self, space: str) -> Generator[Row, None, None]:
        """Everything that is known of a space, in the order in which it was first put there.

        Nobody else has the database until it is read to its end, or closed.
        """
        columns = select(ENTRIES.c.kind, ENTRIES.c.key, ENTRIES.c.body)
        asked = columns.where(ENTRIES.c.space == space).order_by(ENTRIES.c.place)
        with self._alone() as connection:
            for row in connection.execute(asked.execution_options(yield_per=1000)):
                yield Row(*row)

    def write(self, edits: Iterable[Edit]) -> None:
        """Make all of them, or none."""
        with self._alone() as connection:
            for edit in edits:
                _write(connection, edit)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        with self._busy, failing(), self._connection.begin():
            yield self._connection


def spaces(connection: Connection) -> list[str]:
    """The names of the spaces of which anything is known."""
    return list(connection.scalars(select(ENTRIES.c.space).distinct()))


def _write(connection: Connection, edit: Edit) -> None:
    space = edit.space
    if edit.cleared:
        kinds = ENTRIES.c.kind.in_(edit.cleared)
        connection.execute(delete(ENTRIES).where(ENTRIES.c.space == space, kinds))
    if edit.gone:
        connection.execute(_DROP, [{"s": space, "k": kind, "n": key} for kind, key in edit.gone])
    if edit.come:
        come = [{"space": space, "kind": kind, "key": key, "body": body} for kind, key, body in edit.come]
        connection.execute(_PUT, come)


@contextmanager
def failing() -> Iterator[None]:
    """What the database objects to becomes one line."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(reason(error)) from None


def reason(error: Exception) -> str:
    """The first line of what a database says."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
