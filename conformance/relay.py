"""A relay between driver and true SMSC that spoils what passes: for sessions what a wrap is for HTTP."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from conformance.drivers.smpp_frames import Frame, framed
from conformance.drivers.smpp_pdus import ANSWER, HEADER

LONGEST = 2**20
"""Octets of a PDU; what claims to have more is passed on as it comes, with all that follows."""


@dataclass(slots=True)
class Talk:
    """One connection that passes through. `kept` is for who spoils it, `shared` for all its connections."""

    driver: asyncio.StreamWriter
    smsc: asyncio.StreamWriter
    shared: dict[str, Any]
    kept: dict[str, Any] = field(default_factory=dict)
    asked: dict[int, Frame] = field(default_factory=dict)
    """The driver's requests by sequence number."""

    def say(self, octets: bytes) -> None:
        """Say something to the driver."""
        _write(self.driver, octets)

    def ask(self, octets: bytes) -> None:
        """Say something to the SMSC."""
        _write(self.smsc, octets)

    def hang_up(self) -> None:
        self.driver.close()
        self.smsc.close()


def as_it_is(talk: Talk, frame: Frame) -> Iterable[bytes]:
    return [frame.octets]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiling:
    """`raw` changes the driver's octets as they come, `asked` its PDUs, `told` those of the SMSC.

    What `asked` and `told` give goes on in place of the PDU: nothing, another, or more of them.
    """

    raw: Callable[[Talk, bytes], bytes] = lambda talk, octets: octets
    asked: Callable[[Talk, Frame], Iterable[bytes]] = as_it_is
    told: Callable[[Talk, Frame], Iterable[bytes]] = as_it_is


class Relay:
    """Listens at `address` and passes everything on to `smsc`, as `spoiling` has it.

    Where there is no SMSC, whoever calls is hung up on.
    """

    def __init__(self, smsc: tuple[str, int], listen: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self._smsc, self._listen = smsc, listen
        self.address = ("", 0)
        self.spoiling = Spoiling()
        self._shared: dict[str, Any] = {}

    @contextmanager
    def open(self) -> Iterator["Relay"]:
        """Raises OSError where it cannot listen."""
        with closing(asyncio.new_event_loop()) as loop:
            server = loop.run_until_complete(asyncio.start_server(self._pass, *self._listen))
            self.address = server.sockets[0].getsockname()[:2]
            thread = threading.Thread(target=loop.run_forever, daemon=True, name="smslab-relay")
            thread.start()
            try:
                yield self
            finally:
                loop.call_soon_threadsafe(loop.stop)
                thread.join()
                server.close()
                _end(loop)

    def spoil(self, spoiling: Spoiling) -> None:
        """From now on, for connections that begin now."""
        self.spoiling, self._shared = spoiling, {}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            behind, smsc = await asyncio.open_connection(*self._smsc)
        except OSError:
            writer.close()
            return
        talk, spoiling = Talk(writer, smsc, self._shared), self.spoiling
        asked, told = _Frames(), _Frames()

        def forth(octets: bytes) -> Iterator[bytes]:
            for frame in asked.fed(spoiling.raw(talk, octets)):
                if isinstance(frame, Frame) and not frame.command & ANSWER:
                    talk.asked[frame.sequence] = frame
                yield from spoiling.asked(talk, frame) if isinstance(frame, Frame) else [frame]

        def back(octets: bytes) -> Iterator[bytes]:
            for frame in told.fed(octets):
                yield from spoiling.told(talk, frame) if isinstance(frame, Frame) else [frame]

        await asyncio.gather(_pumped(reader, smsc, forth), _pumped(behind, writer, back))


class _Frames:
    """Cuts what comes into PDUs; from a length on that none can have it is left uncut."""

    def __init__(self) -> None:
        self._rest, self._lost = b"", False

    def fed(self, octets: bytes) -> Iterator[Frame | bytes]:
        self._rest += octets
        while not self._lost and len(self._rest) >= HEADER:
            length = int.from_bytes(self._rest[:4], "big")
            self._lost = not HEADER <= length <= LONGEST
            if self._lost or len(self._rest) < length:
                break
            frame, self._rest = self._rest[:length], self._rest[length:]
            yield framed(frame)
        if self._lost and self._rest:
            rest, self._rest = self._rest, b""
            yield rest


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Whatever still passes through is broken off."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))


async def _pumped(
    near: asyncio.StreamReader, far: asyncio.StreamWriter, change: Callable[[bytes], Iterator[bytes]]
) -> None:
    """Pass on what comes, until one of the two ends it; then neither has it any more."""
    try:
        while octets := await near.read(65536):
            for changed in change(octets):
                _write(far, changed)
    except ConnectionError:
        pass
    finally:
        far.close()


def _write(writer: asyncio.StreamWriter, octets: bytes) -> None:
    """What is meant for a connection that ended is lost."""
    if not writer.is_closing():
        writer.write(octets)
