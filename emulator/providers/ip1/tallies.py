"""Messages counted by the codes they have now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from emulator.core.model import Message
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


def counted(messages: Iterable[Message], now: datetime, quirks: Quirks) -> Tallies:
    """How many there are under each code.

    Messages of one call mostly share their future, so that it is looked at once for all of them.
    """
    alike: dict[object, tuple[Message, Tally]] = {}
    for message in messages:
        future = id(message.timetable), message.order.accepted_at, message.refusal
        alike.setdefault(future, (message, Tally()))[1].count(1, message.parts)
    found: Tallies = {}
    for message, tally in alike.values():
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
