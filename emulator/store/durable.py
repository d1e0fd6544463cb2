"""Memory that is written down: what a turn changed is committed before anybody is told of it."""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing
from datetime import datetime
from itertools import islice
from threading import get_ident
from types import TracebackType
from typing import Protocol

from emulator.core.model import Account, Message, Order
from emulator.core.ports import Key, Task
from emulator.store import rows
from emulator.store.changes import Changes
from emulator.store.edits import Row
from emulator.store.memory import MemoryStore, State
from emulator.store.planned import Planned
from emulator.store.rows import ACCOUNT, COUNTER, MESSAGE, NAMED, ORDER, REMEMBERED, STANDING, planned_place
from emulator.store.standing import NOTHING, Past, Standing


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


class Written(Protocol):
    """What is written of all spaces of a database."""

    def rows(self, space: str) -> Generator[Row, None, None]:
        """Everything of a space, in the order in which it was first put there; within a turn."""
        ...


class Clerk(Protocol):
    """Who writes turns down, for all spaces of a database. `enter`, `settle` and `leave` raise StoreError."""

    def enter(self) -> None:
        """Before a turn."""
        ...

    def settle(self) -> None:
        """Before a space is read within a turn: have written what was noted of it before."""
        ...

    def note(self, space: str, changes: Changes) -> None:
        """Take over what a turn changed."""
        ...

    def leave(self) -> None:
        """After a turn: return once all that it changed and saw is committed."""
        ...


class DurableStore(MemoryStore):
    """The store of a space on a database. Raises StoreError where a turn cannot be kept."""

    def __init__(self, space: str, ledger: Written, clerk: Clerk) -> None:
        super().__init__()
        self._space, self._ledger, self._clerk = space, ledger, clerk
        self._turn, self._depth, self._owner = Turn(self), 0, 0
        self._changes = Changes()
        self._plans = Counter[datetime]()
        """How often something was planned for the moments of the agenda."""
        self._parted = False

    def recall(self, *, afresh: bool) -> Past:
        """For who is within a turn."""
        if afresh:
            self._changes.clear(rows.ALL)
            return NOTHING
        self._clerk.settle()
        return self._read()

    def _read(self) -> Past:
        """Remember what is written."""
        with closing(self._ledger.rows(self._space)) as written:
            self._state, self._plans, past = rows.read(written)
        return past

    def part(self, *, forgotten: bool = False) -> None:
        with self._turn:
            if forgotten:
                gone = Changes()
                gone.clear(rows.ALL)
                self._clerk.note(self._space, gone)
            self._parted = True
            self._state.agenda = Planned()  # nobody is told any more of what was to happen

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
        me = get_ident()
        if self._owner != me:
            self._clerk.enter()
            self._lock.acquire()
            self._owner = me
        self._depth += 1

    def end(self) -> None:
        self._depth -= 1
        if self._depth:
            return
        changes, self._changes = self._changes, Changes()
        try:
            if changes and not self._parted:
                self._clerk.note(self._space, changes)
        finally:
            self._owner = 0
            self._lock.release()
            self._clerk.leave()

    # What is changed

    def restore(self, state: State) -> None:
        with self._turn:
            super().restore(state)
            self._plans = Counter(at for at, _ in state.agenda.buckets())
            self._changes.clear(REMEMBERED)
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

    def retire(self, order: int) -> None:
        known, index = self._state.messages, 0
        while index < len(known) and known[index].order.id <= order:
            self._changes.drop(ORDER, (known[index].order.id,))
            for message in known[index : index + known[index].order.size]:
                self._changes.drop(MESSAGE, (message.id,))
            index += known[index].order.size
        super().retire(order)

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

    def plan(self, at: datetime, tasks: Sequence[Task]) -> None:
        super().plan(at, tasks)
        self._changes.put(*planned_place(at, self._plans[at]), (*tasks,))
        self._plans[at] += 1

    def due(self, upto: datetime) -> tuple[datetime, list[Task]] | None:
        found = super().due(upto)
        if found is not None:
            for count in range(self._plans.pop(found[0], 0)):
                self._changes.drop(*planned_place(found[0], count))
        return found
