"""Being alone with a shared database: had by all turns of this process that come while it lasts."""

import threading
from collections.abc import Callable

from emulator.core.ports import StoreError
from emulator.store.changes import Changes
from emulator.store.edits import Edit
from emulator.store.outage import Outage
from emulator.store.rows import edit
from emulator.store.shared import Missed, SharedLedger


class Term:
    """One time of being alone, and what its turns changed."""

    __slots__ = ("error", "is_ending", "is_over", "noted", "open")

    def __init__(self) -> None:
        self.noted: dict[str, Changes] = {}
        self.open = 0
        """How many turns have not come to their end."""
        self.is_ending = self.is_over = False
        self.error: StoreError | None = None


class Mine(threading.local):
    """The term of this thread's turns, and how deep in them it is."""

    term: Term
    depth = 0


class Lease:
    """Like a scribe, for a database of several processes.

    The first turn begins a term for all others that begin before it ends; who ends first ends the term for
    all. `learn` is told what others did before a term, `reload` that everything must be read anew.
    """

    def __init__(
        self,
        ledger: SharedLedger,
        learn: Callable[[Edit], None],
        reload: Callable[[], None],
        outage: Outage,
    ) -> None:
        self._ledger, self._learn, self._reload, self._outage = ledger, learn, reload, outage
        self._changed = threading.Condition()
        self._mine = Mine()
        self._term: Term | None = None
        self._stale = False
        """Whether memory is ahead of the database, or somewhere else."""

    def enter(self) -> None:
        """Before a turn. Raises StoreError."""
        if not self._mine.depth:
            with self._changed:
                self._changed.wait_for(lambda: self._term is None or not self._term.is_ending)
                if self._term is None:
                    self._begin()
                    self._term = Term()
                self._term.open += 1
                self._mine.term = self._term
        self._mine.depth += 1

    def note(self, space: str, changes: Changes) -> None:
        """Take over what a turn changed."""
        self._mine.term.noted.setdefault(space, Changes()).follow(changes)

    def leave(self) -> None:
        """After a turn: return once all that it changed and saw is committed. Raises StoreError."""
        self._mine.depth -= 1
        if self._mine.depth:
            return
        term = self._mine.term
        with self._changed:
            term.open -= 1
            if not term.is_ending:
                self._close(term)
            elif not term.open:
                self._changed.notify_all()
            self._changed.wait_for(lambda: term.is_over)
        if term.error is not None:
            raise StoreError(str(term.error), undone=True)

    def _begin(self) -> None:
        """Be alone, and know what the others did."""
        try:
            self._catch_up()
        except BaseException as error:
            self._give_up(error)
            raise

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
        """Let nobody in any more, and commit once everybody is done. Others learn of it before they go on."""
        term.is_ending = True
        self._changed.wait_for(lambda: not term.open)
        try:
            self._ledger.leave([edit(space, changes) for space, changes in term.noted.items()])
            if term.noted:
                self._outage.end()
        except BaseException as error:
            self._give_up(error)
            term.error = error if isinstance(error, StoreError) else StoreError(repr(error))
            if not isinstance(error, StoreError):
                raise
        finally:
            self._term, term.is_over = None, True
            self._changed.notify_all()

    def _give_up(self, error: BaseException) -> None:
        """Let others in, though this process does not know where the database is."""
        self._stale = True
        self._ledger.abandon()
        if isinstance(error, StoreError):
            self._outage.begin(error)
