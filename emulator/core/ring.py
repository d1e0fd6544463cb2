"""The latest of what came, numbered, bounded in number and in octets; what came together lies together."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
Item = TypeVar("Item", covariant=True)


class Page(Protocol[Item]):
    """Things that came together. They may be made when somebody looks: most fall out before anybody does."""

    def __len__(self) -> int: ...
    def item(self, place: int, id: int) -> Item:
        """The thing at a place, and what its number is."""
        ...


class Run(NamedTuple, Generic[T]):
    """A page, the numbers of its first thing and behind its last, and about how many octets each takes."""

    first: int
    end: int
    page: Page[T]
    each: int


class Ring(Generic[T]):
    """Things by their numbers, from 1 on. The oldest fall out one by one, the latest never."""

    def __init__(self, bound: int, octets: int) -> None:
        self._bound, self._octets = bound, octets
        self.clear()

    def clear(self) -> None:
        """Begin anew, with number 1."""
        self._runs = deque[Run[T]]()
        self._oldest, self._next, self._held = 1, 1, 0

    def __len__(self) -> int:
        return self._next - self._oldest

    @property
    def last(self) -> int:
        """The number of the latest thing; 0 where nothing came yet."""
        return self._next - 1

    def add(self, page: Page[T], each: int) -> int:
        """Remember a page that is not empty; the number of its first thing."""
        first, count = self._next, len(page)
        self._next = first + count
        self._held += each * count
        self._runs.append(Run(first, self._next, page, each))
        while self._next - self._oldest > self._bound or (self._held > self._octets and len(self) > 1):
            self._forget()
        return first

    def since(self, id: int) -> Iterator[T]:
        """Everything with a later number that is still remembered, oldest first."""
        first = max(id + 1, self._oldest)
        later = 0  # runs are found from the newest on: who follows closely has few to read
        for run in reversed(self._runs):
            if run.end <= first:
                break
            later += 1
        for run in islice(self._runs, len(self._runs) - later, None):
            for number in range(max(run.first, first), run.end):
                yield run.page.item(number - run.first, number)

    def _forget(self) -> None:
        """Let as many go as are too many, if the oldest run has them; else all of that."""
        oldest = self._runs[0]
        count = self._next - self._oldest - self._bound
        if count <= 0:
            count = min(-(-(self._held - self._octets) // (oldest.each or 1)), len(self) - 1)
        count = min(count, oldest.end - self._oldest)
        self._oldest += count
        self._held -= oldest.each * count
        if self._oldest == oldest.end:
            self._runs.popleft()
