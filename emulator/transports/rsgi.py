"""The application behind granian: in its event loop whatever is answered at once, in threads all else.

A thread for each request would cost a sixth more: they get in each other's way. What waits would stop a loop.
"""

import asyncio
import io
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
"""Octets of a body that take a while to be read and understood."""

GONE = (ProtocolClosed, ProtocolError, ConnectionAbortedError)
"""Whoever asked is not there any more, or is cut off on purpose."""


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
        answer = partial(self._answer, environ, proto)
        rest = answer() if is_short and self._is_swift(environ["PATH_INFO"]) else await self._crewed(answer)
        if rest is not None:
            await self._crewed(rest)

    async def _received(self, environ: "WSGIEnvironment", proto: "HTTPProtocol") -> bool:
        """Have the body at hand, or whence it comes; whether it is a short one."""
        given = environ.get("CONTENT_LENGTH", "")
        if not given and "HTTP_TRANSFER_ENCODING" not in environ:
            environ["wsgi.input"] = io.BytesIO()
            return True
        if not given.isdigit() or int(given) > LARGEST:
            environ["wsgi.input"] = Incoming(proto, self._loop)
            return False
        try:
            body = await proto()
        except GONE:
            body = b""
        environ["wsgi.input"] = io.BytesIO(body)
        return len(body) <= LONG

    async def _crewed(self, work: Callable[[], Any]) -> Any:
        """What it comes to in a thread of its own."""
        done = self._loop.create_future()
        self._crew.do(partial(self._do, work, done))
        return await done

    def _do(self, work: Callable[[], Any], done: asyncio.Future[Any]) -> None:
        try:
            tell = partial(done.set_result, work())
        except Exception as error:
            tell = partial(done.set_exception, error)
        with suppress(RuntimeError):  # the loop has ended, and whoever waited with it
            self._loop.call_soon_threadsafe(tell)

    def _answer(self, environ: "WSGIEnvironment", proto: "HTTPProtocol") -> Callable[[], None] | None:
        """Answer, and what is left to do if that takes its time."""
        head = list[Any]()
        body = self._app(environ, lambda *given: head.extend(given))  # type: ignore[arg-type]
        status, fields = int(head[0][:3]), head[1]
        if isinstance(body, list):
            proto.response_bytes(status, fields, b"".join(body))
            return None
        return partial(self._stream, proto, status, fields, body)

    def _stream(
        self, proto: "HTTPProtocol", status: int, fields: list[tuple[str, str]], body: Iterable[bytes]
    ) -> None:
        """Send what comes piece by piece, for as long as somebody is there."""
        transport = proto.response_stream(status, fields)

        async def send(piece: bytes) -> None:
            await transport.send_bytes(piece)

        try:
            for piece in body:
                asyncio.run_coroutine_threadsafe(send(piece), self._loop).result()
        except GONE:
            pass
        finally:
            if hasattr(body, "close"):
                body.close()


class Incoming:
    """A body of unknown length, or too long: read as it comes, by another thread than the loop's."""

    def __init__(self, proto: "HTTPProtocol", loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._pieces = loop, aiter(proto)
        self._kept, self._is_over = b"", False

    def read(self, size: int) -> bytes:
        """As many octets as are asked for; fewer at the end, or where it breaks off."""
        while len(self._kept) < size and not self._is_over:
            piece = asyncio.run_coroutine_threadsafe(following(self._pieces), self._loop).result()
            self._kept += piece
            self._is_over = not piece
        taken, self._kept = self._kept[:size], self._kept[size:]
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
    path = scope.path
    environ = {
        **server(scope.server, scope.scheme, scope.http_version),
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": path if path.isascii() else path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
    }
    for field, value in scope.headers.items():
        name = variable(field)
        if known := environ.get(name):
            value = f"{known}; {value}" if field == "cookie" else f"{known},{value}"
        environ[name] = value
    return environ


@lru_cache(maxsize=64)
def server(address: str, scheme: str, version: str) -> Mapping[str, Any]:
    """What is the same in all requests that come the same way."""
    name, _, port = address.rpartition(":")
    return {
        "SCRIPT_NAME": "",
        "HTTP_HOST": "",
        "SERVER_NAME": name,
        "SERVER_PORT": port,
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
