"""One kept connection to one receiver of callbacks."""

import select
import socket
import ssl
import time
from functools import cache, lru_cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, quote, urlsplit

from emulator.core.pushes import Push, Result
from emulator.transports.answers import READ, SHOWN, Answer, Punctual, answered, beginning, left, plain

TIMEOUT = 10.0
"""Seconds on the wall for a whole attempt."""

LEGAL = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address for itself, beside letters, digits and -._ (RFC 3986)."""


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
        request = written(push)
        sock = self._connected(push.url)
        sock.sendall(request)
        octets = sock.recv(READ)
        while isinstance(found := plain(octets), int):
            sock.settimeout(left(until))
            octets += (block := sock.recv(found))
            if not block:
                break
        return found if isinstance(found, Answer) else self._read(sock, push, until, octets)

    def _read(self, sock: socket.socket, push: Push, until: float, begun: bytes) -> Answer:
        """The answer that begins with these octets, read to its end or as far as anybody looks at it."""
        with Punctual(sock, push.method, until, begun) as response:
            response.begin()
            shown = beginning(response)
            whole = response.isclosed() or response.length == 0  # Python 3.11 does not close by itself
        if response.will_close or not whole:
            self.close()
        return answered(response.status, shown)

    def _connected(self, url: str) -> socket.socket:
        """The kept connection if it still stands, else a new one."""
        if self._connection is None or dropped(self._connection):
            self.close()
            self._connection = connection(urlsplit(url))
            self._connection.connect()
        sock: socket.socket = self._connection.sock
        if sock.gettimeout() != TIMEOUT:
            sock.settimeout(TIMEOUT)
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


def dropped(connection: HTTPConnection) -> bool:
    """Whether the other side has hung up, or says something unasked."""
    if connection.sock is None:
        return True
    readable = select.poll()  # unlike select() it takes descriptors beyond 1023, and a busy server has them
    readable.register(connection.sock, select.POLLIN)
    return bool(readable.poll(0))


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
