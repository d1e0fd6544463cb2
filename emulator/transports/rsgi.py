"""The application behind granian: in its event loop whatever is answered at once, in threads all else.

A thread for each request would cost a sixth more: they get in each other's way. What waits would stop a loop.
"""

import asyncio
import io
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from granian.rsgi import ProtocolClosed, ProtocolError

from emulator.transports.bodies import LARGEST
from emulator.transports.crew import Crew

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from granian.rsgi import HTTPProtocol, Scope

LONG = 2**16
"""Octets of a body that take a while to be understood."""

MOST_STREAMED = 16 * 2**20
"""Octets after which an endless answer ends: granian keeps what a listener does not read, all of it."""

GONE = (ProtocolClosed, ProtocolError, ConnectionAbortedError)
"""Whoever asked is not there any more, or is cut off on purpose."""

Rest = Callable[[], None]
"""What is left to do, and takes its time."""

log = logging.getLogger("smslab")


class Bridge:
    """What granian calls; `is_swift` says of a path whether its answer waits for nothing.

    `begun` is called by the loop as soon as it runs.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        is_swift: Callable[[str], bool],
        threads: int,
        begun: Callable[[], object] = lambda: None,
    ) -> None:
        self._app, self._is_swift, self._begun = app, is_swift, begun
        self._crew = Crew(threads, "smslab-request")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        loop.call_soon(self._begun)

    async def __rsgi__(self, scope: "Scope", proto: "HTTPProtocol") -> None:
        environ = environ_of(scope)
        is_short = await self._received(environ, proto)
        rest: Rest | None = partial(self._do, environ, proto)
        if is_short and self._is_swift(environ["PATH_INFO"]):
            rest = self._answer(environ, proto)
        if rest is not None:
            await self._crewed(rest)

    async def _received(self, environ: "WSGIEnvironment", proto: "HTTPProtocol") -> bool:
        """Have the body at hand, as far as anybody may want it; whether it is a short one.

        It is waited for here: whoever sends it slowly holds no thread.
        """
        given = environ.get("CONTENT_LENGTH", "")
        if not given and "HTTP_TRANSFER_ENCODING" not in environ:
            environ["wsgi.input"] = io.BytesIO()
            return True
        if given.isdigit() and int(given) <= LARGEST:
            body = await whole(proto)
            environ["wsgi.input"] = io.BytesIO(body)
            return len(body) <= LONG
        environ["wsgi.input"] = incoming = Incoming(proto, self._loop)
        await incoming.fill(LARGEST + 1)
        return False

    async def _crewed(self, rest: Rest) -> None:
        """Have it done by a thread."""
        done = self._loop.create_future()

        def tell() -> None:
            with suppress(RuntimeError):  # the loop has ended, and whoever waited with it
                self._loop.call_soon_threadsafe(done.set_result, None)

        def work() -> None:
            try:
                rest()
            finally:
                tell()

        self._crew.do(work)
        await done

    def _do(self, environ: "WSGIEnvironment", proto: "HTTPProtocol") -> None:
        """Answer, to the end."""
        rest = self._answer(environ, proto)
        if rest is not None:
            rest()

    def _answer(self, environ: "WSGIEnvironment", proto: "HTTPProtocol") -> Rest | None:
        """Answer, but for what comes piece by piece."""
        head = list[Any]()
        try:
            body = self._app(environ, lambda *given: head.extend(given))  # type: ignore[arg-type]
            status, fields = int(head[0][:3]), head[1]
            if not isinstance(body, list):
                return partial(self._stream, proto, status, fields, body)
            proto.response_bytes(status, fields, b"".join(body))
        except GONE:
            pass
        except BaseException as defect:  # granian's own come as those
            log.error("defect at %r", environ["PATH_INFO"], exc_info=defect)
            with suppress(*GONE):
                proto.response_bytes(500, [("Content-Type", "text/plain")], b"500 Internal Server Error\n")
        return None

    def _stream(
        self, proto: "HTTPProtocol", status: int, fields: list[tuple[str, str]], body: Iterable[bytes]
    ) -> None:
        """Send what comes piece by piece, for as long as somebody is there."""
        left = sys.maxsize if any(name.lower() == "content-length" for name, _ in fields) else MOST_STREAMED
        try:
            transport = proto.response_stream(status, fields)
            for piece in body:
                asyncio.run_coroutine_threadsafe(sent(transport, piece), self._loop).result()
                left -= len(piece)
                if left <= 0:
                    break
        except GONE:
            pass
        except BaseException as defect:
            log.error("defect amid an answer", exc_info=defect)
        finally:
            if hasattr(body, "close"):
                body.close()


async def sent(transport: Any, piece: bytes) -> None:
    await transport.send_bytes(piece)


async def whole(proto: "HTTPProtocol") -> bytes:
    """The body; nothing of one that breaks off."""
    try:
        return await proto()
    except GONE:
        return b""


class Incoming:
    """A body of unknown length, or too long: read as it comes, by another thread than the loop's."""

    def __init__(self, proto: "HTTPProtocol", loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._pieces = loop, aiter(proto)
        self._kept, self._is_over = bytearray(), False

    async def fill(self, size: int) -> None:
        """Have so many octets at hand, or all there are; in the loop."""
        while len(self._kept) < size and not self._is_over:
            piece = await following(self._pieces)
            self._kept += piece
            self._is_over = not piece

    def read(self, size: int) -> bytes:
        """As many octets as are asked for; fewer at the end, or where it breaks off."""
        if len(self._kept) < size and not self._is_over:
            asyncio.run_coroutine_threadsafe(self.fill(size), self._loop).result()
        taken = bytes(memoryview(self._kept)[:size])
        del self._kept[:size]
        return taken


async def following(pieces: AsyncIterator[bytes]) -> bytes:
    """The next piece that is not empty; none at the end."""
    try:
        while not (piece := await anext(pieces)):
            pass
    except (StopAsyncIteration, *GONE):
        return b""
    return piece


def environ_of(scope: "Scope") -> "WSGIEnvironment":
    """A request as PEP 3333 has it; a field that comes again is appended."""
    environ = {
        **server(scope.server, scope.scheme, scope.http_version),
        "REMOTE_ADDR": host(scope.client),
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": octets(scope.path),
        "QUERY_STRING": octets(scope.query_string),
    }
    for field, value in scope.headers.items():
        name = variable(field)
        if known := environ.get(name):
            value = f"{known}; {value}" if field == "cookie" else f"{known},{value}"
        environ[name] = value
    if "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority or ""  # which is where HTTP/2 says it
    return environ


def octets(text: str) -> str:
    """Text as PEP 3333 has it: a letter for each octet."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("latin-1")


def host(address: str) -> str:
    """The host of an address with a port."""
    return address.rpartition(":")[0].strip("[]")


@lru_cache(maxsize=64)
def server(address: str, scheme: str, version: str) -> Mapping[str, Any]:
    """What is the same in all requests that come the same way."""
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": host(address),
        "SERVER_PORT": address.rpartition(":")[2],
        "SERVER_PROTOCOL": f"HTTP/{version}",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.url_scheme": scheme,
        "wsgi.version": (1, 0),
    }


@lru_cache(maxsize=1024)
def variable(field: str) -> str:
    """What the environment calls a header field."""
    name = field.replace("-", "_").upper()
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
