"""What is written down of spaces: rows by space, kind and key, in one table of a SQL database."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    create_engine,
    delete,
    event,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

DIALECTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
DRIVERS = {"postgresql": "postgresql+psycopg"}

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


class LedgerError(Exception):
    """A database that cannot be had, or not be used; one line that says what to do."""


class Row(NamedTuple):
    """A row as it stands there."""

    kind: str
    key: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is to become of the rows of a space: kinds that go, then rows that go, then rows that come.

    A row that goes and comes stands behind all others of its kind from then on.
    """

    space: str
    cleared: Collection[str]
    gone: Sequence[tuple[str, str]]
    come: Sequence[Row]


class Ledger:
    """A database. Each `write` is a transaction; one thread at a time writes."""

    def __init__(self, engine: Engine) -> None:
        METADATA.create_all(engine)
        self._engine = engine
        self._connection = engine.connect()
        made: Any = DIALECTS[engine.dialect.name](ENTRIES)
        self._put = made.on_conflict_do_update(
            index_elements=["space", "kind", "key"], set_={"body": made.excluded.body}
        )

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def spaces(self) -> list[str]:
        """The names of the spaces of which anything is known."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(ENTRIES.c.space).distinct()))

    def rows(self, space: str) -> Iterator[Row]:
        """Everything that is known of a space, in the order in which it was first put there."""
        columns = select(ENTRIES.c.kind, ENTRIES.c.key, ENTRIES.c.body)
        asked = columns.where(ENTRIES.c.space == space).order_by(ENTRIES.c.place)
        with self._engine.connect() as connection:
            for row in connection.execute(asked.execution_options(yield_per=1000)):
                yield Row(*row)

    def write(self, edits: Iterable[Edit]) -> None:
        """Make all of them, or none. Raises LedgerError."""
        with failing(), self._connection.begin():
            for edit in edits:
                self._write(edit)

    def _write(self, edit: Edit) -> None:
        space = edit.space
        if edit.cleared:
            kinds = ENTRIES.c.kind.in_(edit.cleared)
            self._connection.execute(delete(ENTRIES).where(ENTRIES.c.space == space, kinds))
        if edit.gone:
            gone = [{"s": space, "k": kind, "n": key} for kind, key in edit.gone]
            self._connection.execute(_DROP, gone)
        if edit.come:
            come = [{"space": space, "kind": kind, "key": key, "body": body} for kind, key, body in edit.come]
            self._connection.execute(self._put, come)


_DROP = delete(ENTRIES).where(
    and_(ENTRIES.c.space == bindparam("s"), ENTRIES.c.kind == bindparam("k"), ENTRIES.c.key == bindparam("n"))
)


@contextmanager
def failing() -> Iterator[None]:
    """What the database objects to becomes one line."""
    try:
        yield
    except SQLAlchemyError as error:
        raise LedgerError(f"the store does not work: {_reason(error)}") from None


@contextmanager
def plainly(url: str) -> Iterator[None]:
    """Everything foreseen becomes one line."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError):
        raise LedgerError(
            f"--store {url}: write memory, sqlite:///FILE or postgresql://USER@HOST/DATABASE"
        ) from None
    except SQLAlchemyError as error:
        raise LedgerError(f"--store {_engine_name(url)}: {_reason(error)}") from None


def engine_at(url: str) -> Engine:
    """The database at `url`. For use within `plainly`."""
    read = make_url(url)
    if read.drivername not in DIALECTS:
        raise ArgumentError
    read = read.set(drivername=DRIVERS.get(read.drivername, read.drivername))
    if read.get_backend_name() == "postgresql":
        read = read.update_query_dict({"options": "-c synchronous_commit=off"})
    engine = create_engine(read)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _obliging)
    return engine


def _obliging(connection: Any, _record: object) -> None:
    """What is committed outlives the process, and readers do not wait for it."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 5000")


def _engine_name(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
