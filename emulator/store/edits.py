"""Rows, and what is to become of them: what memories and databases say to each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Row(NamedTuple):
    """A value of a kind, as it is written down: key and body are JSON."""

    kind: str
    key: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is to become of the rows of a space: kinds that go, then rows that go, then rows that come.

    A row that goes and comes stands behind all others of its kind from then on.
    """

    space: str
    cleared: Collection[str]
    gone: Sequence[tuple[str, str]]
    come: Sequence[Row]
