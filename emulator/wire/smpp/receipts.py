"""Delivery receipts as text (SMPP 3.4, Appendix B)."""

import re
from dataclasses import dataclass
from enum import IntEnum


class MessageState(IntEnum):
    """What became of a message (section 5.2.28)."""

    ENROUTE = 1
    DELIVERED = 2
    EXPIRED = 3
    DELETED = 4
    UNDELIVERABLE = 5
    ACCEPTED = 6
    UNKNOWN = 7
    REJECTED = 8


WORDS = {
    MessageState.ENROUTE: "ENROUTE",
    MessageState.DELIVERED: "DELIVRD",
    MessageState.EXPIRED: "EXPIRED",
    MessageState.DELETED: "DELETED",
    MessageState.UNDELIVERABLE: "UNDELIV",
    MessageState.ACCEPTED: "ACCEPTD",
    MessageState.UNKNOWN: "UNKNOWN",
    MessageState.REJECTED: "REJECTD",
}
"""The seven letters of each state."""

EXCERPT = 20
"""Characters of the message that a receipt repeats."""

_FORM = re.compile(
    r"id:(?P<id>\S*) sub:(?P<sub>\d{1,3}) dlvrd:(?P<dlvrd>\d{1,3})"
    r" submit date:(?P<submitted>\d{10,12}) done date:(?P<done>\d{10,12})"
    r" stat:(?P<stat>[A-Z]{7}) err:(?P<err>\w{0,3})(?: text:(?P<text>.*))?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says. Dates are as the SMSC's clock shows them: YYMMDDhhmm, or with seconds behind."""

    id: str
    state: MessageState
    submitted: str
    done: str
    error: str = "000"
    excerpt: str = ""
    parts: int = 1

    def __str__(self) -> str:
        return written(self.id, self.middle, self.excerpt)

    @property
    def middle(self) -> str:
        """What stands between the id and the excerpt: many receipts have it in common."""
        delivered = self.parts if self.state is MessageState.DELIVERED else 0
        return (
            f" sub:{self.parts:03} dlvrd:{delivered:03}"
            f" submit date:{self.submitted} done date:{self.done}"
            f" stat:{WORDS[self.state]} err:{self.error:0>3} text:"
        )


def written(id: str, middle: str, excerpt: str) -> str:
    """A receipt whose middle is known."""
    return f"id:{id}{middle}{excerpt[:EXCERPT]}"


def read(text: str) -> dict[str, str]:
    """The parts of a receipt by name, as far as it has the form of the appendix; empty for any other text."""
    found = _FORM.fullmatch(text)
    return {} if found is None else {name: value or "" for name, value in found.groupdict().items()}
