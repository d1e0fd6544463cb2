"""Memory as dictionaries of frozen values, so that a snapshot is a shallow copy."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from emulator.core.events import Later
from emulator.core.model import Account, Message, Order
from emulator.core.ports import Key, Task, Told
from emulator.store.planned import Planned
from emulator.store.standing import NOTHING, Past, Standing


@dataclass(slots=True)
class State:
    """Everything a space remembers. Messages and orders lie in lists: their ids count without gaps."""

    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """For each order the index of its first message."""
    base: int = 1
    """The id of messages[0]."""
    order_base: int = 1
    records: dict[str, dict[Key, object]] = field(default_factory=lambda: defaultdict(dict))
    agenda: Planned = field(default_factory=Planned)

    def copy(self) -> "State":
        records = {kind: values.copy() for kind, values in self.records.items()}
        return State(
            accounts=self.accounts.copy(),
            counters=self.counters.copy(),
            messages=self.messages.copy(),
            firsts=self.firsts.copy(),
            base=self.base,
            order_base=self.order_base,
            records=defaultdict(dict, records),
            agenda=self.agenda.copy(),
        )


class MemoryStore:
    """The store without a disk, and the executable meaning of the protocol.

    Accounts and records are also written between turns: such a write waits for the end of the turn.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._state = State()
        self._directory: tuple[int, dict[str, int]] = (0, {})
        self._keys: dict[tuple[str, str], str] | None = None
        """The login behind each key; None until somebody asks."""

    @property
    def me(self) -> str:
        return ""

    @property
    def later(self) -> Later | None:
        """Puts off what is said of a turn until that is kept; None where no turn is undone."""
        return None

    def turn(self) -> AbstractContextManager[object]:
        return self._lock

    def __len__(self) -> int:
        return len(self._state.messages)

    # Nothing of what follows is of use to who forgets everything with the process

    def recall(self, *, afresh: bool) -> Past:
        """Remember what is known from before, or let go of it."""
        return NOTHING

    def part(self, *, forgotten: bool = False) -> None:
        """Be the memory of that space no longer; it is known no longer either, or begins afresh."""

    def watch(self, kind: str, told: Told) -> None:
        """Tell whenever others changed a value of a kind."""

    def stand(self, standing: Standing) -> None:
        """Note how the space stands."""

    def keep(self, name: str, archive: Callable[[], bytes]) -> None:
        """Note a named state, as an archive."""

    def let_go(self, name: str) -> None:
        """Note that a named state is no more."""

    # What is remembered

    def snapshot(self) -> State:
        with self._lock:
            return self._state.copy()

    def restore(self, state: State) -> None:
        with self._lock:
            self._state = state.copy()
            self._directory, self._keys = (0, {}), None

    def account(self, provider: str, login: str) -> Account | None:
        return self._state.accounts.get((provider, login))

    def keyed(self, provider: str, key: str) -> Account | None:
        with self._lock:
            if self._keys is None:
                self._keys = _keys(self._state.accounts.values())
            login = self._keys.get((provider, key))
            return None if login is None else self._state.accounts[provider, login]

    def accounts(self) -> list[Account]:
        return list(self._state.accounts.values())

    def put_account(self, account: Account) -> None:
        place = account.provider, account.login
        with self._lock:
            before = self._state.accounts.get(place)
            self._state.accounts[place] = account
            if account.key != (before.key if before else ""):
                self._keys = None

    def drop_account(self, provider: str, login: str) -> bool:
        with self._lock:
            self._keys = None
            return self._state.accounts.pop((provider, login), None) is not None

    def take(self, counter: str, count: int = 1) -> int:
        last = self._state.counters.get(counter, 0)
        self._state.counters[counter] = last + count
        return last + 1

    def count(self, counter: str) -> int:
        return self._state.counters.get(counter, 0)

    def add(self, order: Order, messages: Sequence[Message]) -> None:
        state = self._state
        if not state.firsts:
            state.base, state.order_base = order.first, order.id
        state.firsts.append(order.first - state.base)
        state.messages.extend(messages)

    def order(self, id: int) -> Order | None:
        index = id - self._state.order_base
        known = 0 <= index < len(self._state.firsts)
        return self._state.messages[self._state.firsts[index]].order if known else None

    def ordered(self, order: int) -> Sequence[Message]:
        index = order - self._state.order_base
        if not 0 <= index < len(self._state.firsts):
            return ()
        first = self._state.firsts[index]
        return self._state.messages[first : first + self._state.messages[first].order.size]

    def addressed(self, order: int, recipient: str) -> Message | None:
        messages = self.ordered(order)
        if not messages:
            return None
        if self._directory[0] != order:  # a customer asks for many recipients of one order in a row
            self._directory = (order, {message.recipient: i for i, message in enumerate(messages)})
        index = self._directory[1].get(recipient)
        return None if index is None else messages[index]

    def message(self, id: int) -> Message | None:
        index = id - self._state.base
        return self._state.messages[index] if 0 <= index < len(self._state.messages) else None

    def messages(self, after: int = 0) -> Iterator[Message]:
        messages, first = self._state.messages, max(0, after + 1 - self._state.base)
        return map(messages.__getitem__, range(first, len(messages)))

    def replace(self, message: Message) -> None:
        self._state.messages[message.id - self._state.base] = message

    def forget_messages(self) -> None:
        self._state.messages, self._state.firsts = [], []
        self._directory = (0, {})

    def retire(self, order: int) -> None:
        state = self._state
        orders = max(0, order - state.order_base + 1)
        left = state.firsts[orders:]
        gone = left[0] if left else len(state.messages)
        state.messages, state.firsts = state.messages[gone:], [first - gone for first in left]
        state.base, state.order_base = state.base + gone, state.order_base + orders

    def put(self, kind: str, key: Key, value: object) -> None:
        with self._lock:
            self._state.records[kind][key] = value

    def get(self, kind: str, key: Key) -> object | None:
        return self._state.records.get(kind, {}).get(key)

    def drop(self, kind: str, key: Key) -> bool:
        with self._lock:
            return self._state.records.get(kind, {}).pop(key, None) is not None

    def any(self, kind: str) -> bool:
        return bool(self._state.records.get(kind))  # also asked between turns: a look adds nothing

    def values(self, kind: str) -> list[object]:
        return list(self._state.records.get(kind, {}).values())

    def trim(self, kind: str, keep: int) -> int:
        records = self._state.records[kind]
        surplus = len(records) - keep
        if surplus <= 0:
            return 0
        if not isinstance(records, OrderedDict):  # whose oldest entry is found without passing those gone
            records = self._state.records[kind] = OrderedDict(records)
        for _ in range(surplus):
            records.popitem(last=False)
        return surplus

    def plan(self, at: datetime, tasks: Sequence[Task]) -> None:
        self._state.agenda.add(at, tasks)

    def tasks(self) -> Iterator[Task]:
        return (task for _, task in self._state.agenda)

    def due(self, upto: datetime) -> tuple[datetime, list[Task]] | None:
        agenda = self._state.agenda
        return agenda.take() if agenda.next is not None and agenda.next <= upto else None

    def next_due(self) -> datetime | None:
        return self._state.agenda.next


def _keys(accounts: Iterable[Account]) -> dict[tuple[str, str], str]:
    """The login behind each key; where two have the same, that of the first."""
    found: dict[tuple[str, str], str] = {}
    for account in accounts:
        if account.key:
            found.setdefault((account.provider, account.key), account.login)
    return found
