"""Memory that is written down: what a turn changed is committed before anybody is told of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from heapq import heappop
from itertools import islice
from types import TracebackType

from emulator.core.model import Account, Message, Order
from emulator.core.ports import Key, Task
from emulator.store import rows
from emulator.store.changes import Changes
from emulator.store.ledger import Ledger
from emulator.store.memory import MemoryStore, State
from emulator.store.rows import ACCOUNT, AGENDA, COUNTER, EVERYTHING, MESSAGE, NAMED, ORDER, STANDING
from emulator.store.scribe import Scribe
from emulator.store.standing import Standing


class Turn:
    """A turn of a durable store, as often as it is entered."""

    __slots__ = ("_store",)

    def __init__(self, store: "DurableStore") -> None:
        self._store = store

    def __enter__(self) -> None:
        self._store.begin()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.end()


class DurableStore(MemoryStore):
    """The store of a space on a database. Raises LedgerError at the end of a turn that cannot be kept."""

    def __init__(self, space: str, ledger: Ledger, scribe: Scribe) -> None:
        super().__init__()
        self._space, self._ledger, self._scribe = space, ledger, scribe
        self._turn, self._depth = Turn(self), 0
        self._changes = Changes()
        self._parted = False

    def part(self) -> None:
        """Write down nothing any more: another store is to have the name of the space."""
        with self._lock:
            self._parted = True

    def recall(self) -> rows.Recalled:
        """Remember what is written; what else is written is given back."""
        recalled = rows.read(self._ledger.rows(self._space))
        self._state = recalled.state
        return recalled

    def stand(self, standing: Standing) -> None:
        with self._turn:
            self._changes.put(STANDING, (), standing)

    def keep(self, name: str, archive: Callable[[], bytes]) -> None:
        with self._turn:
            self._changes.put(NAMED, (name,), archive())

    def let_go(self, name: str) -> None:
        with self._turn:
            self._changes.drop(NAMED, (name,))

    # Turns

    def turn(self) -> AbstractContextManager[object]:
        return self._turn

    def begin(self) -> None:
        self._lock.acquire()
        self._depth += 1

    def end(self) -> None:
        self._depth -= 1
        if self._depth:
            self._lock.release()
            return
        number = self._noted()
        self._lock.release()
        self._scribe.wait(number)

    def _noted(self) -> int:
        """The number to wait for: also what was only seen must be true before it is told."""
        changes, self._changes = self._changes, Changes()
        if self._parted or not changes:
            return self._scribe.last
        return self._scribe.note(self._space, changes)

    # What is changed

    def restore(self, state: State) -> None:
        with self._turn:
            super().restore(state)
            self._changes.clear(EVERYTHING)
            for place, value in rows.everything(state):
                self._changes.come[place] = value

    def put_account(self, account: Account) -> None:
        with self._turn:
            super().put_account(account)
            self._changes.put(ACCOUNT, (account.provider, account.login), account)

    def drop_account(self, provider: str, login: str) -> bool:
        with self._turn:
            self._changes.drop(ACCOUNT, (provider, login))
            return super().drop_account(provider, login)

    def take(self, counter: str, count: int = 1) -> int:
        first = super().take(counter, count)
        self._changes.put(COUNTER, (counter,), first + count - 1)
        return first

    def add(self, order: Order, messages: Sequence[Message]) -> None:
        super().add(order, messages)
        self._changes.put(ORDER, (order.id,), rows.sending(order, messages))

    def replace(self, message: Message) -> None:
        super().replace(message)
        self._changes.put(MESSAGE, (message.id,), rows.share(message))

    def forget_messages(self) -> None:
        super().forget_messages()
        self._changes.clear((ORDER, MESSAGE))

    def put(self, kind: str, key: Key, value: object) -> None:
        with self._turn:
            super().put(kind, key, value)
            self._changes.put(kind, key, value)

    def drop(self, kind: str, key: Key) -> bool:
        with self._turn:
            found = super().drop(kind, key)
            if found:
                self._changes.drop(kind, key)
            return found

    def trim(self, kind: str, keep: int) -> int:
        surplus = max(0, len(self._state.records[kind]) - keep)
        for key in list(islice(self._state.records[kind], surplus)):
            self._changes.drop(kind, key)
        return super().trim(kind, keep)

    def plan(self, at: datetime, task: Task) -> None:
        super().plan(at, task)
        self._changes.put(AGENDA, (self._state.planned,), rows.Planned(at, *task))

    def due(self, upto: datetime) -> tuple[datetime, list[Task]] | None:
        agenda = self._state.agenda
        if not agenda or agenda[0][0] > upto:
            return None
        moment, tasks = agenda[0][0], []
        while agenda and agenda[0][0] == moment:
            _, number, task = heappop(agenda)
            self._changes.drop(AGENDA, (number,))
            tasks.append(task)
        return moment, tasks
