"""Being alone with a shared database: had by all turns of this process that come while it lasts."""

import threading
from collections.abc import Callable

from emulator.store.changes import Changes
from emulator.store.ledger import Edit, LedgerError
from emulator.store.rows import edit
from emulator.store.shared import Missed, SharedLedger


class Lease:
    """Like a scribe, for a database of several processes.

    The first turn has it for all others that begin before it ends; who waits first ends it for all. `learn`
    is told what others did before a turn begins, `reload` that everything must be read anew.
    """

    def __init__(
        self, ledger: SharedLedger, learn: Callable[[Edit], None], reload: Callable[[], None]
    ) -> None:
        self._ledger, self._learn, self._reload = ledger, learn, reload
        self._changed, self._ending = threading.Condition(), threading.Lock()
        self._noted: dict[str, Changes] = {}
        self._forgotten = list[str]()
        self._mine = threading.local()
        self._open = 0
        self._had = self._is_ending = self._stale = False
        self._number = self._ended = 0
        self._failed: dict[int, LedgerError] = {}

    def enter(self) -> None:
        """Before a turn. Raises LedgerError."""
        depth = getattr(self._mine, "depth", 0)
        if not depth:
            with self._changed:
                self._changed.wait_for(lambda: not self._is_ending)
                if not self._had:
                    self._have()
                self._open += 1
        self._mine.depth = depth + 1

    def note(self, space: str, changes: Changes) -> None:
        """Take over what a turn changed."""
        self._noted.setdefault(space, Changes()).follow(changes)

    def leave(self) -> None:
        """After a turn: return once all that it changed and saw is committed. Raises LedgerError."""
        self._mine.depth -= 1
        if self._mine.depth:
            return
        with self._changed:
            self._open -= 1
            number = self._number
            self._changed.notify_all()
        with self._ending:
            if self._ended < number:
                self._end(number)
        if number in self._failed:
            raise self._failed[number]

    def _have(self) -> None:
        try:
            missed = self._ledger.enter()
            if self._stale:
                raise Missed
        except Missed:
            self._reload()
            missed, self._stale = [], False
        for one in missed:
            self._learn(one)
        self._had = True
        self._number += 1

    def _end(self, number: int) -> None:
        with self._changed:
            self._is_ending = True
            self._changed.wait_for(lambda: not self._open)
        noted, self._noted = self._noted, {}
        try:
            self._ledger.leave([edit(space, changes) for space, changes in noted.items()])
        except LedgerError as error:
            self._failed = {number: error}  # memory is ahead of what was kept
            self._stale = True
        with self._changed:
            self._had = self._is_ending = False
            self._ended = number
            self._changed.notify_all()
