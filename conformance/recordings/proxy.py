"""Stands between a client and what it calls, passes everything on and tells of every exchange."""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import urlsplit

from conformance.drivers.http import HttpClient, Unanswered, Unreachable
from conformance.drivers.smpp import url
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import ANSWER
from conformance.recordings.calls import request
from conformance.relay import Relay, Spoiling, Talk
from conformance.tape import SMPP, By, Exchange, Tape

LONGEST = 2**20  # octets of a head
HOP = frozenset({b"host", b"accept-encoding", b"expect", b"proxy-connection"})
"""Lines that are about this connection, or would have the answer packed."""

Hear = Callable[[int, Exchange], None]
"""Told of the client's connection, by number, and of an exchange on it."""


@contextmanager
def passing(upstream: str, listen: tuple[str, int], hear: Hear, *, timeout: float = 30.0) -> Iterator[str]:
    """A proxy for an address of HTTP or SMPP; its own address, for as long as the block lasts."""
    parts = urlsplit(upstream)
    if parts.scheme == "smpp":
        with _passing_pdus((parts.hostname or "", parts.port or 2775), listen, hear) as address:
            yield address
        return
    server = _Server(listen, upstream, hear, timeout)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        host, port = server.server_address[:2]
        yield f"http://{host!s}:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)


@contextmanager
def _passing_pdus(smsc: tuple[str, int], listen: tuple[str, int], hear: Hear) -> Iterator[str]:
    numbers, base = count(1), url(smsc)

    def told(talk: Talk, frame: Frame, by: By, *, answer: bool) -> Iterable[bytes]:
        number = talk.kept.setdefault("number", 0) or next(numbers)
        talk.kept["number"] = number
        request, response = (b"", frame.octets) if answer else (frame.octets, b"")
        hear(
            number,
            Exchange(by=by, surface=SMPP, base=base, request=request, response=response, took=0.0),
        )
        return [frame.octets]

    def asked(talk: Talk, frame: Frame) -> Iterable[bytes]:
        return told(talk, frame, By.HARNESS, answer=False)

    def said(talk: Talk, frame: Frame) -> Iterable[bytes]:
        return told(talk, frame, By.HARNESS if frame.command & ANSWER else By.SUBJECT, answer=True)

    relay = Relay(smsc, listen)
    relay.spoil(Spoiling(asked=asked, told=said))
    with relay.open():
        yield url(relay.address)


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, listen: tuple[str, int], upstream: str, hear: Hear, timeout: float) -> None:
        self.upstream, self.hear, self.patience = upstream, hear, timeout
        self.connections = count(1)
        super().__init__(listen, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client who hangs up early is its own business; what goes wrong here is not."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        number, tape = next(self.server.connections), Tape()
        with HttpClient(self.server.upstream, tape=tape, timeout=self.server.patience) as client:
            while (asked := self._asked(client)) is not None:
                answer = _answered(client, tape, asked)
                for one in tape.exchanges:  # kept before the client has it, who may be done then and end us
                    self.server.hear(number, one)
                tape.exchanges.clear()
                self.wfile.write(answer)

    def _asked(self, client: HttpClient) -> bytes | None:
        """The next request as it goes on; None where there is none any more."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline(LONGEST)
            if not line or len(head) > LONGEST:
                return None
            head += line
        asked = request(head)
        if "100-continue" in str(asked.headers.get("Expect", "")).lower():
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            return _forwarded(head, client) + self._body(head)
        except ValueError:  # a length that is none: nobody knows where the request ends
            return None

    def _body(self, head: bytes) -> bytes:
        headers = request(head).headers
        if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
            return b"".join(self._chunks())
        return self.rfile.read(int(headers.get("Content-Length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := self.rfile.readline(LONGEST):
            yield size
            if not (length := int(size.partition(b";")[0], 16)):
                break
            yield self.rfile.read(length + 2)
        while (line := self.rfile.readline(LONGEST)) not in (b"\r\n", b""):
            yield line
        yield b"\r\n"


def _forwarded(head: bytes, client: HttpClient) -> bytes:
    """The head of a request as upstream shall have it."""
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    method, _, rest = first.partition(b" ")
    kept = [line for line in lines if line.partition(b":")[0].lower() not in HOP]
    host = f"Host: {urlsplit(client.origin).netloc}".encode()
    return b"\r\n".join([method + b" " + client.prefix.encode() + rest, host, *kept]) + b"\r\n\r\n"


def _answered(client: HttpClient, tape: Tape, asked: bytes) -> bytes:
    """What upstream says, octet by octet; 502 where it says nothing."""
    try:
        client.raw(asked, method=asked.partition(b" ")[0].decode("latin-1"))
    except (Unreachable, Unanswered) as fault:
        text = str(fault).encode()
        return b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text)
    return tape.exchanges[-1].response
