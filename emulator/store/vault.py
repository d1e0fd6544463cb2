"""Where the memories of all spaces come from: nowhere, or a database that outlives the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from emulator.store.durable import DurableStore
from emulator.store.ledger import Ledger
from emulator.store.memory import MemoryStore
from emulator.store.scribe import Scribe
from emulator.store.standing import Standing

MEMORY = "memory"
"""The address of no database."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a space, and what else is known of it from before: nothing without a `standing`.

    `named` are its snapshots, as archives.
    """

    store: MemoryStore
    standing: Standing | None = None
    named: Mapping[str, bytes] = field(default_factory=dict)


class Vault(Protocol):
    """The memories of all spaces."""

    def spaces(self) -> Sequence[str]:
        """The names of those that are known from before."""
        ...

    def memory(self, space: str) -> Memory: ...
    def forget(self, space: str) -> None:
        """Let go of everything that is known of a space."""
        ...

    def close(self) -> None: ...


class Fleeting:
    """Memories that end with the process."""

    def spaces(self) -> Sequence[str]:
        return ()

    def memory(self, space: str) -> Memory:
        return Memory(MemoryStore())

    def forget(self, space: str) -> None:
        """Nothing is known of any."""

    def close(self) -> None:
        """Nothing is open."""


class Lasting:
    """Memories on a database."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._scribe = ledger, Scribe(ledger)
        self._stores = dict[str, DurableStore]()

    def spaces(self) -> Sequence[str]:
        return self._ledger.spaces()

    def memory(self, space: str) -> Memory:
        store = DurableStore(space, self._ledger, self._scribe)
        recalled = store.recall()
        self._stores[space] = store
        return Memory(store, recalled.standing, recalled.named)

    def forget(self, space: str) -> None:
        if store := self._stores.pop(space, None):
            store.part()
        self._scribe.forget(space)

    def close(self) -> None:
        self._ledger.close()


def opened(url: str) -> Vault:
    """The memories at an address. Raises LedgerError."""
    return Fleeting() if url == MEMORY else Lasting(Ledger.open(url))
