"""A run as JSON lines: a header, then each check with its exchanges, then a verdict for each requirement."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from conformance.masking import Mask
from conformance.tape import SMPP, By, Exchange

FORMAT = 1


class RecordError(ValueError):
    """A file that is no record of ours; one line naming the line."""


class Base64(msgspec.Struct, frozen=True):
    """Octets that are no UTF-8."""

    base64: str


Octets: TypeAlias = str | Base64


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="run", tag_field="line"):
    """`catalogue` is a digest of the spec files; `clock` is where every space starts, `date` when we ran.

    `address` is what was given as TARGET, `smpp` what was with it as the place of SMPP, `drawn` the variables
    that asked for more calls drawn by chance.
    """

    format: int
    smslab: str
    target: str
    base: str
    address: str = ""
    smpp: str | None = None
    ours: bool
    catalogue: str
    providers: tuple[str, ...]
    seed: int
    clock: str
    date: str
    drawn: Mapping[str, str] = {}


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An exchange with its octets as text where they are text. `took` is in seconds."""

    by: str
    surface: str
    base: str
    request: Octets
    response: Octets
    took: float
    fault: str | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of a check that was made again; as in Check."""

    outcome: str
    reason: str = ""
    accepted: tuple[str, ...] = ()
    actual: str | None = None
    guilty: int | None = None
    exchanges: tuple[Said, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="check", tag_field="line"):
    """`guilty` is the position of the exchange that shows the finding.

    `again` is what came when the check was made once more, as those are that were unmet.
    """

    id: str
    title: str
    requirements: tuple[str, ...]
    outcome: str
    reason: str = ""
    accepted: tuple[str, ...] = ()
    actual: str | None = None
    guilty: int | None = None
    exchanges: tuple[Said, ...] = ()
    again: Seen | None = None

    @property
    def flaky(self) -> bool:
        """Unmet at first, met when it was made again: the subject contradicts itself."""
        return self.again is not None and self.again.outcome == "met"


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the baseline expected here; what is known as `flaky` may as well be as it should."""

    verdict: str
    reason: str
    flaky: bool = False


class Judged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="verdict", tag_field="line"):
    """A requirement as the catalogue had it, and what the run says about it.

    `flaky`: the subject did both, what the verdict says and what it should.
    """

    id: str
    origin: str
    level: str
    at: str
    means: str
    setting: str | None = None
    verdict: str
    reason: str = ""
    flaky: bool = False
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


def masked(check: Check, mask: Mask) -> Check:
    """The same check without secrets, in octets and findings alike."""
    again = check.again and msgspec.structs.replace(check.again, **_without_secrets(check.again, mask))
    return msgspec.structs.replace(check, **_without_secrets(check, mask), again=again)


def _without_secrets(seen: Check | Seen, mask: Mask) -> dict[str, Any]:
    return {
        "reason": mask.text(seen.reason),
        "accepted": tuple(map(mask.text, seen.accepted)),
        "actual": None if seen.actual is None else mask.text(seen.actual),
        "exchanges": tuple(_covered(one, mask) for one in seen.exchanges),
    }


def _covered(said: Said, mask: Mask) -> Said:
    cover = mask.pdu if said.surface == SMPP else mask.octets
    return msgspec.structs.replace(
        said,
        request=_written(cover(_octets(said.request))),
        response=_written(cover(_octets(said.response))),
        fault=None if said.fault is None else mask.text(said.fault),
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
