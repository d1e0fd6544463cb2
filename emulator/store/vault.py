"""Where the memories of all spaces come from: nowhere, or a database that outlives the process."""

from collections.abc import Callable, Sequence
from typing import Protocol

from emulator.store.durable import DurableStore
from emulator.store.ledger import Ledger, engine_at, plainly
from emulator.store.memory import MemoryStore
from emulator.store.scribe import Scribe
from emulator.store.shared import SharedLedger
from emulator.store.together import Together

MEMORY = "memory"
"""The address of no database."""


class Vault(Protocol):
    """The memories of all spaces."""

    def spaces(self) -> Sequence[str]:
        """The names of those that are known from before."""
        ...

    def store(self, space: str) -> MemoryStore: ...
    def follow(self, lost: Callable[[str], None], learnt: Callable[[], None]) -> None:
        """Begin to follow what other processes do.

        `lost` is told of a space that is not here any more or began afresh, `learnt` when others did
        something or this process came to lead.
        """
        ...

    def leads(self) -> bool:
        """Whether it is this process that makes due things happen."""
        ...

    def is_present(self, process: str) -> bool:
        """Whether another process that worked with these memories is still there."""
        ...

    def close(self) -> None: ...


class Fleeting:
    """Memories that end with the process."""

    def spaces(self) -> Sequence[str]:
        return ()

    def store(self, space: str) -> MemoryStore:
        return MemoryStore()

    def follow(self, lost: Callable[[str], None], learnt: Callable[[], None]) -> None:
        """There are no others."""

    def leads(self) -> bool:
        return True

    def is_present(self, process: str) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""


class Lasting:
    """Memories in a database of this process alone."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._scribe = ledger, Scribe(ledger)

    def spaces(self) -> Sequence[str]:
        return self._ledger.spaces()

    def store(self, space: str) -> MemoryStore:
        return DurableStore(space, self._ledger, self._scribe)

    def follow(self, lost: Callable[[str], None], learnt: Callable[[], None]) -> None:
        """There are no others."""

    def leads(self) -> bool:
        return True

    def is_present(self, process: str) -> bool:
        return False

    def close(self) -> None:
        self._ledger.close()


def opened(url: str) -> Vault:
    """The memories at an address. Raises LedgerError."""
    if url == MEMORY:
        return Fleeting()
    with plainly(url):
        engine = engine_at(url)
        if engine.dialect.name == "sqlite":
            return Lasting(Ledger(engine))
        return Together(SharedLedger(engine))
