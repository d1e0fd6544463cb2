"""What was made of collections, remembered: to look at a hundred thousand entries takes its time."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from emulator.core.kept import Resource

Place = tuple[str, str, str]
"""Of a collection: provider, account, name."""

Select = Callable[[Sequence[Resource]], Sequence[Resource]]
"""Lets some entries through, whatever entries are beside them, and leaves their order."""

Derived = TypeVar("Derived")
Value = TypeVar("Value")

MOST = 32
"""Things of each kind that are remembered of a collection."""

MOST_LEARNT = 1000
"""Changes at once that selections follow; after more of them it is quicker to look again."""

_number = attrgetter("number")


class Selection(NamedTuple):
    """The entries that `select` lets through, in the order in which they were made."""

    select: Select
    found: list[Resource]

    def learn(self, changed: Sequence[Resource], *, gone: bool) -> None:
        """Take in what became of some entries."""
        passing = set() if gone else {one.number for one in self.select(changed)}
        for one in changed:
            place = bisect_left(self.found, one.number, key=_number)
            known = place < len(self.found) and self.found[place].number == one.number
            self.found[place : place + known] = [one] if one.number in passing else []


class Recall:
    """The memory of all collections of a space. For who is within a turn."""

    def __init__(self) -> None:
        self._derived: dict[Place, dict[Hashable, Any]] = defaultdict(dict)
        self._selections: dict[Place, dict[Hashable, Selection]] = defaultdict(dict)

    def derived(self, place: Place, key: Hashable, make: Callable[[], Derived]) -> Derived:
        """What `make` makes; remembered under the key until the collection changes."""
        made: Derived = _remembered(self._derived[place], key, make)
        return made

    def selected(
        self, place: Place, key: Hashable, shelf: Sequence[Resource], select: Select
    ) -> list[Resource]:
        """What `select` lets through of a collection; under the same key it must be the same."""
        selections = self._selections[place]
        return list(_remembered(selections, key, lambda: Selection(select, [*select(shelf)])).found)

    def learn(self, place: Place, changed: Sequence[Resource], *, gone: bool = False) -> None:
        """Take in that entries of a collection were made or changed, or are gone."""
        self._derived.pop(place, None)
        if len(changed) > MOST_LEARNT:
            self._selections.pop(place, None)
        for selection in self._selections.get(place, {}).values():
            selection.learn(changed, gone=gone)


def _remembered(known: dict[Hashable, Value], key: Hashable, make: Callable[[], Value]) -> Value:
    if key not in known:
        if len(known) == MOST:
            known.clear()
        known[key] = make()
    return known[key]
