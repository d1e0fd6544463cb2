"""An HTTP/1.1 client that keeps every octet: what it sent and what came back."""

import http.client
import select
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from types import TracebackType
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from conformance.tape import Exchange, Tape


class Unreachable(Exception):
    """No connection could be opened: nothing can be said about the subject."""


class Unanswered(Exception):
    """The subject took the connection, then hung up, fell silent or spoke no HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`headers` is found by any spelling of a name; `text` shows wrong UTF-8 as escapes."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="backslashreplace")


class HttpClient:
    """One connection, kept alive. `base` may have a path, which stands before every other path.

    What is said goes onto `tape` as long as there is one.
    """

    def __init__(
        self, base: str, *, tape: Tape | None = None, surface: str = "http", timeout: float = 10.0
    ) -> None:
        parts = urlsplit(base)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.prefix = parts.path.rstrip("/")
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._named = parts.netloc.rpartition("@")[2]
        self.tape = tape
        self._surface = surface
        self._timeout = timeout
        self._line: _Line | None = None

    def __enter__(self) -> "HttpClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def request(
        self, method: str, target: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """`target` is path and query exactly as they shall travel; Host and Content-Length are added."""
        lines = {"Host": self._named, "User-Agent": "smslab", **(headers or {})}
        if body is not None:
            lines.setdefault("Content-Length", str(len(body)))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        start = f"{method} {self.prefix}{target} HTTP/1.1\r\n"
        return self.raw(f"{start}{head}\r\n".encode() + (body or b""), method=method)

    def raw(self, octets: bytes, *, method: str = "GET") -> Reply:
        """Send the octets as they are and read one answer; `method` tells whether it can have a body."""
        line = self._connected()
        began = time.perf_counter()
        fault: str | None = None
        try:
            line.send(octets)
            return line.answer(method)
        except TimeoutError:
            fault = f"no complete answer within {self._timeout:g} s"
            raise Unanswered(fault) from None
        except (OSError, http.client.HTTPException, ValueError) as broken:
            line.drain()
            fault = f"no answer in HTTP: {type(broken).__name__} {broken}".rstrip()
            raise Unanswered(fault) from None
        finally:
            if self.tape is not None:
                self.tape.record(
                    Exchange(
                        surface=self._surface,
                        base=self.origin,
                        request=octets,
                        response=line.heard(),
                        took=time.perf_counter() - began,
                        fault=fault,
                    )
                )
            if fault or line.ended:
                self.close()

    def probe(self) -> None:
        """Open and close a connection; Unreachable when there is none to be had."""
        self._connected()
        self.close()

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _connected(self) -> "_Line":
        if self._line is not None and self._line.stale():
            self.close()
        if self._line is None:
            self._line = _Line(self._opened())
        return self._line

    def _opened(self) -> socket.socket:
        try:
            plain = socket.create_connection((self._host, self._port), timeout=self._timeout)
        except OSError as fault:
            raise Unreachable(f"nothing answers at {self.origin}: {fault.strerror or fault}") from None
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._secure:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=self._host)
        except OSError as fault:
            plain.close()
            raise Unreachable(f"no TLS at {self.origin}: {fault}") from None


class _Line:
    """A connection whose reading side is overheard."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._reader = channel.makefile("rb")
        self._heard = bytearray()
        self.ended = False

    def send(self, octets: bytes) -> None:
        self._heard.clear()
        self._channel.sendall(octets)

    def answer(self, method: str) -> Reply:
        response = http.client.HTTPResponse(cast(socket.socket, self), method=method)
        response.begin()
        body = response.read()
        self.ended = response.will_close
        return Reply(status=response.status, headers=response.headers, body=body)

    def drain(self) -> None:
        """Hears what is there already, without waiting for more."""
        self._channel.settimeout(0.05)
        with suppress(OSError):
            self._heard += self._reader.peek()

    def heard(self) -> bytes:
        return bytes(self._heard)

    def stale(self) -> bool:
        """An idle connection with something to read was closed, or talked out of turn, by the other side."""
        return bool(select.select([self._channel], [], [], 0)[0])

    def close(self) -> None:
        self._reader.close()
        self._channel.close()

    def makefile(self, _mode: str) -> BinaryIO:
        """What HTTPResponse asks of a socket; it closes what it gets, which must not end the connection."""
        return cast(BinaryIO, _Overheard(self._reader, self._heard))


class _Overheard:
    def __init__(self, reader: BinaryIO, heard: bytearray) -> None:
        self._reader = reader
        self._heard = heard

    def readline(self, limit: int = -1) -> bytes:
        return self._kept(self._reader.readline(limit))

    def read(self, size: int | None = -1) -> bytes:
        return self._kept(self._reader.read(-1 if size is None else size))

    def read1(self, size: int = -1) -> bytes:
        return self.read(size)

    def readinto(self, buffer: memoryview) -> int:
        octets = self.read(len(buffer))
        buffer[: len(octets)] = octets
        return len(octets)

    def flush(self) -> None:
        """Nothing is written here."""

    def close(self) -> None:
        """The connection outlives the answer."""

    def _kept(self, octets: bytes) -> bytes:
        self._heard += octets
        return octets
