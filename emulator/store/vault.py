"""Where the memories of all spaces come from: nowhere, or a database that outlives the process."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from emulator.core.ports import StoreError
from emulator.store.memory import MemoryStore

if TYPE_CHECKING:
    from emulator.store.ledger import Ledger

MEMORY = "memory"
"""The address of no database."""

SQLITE, POSTGRESQL, POSTGRES = "sqlite", "postgresql", "postgres"
"""Schemes of databases; the last two are the same."""

EMPTY = "''"

WANTED = "write memory, sqlite:///FILE or postgresql://USER@HOST/DATABASE"

IsDead = Callable[[str], bool]
"""Whether a process is no more, by what it was known as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who is told what other processes do, and when it is this process that makes due things happen.

    `lost` is told, within a turn, of a space that is not here any more or began afresh; `learnt` that others
    did something, and which spaces they began; `led` that this process leads from now on. `bury` is to take
    over what dead processes had in hand.
    """

    lost: Callable[[str], None] = lambda space: None
    learnt: Callable[[Collection[str]], None] = lambda spaces: None
    led: Callable[[], None] = lambda: None
    bury: Callable[[IsDead], None] = lambda is_dead: None


class Vault(Protocol):
    """The memories of all spaces."""

    def spaces(self) -> Sequence[str]:
        """The names of those that are known from before."""
        ...

    def store(self, space: str) -> MemoryStore: ...
    def follow(self, company: Company) -> None:
        """Begin to tell what other processes do."""
        ...

    def leads(self) -> bool:
        """Whether it is this process that makes due things happen."""
        ...

    def close(self) -> None: ...


class Fleeting:
    """Memories that end with the process."""

    def spaces(self) -> Sequence[str]:
        return ()

    def store(self, space: str) -> MemoryStore:
        return MemoryStore()

    def follow(self, company: Company) -> None:
        """There are no others."""

    def leads(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


class Lasting:
    """Memories in a database of this process alone."""

    def __init__(self, ledger: "Ledger") -> None:
        from emulator.store.scribe import Scribe

        self._ledger, self._scribe = ledger, Scribe(ledger)

    def spaces(self) -> Sequence[str]:
        return self._ledger.spaces()

    def store(self, space: str) -> MemoryStore:
        from emulator.store.durable import DurableStore

        return DurableStore(space, self._ledger, self._scribe)

    def follow(self, company: Company) -> None:
        """There are no others."""
        company.led()

    def leads(self) -> bool:
        return True

    def close(self) -> None:
        self._ledger.close()


def opened(url: str) -> Vault:
    """The memories at an address. Raises StoreError."""
    if url == MEMORY:
        return Fleeting()
    if url.partition(":")[0] not in (SQLITE, POSTGRESQL, POSTGRES):
        raise StoreError(f"--store {shown(url) or EMPTY}: {WANTED}")
    try:
        return _lasting(url)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"--store {url.partition(':')[0]}: no {error.name}: pip install 'smslab[store]'"
        ) from None


def shown(url: str) -> str:
    """The address without what may be a password."""
    return re.sub(r"(?<=//)([^:/@]*):.*@", r"\1:***@", url).partition("?")[0]


def _lasting(url: str) -> Vault:
    from emulator.store.engines import engine_at, plainly
    from emulator.store.ledger import Ledger

    with plainly(url):
        engine = engine_at(url)
        if engine.dialect.name == "sqlite":
            return Lasting(Ledger(engine))

        from emulator.store.shared import SharedLedger
        from emulator.store.together import Together

        return Together(SharedLedger(engine))
