"""The SMSC as a server: it listens, keeps all connections, and looks after them as time passes."""

import asyncio
import logging
import resource
import ssl
import threading
from typing import Any

from emulator.provider import Provider, Smsc
from emulator.space import Space, Spaces
from emulator.transports.pump import Pump
from emulator.transports.smpp.board import Board, Place
from emulator.transports.smpp.callout import Callout
from emulator.transports.smpp.line import Line

READ = 32 * 1024
"""Octets that are read at once: what is in them is answered in one turn of the store."""

TICK = 0.1
"""Seconds between two looks at the sessions' timers."""

FAREWELL = 0.5
"""Seconds that sessions have to answer the unbind at the end."""

HANDSHAKE = 10.0
"""Seconds that a client has to agree on TLS."""

BACKLOG = 1024
MOST_LINES = 10_000

log = logging.getLogger("smslab")


class SmppServer:
    """Serves every space's SMSC at one port. `start` returns once it listens; `port` says where."""

    def __init__(
        self,
        provider: Provider,
        spaces: Spaces,
        pump: Pump,
        board: Board,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        anywhere: bool = False,
    ) -> None:
        self.provider, self.board = provider, board
        self._spaces, self._pump = spaces, pump
        self._host, self.port, self._tls = host, port, tls
        self._centres = dict[Space, Smsc]()
        self._lines, self._most = set[Line](), most_lines()
        self._buffer = bytearray(READ)
        self._callout = Callout(
            lambda outbind: Line(self, self._buffer, outbind), board.deal, anywhere=anywhere
        )
        self.loop = asyncio.new_event_loop()
        self._ready, self._failed = threading.Event(), list[BaseException]()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="smslab-smpp")

    def start(self) -> None:
        """Raises OSError where the port cannot be had."""
        self._thread.start()
        self._ready.wait()
        if self._failed:
            raise self._failed[0]

    def stop(self) -> None:
        """Unbind all sessions and end; may be called again, by any thread."""
        if self._thread.is_alive() and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(2)

    @property
    def address(self) -> str:
        """Where it listens, as HOST:PORT."""
        return f"[{self._host}]:{self.port}" if ":" in self._host else f"{self._host}:{self.port}"

    # What connections ask

    def entered(self, name: str) -> tuple[Space, Smsc]:
        """The space of that name and its SMSC. Raises Misconfigured."""
        space = self._spaces[name]
        found = self._centres.get(space)
        if found is None:
            assert self.provider.smsc is not None  # nobody serves SMPP without
            found = self._centres[space] = self.provider.smsc(space)
        return space, found

    def catch_up(self, space: Space) -> None:
        """Let what is due by now have happened."""
        self._pump.catch_up(space)

    def bound(self, place: Place) -> int:
        """How many sessions an account has."""
        return sum(line.place == place for line in self._lines)

    def came(self, line: Line) -> None:
        self._lines.add(line)

    def went(self, line: Line) -> None:
        self._lines.discard(line)

    # How it is done

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._serve())
        except OSError as error:
            self._failed.append(error)
        finally:
            self._ready.set()
            self.loop.close()

    async def _serve(self) -> None:
        server = await self.loop.create_server(
            self._accepted,
            self._host,
            self.port,
            ssl=self._tls,
            ssl_handshake_timeout=HANDSHAKE if self._tls else None,
            backlog=BACKLOG,
        )
        self.port = int(server.sockets[0].getsockname()[1])
        self.board.open(self.loop, self.address)
        self.board.alone = self._callout.call
        self._ready.set()
        ticking = self.loop.create_task(self._tick())
        await self._stopping.wait()
        self.board.close()
        self._callout.close()
        server.close()
        await self._part()
        ticking.cancel()

    def _accepted(self) -> asyncio.BaseProtocol:
        # req: smpp34/limits/others-unharmed
        return Line(self, self._buffer) if len(self._lines) < self._most else Refusing()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = self.loop.time()
            for line in list(self._lines):
                line.look(now)
            for space in [one for one in self._centres if one.feed.closed]:
                del self._centres[space]

    async def _part(self) -> None:
        """Unbind whoever is bound, hang up on all, and wait a little until they are gone."""
        until = self.loop.time() + FAREWELL
        for line in list(self._lines):
            line.talk.unbind()
        while self._lines and self.loop.time() < until:
            await asyncio.sleep(0.01)
        for line in list(self._lines):
            line.abort()
        await asyncio.sleep(0)


class Refusing(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: Any) -> None:
        transport.abort()


def most_lines() -> int:
    """Connections that leave files for everybody else."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_LINES if files == resource.RLIM_INFINITY else min(MOST_LINES, files // 2)
