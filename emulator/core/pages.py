"""Pages of a list: which entries are asked for, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")


class Page(NamedTuple, Generic[Item]):
    """Some entries of a list, and how many there are in all."""

    items: Sequence[Item]
    total: int


@dataclass(frozen=True, slots=True)
class Window:
    """Up to `limit` entries from the one at `start` on, counted from 0 in the order they are shown."""

    start: int = 0
    limit: int = 50
    newest_first: bool = False

    def places(self, total: int) -> range:
        """Where these entries lie in a list of so many, oldest first, in the order they are shown."""
        shown = range(total)[::-1] if self.newest_first else range(total)
        return shown[self.start : self.start + self.limit]

    def of(self, entries: Sequence[Item]) -> Page[Item]:
        """The entries of a list that lies there as a whole, oldest first."""
        return Page([entries[place] for place in self.places(len(entries))], len(entries))
