"""The memories of spaces that several processes have in common."""

import logging
import threading
from collections.abc import Callable, Sequence

from emulator.store import rows
from emulator.store.joint import JointStore
from emulator.store.lease import Lease
from emulator.store.ledger import Edit, LedgerError
from emulator.store.memory import MemoryStore
from emulator.store.shared import SharedLedger

PAUSE = 0.05
"""Seconds between two looks at what others did, where nobody asks."""

log = logging.getLogger("smslab")


class Together:
    """Memories in a database of several processes."""

    def __init__(self, ledger: SharedLedger) -> None:
        self._ledger = ledger
        self._lease = Lease(ledger, self._learn, self._reload)
        self._stores = dict[str, JointStore]()
        self._leads = self._learnt = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True, name="smslab-follower")
        self._lost: Callable[[str], None] = lambda space: None
        self._told: Callable[[], None] = lambda: None

    def follow(self, lost: Callable[[str], None], learnt: Callable[[], None]) -> None:
        self._lost, self._told = lost, learnt
        self._look()  # who is alone leads from the beginning
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(2)
        self._ledger.close()

    def spaces(self) -> Sequence[str]:
        return self._ledger.spaces()

    def store(self, space: str) -> MemoryStore:
        return JointStore(space, self._ledger, self._lease, join=self._join, quit=self._quit)

    def leads(self) -> bool:
        return self._leads

    def _join(self, store: JointStore) -> None:
        self._stores[store.space] = store

    def _quit(self, store: JointStore) -> None:
        if self._stores.get(store.space) is store:
            del self._stores[store.space]

    def _learn(self, edit: Edit) -> None:
        self._learnt = True
        if rows.STANDING in edit.cleared:
            self._stores.pop(edit.space, None)
            self._lost(edit.space)
        elif edit.space in self._stores:
            self._stores[edit.space].learn(edit)

    def _reload(self) -> None:
        self._learnt = True
        for store in self._stores.values():
            store.reload()

    def _follow(self) -> None:
        while not self._closing.wait(PAUSE):
            try:
                self._look()
            except LedgerError as error:
                self._leads = False
                log.error("%s", error)

    def _look(self) -> None:
        if not self._leads:
            self._leads = self._learnt = self._ledger.leads()
        if self._ledger.is_behind():
            self._lease.enter()
            self._lease.leave()
        if self._learnt:
            self._learnt = False
            self._told()

    def is_present(self, process: str) -> bool:
        return self._ledger.is_present(process)
