"""What a receiver made of a push: seen at a glance where it is plain, else read with all care."""

import io
import re
import socket
import time
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPResponse
from typing import TYPE_CHECKING

from emulator.core.pushes import Result

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

READ = 8 * 1024
"""Octets of an answer that are looked at."""

SHOWN = 200
"""Characters of an answer that are remembered."""

BODILESS = frozenset({204, 304})

VERSION = b"HTTP/1.1 "
_STATUS = re.compile(re.escape(VERSION) + rb"([2-5][0-9][0-9])(?: .*)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver made of a push: its status and the beginning of its body, or how it failed."""

    result: Result
    status: int | None = None
    body: str = ""


def answered(status: int, body: bytes) -> Answer:
    return Answer(Result.ANSWERED, status, body.decode("utf-8", "replace")[:SHOWN])


def plain(octets: bytes) -> Answer | int | None:
    """The answer that octets are; how many are missing at least; None where it takes more care to read it."""
    head, end, body = octets.partition(b"\r\n\r\n")
    if not end:
        return 1 if octets.startswith(VERSION) and len(octets) < READ else None
    known = _plain_head(head)
    if known is None:
        return None
    status, length = known
    missing = length - len(body)
    if missing > 0:
        return missing
    return answered(status, body) if not missing else None


@lru_cache(maxsize=256)  # receivers say the same again and again
def _plain_head(head: bytes) -> tuple[int, int] | None:
    """Status and length of an answer that has a length, is not long, and leaves the connection open."""
    line, *rows = head.split(b"\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (row.partition(b":") for row in rows)}
    status, length = _STATUS.fullmatch(line), fields.get(b"content-length", b"")
    stays = fields.get(b"connection", b"keep-alive").lower() == b"keep-alive"
    if status is None or int(status[1]) in BODILESS or not stays or b"transfer-encoding" in fields:
        return None
    return (int(status[1]), int(length)) if length.isdigit() and len(length) < 5 else None


class Punctual(HTTPResponse):
    """A response that is there in time, or raises TimeoutError: octet by octet is no way to win time.

    It begins with what was read already.
    """

    def __init__(self, sock: socket.socket, method: str, until: float, begun: bytes) -> None:
        super().__init__(sock, method=method)
        self._said = Deadline(sock, self.fp.detach(), until, begun)
        self.fp = self._reader = Reader(self._said)

    @property
    def exceeded(self) -> bool:
        """Whether more was said than the answer, which would be taken for the next one. Known once closed."""
        return self._reader.end < self._said.tell()


class Reader(io.BufferedReader):
    """Knows how many octets were made use of when it was closed."""

    end = 0

    def close(self) -> None:
        if not self.closed:
            self.end = self.tell()
        super().close()


class Deadline(io.RawIOBase):
    """What a socket says until a moment of the monotonic clock, after what it said before."""

    def __init__(self, sock: socket.socket, stream: io.RawIOBase, until: float, begun: bytes) -> None:
        self._sock, self._stream, self._until, self._begun = sock, stream, until, begun
        self._told = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        if self._begun:
            room = memoryview(buffer).cast("B")
            count = min(len(room), len(self._begun))
            room[:count], self._begun = self._begun[:count], self._begun[count:]
        else:
            self._sock.settimeout(left(self._until))
            count = self._stream.readinto(buffer) or 0
        self._told += count
        return count

    def tell(self) -> int:
        """Octets that were read."""
        return self._told

    def close(self) -> None:
        self._stream.close()
        super().close()


def left(until: float) -> float:
    """Seconds until a moment of the monotonic clock. Raises TimeoutError when it is past."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the answer took too long")
    return seconds


def beginning(response: HTTPResponse) -> bytes:
    """The first octets of the body."""
    found = b""
    while len(found) < READ and (block := response.read1(READ)):
        found += block
    return found
