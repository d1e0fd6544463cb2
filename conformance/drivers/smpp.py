"""A connection to an SMSC, octet by octet, on the standard library."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from conformance.drivers.http import Unanswered, Unreachable
from conformance.drivers.smpp_frames import Delivered, Frame, delivered, framed
from conformance.drivers.smpp_pdus import ANSWER, DELIVER_SM, ENQUIRE_LINK, HEADER, pdu
from conformance.tape import SMPP, By, Exchange, Tape


class Closed(Unanswered):
    """The other side ended the connection."""


def url(address: tuple[str, int]) -> str:
    """Host and port as people write them."""
    host, port = address
    return f"smpp://[{host}]:{port}" if ":" in host else f"smpp://{host}:{port}"


def probe(address: tuple[str, int], *, timeout: float) -> None:
    """Open and close a connection; Unreachable when there is none to be had."""
    opened(address, timeout).close()


def opened(address: tuple[str, int], timeout: float) -> socket.socket:
    """A connection. Unreachable when there is none to be had."""
    try:
        return socket.create_connection(address, timeout=timeout)
    except OSError as fault:
        raise Unreachable(f"nothing answers at {url(address)}: {fault.strerror or fault}") from None


class Link:
    """One connection. Whatever is said in either direction is put on the tape. Raises Unreachable."""

    def __init__(
        self,
        address: tuple[str, int],
        *,
        tape: Tape | None = None,
        patience: float = 5.0,
        connection: socket.socket | None = None,
    ) -> None:
        self._tape, self._patience = tape or Tape(), patience
        self._base = url(address)
        self._sequence = 0
        self._rest = b""
        self._put_by: list[Frame] = []
        self.lively = True
        """Whether enquiries of the other side are answered as they come, by whoever waits for something."""
        self._socket = connection or opened(address, patience)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def send(self, octets: bytes) -> None:
        """Put octets on the wire; those of a connection that is gone are lost."""
        self._note(octets, b"", By.HARNESS)
        self._socket.settimeout(self._patience)
        with suppress(OSError):
            self._socket.sendall(octets)

    def ask(self, command: int, body: bytes = b"", *, sequence: int | None = None) -> Frame:
        """Send a request and give its answer; what is asked meanwhile is put by. Raises Unanswered."""
        return self.answer(self.say(command, body, sequence=sequence))

    def say(self, command: int, body: bytes = b"", *, sequence: int | None = None, status: int = 0) -> int:
        """Send a request and do not wait for its answer; its sequence number."""
        self._sequence = self._sequence + 1 if sequence is None else sequence
        self.send(pdu(command, body, sequence=self._sequence, status=status))
        return self._sequence

    def answer(self, sequence: int | None = None) -> Frame:
        """The next answer, where given with that sequence number. Raises Unanswered."""
        return self._find(lambda frame: bool(frame.command & ANSWER) and sequence in (None, frame.sequence))

    def said(self) -> list[Frame]:
        """What came so far and was not asked for yet: it comes before the answer to an enquiry made now."""
        self.ask(ENQUIRE_LINK)
        said, self._put_by = self._put_by, []
        return said

    def request(self, command: int | None = None, *, patience: float | None = None) -> Frame:
        """The next request of the other side. Raises Unanswered."""
        return self._find(
            lambda frame: not frame.command & ANSWER and command in (None, frame.command), patience
        )

    def deliver(self, *, status: int = 0, patience: float | None = None) -> Delivered:
        """The next deliver_sm, answered. Raises Unanswered."""
        found = delivered(self.request(DELIVER_SM, patience=patience))
        self.accept(found, status=status)
        return found

    def accept(self, found: Delivered, *, status: int = 0) -> None:
        """Answer a deliver_sm."""
        self.send(pdu(DELIVER_SM | ANSWER, b"\0", sequence=found.frame.sequence, status=status))

    def delivers(self, *, patience: float = 0.3) -> Iterator[Delivered]:
        """Every deliver_sm until none comes for so long."""
        while True:
            try:
                yield self.deliver(patience=patience)
            except Unanswered:
                return

    def is_closed(self, patience: float | None = None) -> bool:
        """Whether the other side ends the connection; what it says before that is put by."""
        until = time.monotonic() + (self._patience if patience is None else patience)
        try:
            while True:
                self._put_by.append(self._frame(until))
        except Unanswered:
            return False
        except EOFError:
            return True

    def _find(self, fits: Callable[[Frame], bool], patience: float | None = None) -> Frame:
        for index, frame in enumerate(self._put_by):
            if fits(frame):
                return self._put_by.pop(index)
        until = time.monotonic() + (self._patience if patience is None else patience)
        try:
            while not fits(frame := self._frame(until)):
                self._put_by.append(frame)
        except EOFError:
            raise Closed(f"{self._base}: the connection was closed") from None
        return frame

    def _frame(self, until: float) -> Frame:
        head = self._octets(4, until)
        length = int.from_bytes(head, "big")
        assert HEADER <= length <= 2**20, f"a PDU of {length} octets came"
        frame = framed(self._octets(length, until))
        self._rest = self._rest[length:]
        self._note(b"", frame.octets, By.HARNESS if frame.command & ANSWER else By.SUBJECT)
        if frame.command == ENQUIRE_LINK and self.lively:
            self.send(pdu(ENQUIRE_LINK | ANSWER, sequence=frame.sequence))
        return frame

    def _octets(self, count: int, until: float) -> bytes:
        """The next octets, left where they are. Raises Unanswered, EOFError."""
        while len(self._rest) < count:
            left = until - time.monotonic()
            if left <= 0:
                raise Unanswered(f"{self._base}: nothing came in time")
            self._socket.settimeout(left)
            try:
                octets = self._socket.recv(65536)
            except TimeoutError:
                raise Unanswered(f"{self._base}: nothing came in time") from None
            except OSError:
                octets = b""
            if not octets:
                raise EOFError
            self._rest += octets
        return self._rest[:count]

    def _note(self, request: bytes, response: bytes, by: By) -> None:
        self._tape.record(
            Exchange(by=by, surface=SMPP, base=self._base, request=request, response=response, took=0.0)
        )


class Listener:
    """Somebody who waits for an SMSC to call."""

    def __init__(self, *, tape: Tape | None = None, patience: float = 5.0) -> None:
        self._tape, self._patience = tape, patience
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(patience)
        self.address: tuple[str, int] = self._socket.getsockname()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def call(self) -> Link:
        """The next connection that somebody opens to us. Raises Unanswered."""
        try:
            connection, caller = self._socket.accept()
        except TimeoutError:
            raise Unanswered("nobody called in time") from None
        return Link(caller, tape=self._tape, patience=self._patience, connection=connection)
