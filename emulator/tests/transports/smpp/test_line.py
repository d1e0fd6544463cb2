"""What a session does as time passes: it ends, asks, gives up; without a socket and without waiting."""

import asyncio
import weakref
from collections.abc import Callable
from functools import cache
from itertools import count

from emulator.app import Emulator, composed
from emulator.core.pushes import Notice
from emulator.space import Start
from emulator.tests.samples import NINE
from emulator.transports.smpp.line import Line
from emulator.transports.smpp.server import SmppServer
from emulator.transports.smpp.talk import Talk
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.session import Session, Side

TERMS = 30.0, 60.0, 30.0
"""Seconds for a bind, of silence, for an answer: the defaults."""


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
        self.server.board.deal(self.line.place)  # type: ignore[arg-type]  # it is bound

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


@within_a_loop
def test_a_connection_without_a_bind_is_closed(bench: Bench) -> None:
    bench.after(29)
    assert bench.wire.is_open

    bench.after(31)

    assert not bench.wire.is_open


@within_a_loop
def test_a_silent_session_is_asked_once_and_closed_when_it_does_not_answer(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.after(59)
    assert bench.asked() == []
    bench.after(61)
    bench.after(62)
    assert bench.asked() == ["enquire_link"]
    bench.after(89)
    assert bench.wire.is_open
    bench.after(92)
    assert not bench.wire.is_open


@within_a_loop
def test_a_session_that_answers_lives_on(bench: Bench) -> None:
    bench.bind()
    bench.asked()
    bench.after(61)
    bench.hear(Pdu(command="enquire_link_resp", sequence=1))

    bench.after(59)

    assert bench.asked() == ["enquire_link"]
    assert bench.wire.is_open


@within_a_loop
def test_what_is_not_answered_is_sent_again(bench: Bench) -> None:
    bench.bind()
    bench.tell()
    assert bench.asked()[-1] == "deliver_sm"

    bench.after(29)
    bench.server.board.deal(bench.line.place)  # type: ignore[arg-type]  # it is bound
    assert bench.asked() == []
    bench.after(31)
    bench.server.board.deal(bench.line.place)  # type: ignore[arg-type]  # it is bound

    assert bench.asked() == ["deliver_sm"]


@within_a_loop
def test_who_does_not_read_is_neither_heard_nor_told_anything(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.line.pause_writing()
    bench.tell()
    assert (bench.wire.listens, bench.asked()) == (False, [])
    bench.line.resume_writing()

    assert (bench.wire.listens, bench.asked()) == (True, ["deliver_sm"])


@within_a_loop
def test_who_does_not_read_for_too_long_is_cut_off(bench: Bench) -> None:
    bench.bind()
    bench.line.pause_writing()

    bench.after(89)
    assert bench.wire.is_open
    bench.after(91)

    assert not bench.wire.is_open


@within_a_loop
def test_what_was_handed_to_a_session_that_ends_waits_again(bench: Bench) -> None:
    bench.bind()
    bench.tell()
    notices = bench.emulator.spaces[bench.name].gateway.notices
    assert notices.handed("isms", "demo", 1) == []

    bench.line.connection_lost(None)

    assert len(notices.handed("isms", "demo", 1)) == 1


@within_a_loop
def test_a_session_that_is_asked_to_end_is_told_nothing_more_and_ends(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.line.talk.unbind()
    bench.tell()
    assert bench.asked() == ["unbind"]
    bench.hear(Pdu(command="unbind_resp", sequence=1))

    assert bench.wire.is_ended
    assert bench.line.place is None


@within_a_loop
def test_who_is_not_bound_when_all_end_is_hung_up_on(bench: Bench) -> None:
    bench.line.talk.unbind()

    assert bench.asked() == []
    assert bench.wire.is_ended


@within_a_loop
def test_the_last_answer_can_be_read_for_a_while_and_nothing_is_heard_meanwhile(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.hear(Pdu(command="unbind", sequence=7))
    bench.hear(Pdu(command="enquire_link", sequence=8))
    assert bench.asked() == ["unbind_resp"]
    bench.after(4)
    assert bench.wire.is_open
    bench.after(6)

    assert not bench.wire.is_open


@within_a_loop
def test_an_answer_with_a_broken_body_is_one_all_the_same(bench: Bench) -> None:
    bench.bind()
    bench.tell()

    bench.hear_octets(pdus.HEADER.pack(18, 0x80000005, 0, 1) + b"xx")

    bench.after(31)
    bench.server.board.deal(bench.line.place)  # type: ignore[arg-type]  # it is bound
    assert bench.asked() == ["bind_transceiver_resp", "deliver_sm"]


@within_a_loop
def test_who_hung_up_takes_all_memory_along(bench: Bench) -> None:
    """Closed lines are many, and the collector of a busy server comes seldom."""
    gone: list[weakref.ref[Line] | weakref.ref[Talk]] = [
        weakref.ref(bench.line),
        weakref.ref(bench.line.talk),
    ]
    bench.bind()
    bench.hear_octets(pdus.HEADER.pack(15, 0, 0, 1))

    bench.line.connection_lost(None)
    bench.line = Line(bench.server, bytearray(16))
    bench.line.connection_made(Wire())

    assert [line() for line in gone] == [None, None]
