"""What was sent and received, in order: the orders of an account, and its words with each number."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from emulator.core.model import INBOUND, Account, Inbound, Message
from emulator.core.ports import Store

Direction = Literal["mt", "mo"]
"""To a handset, or from one."""


class Line(NamedTuple):
    """Where a message stands among others: lines compare as they arrived, those of one moment too.

    `sent` is the last message to a handset by then: the one that is meant, unless `received` is the id of one
    that came from there.
    """

    at: datetime
    sent: int
    received: int = 0

    @property
    def direction(self) -> Direction:
        return "mo" if self.received else "mt"


class OrderBook:
    """The orders of each account by the ids of their first messages, in the order of acceptance."""

    def __init__(self) -> None:
        self._firsts = defaultdict[tuple[str, str], list[int]](list)

    def learn(self, messages: Iterable[Message]) -> None:
        for message in messages:
            order = message.order
            if message.id == order.first:
                self._firsts[order.provider, order.account].append(message.id)

    def forget(self, messages: Sequence[Message]) -> None:
        order = messages[0].order
        firsts = self._firsts[order.provider, order.account]
        del firsts[bisect_left(firsts, order.first)]

    def of(self, account: Account) -> Sequence[int]:
        return self._firsts.get((account.provider, account.login), ())


class LetterBook:
    """What went to and came from each participant of each account, in the order of arrival."""

    def __init__(self) -> None:
        self._lines = defaultdict[tuple[str, str, str, Direction | None], list[Line]](list)
        self._heard = 0

    def learn(self, messages: Iterable[Message]) -> None:
        for message in messages:
            order = message.order
            line = Line(order.accepted_at, message.id)
            self._note(order.provider, order.account, message.recipient, line)

    def forget(self, messages: Sequence[Message]) -> None:
        order = messages[0].order
        first, last = Line(order.accepted_at, messages[0].id), Line(order.accepted_at, messages[-1].id)
        for participant in {message.recipient for message in messages}:
            for direction in (None, first.direction):
                lines = self._lines[order.provider, order.account, participant, direction]
                gone = slice(bisect_left(lines, first), bisect_right(lines, last))
                lines[gone] = [line for line in lines[gone] if line.received]

    def hear(self, store: Store) -> None:
        """Take in what handsets wrote since it was last asked."""
        last = store.count(INBOUND)
        fresh = range(self._heard + 1, last + 1)
        # the first time all there are: many before them may have been let go of
        for inbound in [store.get(INBOUND, (id,)) for id in fresh] if self._heard else store.values(INBOUND):
            if isinstance(inbound, Inbound):
                line = Line(inbound.received_at, inbound.after, inbound.id)
                self._note(inbound.provider, inbound.account, inbound.sender, line)
        self._heard = last

    def of(self, account: Account, participant: str, direction: Direction | None) -> Sequence[Line]:
        return self._lines.get((account.provider, account.login, participant, direction), ())

    def _note(self, provider: str, account: str, participant: str, line: Line) -> None:
        for direction in (None, line.direction):
            lines = self._lines[provider, account, participant, direction]
            if lines and line < lines[-1]:  # the two ways are learnt one after the other
                insort(lines, line)
            else:
                lines.append(line)


class WaitingBook:
    """The messages to each recipient of each account that the network may not have yet, as accepted."""

    def __init__(self) -> None:
        self._ids = defaultdict[tuple[str, str, str], list[int]](list)

    def learn(self, messages: Iterable[Message]) -> None:
        for message in messages:
            order = message.order
            self._ids[order.provider, order.account, message.recipient].append(message.id)

    def of(self, account: Account, recipient: str, waits: Callable[[int], bool]) -> Sequence[int]:
        """Those that still wait, oldest first. What does not wait now never will again."""
        place = account.provider, account.login, recipient
        found = [id for id in self._ids.get(place, ()) if waits(id)]
        self._ids[place] = found
        return tuple(found)


def written(store: Store, line: Line) -> Message | Inbound:
    """What a line stands for."""
    found = store.get(INBOUND, (line.received,)) if line.received else store.message(line.sent)
    assert isinstance(found, Message | Inbound)  # an index knows nothing that is forgotten
    return found
