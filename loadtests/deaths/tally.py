"""What came of every message that was sent while the emulator died, and what of it does not add up."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

CREDIT = 10_000_000
"""Of the account that sends, at the beginning."""

IN_FLIGHT = 0.1
"""Seconds that an answer may take to be noted, and what was said just before a death to be heard."""


class Heard(NamedTuple):
    """A receipt: when it came, and from which of the emulators, where that can be told."""

    moment: float
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Death:
    """From when on one of the emulators was killed, and from when on it was gone."""

    place: int
    began: float
    ended: float

    def explains(self, heard: Heard) -> bool:
        """Whether what was heard was said by the one that died, and our answer may not have been noted."""
        near = self.began - IN_FLIGHT <= heard.moment <= self.ended + IN_FLIGHT
        return near and heard.place in (None, self.place)


@dataclass(slots=True)
class Tally:
    """What came of each number that was sent to; no two messages have the same."""

    tried: set[str] = field(default_factory=set)
    accepted: dict[str, str] = field(default_factory=dict)
    """The identifiers that were given for numbers."""
    refused: Counter[str] = field(default_factory=Counter)
    receipts: dict[str, list[Heard]] = field(default_factory=dict)
    deaths: list[Death] = field(default_factory=list)
    last_heard: float = 0.0
    """Of the monotonic clock, like all moments here."""

    def hear(self, number: str, place: int | None = None) -> None:
        self.last_heard = time.monotonic()
        self.receipts.setdefault(number, []).append(Heard(self.last_heard, place))

    @property
    def again(self) -> list[Heard]:
        """Receipts that came again."""
        return [one for heard in self.receipts.values() for one in heard[:-1]]


def faults(tally: Tally, kept: dict[str, object]) -> Iterator[str]:
    """Whatever does not add up with what the emulator remembers, as its export says."""
    messages: list[dict[str, str]] = kept["messages"]  # type: ignore[assignment]
    accounts: list[dict[str, str]] = kept["accounts"]  # type: ignore[assignment]
    numbers = Counter(message["recipient"] for message in messages)
    yield from _messages(tally, numbers)
    yield from _credits(messages, accounts)
    yield from _receipts(tally, numbers)


def _messages(tally: Tally, numbers: Counter[str]) -> Iterator[str]:
    if not tally.accepted:
        yield "no message was acknowledged"
    if lost := tally.accepted.keys() - numbers:
        yield f"{len(lost)} acknowledged messages lost, as {min(lost)}"
    if strange := numbers.keys() - tally.tried:
        yield f"{len(strange)} messages that nobody sent, as {min(strange)}"
    if doubled := [number for number, many in numbers.items() if many > 1]:
        yield f"{len(doubled)} messages doubled, as {doubled[0]}"
    if len({*tally.accepted.values()}) < len(tally.accepted):
        yield "an identifier was given twice"


def _credits(messages: list[dict[str, str]], accounts: list[dict[str, str]]) -> Iterator[str]:
    (account,) = [one for one in accounts if (one["provider"], one["login"]) == ("isms", "demo")]
    spent = CREDIT - Decimal(str(account["credit"]))
    price = sum((Decimal(str(message["price"])) for message in messages), Decimal(0))
    if spent != price:
        yield f"{spent} credits went for messages of {price}"


def _receipts(tally: Tally, numbers: Counter[str]) -> Iterator[str]:
    if untold := numbers.keys() - tally.receipts:
        yield f"{len(untold)} receipts lost, as {min(untold)}"
    if noted := [one for one in tally.again if not any(death.explains(one) for death in tally.deaths)]:
        yield f"{len(noted)} receipts doubled that were not on their way at a death"
