"""What the core asks of its surroundings: a memory, and words for what leaves it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from emulator.core.kept import Kept, Resource
from emulator.core.model import Account, Inbound, Message, Order, Status
from emulator.core.pushes import Notice, Push

Key = tuple[str | int, ...]


Told = Callable[[object | None, object | None], None]
"""Is told what a value was and what it is now; None for none. Both are None if everything may be another."""


class StoreError(Exception):
    """A memory that cannot be had or be kept, in one line: nobody may be told of anything in the turn.

    Unless it is `undone`, the turn has happened all the same, and is kept as soon as that is possible.
    """

    def __init__(self, line: str, *, undone: bool = False) -> None:
        super().__init__(line)
        self.undone = undone


class TaskKind(StrEnum):
    """What must be looked at when a moment comes."""

    STEP = "step"
    PUSH = "push"
    REPLY = "reply"
    NOTICE = "notice"


class Task(NamedTuple):
    """An entry of the agenda: an order with a step, a callback, a message to reply to, a notice put off."""

    kind: TaskKind
    subject: int


class Store(Protocol):
    """The memory of one space. Every verb of the gateway is one `turn`, alone with it."""

    @property
    def me(self) -> str:
        """What other processes with the same memory know this one by; empty where there are no others."""
        ...

    def turn(self) -> AbstractContextManager[object]:
        """Be alone with it; who is, may be again. Its beginning and its end may raise StoreError."""
        ...

    def account(self, provider: str, login: str) -> Account | None: ...
    def keyed(self, provider: str, key: str) -> Account | None:
        """The first account with that key; nobody has an empty one."""
        ...

    def accounts(self) -> list[Account]: ...
    def put_account(self, account: Account) -> None: ...
    def drop_account(self, provider: str, login: str) -> bool: ...

    def take(self, counter: str, count: int = 1) -> int:
        """The first of `count` numbers never handed out before, from 1 on."""
        ...

    def count(self, counter: str) -> int:
        """How many numbers were handed out so far."""
        ...

    def add(self, order: Order, messages: Sequence[Message]) -> None: ...
    def order(self, id: int) -> Order | None: ...
    def ordered(self, order: int) -> Sequence[Message]:
        """The messages of an order, in the order of its recipients; empty for an unknown one."""
        ...

    def addressed(self, order: int, recipient: str) -> Message | None: ...
    def message(self, id: int) -> Message | None: ...
    def messages(self, after: int = 0) -> Iterator[Message]:
        """Every message with a later id, oldest first."""
        ...

    def replace(self, message: Message) -> None: ...
    def forget_messages(self) -> None: ...
    def retire(self, order: int) -> None:
        """Forget the oldest orders up to this one, with their messages."""
        ...

    def put(self, kind: str, key: Key, value: object) -> None: ...
    def get(self, kind: str, key: Key) -> object | None: ...
    def drop(self, kind: str, key: Key) -> bool: ...
    def any(self, kind: str) -> bool:
        """Whether there is anything of a kind."""
        ...

    def values(self, kind: str) -> list[object]:
        """Everything of a kind, in the order it was put there."""
        ...

    def trim(self, kind: str, keep: int) -> int:
        """Drop the oldest beyond `keep`; how many went."""
        ...

    def watch(self, kind: str, told: Told) -> None:
        """Tell, between turns, what became of values of a kind that others than this process changed."""
        ...

    def plan(self, at: datetime, tasks: Sequence[Task]) -> None:
        """Let tasks fall due at a moment, behind those that were planned for it before."""
        ...

    def tasks(self) -> Iterator[Task]:
        """Everything on the agenda, in no order."""
        ...

    def due(self, upto: datetime) -> tuple[datetime, list[Task]] | None:
        """Take the earliest moment's tasks off the agenda, as planned; None if that is later than `upto`."""
        ...

    def next_due(self) -> datetime | None: ...


Look = Callable[[str, str], Resource | None]
"""The entry of a collection and a name that is kept for an account."""


class Reports(Protocol):
    """A provider's way of telling a customer what happened; nothing where nothing was asked for.

    A Push goes to an address, a Notice waits for a session of the account.
    """

    def report(self, message: Message, status: Status, at: datetime) -> Sequence[Push | Notice]:
        """What is said of a status that a message takes, in this order.

        Of acceptance it is asked only where the order names a callback. Of what is said of a final status the
        last is what a number may have told twice.
        """
        ...

    def inbound(self, inbound: Inbound, account: Account, look: Look) -> Sequence[Push | Notice]: ...
    def consequences(self, inbound: Inbound, account: Account) -> Sequence[Kept]:
        """What is kept for the account because of a handset's message."""
        ...
