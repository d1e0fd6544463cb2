"""What was said and what came of it: a ring of exchanges, bounded in number and in octets."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from emulator.core.ring import Page, Ring


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


class Alone:
    """An exchange with which nothing else is kept."""

    __slots__ = ("_exchange",)

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def __len__(self) -> int:
        return 1

    def item(self, place: int, id: int) -> Exchange:
        return self._exchange


class Kept:
    """A page of exchanges with the numbers that a journal gave them."""

    def __init__(self, page: Page[Exchange], first: int) -> None:
        self._page, self._first = page, first

    def __len__(self) -> int:
        return len(self._page)

    def __getitem__(self, place: int) -> Exchange:
        return self._page.item(place, self._first + place)

    def __iter__(self) -> Iterator[Exchange]:
        return (self[place] for place in range(len(self)))


class Journal:
    """Remembers the latest exchanges; `dropped` says how many have fallen out."""

    def __init__(self, entries: int = 10_000, octets: int = 32 * 2**20) -> None:
        self._ring = Ring[Exchange](entries, octets)
        self._lock = threading.Lock()

    @property
    def last(self) -> int:
        return self._ring.last

    @property
    def dropped(self) -> int:
        return self._ring.last - len(self._ring)

    def keep(self, exchange: Exchange) -> None:
        exchange.size = exchange.octets()  # once: it is asked for again
        with self._lock:
            exchange.id = self._ring.add(Alone(exchange), exchange.size)

    def keep_page(self, page: Page[Exchange], each: int) -> Kept:
        """Remember what was said together, each of it of about so many octets."""
        with self._lock:
            return Kept(page, self._ring.add(page, each))

    def forget(self) -> None:
        with self._lock:
            self._ring.clear()

    def since(self, id: int, limit: int, *, defective: bool = False) -> list[Exchange]:
        """Up to `limit` exchanges later than `id`, oldest first; `defective`: of those that broke alone."""
        with self._lock:
            found = (one for one in self._ring.since(id) if one.defect or not defective)
            return list(islice(found, limit))
