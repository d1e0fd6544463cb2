"""What came of a hunt, summed up by module and kept for conformance/README.md."""

from collections.abc import Iterable, Sequence

import msgspec

from conformance.places import fixtures
from conformance.tests.trial.judgements import excused

FILE = "trial/mutants.json"


class Hunted(msgspec.Struct, frozen=True, kw_only=True):
    """A mutant and its fate: killed, hung, survived, or equivalent; `by` says by what, or why."""

    name: str
    module: str
    line: int
    was: str
    reads: str
    fate: str
    by: str


class Survivor(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    reads: str
    why: str


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Of one module; `survivors` are those that a client could tell and no check noticed."""

    module: str
    mutants: int
    equivalent: int
    killed: int
    survivors: tuple[Survivor, ...]

    @property
    def rate(self) -> float:
        """Of those that a client could tell."""
        return self.killed / (self.mutants - self.equivalent)


def summed(hunted: Iterable[Hunted]) -> list[Tally]:
    """A tally for each module; of a mutant that was hunted twice the last hunt counts."""
    latest = {one.name: one for one in hunted}
    return [
        _tally(module, [one for one in latest.values() if one.module == module])
        for module in sorted({one.module for one in latest.values()})
    ]


def summary(tallies: Sequence[Tally]) -> str:
    """As JSON, for the file."""
    return msgspec.json.format(msgspec.json.encode(tallies), indent=2).decode()


def tallies() -> list[Tally]:
    """Those of the last hunt."""
    return msgspec.json.decode((fixtures() / FILE).read_bytes(), type=list[Tally])


def _tally(module: str, rows: Sequence[Hunted]) -> Tally:
    alive = sorted((one for one in rows if one.fate == "survived"), key=lambda one: (one.line, one.reads))
    return Tally(
        module=module,
        mutants=len(rows),
        equivalent=sum(one.fate == "equivalent" for one in rows),
        killed=sum(one.fate in ("killed", "hung") for one in rows),
        survivors=tuple(
            Survivor(line=one.line, reads=one.reads, why=excused(module, one.was, one.reads) or "")
            for one in alive
        ),
    )
