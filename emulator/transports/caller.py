"""One kept connection to one receiver of callbacks."""

import io
import select
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urlsplit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

from emulator.core.pushes import Push, Result

TIMEOUT = 10.0
"""Seconds on the wall for a whole attempt."""

READ = 8 * 1024
"""Octets of an answer that are looked at."""

SHOWN = 200
"""Characters of an answer that are remembered."""

LEGAL = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address for itself, beside letters, digits and -._ (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver made of a push: its status and the beginning of its body, or how it failed."""

    result: Result
    status: int | None = None
    body: str = ""


class Caller:
    """Calls one origin, over and over. Not for several threads at once."""

    def __init__(self) -> None:
        self._connection: HTTPConnection | None = None

    def attempt(self, push: Push) -> Answer:
        """Try once, now. Never raises, never follows a redirect, takes at most TIMEOUT seconds."""
        try:
            return self._answer(push, time.monotonic() + TIMEOUT)
        except TimeoutError:
            return self._failed(Answer(Result.TIMEOUT))
        except ConnectionRefusedError:
            return self._failed(Answer(Result.REFUSED))
        except (HTTPException, OSError, ValueError) as error:
            return self._failed(Answer(Result.FAILED, body=f"{type(error).__name__}: {error}"[:SHOWN]))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _failed(self, answer: Answer) -> Answer:
        self.close()
        return answer

    def _answer(self, push: Push, until: float) -> Answer:
        url = urlsplit(push.url)
        connection = self._connected(url)
        body = push.body.encode() if push.method != "GET" else None
        connection.request(push.method, target(url), body, headers(push))
        connection.response_class = lambda sock, method: Punctual(sock, method, until)  # type: ignore[assignment]
        with connection.getresponse() as response:
            shown = beginning(response)
            whole = response.isclosed() or response.length == 0  # Python 3.11 does not close by itself
        if not whole:
            self.close()
        return Answer(Result.ANSWERED, response.status, shown.decode("utf-8", "replace")[:SHOWN])

    def _connected(self, url: SplitResult) -> HTTPConnection:
        """The kept connection if it still stands, else a new one."""
        if self._connection is None or dropped(self._connection):
            self.close()
            self._connection = connection(url)
        if self._connection.sock is not None:
            self._connection.sock.settimeout(TIMEOUT)
        return self._connection


def connection(url: SplitResult) -> HTTPConnection:
    host = url.hostname or ""
    if url.scheme == "https":  # test receivers sign their own certificates: they are not asked who they are
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return HTTPSConnection(host, url.port, timeout=TIMEOUT, context=context)
    return HTTPConnection(host, url.port, timeout=TIMEOUT)


def dropped(connection: HTTPConnection) -> bool:
    """Whether the other side has hung up, or says something unasked."""
    if connection.sock is None:
        return True
    readable = select.poll()  # unlike select() it takes descriptors beyond 1023, and a busy server has them
    readable.register(connection.sock, select.POLLIN)
    return bool(readable.poll(0))


def headers(push: Push) -> Mapping[str, str]:
    return {"User-Agent": "smslab", "Accept": "*/*", **dict(push.headers)}


def target(url: SplitResult) -> str:
    """Path and query, as they are but for what may not travel so."""
    return quote((url.path or "/") + (f"?{url.query}" if url.query else ""), safe=LEGAL)


def beginning(response: HTTPResponse) -> bytes:
    """The first octets of the body."""
    found = b""
    while len(found) < READ and (block := response.read1(READ)):
        found += block
    return found


class Punctual(HTTPResponse):
    """A response that is there in time, or raises TimeoutError: octet by octet is no way to win time."""

    def __init__(self, sock: socket.socket, method: str, until: float) -> None:
        super().__init__(sock, method=method)
        self.fp = io.BufferedReader(Deadline(sock, self.fp.detach(), until))


class Deadline(io.RawIOBase):
    """What a socket says until a moment of the monotonic clock."""

    def __init__(self, sock: socket.socket, stream: io.RawIOBase, until: float) -> None:
        self._sock, self._stream, self._until = sock, stream, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()
