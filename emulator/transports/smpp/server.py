"""The SMSC as a server: it listens, keeps all connections, and looks after them as time passes."""

import asyncio
import logging
import ssl
import threading
from typing import Any

from emulator.provider import Provider, Smsc
from emulator.space import Space, Spaces
from emulator.transports.pump import Pump
from emulator.transports.push import on_loopback
from emulator.transports.smpp.board import Board, Place
from emulator.transports.smpp.line import Line

READ = 32 * 1024
"""Octets that are read at once: what is in them is answered in one turn of the store."""

TICK = 0.25
"""Seconds between two looks at the sessions' timers."""

BACKLOG = 1024
MOST_LINES = 10_000

OUTBIND, PASSWORD = "smpp_outbind", "smpp_outbind_password"
"""Attributes of an account that wants to be called: where, as HOST:PORT, and how it knows us."""

OUTBIND_AGAIN = 10.0
"""Seconds until an account that could not be called, or hung up, is called again."""

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
        self._host, self.port, self._tls, self._anywhere = host, port, tls, anywhere
        self._centres = dict[Space, Smsc]()
        self._lines = set[Line]()
        self._buffer = bytearray(READ)
        self._calls = dict[Place, float]()
        self._calling = set[asyncio.Task[None]]()
        self.loop = self._loop = asyncio.new_event_loop()
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
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
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
            found = self.provider.smsc(space)
            alive = {one: smsc for one, smsc in self._centres.items() if not one.feed.closed}
            self._centres = {**alive, space: found}
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
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._failed.append(error)
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        server = await self._loop.create_server(
            self._accepted, self._host, self.port, ssl=self._tls, backlog=BACKLOG
        )
        self.port = int(server.sockets[0].getsockname()[1])
        self.board.open(self._loop, self.address)
        self.board.alone = self._call
        self._ready.set()
        ticking = self._loop.create_task(self._tick())
        await self._stopping.wait()
        ticking.cancel()
        self.board.close()
        server.close()
        for line in list(self._lines):
            line.close()
        await asyncio.sleep(0)

    def _accepted(self) -> asyncio.BaseProtocol:
        # req: smpp34/limits/others-unharmed
        return Line(self, self._buffer) if len(self._lines) < MOST_LINES else Refusing()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = self._loop.time()
            for line in list(self._lines):
                line.look(now)

    # Calling accounts that want to be called

    def _call(self, place: Place) -> None:
        """Something waits for an account, and nobody is bound: it may want to be told."""
        # req: smpp34/bind/outbind smpp34/bind/outbind-then-bind
        account = place.space.store.account(place.provider, place.account)
        if account is None or OUTBIND not in account.attributes:
            return
        if not place.space.gateway.notices.kept(place.provider, place.account):
            return
        now = self._loop.time()
        if now < self._calls.get(place, 0.0):
            return
        self._calls[place] = now + OUTBIND_AGAIN
        name = f"@{place.space.name}" if place.space.name else ""
        password = account.attributes.get(PASSWORD, account.password)
        task = self._loop.create_task(
            self._connect(account.attributes[OUTBIND], (place.account + name, password))
        )
        self._calling.add(task)
        task.add_done_callback(self._calling.discard)

    async def _connect(self, address: str, outbind: tuple[str, str]) -> None:
        host, _, port = address.rpartition(":")
        if not port.isdigit() or not (self._anywhere or on_loopback(f"smpp://{host}:{port}")):
            return
        try:
            await self._loop.create_connection(lambda: Line(self, self._buffer, outbind), host, int(port))
        except OSError as error:
            log.info("outbind to %s: %s", address, error)


class Refusing(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: Any) -> None:
        transport.abort()
