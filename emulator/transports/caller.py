"""One kept connection to one receiver of callbacks."""

import socket
import ssl
import time
from collections.abc import Callable
from functools import cache, lru_cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TypeVar
from urllib.parse import SplitResult, quote, urlsplit

from emulator.core.pushes import Push, Result
from emulator.transports.answers import READ, SHOWN, Answer, Punctual, answered, beginning, left, plain

TIMEOUT = 10.0
"""Seconds on the wall for a whole attempt."""

LEGAL = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address for itself, beside letters, digits and -._ (RFC 3986)."""

Tried = TypeVar("Tried")


class Caller:
    """Asks one origin, over and over, one thing at a time. Not for several threads at once."""

    def __init__(self) -> None:
        self._connection: HTTPConnection | None = None
        self._method, self._part = "", b""
        self.until = 0.0
        """When the answer is waited for no longer, of the monotonic clock."""
        self.proved = False
        """Whether the last answer over this connection was a plain one: the next will be there at once."""

    @property
    def connected(self) -> bool:
        """Whether a connection is kept."""
        return self._connection is not None

    @property
    def descriptor(self) -> int:
        """That of the connection which is kept: answers are awaited there."""
        return self._sock.fileno()

    def ask(self, push: Push) -> Answer | None:
        """Send the request, over the connection that is kept: nobody may have hung up there.

        How that failed, if it did. Never raises, takes at most TIMEOUT seconds.
        """
        self._method, self._part, self.until = push.method, b"", time.monotonic() + TIMEOUT
        return self._tried(lambda: self._ask(push))

    def answer(self) -> Answer | None:
        """What was answered, which is waited for until TIMEOUT seconds after it was asked.

        None where only a part is there and the last answer was a plain one: there is more to await.
        Never raises, never follows a redirect.
        """
        return self._tried(self._answer)

    def close(self) -> None:
        self.proved = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tried(self, step: Callable[[], Tried]) -> Tried | Answer:
        try:
            return step()
        except TimeoutError:
            failure = Answer(Result.TIMEOUT)
        except ConnectionRefusedError:
            failure = Answer(Result.REFUSED)
        except (HTTPException, OSError, ValueError) as error:
            failure = Answer(Result.FAILED, body=f"{type(error).__name__}: {error}"[:SHOWN])
        self.close()
        return failure

    def _ask(self, push: Push) -> None:
        request = written(push)
        sock = self._connected(push.url)
        sent = sock.send(request) if self.proved else 0
        if sent < len(request):
            sock.settimeout(left(self.until))
            sock.sendall(request[sent:])
            sock.settimeout(0)

    def _answer(self) -> Answer | None:
        sock = self._sock
        octets = self._part + (block := self._begun(sock))
        while isinstance(found := plain(octets), int) and block:
            seconds = left(self.until)
            if self.proved:
                self._part = octets
                return None
            sock.settimeout(seconds)
            octets += (block := sock.recv(READ))
        if not isinstance(found, Answer):
            return self._read(sock, octets)
        self.proved = not isinstance(sock, ssl.SSLSocket)
        return found

    def _begun(self, sock: socket.socket) -> bytes:
        try:
            return sock.recv(READ)
        except (BlockingIOError, ssl.SSLWantReadError):
            sock.settimeout(left(self.until))
            return sock.recv(READ)

    def _read(self, sock: socket.socket, begun: bytes) -> Answer:
        """The answer that begins with these octets, read to its end or as far as anybody looks at it."""
        self.proved = False
        with Punctual(sock, self._method, self.until, begun) as response:
            response.begin()
            shown = beginning(response)
            whole = response.isclosed() or response.length == 0  # Python 3.11 does not close by itself
        if response.will_close or not whole or response.exceeded:
            self.close()
        return answered(response.status, shown)

    def _connected(self, url: str) -> socket.socket:
        """The kept connection if there is one, else a new one."""
        if self._connection is None:
            self._connection = connection(urlsplit(url))
            self._connection.connect()
        sock = self._sock
        if self.proved and sock.gettimeout():
            sock.settimeout(0)
        return sock

    @property
    def _sock(self) -> socket.socket:
        assert self._connection is not None  # which an answer is awaited from
        sock: socket.socket = self._connection.sock
        return sock


def connection(url: SplitResult) -> HTTPConnection:
    host = url.hostname or ""
    if url.scheme == "https":
        return HTTPSConnection(host, url.port, timeout=TIMEOUT, context=trusting())
    return HTTPConnection(host, url.port, timeout=TIMEOUT)


@cache
def trusting() -> ssl.SSLContext:
    """Test receivers sign their own certificates: they are not asked who they are."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def written(push: Push) -> bytes:
    """The request. Raises ValueError, HTTPException for what is none."""
    head = _head(push.method, push.url, push.headers)
    if push.method == "GET":
        return head + b"\r\n"
    body = push.body.encode()
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


@lru_cache(maxsize=1024)  # a customer's address is called over and over, and its head is most of the work
def _head(method: str, url: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    """The head without its end, as Python's own client writes and checks it."""
    split, said = urlsplit(url), list[bytes]()
    client = connection(split)
    client.send = said.append  # type: ignore[method-assign, assignment]  # nothing is sent from here
    client.putrequest(method, target(split))
    for name, value in {"User-Agent": "smslab", "Accept": "*/*", **dict(headers)}.items():
        client.putheader(name, value)
    client.endheaders()
    return b"".join(said).removesuffix(b"\r\n")


def target(url: SplitResult) -> str:
    """Path and query, as they are but for what may not travel so."""
    return quote((url.path or "/") + (f"?{url.query}" if url.query else ""), safe=LEGAL)
