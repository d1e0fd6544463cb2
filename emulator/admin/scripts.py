"""Events as octets, written once for all who listen."""

import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

from emulator.core.events import Event, Feed

REMEMBERED = 2000
"""Events of a feed that stay written out for the next listener."""


class Scripts:
    """Events as the octets that tell of them, written once for all who listen to a feed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._written: WeakKeyDictionary[Feed, dict[int, bytes]] = WeakKeyDictionary()

    def of(self, feed: Feed, event: Event, write: Callable[[Event], bytes]) -> bytes:
        with self._lock:
            written = self._written.setdefault(feed, {})
        octets = written.get(event.id)
        return octets if octets is not None else self._keep(written, event.id, write(event))

    def _keep(self, written: dict[int, bytes], id: int, octets: bytes) -> bytes:
        with self._lock:
            written[id] = octets
            while len(written) > REMEMBERED:
                del written[next(iter(written))]
        return octets
