"""A database on a disk that is full now and then."""

from collections.abc import Iterable

from emulator.core.ports import StoreError
from emulator.store.edits import Edit
from emulator.store.ledger import Ledger


class Fragile(Ledger):
    """A database that fails for as long as it is told to."""

    broken = False
    writes = 0

    def write(self, edits: Iterable[Edit]) -> None:
        self.writes += 1
        if self.broken:
            raise StoreError("no space left")
        super().write(edits)
