"""What a page shows behind its rows, packed: every text once, all of it compressed."""

import base64
import zlib
from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from conformance.drivers.curl import command
from conformance.record import Check, Judged, Said, Seen, exchange
from conformance.renderings.comparison import Line, Side
from conformance.renderings.octets import readable
from conformance.tape import SMPP, By

LONGEST = 4000  # characters of one half of an exchange, or of a line to copy; the record has the rest

Cell: TypeAlias = str | int | float | list["Cell"] | None


class Texts:
    """Texts by number, each kept once: the same requests and answers come thousands of times."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.kept.setdefault(text, len(self.kept))


def packed(sides: Sequence[Side], every: Sequence[Line]) -> str:
    """Base64 of deflated JSON, whose parts the script of the page names: texts, checks and rows."""
    texts = Texts()
    checks = [{check.id: number for number, check in enumerate(side.run.checks)} for side in sides]
    document = {
        "checks": [[_check(check, texts) for check in side.run.checks] for side in sides],
        "rows": {line.row.id: _row(line, checks) for line in every},
        "texts": [*texts.kept],
    }
    octets = zlib.compress(msgspec.json.encode(document), 9)
    return base64.b64encode(octets).decode()


def _row(line: Line, checks: Sequence[dict[str, int]]) -> list[Cell]:
    sides = [_judged(row, known) for row, known in zip(line.sides, checks, strict=True)]
    return [line.row.at, line.row.setting, list(sides)]


def _judged(row: Judged | None, numbers: dict[str, int]) -> Cell:
    if row is None:
        return None
    known = f"{row.known.verdict}: {row.known.reason}" if row.known else ""
    checks: list[Cell] = [numbers[name] for name in row.checks if name in numbers]
    return [row.verdict, row.flaky, row.reason, known, checks]


def _check(check: Check, texts: Texts) -> list[Cell]:
    again = None if check.again is None else _seen(check.again, texts)
    return [check.id, check.title, _seen(check, texts), again]


def _seen(seen: Check | Seen, texts: Texts) -> list[Cell]:
    exchanges: list[Cell] = [_exchange(said, texts) for said in seen.exchanges]
    return [seen.outcome, seen.reason, [*seen.accepted], seen.actual, seen.guilty, exchanges]


def _exchange(said: Said, texts: Texts) -> list[Cell]:
    """Who called, over what, how many milliseconds it took, request, line to copy, answer, fault."""
    octets = exchange(said)
    halves = [readable(half, said.surface, LONGEST) for half in (octets.request, octets.response)]
    line = command(octets) if said.by == By.HARNESS and said.surface != SMPP else ""
    request, response = map(texts.number, halves)
    copied = texts.number(line if len(line) <= LONGEST else "")
    return [said.by, said.surface, round(said.took * 1000, 1), request, copied, response, said.fault]
