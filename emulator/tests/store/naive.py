"""The store's protocol in its plainest form: lists, searched from end to end."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from emulator.core.model import Account, Message, Order
from emulator.core.ports import Key, Task


class NaiveStore:
    """What a store must mean, for others to be compared with."""

    def __init__(self) -> None:
        self.kept_accounts: list[Account] = []
        self.counters: list[tuple[str, int]] = []
        self.kept_messages: list[Message] = []
        self.records: list[tuple[str, Key, object]] = []
        self.agenda: list[tuple[datetime, Task]] = []

    def turn(self) -> AbstractContextManager[object]:
        return nullcontext()

    def account(self, provider: str, login: str) -> Account | None:
        return next(
            (one for one in self.kept_accounts if (one.provider, one.login) == (provider, login)), None
        )

    def keyed(self, provider: str, key: str) -> Account | None:
        keyed = [one for one in self.kept_accounts if key and (one.provider, one.key) == (provider, key)]
        return next(iter(keyed), None)

    def accounts(self) -> list[Account]:
        return list(self.kept_accounts)

    def put_account(self, account: Account) -> None:
        old = self.account(account.provider, account.login)
        if old is None:
            self.kept_accounts.append(account)
        else:
            self.kept_accounts[self.kept_accounts.index(old)] = account

    def drop_account(self, provider: str, login: str) -> bool:
        old = self.account(provider, login)
        if old is not None:
            self.kept_accounts.remove(old)
        return old is not None

    def take(self, counter: str, count: int = 1) -> int:
        first = self.count(counter) + 1
        self.counters.append((counter, count))
        return first

    def count(self, counter: str) -> int:
        return sum(count for name, count in self.counters if name == counter)

    def add(self, order: Order, messages: Sequence[Message]) -> None:
        self.kept_messages += messages

    def order(self, id: int) -> Order | None:
        return next((message.order for message in self.kept_messages if message.order.id == id), None)

    def ordered(self, order: int) -> Sequence[Message]:
        return [message for message in self.kept_messages if message.order.id == order]

    def addressed(self, order: int, recipient: str) -> Message | None:
        return next((message for message in self.ordered(order) if message.recipient == recipient), None)

    def message(self, id: int) -> Message | None:
        return next((message for message in self.kept_messages if message.id == id), None)

    def messages(self, after: int = 0) -> Iterator[Message]:
        return iter([message for message in self.kept_messages if message.id > after])

    def replace(self, message: Message) -> None:
        self.kept_messages = [message if old.id == message.id else old for old in self.kept_messages]

    def forget_messages(self) -> None:
        self.kept_messages = []

    def retire(self, order: int) -> None:
        self.kept_messages = [message for message in self.kept_messages if message.order.id > order]

    def put(self, kind: str, key: Key, value: object) -> None:
        keys = [(kind, key) for kind, key, _ in self.records]
        if (kind, key) in keys:
            self.records[keys.index((kind, key))] = (kind, key, value)
        else:
            self.records.append((kind, key, value))

    def get(self, kind: str, key: Key) -> object | None:
        return next((value for *place, value in self.records if place == [kind, key]), None)

    def drop(self, kind: str, key: Key) -> bool:
        before = len(self.records)
        self.records = [record for record in self.records if record[:2] != (kind, key)]
        return len(self.records) < before

    def any(self, kind: str) -> bool:
        return bool(self.values(kind))

    def values(self, kind: str) -> list[object]:
        return [value for of, _, value in self.records if of == kind]

    def trim(self, kind: str, keep: int) -> int:
        surplus = [key for of, key, _ in self.records if of == kind][: max(0, len(self.values(kind)) - keep)]
        for key in surplus:
            self.drop(kind, key)
        return len(surplus)

    def plan(self, at: datetime, tasks: Sequence[Task]) -> None:
        self.agenda += [(at, task) for task in tasks]

    def tasks(self) -> Iterator[Task]:
        return (task for _, task in self.agenda)

    def due(self, upto: datetime) -> tuple[datetime, list[Task]] | None:
        moment = self.next_due()
        if moment is None or moment > upto:
            return None
        tasks = [task for at, task in self.agenda if at == moment]
        self.agenda = [(at, task) for at, task in self.agenda if at != moment]
        return moment, tasks

    def next_due(self) -> datetime | None:
        return min((at for at, _ in self.agenda), default=None)
