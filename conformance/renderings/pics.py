"""The conformance statement of an SMSC (PICS): what of SMPP 3.4 it supports, filled in from a run."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from conformance import places
from conformance.catalogue import Level
from conformance.record import Judged, Run
from conformance.renderings.markdown import code, plain, table
from conformance.renderings.sightings import Kind, Sightings, sightings
from conformance.verdict import OBSERVED, Verdict

PROVIDER = "smpp34"
EXPLAINED = """\
Filled in from what was observed, not from what is claimed. Status: m mandatory, r recommended, o optional,
empty where no requirement asks for it. Support: yes, partly, no, or *not observed* where no check found out.
Shown by requirements, each that is not met with its verdict, or by those whose checks saw it on the wire."""
MOST = 4  # requirements that a line names where octets alone show it
FINE = frozenset({Verdict.MET, Verdict.SUPPORTED})


class Status(StrEnum):
    """How much the specification asks for a feature: its strongest requirement decides."""

    MANDATORY = "m"
    RECOMMENDED = "r"
    OPTIONAL = "o"


WORTH = {Level.MUST: Status.MANDATORY, Level.SHOULD: Status.RECOMMENDED, Level.MAY: Status.OPTIONAL}


class Support(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "not observed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`number` is looked for in what the SMSC sent, where the table says as what."""

    feature: str
    at: str
    shown: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: str
    seen: Kind | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A line with its answer; `evidence` are requirements, each that is not met with its verdict."""

    item: str
    line: Line
    status: Status | None
    support: Support
    evidence: tuple[str, ...]


def pics(run: Run) -> str:
    """Markdown; empty where the run has nothing to say of SMPP."""
    if not any(row.provider == PROVIDER and row.verdict in OBSERVED for row in run.verdicts):
        return ""
    return "\n".join(_lines(run))


@cache
def statement(path: Path | None = None) -> tuple[Table, ...]:
    """The empty form, as `specs/pics/smpp34.toml` has it."""
    text = (path or places.specs() / "pics" / "smpp34.toml").read_text(encoding="utf-8")
    return tuple(map(_table, tomllib.loads(text)["table"]))


def filled(run: Run) -> dict[str, list[Filled]]:
    """Every table by its title, in the order of the form; its lines are A.1, A.2, …"""
    rows = {row.id: row for row in run.verdicts}
    seen = sightings(run, PROVIDER)
    return {
        form.title: [
            _filled(f"{letter}.{number}", line, form.seen, rows, seen)
            for number, line in enumerate(form.lines, start=1)
        ]
        for letter, form in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", statement(), strict=False)
    }


def _table(found: Mapping[str, Any]) -> Table:
    lines = tuple(Line(**one | {"shown": tuple(one.get("shown", ()))}) for one in found["line"])
    return Table(title=found["title"], seen=Kind(found["seen"]) if "seen" in found else None, lines=lines)


def _filled(item: str, line: Line, kind: Kind | None, rows: Mapping[str, Judged], seen: Sightings) -> Filled:
    own = [rows[name] for name in line.shown if name in rows]
    judged = [row for row in own if row.verdict in OBSERVED]
    sighted = tuple(seen.get((kind, line.number), ())) if kind and line.number is not None else ()
    if sighted and not judged:
        support, evidence = Support.YES, _few(sighted)
    else:
        support, evidence = _support(judged), tuple(map(_named, judged))
    return Filled(item=item, line=line, status=_status(own), support=support, evidence=evidence)


def _support(judged: Sequence[Judged]) -> Support:
    if not judged:
        return Support.UNKNOWN
    fine = sum(row.verdict in FINE for row in judged)
    if fine == len(judged):
        return Support.YES
    return Support.PARTLY if fine else Support.NO


def _status(rows: Sequence[Judged]) -> Status | None:
    levels = [Level(row.level) for row in rows]
    return next((WORTH[level] for level in Level if level in levels), None)


def _named(row: Judged) -> str:
    return code(row.id) if row.verdict in FINE else f"{code(row.id)} {row.verdict}"


def _few(ids: Sequence[str]) -> tuple[str, ...]:
    more = (f"and {len(ids) - MOST} more",) if len(ids) > MOST else ()
    return (*map(code, ids[:MOST]), *more)


def _lines(run: Run) -> Iterator[str]:
    header = run.header
    yield from ("# SMPP 3.4: implementation conformance statement", "")
    identity = (
        ("implementation", plain(header.target)),
        ("role", "SMSC"),
        ("specification", "Short Message Peer to Peer Protocol v3.4, issue 1.2"),
        ("address", plain(header.base)),
        ("observed", f"{header.date}, by smslab {header.smslab}, catalogue {header.catalogue}"),
    )
    yield from table(("", ""), identity)
    yield from (EXPLAINED, "")
    for title, lines in filled(run).items():
        yield from (f"## {lines[0].item.partition('.')[0]}. {title}", "")
        yield from table(
            ("item", "feature", "reference", "status", "support", "shown by"), map(_cells, lines)
        )


def _cells(one: Filled) -> tuple[str, ...]:
    support = f"*{one.support}*" if one.support is Support.UNKNOWN else one.support.value
    return (
        one.item,
        plain(one.line.feature),
        one.line.at,
        one.status or "",
        support,
        ", ".join(one.evidence),
    )
