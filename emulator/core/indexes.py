"""Indexes over the messages of a space: made when first asked for, caught up whenever they are asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

from emulator.core.model import Message, Order
from emulator.core.ports import Store

RETIRED = "retired"
"""Counts the messages that were let go of, with what handsets wrote meanwhile."""

FORGOTTEN = "forgotten-order"
"""The kind of the orders that their customers want to know nothing of any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An order that is no more, as far as its customer can see."""

    id: int


class Index(Protocol):
    """What is known of messages from what they were accepted as: what becomes of them may change later."""

    def learn(self, messages: Iterable[Message]) -> None:
        """Take in messages later than all before, oldest first."""
        ...


@runtime_checkable
class Forgetful(Index, Protocol):
    """An index that lets single orders go; any other begins anew when one is forgotten."""

    def forget(self, messages: Sequence[Message]) -> None:
        """Let go of all messages of an order, each of which was learnt."""
        ...


AnIndex = TypeVar("AnIndex", bound=Index)


@dataclass(slots=True)
class Known:
    """An index, the oldest message there was when it was begun, and the last that it knows."""

    index: Any
    retired: int
    """How many messages had been let go of."""
    oldest: int | None = None
    last: int = 0


class Indexes:
    """One of each type. They begin anew where the oldest messages are gone. For who is within a turn."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[type, Known] = {}
        store.watch(FORGOTTEN, lambda before, now: self._known.clear())

    def of(self, kind: type[AnIndex]) -> AnIndex:
        """The index of that type, with every message there is."""
        oldest, last = next((one.id for one in self._store.messages()), None), self._store.count("message")
        known, retired = self._known.get(kind), self._store.count(RETIRED)
        if known is None or known.retired != retired or known.oldest not in (None, oldest):
            known = self._known[kind] = Known(kind(), retired)
        known.oldest = oldest
        if known.last < last:
            known.index.learn(remembered(self._store, known.last))
            known.last = last
        index: AnIndex = known.index
        return index

    def forget(self, order: Order) -> None:
        """Let go of an order, before it is noted that it is forgotten."""
        messages = self._store.ordered(order.id)
        for kind in list(self._known):
            index: Index = self.of(kind)
            if isinstance(index, Forgetful):
                index.forget(messages)
            else:
                del self._known[kind]


def forgotten(store: Store, order: int) -> bool:
    """Whether its customer wants to know nothing of an order."""
    return store.any(FORGOTTEN) and store.get(FORGOTTEN, (order,)) is not None


def remembered(store: Store, after: int) -> Iterator[Message]:
    """Every message with a later id of which its customer still wants to know, oldest first."""
    if not store.any(FORGOTTEN):
        return store.messages(after)
    return (one for one in store.messages(after) if not forgotten(store, one.order.id))
