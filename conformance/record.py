"""A run as JSON lines: a header, then each check with its exchanges, then a verdict for each requirement."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from conformance.tape import By, Exchange

FORMAT = 1


class RecordError(ValueError):
    """A file that is no record of ours; one line naming the line."""


class Base64(msgspec.Struct, frozen=True):
    """Octets that are no UTF-8."""

    base64: str


Octets: TypeAlias = str | Base64


class Header(msgspec.Struct, frozen=True, kw_only=True, tag="run", tag_field="line"):
    """`catalogue` is a digest of the spec files; `clock` is where every space starts, `date` when we ran."""

    format: int = FORMAT
    smslab: str
    target: str
    base: str
    ours: bool
    catalogue: str
    providers: tuple[str, ...]
    seed: int
    clock: str
    date: str


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An exchange with its octets as text where they are text. `took` is in seconds."""

    by: str
    surface: str
    base: str
    request: Octets
    response: Octets
    took: float
    fault: str | None = None


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="check", tag_field="line"):
    """`guilty` is the position of the exchange that shows the finding."""

    id: str
    title: str
    requirements: tuple[str, ...]
    outcome: str
    reason: str = ""
    accepted: tuple[str, ...] = ()
    actual: str | None = None
    guilty: int | None = None
    exchanges: tuple[Said, ...] = ()


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the baseline expected here."""

    verdict: str
    reason: str


class Judged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="verdict", tag_field="line"):
    """A requirement as the catalogue had it, and what the run says about it."""

    id: str
    origin: str
    level: str
    at: str
    means: str
    setting: str | None = None
    verdict: str
    reason: str = ""
    checks: tuple[str, ...] = ()
    known: Known | None = None

    @property
    def provider(self) -> str:
        return self.id.split("/")[0]

    @property
    def area(self) -> str:
        return self.id.split("/")[1]


Line: TypeAlias = Header | Check | Judged


class Run(msgspec.Struct, frozen=True, kw_only=True):
    header: Header
    checks: tuple[Check, ...]
    verdicts: tuple[Judged, ...]

    def lines(self) -> Iterator[Line]:
        yield self.header
        yield from self.checks
        yield from self.verdicts

    def evidence(self, row: Judged) -> tuple[Check, ...]:
        """The checks behind a verdict, in the order they ran."""
        return tuple(check for check in self.checks if check.id in row.checks)


def said(exchange: Exchange) -> Said:
    return Said(
        by=exchange.by,
        surface=exchange.surface,
        base=exchange.base,
        request=_written(exchange.request),
        response=_written(exchange.response),
        took=round(exchange.took, 4),
        fault=exchange.fault,
    )


def exchange(said: Said) -> Exchange:
    return Exchange(
        by=By(said.by),
        surface=said.surface,
        base=said.base,
        request=_octets(said.request),
        response=_octets(said.response),
        took=said.took,
        fault=said.fault,
    )


def masked(check: Check, secrets: Iterable[bytes]) -> Check:
    """The same check with every secret replaced by three stars, in octets and findings alike."""
    ordered = sorted(secrets, key=len, reverse=True)

    def starred(octets: bytes) -> bytes:
        for secret in ordered:
            octets = octets.replace(secret, b"***")
        return octets

    def told(text: str) -> str:
        return starred(text.encode()).decode()

    return msgspec.structs.replace(
        check,
        reason=told(check.reason),
        accepted=tuple(map(told, check.accepted)),
        actual=None if check.actual is None else told(check.actual),
        exchanges=tuple(
            msgspec.structs.replace(
                one,
                request=_written(starred(_octets(one.request))),
                response=_written(starred(_octets(one.response))),
                fault=None if one.fault is None else told(one.fault),
            )
            for one in check.exchanges
        ),
    )


def written(lines: Iterable[Line]) -> bytes:
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def read(path: Path) -> Run:
    """A finished record; RecordError on anything else."""
    try:
        lines = [line for line in path.read_bytes().split(b"\n") if line]
    except OSError as fault:
        raise RecordError(f"{path}: {fault.strerror}") from None
    decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
    found: list[Line] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise RecordError(f"{path}: line {number} is no line of a run: {fault}") from None
    return _run(path, found)


def _run(path: Path, lines: list[Line]) -> Run:
    headers = [line for line in lines if isinstance(line, Header)]
    if len(headers) != 1 or lines[0] is not headers[0]:
        raise RecordError(f"{path}: a record starts with one header line; this has {len(headers)}")
    if headers[0].format != FORMAT:
        raise RecordError(f"{path}: format {headers[0].format}; this smslab reads format {FORMAT}")
    verdicts = tuple(line for line in lines if isinstance(line, Judged))
    if not verdicts:
        raise RecordError(f"{path}: the run did not finish; it holds no verdicts")
    return Run(
        header=headers[0],
        checks=tuple(line for line in lines if isinstance(line, Check)),
        verdicts=verdicts,
    )


def _written(octets: bytes) -> Octets:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return Base64(base64=base64.b64encode(octets).decode())


def _octets(value: Octets) -> bytes:
    return value.encode() if isinstance(value, str) else base64.b64decode(value.base64)
