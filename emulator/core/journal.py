"""What was said and what came of it: a ring of exchanges, bounded in number and in octets."""

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Exchange:
    """A request and its answer, as octets and as understood. Filled in while it is being answered."""

    at: datetime
    surface: str
    method: str
    target: str = field(repr=False)  # a query may hold a password
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """Names as WSGI has them, HTTP_USER_AGENT: spelling them out is left to readers."""
    body: bytes = field(repr=False)
    id: int = 0
    account: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict, repr=False)
    voiced: tuple[str, ...] = ()
    status: int = 0
    answer_headers: Sequence[tuple[str, str]] = ()
    answer: bytes = b""
    defect: str | None = None
    size: int = 0
    """Octets that it takes, about, since it is in a journal."""

    def octets(self) -> int:
        """How many it takes now: of request and answer, and of what was understood."""
        fields = sum(len(value) for value in self.fields.values() if isinstance(value, str))
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.target) + headers + len(self.body) + fields + len(self.answer)


class Journal:
    """Remembers the latest exchanges; `dropped` says how many have fallen out."""

    def __init__(self, entries: int = 10_000, octets: int = 32 * 2**20) -> None:
        self._entries, self._octets = entries, octets
        self._ring: deque[Exchange] = deque()
        self._lock = threading.Lock()
        self._last = self._held = 0

    @property
    def last(self) -> int:
        return self._last

    @property
    def dropped(self) -> int:
        return self._last - len(self._ring)

    def keep(self, exchange: Exchange) -> None:
        self.keep_all((exchange,))

    def keep_all(self, exchanges: Sequence[Exchange]) -> None:
        """Remember what was said together, in this order."""
        for exchange in exchanges:
            exchange.size = exchange.octets()  # once: it is asked for again, and when the exchange goes
        with self._lock:
            for exchange in exchanges:
                self._last += 1
                exchange.id = self._last
                self._held += exchange.size
            self._ring.extend(exchanges)
            while len(self._ring) > self._entries or (self._held > self._octets and len(self._ring) > 1):
                self._held -= self._ring.popleft().size

    def forget(self) -> None:
        with self._lock:
            self._ring.clear()
            self._last = self._held = 0

    def since(self, id: int, limit: int) -> list[Exchange]:
        """Up to `limit` exchanges later than `id`, oldest first."""
        with self._lock:
            first = max(0, len(self._ring) - (self._last - id)) if id < self._last else len(self._ring)
            return [self._ring[index] for index in range(first, min(first + limit, len(self._ring)))]
