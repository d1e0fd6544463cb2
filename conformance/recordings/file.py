"""A recording as JSON lines: a header, then every exchange as it passed, disguised."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from conformance.record import RecordError, Said
from conformance.record import exchange as octets_of
from conformance.tape import Exchange

FORMAT = 1


class Head(msgspec.Struct, frozen=True, kw_only=True, tag="recording", tag_field="line"):
    """`upstream` is what was recorded; `date` when it began, ISO."""

    format: int
    smslab: str
    upstream: str
    date: str


class Taken(msgspec.Struct, frozen=True, kw_only=True, tag="exchange", tag_field="line"):
    """`at` is when it was asked, ISO with microseconds; `connection` counts those of the client."""

    at: str
    connection: int
    said: Said

    @property
    def exchange(self) -> Exchange:
        return octets_of(self.said)


Line: TypeAlias = Head | Taken


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    head: Head
    taken: tuple[Taken, ...]


def written(line: Line) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def read(path: Path) -> Recording:
    """RecordError where it is no recording of ours."""
    try:
        lines = [line for line in path.read_bytes().split(b"\n") if line]
    except OSError as fault:
        raise RecordError(f"{path}: {fault.strerror}") from None
    found = list(_lines(path, lines))
    if not found or not isinstance(found[0], Head):
        raise RecordError(f"{path}: a recording starts with its header; `smslab record` writes one")
    if found[0].format != FORMAT:
        raise RecordError(f"{path}: format {found[0].format}; this smslab reads format {FORMAT}")
    taken = tuple(line for line in found if isinstance(line, Taken))
    return Recording(name=path.name, head=found[0], taken=taken)


def _lines(path: Path, lines: list[bytes]) -> Iterator[Line]:
    decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
    for number, line in enumerate(lines, start=1):
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise RecordError(f"{path}: line {number} is no line of a recording: {fault}") from None
