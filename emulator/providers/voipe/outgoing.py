"""The messages of each account that were handed over, in the order that `ds` lists them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import groupby
from operator import attrgetter

from emulator.core.clock import FIRST
from emulator.core.model import Message
from emulator.providers.voipe.columns import Block, merged
from emulator.providers.voipe.patterns import Pattern
from emulator.providers.voipe.people import NAME
from emulator.providers.voipe.progress import handed_over

ROWS = 8192
"""Of a block, about."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What messages have to fit: all that is given, of number and moment one."""

    sender: str | None = None
    """In small letters."""
    number: Pattern | None = None
    moment: Pattern | None = None
    after: int = 0


_order = attrgetter("order.id")
_timetable = attrgetter("timetable")


class Outgoing:
    """An index of all messages, begun by the gateway and told of every new one."""

    def __init__(self) -> None:
        self._handed: dict[str, Handed] = defaultdict(Handed)

    def learn(self, messages: Iterable[Message]) -> None:
        """Take in messages that are newer than all before."""
        for _, many in groupby(messages, _order):
            found = list(many)
            if found[0].order.provider == NAME:
                self._handed[found[0].order.account].wait_for(found)

    def forget(self, messages: Sequence[Message]) -> None:
        """Orders of others were not taken in, and no call of Voipe's forgets one of its own."""
        assert messages[0].order.provider != NAME

    def of(self, account: str, now: datetime) -> "Handed":
        """Those of an account that were handed over by now."""
        handed = self._handed[account]
        handed.take_in(now)
        return handed


class Handed:
    """The messages of one account, in blocks: no second is in two of them, but where they have no other."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Sequence[Message]]] = []
        self._blocks: list[Block] = []
        self.upto = FIRST
        """Up to where it is complete; a clock may be put back behind that."""

    @property
    def highest(self) -> int:
        """The highest identifier."""
        return max([block.highest for block in self._blocks], default=0)

    def wait_for(self, messages: Sequence[Message]) -> None:
        """Messages of one order, to be listed when their moment has come."""
        same = len(messages) == 1  # as with most orders
        for found in [messages] if same else [list(many) for _, many in groupby(messages, _timetable)]:
            at = handed_over(found[0])
            if at is not None:
                heappush(self._waiting, (at, found[0].id, found))

    def take_in(self, now: datetime) -> None:
        """List what was handed over meanwhile."""
        while self._waiting and self._waiting[0][0] <= now:
            at, _, messages = heappop(self._waiting)
            self._list(int(at.timestamp()), messages)
        self.upto = max(self.upto, now)

    def fitting(self, filter: Filter) -> Iterator[int]:
        """The identifiers of those that fit: the latest second first, in it the first."""
        for block in self._in_turn():
            if block.highest <= filter.after:
                continue
            ids, after = block.ids, filter.after
            for rows in _by_second(block, fitting(block, filter)):
                yield from (ids[row] for row in rows if ids[row] > after)

    def _in_turn(self) -> Iterator[Block]:
        """The blocks, the latest first; those of one second the other way round."""
        blocks, end = self._blocks, len(self._blocks)
        while end:
            start, second = end - 1, blocks[end - 1].seconds[0]
            while start and blocks[start - 1].seconds[0] == second:
                start -= 1
            yield from blocks[start:end]
            end = start

    def _list(self, second: int, messages: Sequence[Message]) -> None:
        sender, ids = messages[0].order.sender, [message.id for message in messages]
        numbers = [message.recipient for message in messages]
        if self._blocks and self._blocks[-1].last > (second, ids[0]):
            for id, number in zip(ids, numbers, strict=True):
                self._squeeze(second, id, number, sender)
            return
        for at in range(0, len(ids), ROWS):
            part = slice(at, at + ROWS)
            self._last_for(second, len(ids[part]), sender).extend(second, ids[part], numbers[part], sender)

    def _last_for(self, second: int, rows: int, sender: str) -> Block:
        """The block that takes rows of a second at its end; a new one where the last has no room."""
        last = self._blocks[-1] if self._blocks else Block()
        same = bool(last) and last.seconds[-1] == second
        if self._blocks and len(last) + rows <= ROWS and last.admits(sender) and (same or self._is_open(-1)):
            return last
        if same and not last.single:
            self._blocks.append(last.cut(last.firsts[-1]))
            return self._last_for(second, rows, sender)
        self._blocks.append(Block())
        return self._blocks[-1]

    def _is_open(self, place: int) -> bool:
        """Whether a block may have several seconds: none that goes on with that of the one before."""
        here, before = self._blocks[place], self._blocks[:place][-1:]
        return not before or before[0].seconds[-1] != here.seconds[0]

    def _squeeze(self, second: int, id: int, number: str, sender: str) -> None:
        """List a message before others: it had waited, or the clock was put back."""
        blocks = self._blocks
        place = bisect_right(blocks, (second, id), key=lambda block: block.first)
        if place < len(blocks) and blocks[place].seconds[0] == second:
            fits = place == 0 or blocks[place - 1].seconds[-1] != second
            place = place if fits else place - 1
        elif place and (blocks[place - 1].seconds[-1] >= second or self._is_open(place - 1)):
            place -= 1
        else:
            blocks.insert(place, Block())
        blocks[place].insert(second, id, number, sender)


def fitting(block: Block, filter: Filter) -> Sequence[int]:
    """The rows of a block that fit sender, and number or moment."""
    # req: voipe/ds/and voipe/ds/dst-or-dt
    codes = {code for name, code in block.codes.items() if name.lower() == filter.sender}
    if filter.sender is not None and not codes:
        return ()
    wanted = [
        *([block.to(filter.number)] if filter.number else []),
        *([block.at(filter.moment)] if filter.moment else []),
    ]
    if filter.sender is None:
        return merged(wanted) if wanted else range(len(block))
    if not wanted:
        return block.by(codes)
    return [row for row in merged(wanted) if block.senders[row] in codes]


def _by_second(block: Block, rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Rising rows in parts, one for each second, the latest first."""
    seconds, end = block.seconds, len(rows)
    while end:
        start, second = end - 1, seconds[rows[end - 1]]
        if seconds[rows[0]] == second:
            start = 0
        while start and seconds[rows[start - 1]] == second:
            start -= 1
        yield rows[start:end]
        end = start
