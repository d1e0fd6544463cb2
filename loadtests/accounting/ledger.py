"""What the load generator noted: every call and every delivery report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # an answer came, and it was a no, if only to some of the numbers
    UNANSWERED = "unanswered"  # nobody knows whether the target took it
    UNSENT = "unsent"  # the target lagged so far behind that the call was dropped, or let nobody in


BEHIND = "too far behind the grid"
"""Why a call was dropped that had waited for its turn until it was too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One call. Moments are seconds since the run began, on the sender's clock."""

    slot: int
    numbers: tuple[str, ...]
    intended: float
    begun: float
    ended: float
    outcome: Outcome
    references: tuple[str, ...] = ()  # one for each number, empty for one that was refused
    reason: str = ""
    reported: bool = True  # whether reports were asked for

    @property
    def accepted(self) -> tuple[Key, ...]:
        """The messages that the target took."""
        return tuple(Key(*pair) for pair in zip(self.references, self.numbers, strict=False) if pair[0])

    @property
    def taken(self) -> int:
        """Messages that the target accepted."""
        return len(self.references) - self.references.count("")

    @property
    def latency(self) -> float:
        """Seconds from the moment the call was due, whenever it really left."""
        return self.ended - self.intended

    @property
    def waited(self) -> bool:
        """Whether the latency says for how long: of a call that was dropped for its lag it is the lag."""
        return self.outcome is not Outcome.UNSENT or self.reason == BEHIND


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a report says; `step` is the state it names, of all but the last report of a message."""

    reference: str
    number: str
    delivered: bool
    arrived: float
    step: str = ""

    @property
    def key(self) -> Key:
        return Key(self.reference, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one worker has to tell of one plan since it last spoke."""

    worker: int = 0
    part: int = 0  # the place of the plan
    now: float = 0.0  # seconds since the run began, when it spoke
    sent: tuple[Sent, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    finished: bool = False


class Heard(NamedTuple):
    """A batch, and when it came on the monotonic clock of whoever keeps the ledger."""

    at: float
    batch: Batch


class Key(NamedTuple):
    """How a message is addressed: a reference may be that of a whole call, so the number belongs to it."""

    reference: str
    number: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """Calls and reports of all workers; reports of states on the way lie apart from the final ones."""

    sent: list[Sent] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    steps: list[Receipt] = field(default_factory=list)

    def receive(self, receipt: Receipt) -> None:
        (self.steps if receipt.step else self.receipts).append(receipt)

    @property
    def accepted(self) -> int:
        """Messages, not calls."""
        return taken(self.sent)


def taken(calls: Sequence[Sent]) -> int:
    """Messages that the target accepted."""
    return sum(call.taken for call in calls)


def awaited(calls: Sequence[Sent]) -> int:
    """Messages that the target accepted and was asked to report."""
    return sum(call.taken for call in calls if call.reported)


def wanted(calls: Sequence[Sent]) -> int:
    """Messages that were to be sent."""
    return sum(len(call.numbers) for call in calls)
