"""The memories of spaces that several processes have in common."""

import logging
import threading
from collections.abc import Sequence
from itertools import count

from emulator.core.ports import StoreError
from emulator.store import rows
from emulator.store.edits import Edit
from emulator.store.joint import JointStore
from emulator.store.lease import Lease
from emulator.store.memory import MemoryStore
from emulator.store.outage import Outage
from emulator.store.shared import SharedLedger
from emulator.store.vault import Company

PAUSE = 0.05
"""Seconds between two looks at what others did, where nobody asks."""

PATIENCE = 20
"""Looks after which a process is taken for dead that is not there: after an outage all come back at once."""


log = logging.getLogger("smslab")


class Together:
    """Memories in a database of several processes."""

    def __init__(self, ledger: SharedLedger) -> None:
        self._ledger = ledger
        self._outage = Outage()
        self._lease = Lease(ledger, self._learn, self._reload, self._outage)
        self._stores = dict[str, JointStore]()
        self._births = count(1)
        """Numbers for spaces that begin in this process."""
        self._company = Company()
        self._leads = self._learnt = False
        self._strange = set[str]()
        """Spaces that others began."""
        self._missing = dict[str, int]()
        """Processes that were not there when last looked for, and in how many looks."""
        self._looks = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True, name="smslab-follower")

    def follow(self, company: Company) -> None:
        self._company = company
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
        return JointStore(
            space,
            self._ledger,
            self._lease,
            me=self._ledger.me,
            born=f"{self._ledger.me}/{next(self._births)}",
            join=self._join,
            quit=self._quit,
        )

    def leads(self) -> bool:
        return self._leads

    def _join(self, store: JointStore) -> None:
        self._stores[store.space] = store

    def _quit(self, store: JointStore) -> None:
        if self._stores.get(store.space) is store:
            del self._stores[store.space]

    # Within a term, before its first turn

    def _learn(self, edit: Edit) -> None:
        self._learnt = True
        known = self._stores.get(edit.space)
        if known is not None and rows.STANDING in edit.cleared:
            self._lose(known)
        elif known is not None:
            known.learn(edit)
        if edit.space not in self._stores and any(row.kind == rows.STANDING for row in edit.come):
            self._strange.add(edit.space)

    def _reload(self) -> None:
        self._learnt = True
        for store in list(self._stores.values()):
            if not store.reload():
                self._lose(store)
        self._strange |= {*self._ledger.spaces()} - self._stores.keys()

    def _lose(self, store: JointStore) -> None:
        store.lose()
        self._company.lost(store.space)

    # Between turns

    def _follow(self) -> None:
        while not self._closing.wait(PAUSE):
            try:
                self._look()
            except StoreError as error:
                self._leads = False  # until the database says so again
                self._outage.begin(error)
            except Exception as defect:  # nobody else looks after the dead, and what is due
                log.error("defect while others were followed", exc_info=defect)

    def _look(self) -> None:
        self._looks += 1
        if not self._leads and self._ledger.leads():
            self._leads = self._learnt = True
            self._company.led()
        if self._ledger.is_behind():
            self._lease.enter()
            self._lease.leave()
        if self._learnt:
            self._learnt = False
            strange, self._strange = self._strange, set()
            self._company.learnt(strange)
        if self._leads and self._looks % PATIENCE == 1:
            self._company.bury(self._is_dead)

    def _is_dead(self, process: str) -> bool:
        """Whether a process that was there is not there any more, for the second time in a row."""
        if self._ledger.is_present(process):
            self._missing.pop(process, None)
            return False
        since = self._missing.setdefault(process, self._looks)
        return self._looks - since >= PATIENCE
