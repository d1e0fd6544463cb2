"""Events as octets, written once for all who listen."""

import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

from emulator.core.events import Event, Feed

REMEMBERED, OCTETS = 2000, 16 * 2**20
"""Events of a feed that stay written out for the next listener: so many, and so much of them."""


class Script:
    """What was written of one feed, the latest of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._written: dict[int, bytes] = {}
        self._held = 0

    def of(self, event: Event, write: Callable[[Event], bytes]) -> bytes:
        octets = self._written.get(event.id)
        return octets if octets is not None else self._keep(event.id, write(event))

    def _keep(self, id: int, octets: bytes) -> bytes:
        with self._lock:
            self._held += len(octets) - len(self._written.get(id, b""))  # two may have written it at once
            self._written[id] = octets
            while len(self._written) > REMEMBERED or self._held > OCTETS:
                self._held -= len(self._written.pop(next(iter(self._written))))
        return octets


class Scripts:
    """What was written of every feed that somebody listens to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scripts: WeakKeyDictionary[Feed, Script] = WeakKeyDictionary()

    def of(self, feed: Feed) -> Script:
        with self._lock:
            return self._scripts.setdefault(feed, Script())
