"""One connection: octets in and out, how much may be on its way, timers, and how it ends."""

import asyncio
import logging
import weakref
from typing import Protocol

from emulator.core.ports import StoreError
from emulator.transports.smpp.board import Place
from emulator.transports.smpp.seat import Centres
from emulator.transports.smpp.talk import Talk

MOST_UNSENT = 256 * 1024
"""Octets that a peer may leave unread before it is not listened to any more."""

STRANGERS_UNSENT, STRANGERS_READ = 16 * 1024, 1024
"""The same for one that is not bound, and how much of it is heard at a time."""

LINGER = 5.0
"""Seconds that a peer has to read the last answers once we hung up."""

log = logging.getLogger("smslab")


class Exchange(Centres, Protocol):
    """Where lines come together."""

    def came(self, line: "Line") -> None: ...
    def went(self, line: "Line") -> None: ...


class Gone(asyncio.Transport):
    """What a line that has ended writes to."""

    def is_closing(self) -> bool:
        return True

    def abort(self) -> None:
        """There is nothing left to end."""


GONE = Gone()


class Line(asyncio.BufferedProtocol):
    """A connection. All of it belongs to the loop's thread."""

    def __init__(self, exchange: Exchange, buffer: bytearray, outbind: tuple[str, str] | None = None) -> None:
        self._exchange, self._outbind = exchange, outbind
        self._view = memoryview(buffer)
        self._room = self._view[:STRANGERS_READ]
        self._loop = asyncio.get_running_loop()
        self._since = self._last = self._loop.time()
        self._ends: float | None = None
        self._transport: asyncio.Transport
        self.is_full = False
        self.talk = Talk(exchange, weakref.proxy(self))  # who hangs up is gone at once, uncollected

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(STRANGERS_UNSENT)
        self._exchange.came(self)
        if self._outbind is not None:
            self.talk.outbind(*self._outbind)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._room

    def buffer_updated(self, count: int) -> None:
        if self._ends is not None:
            return
        self._last = self._loop.time()
        try:
            self.talk.hear(bytes(self._view[:count]))
        except Exception as defect:  # of one session; the others go on
            self._fail(defect)

    def pause_writing(self) -> None:
        """The peer does not read: it is not listened to either, until it does."""
        # req: smpp34/limits/others-unharmed
        self.is_full = True
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        self.is_full = False
        self._transport.resume_reading()
        self._last = self._loop.time()
        self.talk.deal()

    def connection_lost(self, error: Exception | None) -> None:
        self._exchange.went(self)
        self.talk.end()
        self._transport = GONE  # of TLS it holds us, and a quarter of a megabyte

    # What the talk needs

    @property
    def now(self) -> float:
        return self._loop.time()

    @property
    def place(self) -> Place | None:
        return self.talk.place

    def write(self, octets: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(octets)

    def trust(self) -> None:
        self._room = self._view
        self._transport.set_write_buffer_limits(MOST_UNSENT)

    def close(self) -> None:
        """Hang up, so that the peer can still read what was said: a reset would take it away."""
        self._ends = self._loop.time() + LINGER
        if not self._transport.can_write_eof():
            self._transport.close()
            return
        try:
            self._transport.write_eof()
            self._transport.resume_reading()  # until the peer hangs up as well
        except OSError:  # it has, without a word
            self.abort()

    def abort(self) -> None:
        self._transport.abort()

    # What time does

    def look(self, now: float) -> None:
        """See whether anything has been waited for too long; `now` is of the loop's clock."""
        try:
            self._look(now)
        except Exception as defect:
            self._fail(defect)

    def _look(self, now: float) -> None:
        talk, terms = self.talk, self.talk.terms
        silent = now - self._last
        if self._ends is not None:
            if now > self._ends:
                self.abort()
        elif talk.is_homeless:
            self.abort()
        elif not talk.is_bound:  # req: smpp34/bind/session-init
            if now - self._since > terms.session_init:
                self.abort()
        elif self.is_full or talk.is_enquiring:  # req: smpp34/link/enquire-unanswered
            if silent > terms.enquire_link + terms.response:
                self.abort()
        elif silent > terms.enquire_link:
            talk.enquire()
        if talk.is_waiting:
            talk.give_up(now - terms.response)

    def _fail(self, defect: Exception) -> None:
        """What cannot be kept ends this session, as a defect does; the others go on."""
        if not isinstance(defect, StoreError):  # which told of itself
            log.error("%s: defect in an SMPP session", self.talk, exc_info=defect)
        self.abort()
