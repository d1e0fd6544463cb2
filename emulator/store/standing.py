"""How a space stands, beside what it remembers; and what is known of one from before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Standing(NamedTuple):
    """`start` is how the space began, as JSON. Its clock stood at `now` when the wall's stood at `wall`.

    `born` tells it from all others that had its name in this database, as `start` does not: that of a default
    space is what each process was given. It is empty for one of an older smslab, or where nobody compares.
    """

    start: str
    seed: int
    now: datetime
    rate: float
    wall: datetime
    born: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """Without a `standing` there was no such space. Its named states are archives."""

    standing: Standing | None = None
    named: Mapping[str, bytes] = field(default_factory=dict)

    def with_(self, more: "Past") -> "Past":
        return Past(more.standing or self.standing, {**self.named, **more.named})


NOTHING = Past()
