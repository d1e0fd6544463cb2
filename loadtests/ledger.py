"""What the load generator noted: every call and every delivery report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # an answer came, and it was a no
    UNANSWERED = "unanswered"  # nobody knows whether the target took it
    UNSENT = "unsent"  # the target lagged so far behind that the call was dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One call. Moments are seconds since the run began, on the sender's clock."""

    slot: int
    numbers: tuple[str, ...]
    intended: float
    begun: float
    ended: float
    outcome: Outcome
    reference: str = ""
    reason: str = ""

    @property
    def latency(self) -> float:
        """Seconds from the moment the call was due, whenever it really left."""
        return self.ended - self.intended


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    reference: str
    number: str
    delivered: bool
    arrived: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one worker has to tell since it last spoke."""

    worker: int = 0
    sent: tuple[Sent, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    finished: bool = False


class Key(NamedTuple):
    """How a message is addressed: one reference per call, one message per number."""

    reference: str
    number: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The batches of all workers, joined."""

    sent: list[Sent] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    finished: set[int] = field(default_factory=set)

    def add(self, batch: Batch) -> None:
        self.sent.extend(batch.sent)
        self.receipts.extend(batch.receipts)
        if batch.finished:
            self.finished.add(batch.worker)

    @property
    def accepted(self) -> int:
        """Messages, not calls."""
        return messages(self.sent, Outcome.ACCEPTED)


def messages(calls: Sequence[Sent], *outcomes: Outcome) -> int:
    return sum(len(call.numbers) for call in calls if call.outcome in outcomes)
