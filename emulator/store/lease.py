"""Being alone with a shared database: had by all turns of this process that come while it lasts."""

import threading
from collections.abc import Callable

from emulator.core.ports import StoreError
from emulator.store.changes import Changes
from emulator.store.edits import Edit
from emulator.store.outage import Outage
from emulator.store.rows import edit
from emulator.store.shared import Missed, SharedLedger


class Latch:
    """Shut until it is opened, and open from then on."""

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def open(self) -> None:
        self._lock.release()

    def wait(self) -> None:
        with self._lock:  # each lets the next one through: a crowd would wake to wait for the interpreter
            pass


class Term:
    """One time of being alone, and what its turns changed."""

    __slots__ = ("begun", "error", "later", "noted", "open", "over")

    def __init__(self) -> None:
        self.noted: dict[str, Changes] = {}
        self.later: list[Callable[[], None]] = []
        """What is to be done once all of them are committed."""
        self.open = 0
        """How many turns have not come to their end, those that wait for the beginning among them."""
        self.begun, self.over = Latch(), Latch()
        self.error: StoreError | None = None


class Mine(threading.local):
    """The term of this thread's turns, and how deep in them it is."""

    term: Term
    depth = 0


class Lease:
    """Like a scribe, for a database of several processes.

    The first turn begins a term for all others that come before its last turn ends, which ends it for all. As
    every thread waits for the end, a term has no more turns than there are threads. `learn` is told what
    others did before a term, `reload` that everything must be read anew.
    """

    def __init__(
        self,
        ledger: SharedLedger,
        learn: Callable[[Edit], None],
        reload: Callable[[], None],
        outage: Outage,
    ) -> None:
        self._ledger, self._learn, self._reload, self._outage = ledger, learn, reload, outage
        self._door, self._alone = threading.Lock(), threading.Lock()
        """The first is had for a moment, to come in or go out; the second from begin to end of a term."""
        self._mine = Mine()
        self._term: Term | None = None
        """The one that can be joined."""
        self._stale = False
        """Whether memory is ahead of the database, or somewhere else."""

    def enter(self) -> None:
        """Before a turn. Raises StoreError."""
        if not self._mine.depth:
            self._mine.term = self._joined()
        self._mine.depth += 1

    def settle(self) -> None:
        """Before a space is read: of terms before all is written, or undone."""

    def note(self, space: str, changes: Changes) -> None:
        """Take over what a turn changed."""
        self._mine.term.noted.setdefault(space, Changes()).follow(changes)

    def later(self, deed: Callable[[], None]) -> bool:
        """Do something once the turn is committed, or never; False for who is within none."""
        if self._mine.depth:
            self._mine.term.later.append(deed)
        return self._mine.depth > 0

    def leave(self) -> None:
        """After a turn: return once all that it changed and saw is committed. Raises StoreError."""
        self._mine.depth -= 1
        if self._mine.depth:
            return
        term = self._mine.term
        with self._door:
            term.open -= 1
            is_last = not term.open
            if is_last:
                self._term = None
        if is_last:
            self._close(term)
        term.over.wait()
        if term.error is not None:
            raise StoreError(str(term.error), undone=True)

    def _joined(self) -> Term:
        with self._door:
            is_first = self._term is None
            term = self._term = self._term or Term()
            term.open += 1
        if is_first:
            self._begin(term)
        term.begun.wait()
        if term.error is not None:
            raise StoreError(str(term.error), undone=True)
        return term

    def _begin(self, term: Term) -> None:
        """Be alone, and know what the others did."""
        self._alone.acquire()
        try:
            self._catch_up()
        except BaseException as error:
            with self._door:
                self._term = None
            self._fail(term, error)
            self._alone.release()
            if not isinstance(error, StoreError):
                raise
        finally:
            term.begun.open()

    def _catch_up(self) -> None:
        try:
            missed = self._ledger.enter()
        except Missed:
            missed, self._stale = [], True
        if self._stale:
            self._reload()
            self._stale = False
            return
        for one in missed:
            self._learn(one)

    def _close(self, term: Term) -> None:
        """Commit. Others learn of it before they go on."""
        try:
            self._ledger.leave([edit(space, changes) for space, changes in term.noted.items()])
            if term.noted:
                self._outage.end()
        except BaseException as error:
            self._fail(term, error)
            if not isinstance(error, StoreError):
                raise
        else:
            for deed in term.later:
                deed()
        finally:
            self._alone.release()
            term.over.open()

    def _fail(self, term: Term, error: BaseException) -> None:
        """Let others in, though this process does not know where the database is."""
        self._stale = True
        self._ledger.abandon()
        term.error = error if isinstance(error, StoreError) else StoreError(repr(error))
        if isinstance(error, StoreError):
            self._outage.begin(error)
