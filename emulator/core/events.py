"""What happens in a space, as a bounded stream that any number of listeners follow at their own pace."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple, Protocol

from emulator.core.ring import Ring


class Kind(StrEnum):
    """What an event tells of."""

    ACCEPTED = "accepted"
    STEP = "step"
    LOOKUP = "lookup"
    CONTACT = "contact"
    RESOURCE = "resource"
    ACCOUNT = "account"
    INBOUND = "inbound"
    CALLBACK = "callback"
    EXCHANGE = "exchange"
    CLOCK = "clock"
    RESET = "reset"
    CONTROL = "control"


class Change(StrEnum):
    """What happened to something that stays."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


class Event(NamedTuple):
    """One thing that happened; `detail` is a value of the model, or a tuple of them."""

    id: int
    at: datetime
    kind: Kind
    detail: object
    octets: int = 0
    """What remembering it costs, beyond what the space remembers anyway."""


class Details(Protocol):
    """Values of the model: a list or a tuple of them, or what makes them when somebody looks."""

    def __len__(self) -> int: ...
    def __getitem__(self, place: int, /) -> object: ...


class Telling:
    """What was told at once: it becomes events when somebody listens."""

    __slots__ = ("_at", "_details", "_kind", "_octets")

    def __init__(self, at: datetime, kind: Kind, details: Details, octets: int) -> None:
        self._at, self._kind, self._details, self._octets = at, kind, details, octets

    def __len__(self) -> int:
        return len(self._details)

    def item(self, place: int, id: int) -> Event:
        return Event(id, self._at, self._kind, self._details[place], self._octets)


Later = Callable[[Callable[[], None]], bool]
"""Puts off what may yet be undone; False if that is nothing of the kind."""


class Feed:
    """The last `bound` events of a space, fewer where they are large, numbered without gaps from 1.

    With `later` nobody hears of what happens within a turn before that is kept.
    """

    def __init__(self, bound: int = 10_000, octets: int = 32 * 2**20, *, later: Later | None = None) -> None:
        self._later = later
        self._ring = Ring[Event](bound, octets)
        self._told: Counter[Kind] = Counter()
        self._changed = threading.Condition()
        self._waiting = 0
        self._ended = threading.Event()

    @property
    def last(self) -> int:
        return self._ring.last

    @property
    def closed(self) -> bool:
        """Whether nothing more will come."""
        return self._ended.is_set()

    def close(self) -> None:
        """Let go of everybody who waits, now and later."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()

    def rest(self, seconds: float) -> None:
        """Let so many seconds on the wall pass, unless the end comes first."""
        self._ended.wait(seconds)

    def told(self, kinds: Iterable[Kind]) -> int:
        """How many events of these kinds there were, remembered or not."""
        with self._changed:
            return sum(self._told[kind] for kind in kinds)

    def tell(self, at: datetime, kind: Kind, details: Details, octets: int = 0) -> None:
        """Remember what happened, each detail of it; nobody may change them any more.

        `octets` is what each costs to remember.
        """
        if not len(details):
            return
        if self._later is not None and self._later(partial(self.tell, at, kind, details, octets)):
            return
        with self._changed:
            self._ring.add(Telling(at, kind, details, octets), octets)
            self._told[kind] += len(details)
            if self._waiting:
                self._changed.notify_all()

    def after(self, id: int) -> list[Event]:
        """Every event later than `id` that is still remembered, oldest first."""
        with self._changed:
            return list(self._ring.since(id))

    def wait(self, id: int, seconds: float) -> list[Event]:
        """The same, but wait up to so many seconds on the wall for the first one."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: self._ring.last > id or self.closed, timeout=seconds)
            self._waiting -= 1
        return self.after(id)
