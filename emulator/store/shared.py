"""A database that several processes work with: one of them at a time, each knowing what the others did."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from emulator.store.ledger import Edit, Ledger, failing

MOST_KEPT = 10_000
"""Transactions that are remembered for processes that have not looked for a while."""

METADATA = MetaData()

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


class Missed(Exception):
    """What the others did is not remembered any more: everything has to be read anew."""


class SharedLedger(Ledger):
    """A database of several processes. One thread at a time is between `enter` and `leave`."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        METADATA.create_all(engine)
        self.me = ""
        """What others know this process by, once it is present."""
        self._seen = 0
        with engine.begin() as connection:
            connection.execute(
                insert(HEAD).from_select(["version"], select(func.coalesce(0)).where(~select(HEAD).exists()))
            )
        self._watching = engine.connect()
        self._present()

    def _present(self) -> None:
        """Be there, as far as others can see, until this connection ends."""
        pid = self._watching.scalar(select(func.pg_backend_pid()))
        began = self._watching.scalar(select(func.extract("epoch", func.clock_timestamp())))
        self.me = f"{pid}-{began}"
        self._watching.execute(select(func.pg_advisory_lock(_presence(self.me))))
        self._watching.commit()

    def is_present(self, process: str) -> bool:
        """Whether a process is still there."""
        with failing():
            gone = self._watching.scalar(select(func.pg_try_advisory_lock(_presence(process))))
            if gone:
                self._watching.execute(select(func.pg_advisory_unlock(_presence(process))))
            self._watching.commit()
            return not gone

    def close(self) -> None:
        self._watching.close()
        super().close()

    def enter(self) -> list[Edit]:
        """Wait to be alone with the database; what others changed meanwhile. Raises Missed, LedgerError."""
        with failing():
            self._connection.begin()
            head = self._connection.scalar(select(HEAD.c.version).with_for_update())
            assert head is not None  # it was put there when the tables were made
            return list(self._missed(int(head)))

    def leave(self, edits: Sequence[Edit]) -> None:
        """Commit these and let others in. Raises LedgerError; nothing of it has happened then."""
        with failing():
            try:
                if edits:
                    self._store(edits)
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def leads(self) -> bool:
        """Whether it is this process that makes due things happen; one does, until its connection ends."""
        try:
            led = bool(self._watching.scalar(select(func.pg_try_advisory_lock(DRIVER))))
            self._watching.commit()
        except SQLAlchemyError:
            self._watching.rollback()
            return False
        return led

    def is_behind(self) -> bool:
        """Whether others changed anything since this process was last alone with the database."""
        with failing():
            version = self._watching.scalar(select(HEAD.c.version))
            self._watching.commit()
            return version != self._seen

    def _write(self, edit: Edit) -> None:
        if edit.cleared:
            super()._write(edit)
        else:
            self._connection.execute(_WRITE, _columns(edit))

    def _missed(self, head: int) -> Iterator[Edit]:
        if head == self._seen:
            return
        later = select(LOG).where(LOG.c.version > self._seen).order_by(LOG.c.version)
        rows = self._connection.execute(later).all()
        if len(rows) < head - self._seen:
            self._seen = head
            raise Missed
        self._seen = head
        for _, author, edits in rows:
            if author != self.me:
                yield from _edits.decode(edits)

    def _store(self, edits: Sequence[Edit]) -> None:
        *earlier, last = (part for edit in edits for part in _parts(edit))
        for one in earlier:
            self._write(one)
        self._seen += 1
        written = msgspec.json.encode(edits).decode()
        logged = {"version": self._seen, "author": self.me, "edits": written}
        self._connection.execute(_STORE, {**_columns(last), **logged})
        if self._seen % 1000 == 0:
            self._connection.execute(delete(LOG).where(LOG.c.version <= self._seen - MOST_KEPT))


def _parts(edit: Edit) -> Iterator[Edit]:
    """The edit as edits in each of which nothing goes and comes."""
    if edit.cleared:
        yield Edit(space=edit.space, cleared=edit.cleared, gone=(), come=())
    if not {(row.kind, row.key) for row in edit.come}.isdisjoint(edit.gone):
        yield Edit(space=edit.space, cleared=(), gone=edit.gone, come=())
        yield Edit(space=edit.space, cleared=(), gone=(), come=edit.come)
    else:
        yield Edit(space=edit.space, cleared=(), gone=edit.gone, come=edit.come)


def _columns(edit: Edit) -> Mapping[str, object]:
    return {
        "space": edit.space,
        "gone_kinds": [kind for kind, _ in edit.gone],
        "gone_keys": [key for _, key in edit.gone],
        "kinds": [row.kind for row in edit.come],
        "keys": [row.key for row in edit.come],
        "bodies": [row.body for row in edit.come],
    }


def _presence(process: str) -> int:
    """The advisory lock that a process has for as long as it is there."""
    return int.from_bytes(blake2b(process.encode(), digest_size=7).digest(), "big")


# rows as columns: one statement, however many there are
_GONE_AND_COME = """
WITH gone AS (
    DELETE FROM smslab_entries AS old
    USING unnest(CAST(:gone_kinds AS text[]), CAST(:gone_keys AS text[])) AS row (kind, key)
    WHERE old.space = :space AND old.kind = row.kind AND old.key = row.key
), come AS (
    INSERT INTO smslab_entries (space, kind, key, body)
    SELECT :space, kind, key, body
    FROM unnest(CAST(:kinds AS text[]), CAST(:keys AS text[]), CAST(:bodies AS text[]))
        AS row (kind, key, body)
    ON CONFLICT (space, kind, key) DO UPDATE SET body = excluded.body
)"""
_WRITE = text(f"{_GONE_AND_COME} SELECT 1")
_STORE = text(
    f"{_GONE_AND_COME}, logged AS (INSERT INTO smslab_log VALUES (:version, :author, :edits))"
    " UPDATE smslab_head SET version = :version"
)
_edits = msgspec.json.Decoder(list[Edit])
