"""What happens in a space, as a bounded stream that any number of listeners follow at their own pace."""

import threading
from collections import Counter, deque
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple


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


class Feed:
    """The last `bound` events of a space, fewer where they are large, numbered without gaps from 1."""

    def __init__(self, bound: int = 10_000, octets: int = 32 * 2**20) -> None:
        self._bound, self._octets = bound, octets
        self._ring: deque[Event] = deque()
        self._last = self._held = 0
        self._told: Counter[Kind] = Counter()
        self._changed = threading.Condition()
        self._waiting = 0
        self._ended = threading.Event()

    @property
    def last(self) -> int:
        return self._last

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

    def tell(self, at: datetime, kind: Kind, details: Iterable[object], octets: int = 0) -> None:
        """Remember that something happened; `octets` is what each detail costs to remember."""
        with self._changed:
            before = self._last
            for detail in details:
                self._last += 1
                self._ring.append(Event(self._last, at, kind, detail, octets))
                self._held += octets
            self._forget()
            self._told[kind] += self._last - before
            if self._waiting:
                self._changed.notify_all()

    def _forget(self) -> None:
        ring = self._ring
        while len(ring) > self._bound or (self._held > self._octets and len(ring) > 1):
            self._held -= ring.popleft().octets

    def after(self, id: int) -> list[Event]:
        """Every event later than `id` that is still remembered, oldest first."""
        with self._changed:
            newest_first = list(islice(reversed(self._ring), max(0, self._last - id)))
        return newest_first[::-1]

    def wait(self, id: int, seconds: float) -> list[Event]:
        """The same, but wait up to so many seconds on the wall for the first one."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: self._last > id or self.closed, timeout=seconds)
            self._waiting -= 1
        return self.after(id)
