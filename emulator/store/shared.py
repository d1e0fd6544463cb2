"""A database that several processes work with: one of them at a time, each knowing what the others did."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import Any

import msgspec
import psycopg
from sqlalchemy import BigInteger, Column, Engine, MetaData, Table, Text, func, insert, select

from emulator.core.ports import StoreError
from emulator.store.edits import Edit, Row
from emulator.store.ledger import ENTRIES, failing, reason, spaces
from emulator.store.schema import SETUP, prepared
from emulator.store.statements import BEGIN, CLEAR, LOCK, MISSED, NOTE, PLANNING, ROWS, STORE, WRITE

MOST_KEPT = 10_000
"""Transactions that are remembered for processes that have not looked for a while."""

BULKY = 2**25
"""Octets of a transaction from which it is made in steps: jsonb, which takes a third less of the server, has
an end at eight times as much."""

METADATA = MetaData()
ENTRIES.to_metadata(METADATA)

HEAD = Table("smslab_head", METADATA, Column("version", BigInteger, nullable=False))
"""One row: how many transactions there were. Who has it locked is alone with the database."""

LOG = Table(
    "smslab_log",
    METADATA,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("edits", Text, nullable=False),
)

DRIVER = 7_705_283
"""The advisory lock of the process that makes due things happen."""

Driven = psycopg.Connection[tuple[Any, ...]]
"""A connection without SQLAlchemy, which would cost a turn more than the database does."""


class Missed(Exception):
    """What the others did is not remembered any more: everything has to be read anew."""


class SharedLedger:
    """A database of several processes. One thread at a time is between `enter` and `leave`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.me = ""
        """What others know this process by."""
        self._seen = 0
        self._turning: Driven | None = None
        self._watching: Driven | None = None
        with failing():
            prepared(engine, METADATA)
        with failing(), engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(SETUP)))
            connection.execute(
                insert(HEAD).from_select(["version"], select(func.coalesce(0)).where(~select(HEAD).exists()))
            )
        self.attend()

    def close(self) -> None:
        for connection in (self._turning, self._watching):
            if connection is not None:
                connection.close()
        self._engine.dispose()

    def spaces(self) -> list[str]:
        """The names of the spaces of which anything is known."""
        with failing(), self._engine.connect() as connection:
            return spaces(connection)

    # Turns

    def enter(self) -> list[Edit]:
        """Wait to be alone with the database; what others changed meanwhile. Raises Missed, StoreError."""
        with _working():
            if self._turning is None:
                self._turning = self._connected()
            # without parameters they go together, and each of them sees what was committed before it began
            cursor = self._turning.execute(f"{BEGIN}; {LOCK}; {MISSED.format(self._seen)}")
            cursor.nextset()
            head = _only(cursor)
            cursor.nextset()
            return list(self._missed(head, cursor.fetchall()))

    def rows(self, space: str) -> Generator[Row, None, None]:
        """Everything that is known of a space, in the order in which it was first put there.

        It comes by the connection of the turn, which the server would end if that had nothing to do for long.
        """
        assert self._turning is not None  # between an enter and its leave
        with _working(), self._turning.cursor("written") as cursor:
            cursor.itersize = 1000
            cursor.execute(ROWS, [space])
            for row in cursor:
                yield Row(*row)

    def leave(self, edits: Sequence[Edit]) -> None:
        """Commit these and let others in. Raises StoreError: who does not hear of it abandons."""
        assert self._turning is not None  # between an enter and its leave
        with _working():
            if not edits:
                self._turning.execute("COMMIT")
                return
            with self._turning.pipeline():
                self._store(self._turning, edits)
                self._turning.execute("COMMIT")

    def abandon(self) -> None:
        """Let others in, whatever this process was doing."""
        turning, self._turning = self._turning, None
        if turning is not None:
            with suppress(psycopg.Error):
                turning.close()

    # Between turns, by one thread

    def attend(self) -> None:
        """Be there, as far as others can see, for as long as this connection lasts. Raises StoreError."""
        if self._watching is None:
            with _working():
                watching = self._connected()
                if not self.me:
                    asked = "SELECT concat(pg_backend_pid(), '-', extract(epoch FROM clock_timestamp()))"
                    self.me = _only(watching.execute(asked))
                if not _only(watching.execute("SELECT pg_try_advisory_lock(%s)", [_presence(self.me)])):
                    watching.close()
                    raise StoreError("the server has not noticed yet that a connection ended", undone=True)
                self._watching = watching

    def is_present(self, process: str) -> bool:
        """Whether a process is there. Raises StoreError."""
        gone = self._ask("SELECT pg_try_advisory_lock(%s)", _presence(process))
        if gone:
            self._ask("SELECT pg_advisory_unlock(%s)", _presence(process))
        return not gone

    def leads(self) -> bool:
        """Come to be the one that makes due things happen, unless another is, until its connection ends."""
        return bool(self._ask("SELECT pg_try_advisory_lock(%s)", DRIVER))

    def is_behind(self) -> bool:
        """Whether others changed anything since this process was last alone with the database."""
        return bool(self._ask("SELECT version FROM smslab_head") != self._seen)

    def _ask(self, question: str, *given: object) -> Any:
        """What the watching connection answers; after a failure it is another one."""
        self.attend()
        assert self._watching is not None  # it attends
        try:
            with _working():
                return _only(self._watching.execute(question, given))
        except StoreError:
            self._watching.close()
            self._watching = None
            raise

    # How it is done

    def _connected(self) -> Driven:
        with failing():
            lent = self._engine.raw_connection()
        connection: Any = lent.driver_connection
        lent.detach()
        connection.autocommit = True
        with _working():
            connection.execute(PLANNING)
        return connection  # type: ignore[no-any-return]

    def _missed(self, head: int, logged: Sequence[tuple[str, str]]) -> Iterator[Edit]:
        missed, self._seen = head - self._seen, head
        if len(logged) < missed:
            raise Missed
        for author, edits in logged:
            if author != self.me:
                yield from _edits.decode(edits)

    def _store(self, connection: Driven, edits: Sequence[Edit]) -> None:
        self._seen += 1
        said = _encoded(edits)
        logged = {"version": self._seen, "author": self.me, "edits": said}
        if len(said) < BULKY and all(_is_plain(edit) for edit in edits):
            connection.execute(STORE, logged)
        else:
            for edit in edits:
                self._write_in_steps(connection, edit)
            connection.execute(NOTE, logged)
        if self._seen % 1000 == 0:
            connection.execute("DELETE FROM smslab_log WHERE version <= %s", [self._seen - MOST_KEPT])

    def _write_in_steps(self, connection: Driven, edit: Edit) -> None:
        connection.execute(CLEAR, {"space": edit.space, "kinds": [*edit.cleared]})
        gone = Edit(space=edit.space, cleared=(), gone=edit.gone, come=())
        come = Edit(space=edit.space, cleared=(), gone=(), come=edit.come)
        for step in (gone, come):
            connection.execute(WRITE, {"edits": _encoded([step])})


@contextmanager
def _working() -> Iterator[None]:
    """What the driver objects to becomes one line."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(reason(error), undone=True) from None


def _only(cursor: psycopg.Cursor[tuple[Any, ...]]) -> Any:
    """The one value that was asked for."""
    row = cursor.fetchone()
    assert row is not None  # every question has an answer
    return row[0]


def _is_plain(edit: Edit) -> bool:
    """Whether nothing goes of what comes, so that one statement does it all."""
    return not edit.cleared and {(row.kind, row.key) for row in edit.come}.isdisjoint(edit.gone)


def _encoded(edits: Sequence[Edit]) -> str:
    return msgspec.json.encode(edits).decode()


def _presence(process: str) -> int:
    """The advisory lock that a process has for as long as it is there."""
    return int.from_bytes(blake2b(process.encode(), digest_size=7).digest(), "big")


_edits = msgspec.json.Decoder(list[Edit])
