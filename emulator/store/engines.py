"""Databases by their addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from emulator.core.ports import StoreError
from emulator.store.ledger import reason
from emulator.store.vault import POSTGRES, POSTGRESQL, SQLITE, WANTED, shown

DRIVER = "postgresql+psycopg"

OPTIONS = (
    "-c synchronous_commit=off -c idle_in_transaction_session_timeout=60s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)
"""The second is for a process that hangs while it is alone: the others get on after a minute. The rest is for
one whose host or network is gone without a word: the server knows after eleven seconds."""

ALIVE = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""What this process needs to know as soon that the server is gone without a word."""

ADVICE = {
    "database is locked": "another smslab has it: end that, give another file, or postgresql:// for several",
    "unable to open database file": "no such directory, or no right to write there",
    "attempt to write a readonly database": "the file or its directory may not be written to",
    "file is not a database": "that is no database: give a file that is, or is not there yet",
}
"""What SQLite says, and what that means to who gave the address."""


def engine_at(url: str) -> Engine:
    """The database at `url`. For use within `plainly`."""
    read = make_url(url)
    if read.drivername in (POSTGRESQL, POSTGRES):
        return _postgresql(read)
    if read.drivername == SQLITE and read.database not in (None, "", ":memory:") and not read.query:
        return _sqlite(read)
    raise ArgumentError


@contextmanager
def plainly(url: str) -> Iterator[None]:
    """Everything foreseen becomes one line that says what to do."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError, ValueError):  # the last for a port that is no number
        raise StoreError(f"--store {shown(url)}: {WANTED}") from None
    except (SQLAlchemyError, StoreError) as error:
        raise StoreError(f"--store {shown(url)}: {_advice(reason(error))}") from None


def _sqlite(url: URL) -> Engine:
    # one connection for all: the file is ours alone, also against ourselves
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": 0})
    event.listen(engine, "connect", _alone)
    return engine


def _alone(connection: Any, _record: object) -> None:
    """Nobody else has the file meanwhile; what is committed outlives the process."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def _postgresql(url: URL) -> Engine:
    """What is committed outlives the process, and the server has a moment to put it on the disk."""
    given = url.query.get("options", ())
    theirs = [given] if isinstance(given, str) else given
    options = {"options": " ".join((OPTIONS, *theirs))}
    return create_engine(
        url.set(drivername=DRIVER, query={**ALIVE, **url.query, **options}), poolclass=NullPool
    )


def _advice(reason: str) -> str:
    return ADVICE.get(reason, reason)
