"""What differs from a recording and why that stays so, as a file says it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exchanges that differ for one reason."""

    exchanges: list[str]
    reason: str


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All there are of one recording."""

    difference: list[Entry]

    def reasons(self) -> Mapping[str, str]:
        return {id: entry.reason for entry in self.difference for id in entry.exchanges}


def ledger(path: Path) -> Ledger:
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Ledger)
