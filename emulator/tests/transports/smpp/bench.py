"""A line without a socket, and time that passes without waiting."""

import asyncio
from collections.abc import Callable
from functools import cache
from itertools import count

from emulator.app import Emulator, composed
from emulator.core.pushes import Notice
from emulator.space import Start
from emulator.tests.samples import NINE
from emulator.transports.smpp.line import Line
from emulator.transports.smpp.server import SmppServer
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.session import Session, Side


@cache
def silent() -> tuple[Emulator, SmppServer]:
    """An emulator that listens nowhere."""
    emulator = composed(Start(seed=1, clock=NINE, rate=0.0))
    return emulator, emulator.smsc("127.0.0.1", 0)


class Wire(asyncio.Transport):
    """What a line writes, and whether it has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[bytes] = []
        self.is_open = self.listens = True
        self.is_ended = False

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None: ...

    def is_closing(self) -> bool:
        return not self.is_open

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.said.append(bytes(data))

    def close(self) -> None:
        self.is_open = False

    def abort(self) -> None:
        self.is_open = False

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        if not self.is_open:
            raise OSError
        self.is_ended = True

    def pause_reading(self) -> None:
        self.listens = False

    def resume_reading(self) -> None:
        self.listens = True


class Bench:
    """A line with a wire, in a space of its own."""

    def __init__(self, name: str) -> None:
        self.emulator, self.server = silent()
        self.emulator.spaces.put(name, Start(seed=1, clock=NINE, rate=0.0))
        self.name, self.wire = name, Wire()
        self.line = Line(self.server, bytearray(4096))
        self.line.connection_made(self.wire)
        self.now = asyncio.get_running_loop().time()
        self.session = Session(Side.ESME)

    def hear(self, pdu: Pdu) -> None:
        self.hear_octets(pdus.written(pdu))

    def hear_octets(self, octets: bytes) -> None:
        buffer = self.line.get_buffer(-1)
        buffer[: len(octets)] = octets
        self.line.buffer_updated(len(octets))

    def bind(self) -> None:
        fields = {"system_id": f"demo@{self.name}", "password": "demo", "interface_version": 0x34}
        self.hear(self.session.ask("bind_transceiver", fields))

    def asked(self) -> list[str]:
        """The commands that the line said since the last time."""
        said, self.wire.said = self.wire.said, []
        return [pdus.header(octets).command for octets in said]

    def tell(self) -> None:
        space = self.emulator.spaces[self.name]
        space.gateway.notices.add("isms", "demo", [(None, Notice(command="deliver_sm", octets=BODY))], NINE)
        self.deal()

    def deal(self) -> None:
        """Have what waits handed out, as far as there is room."""
        assert self.line.place is not None
        self.server.board.deal(self.line.place)

    def after(self, seconds: float) -> None:
        self.line.look(self.now + seconds)


_numbers = count()

BODY = pdus.body("deliver_sm", {"source_addr": "1", "destination_addr": "2"}, {})


def within_a_loop(test: Callable[[Bench], None]) -> Callable[[], None]:
    async def run() -> None:
        bench = Bench(f"line{next(_numbers)}")
        test(bench)
        bench.line.connection_lost(None)

    def tested() -> None:
        asyncio.run(run())

    tested.__name__, tested.__doc__ = test.__name__, test.__doc__
    return tested
