"""Messages counted by the codes they have now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from emulator.core.gateway import Gateway
from emulator.core.model import Message, Order
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.statuses import INFO, latest


@dataclass(slots=True)
class Tally:
    """How many messages, and of how many parts in all."""

    messages: int = 0
    parts: int = 0

    def count(self, messages: int, parts: int) -> None:
        self.messages += messages
        self.parts += parts

    @property
    def document(self) -> dict[str, int]:
        return {"messages": self.messages, "sms": self.parts}


Tallies = dict[int, Tally]
"""By code."""

Alike = tuple[Message, Tally]
"""A message, and how many there are with the same past and future."""


class Fates:
    """Which messages of a batch go the same way: most do, and what is called back is so all at once."""

    def __init__(self) -> None:
        self._batches: dict[int, list[tuple[int, Tally]]] = {}

    def learn(self, messages: Iterable[Message]) -> None:
        for order, batch in groupby(messages, key=lambda message: message.order.id):
            self._batches[order] = [(message.id, tally) for message, tally in alike(batch)]

    def forget(self, messages: Sequence[Message]) -> None:
        del self._batches[messages[0].order.id]

    def of(self, order: Order) -> Sequence[tuple[int, Tally]]:
        """The first message of each kind, and how many there are."""
        return self._batches[order.id]


def alike(messages: Iterable[Message]) -> list[Alike]:
    """The messages by what becomes of them: it is looked at once for all of a kind."""
    found: dict[object, Alike] = {}
    for message in messages:
        fate = id(message.timetable), message.order.accepted_at, message.refusal
        found.setdefault(fate, (message, Tally()))[1].count(1, message.parts)
    return list(found.values())


def in_batch(gateway: Gateway, order: Order) -> list[Alike]:
    """The messages of a batch by what becomes of them."""
    with gateway.store.turn():
        fates = [(gateway.store.message(id), tally) for id, tally in gateway.indexed(Fates).of(order)]
        return [(message, tally) for message, tally in fates if message is not None]


def counted(messages: Iterable[Alike], now: datetime, quirks: Quirks) -> Tallies:
    """How many there are under each code."""
    found: Tallies = {}
    for message, tally in messages:
        code = latest(message, now, quirks).code
        found.setdefault(code, Tally()).count(tally.messages, tally.parts)
    return found


def document(tallies: Tallies) -> dict[str, object]:
    # req: ip1/batches/message-summary ip1/conversations/summary-document
    return {str(code): tallies[code].document for code in sorted(tallies)}


def status(tallies: Tallies, quirks: Quirks) -> int:
    """The code of them all: the lowest of those on their way, else the one that most have."""
    # req: ip1/batches/status-open ip1/batches/status-final
    underway = [code for code in tallies if code < INFO]
    if underway and quirks.batch_status == "progress":
        return min(underway)
    return max(sorted(tallies), key=lambda code: tallies[code].messages)
