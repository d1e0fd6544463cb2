"""What differs from a recording and why that stays so, as a file says it."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exchanges that differ for one reason, in what is answered or in what is kept."""

    exchanges: list[str]
    reason: str


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All there are of one recording."""

    difference: list[Entry]
    kept: list[Entry]


def reasons(entries: Sequence[Entry]) -> Mapping[str, str]:
    return {id: entry.reason for entry in entries for id in entry.exchanges}


def ledger(path: Path) -> Ledger:
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Ledger)
