"""Writes what turns leave behind: those that came together, in one transaction."""

import threading

from emulator.core.ports import StoreError
from emulator.store.changes import Changes
from emulator.store.ledger import Ledger
from emulator.store.outage import Outage
from emulator.store.rows import edit, encoded


class Scribe:
    """One for all spaces of a database.

    Who waits first writes for all who wait: with one turn at a time no other thread has to wake.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._noting, self._writing = threading.Lock(), threading.Lock()
        self._noted: dict[str, Changes] = {}
        self._last = self._written = 0
        self._outage = Outage()

    def enter(self) -> None:
        """Before a turn: nobody else works with the database."""

    def settle(self) -> None:
        """Before a space is read: have written what was noted of one of that name. Raises StoreError."""
        self.leave()

    def note(self, space: str, changes: Changes) -> None:
        """Take over what a turn changed, as JSON: a value that has none is this turn's defect."""
        changes = encoded(changes)
        with self._noting:
            self._noted.setdefault(space, Changes()).follow(changes)
            self._last += 1

    def leave(self) -> None:
        """After a turn: return once all that it changed and saw is committed. Raises StoreError."""
        number = self._last
        if number <= self._written:
            return
        with self._writing:
            if number > self._written:
                self._write()

    def _write(self) -> None:
        with self._noting:
            noted, last, self._noted = self._noted, self._last, {}
        try:
            self._ledger.write([edit(space, changes) for space, changes in noted.items()])
        except BaseException as error:
            self._keep(noted)
            if isinstance(error, StoreError):
                self._outage.begin(error)
            raise
        self._written = last
        self._outage.end()

    def _keep(self, unwritten: dict[str, Changes]) -> None:
        """What could not be written is tried again with what comes next."""
        with self._noting:
            for space, later in self._noted.items():
                unwritten.setdefault(space, Changes()).follow(later)
            self._noted = unwritten
