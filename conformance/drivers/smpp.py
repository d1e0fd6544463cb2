"""SMPP 3.4 octet by octet, on the standard library: it can be right, and it can lie about anything.

Numbers are those of the specification, issue 1.2; nothing here is shared with what is judged.
"""

import re
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from conformance.drivers.http import Unanswered
from conformance.tape import By, Exchange, Tape

BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER = 0x01, 0x02, 0x09
QUERY_SM, SUBMIT_SM, DELIVER_SM, UNBIND, REPLACE_SM, CANCEL_SM = 0x03, 0x04, 0x05, 0x06, 0x07, 0x08
OUTBIND, ENQUIRE_LINK, SUBMIT_MULTI, ALERT_NOTIFICATION, DATA_SM = 0x0B, 0x15, 0x21, 0x102, 0x103
GENERIC_NACK = ANSWER = 0x80000000

MESSAGE_PAYLOAD, RECEIPTED_MESSAGE_ID, MESSAGE_STATE = 0x0424, 0x001E, 0x0427

_RECEIPT = re.compile(
    r"id:(?P<id>\S+) sub:(?P<sub>\d{3}) dlvrd:(?P<dlvrd>\d{3}) submit date:(?P<submit>\d{10}(?:\d\d)?)"
    r" done date:(?P<done>\d{10}(?:\d\d)?) stat:(?P<stat>[A-Z]{7}) err:(?P<err>\w{1,3}) text:(?P<text>.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)


def string(text: str | bytes) -> bytes:
    """A C-octet string of any length."""
    return (text.encode("latin-1") if isinstance(text, str) else text) + b"\0"


def parameter(tag: int, value: bytes, length: int | None = None) -> bytes:
    """An optional parameter, whose length may be another than it has."""
    return struct.pack(">HH", tag, len(value) if length is None else length) + value


def pdu(
    command: int, body: bytes = b"", *, sequence: int = 1, status: int = 0, length: int | None = None
) -> bytes:
    """A PDU, whose length may be another than it has."""
    return (
        struct.pack(">IIII", 16 + len(body) if length is None else length, command, status, sequence) + body
    )


def bind(
    system_id: str,
    password: str,
    *,
    system_type: str = "",
    version: int = 0x34,
    ton: int = 0,
    npi: int = 0,
    address_range: str = "",
) -> bytes:
    """The body of a bind (4.1.1)."""
    numbers = bytes((version, ton, npi))
    return string(system_id) + string(password) + string(system_type) + numbers + string(address_range)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """A submit_sm or deliver_sm, field by field in the order of the specification (4.4.1)."""

    service_type: str = ""
    source_ton: int = 5
    source_npi: int = 0
    source: str = "smslab"
    dest_ton: int = 1
    dest_npi: int = 1
    destination: str
    esm_class: int = 0
    protocol_id: int = 0
    priority: int = 0
    schedule: str = ""
    validity: str = ""
    registered: int = 0
    replace: int = 0
    coding: int = 0
    default_message: int = 0
    message: bytes = b""
    sm_length: int | None = None
    """What sm_length says, where it lies."""
    parameters: bytes = b""

    @property
    def body(self) -> bytes:
        return self.head + bytes((self.dest_ton, self.dest_npi)) + string(self.destination) + self.tail

    def to_many(self, destinations: bytes) -> bytes:
        """The body of a submit_multi: number_of_dests and the addresses are `destinations` (4.5.1)."""
        return self.head + destinations + self.tail

    @property
    def head(self) -> bytes:
        return string(self.service_type) + bytes((self.source_ton, self.source_npi)) + string(self.source)

    @property
    def tail(self) -> bytes:
        length = len(self.message) if self.sm_length is None else self.sm_length
        return (
            bytes((self.esm_class, self.protocol_id, self.priority))
            + string(self.schedule)
            + string(self.validity)
            + bytes((self.registered, self.replace, self.coding, self.default_message, length))
            + self.message
            + self.parameters
        )


class Reader:
    """Fields one after another; AssertionError where they are not what the specification has."""

    def __init__(self, octets: bytes) -> None:
        self._octets, self._at = octets, 0

    def string(self, most: int) -> str:
        """A C-octet string of at most so many octets."""
        end = self._octets.find(b"\0", self._at, self._at + most)
        assert end >= 0, (
            f"a C-octet string that does not end within {most} octets: {self._octets[self._at :]!r}"
        )
        text, self._at = self._octets[self._at : end].decode("latin-1"), end + 1
        return text

    def numbers(self, count: int) -> tuple[int, ...]:
        return tuple(self.octets(count))

    def octets(self, count: int) -> bytes:
        octets = self._octets[self._at : self._at + count]
        assert len(octets) == count, f"the body ends {count - len(octets)} octets too early"
        self._at += count
        return octets

    def parameters(self) -> dict[int, bytes]:
        """Everything that is left, as optional parameters."""
        found = {}
        while self._at < len(self._octets):
            tag, length = struct.unpack(">HH", self.octets(4))
            found[tag] = self.octets(length)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A PDU as it came."""

    length: int
    command: int
    status: int
    sequence: int
    body: bytes = field(repr=False)

    @property
    def message_id(self) -> str:
        """What submit_sm_resp, submit_multi_resp and data_sm_resp begin with."""
        return Reader(self.body).string(65)

    @property
    def octets(self) -> bytes:
        return struct.pack(">IIII", self.length, self.command, self.status, self.sequence) + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A deliver_sm, read (4.6.1)."""

    frame: Frame
    source: str
    destination: str
    esm_class: int
    schedule: str
    validity: str
    registered: int
    replace: int
    coding: int
    default_message: int
    message: bytes
    parameters: Mapping[int, bytes]

    @property
    def is_receipt(self) -> bool:
        return self.esm_class & 0x3C == 0x04

    @property
    def is_inbound(self) -> bool:
        return self.esm_class & 0x3C == 0x00

    @property
    def receipt(self) -> dict[str, str]:
        """The parts of a receipt by name; empty where the text has not the form of appendix B."""
        found = _RECEIPT.fullmatch(self.message.decode("latin-1"))
        return found.groupdict() if found else {}

    @property
    def message_id(self) -> str:
        """The message that the receipt is about: by the parameter, else by the text."""
        named = self.parameters.get(RECEIPTED_MESSAGE_ID)
        return named.rstrip(b"\0").decode("latin-1") if named else self.receipt.get("id", "")


def delivered(frame: Frame) -> Delivered:
    """What a deliver_sm says. AssertionError where it is not what the specification has."""
    read = Reader(frame.body)
    read.string(6)
    read.numbers(2)
    source = read.string(21)
    read.numbers(2)
    destination = read.string(21)
    esm_class, _, _ = read.numbers(3)
    schedule, validity = read.string(17), read.string(17)
    registered, replace, coding, default_message, length = read.numbers(5)
    return Delivered(
        frame=frame,
        source=source,
        destination=destination,
        esm_class=esm_class,
        schedule=schedule,
        validity=validity,
        registered=registered,
        replace=replace,
        coding=coding,
        default_message=default_message,
        message=read.octets(length),
        parameters=read.parameters(),
    )


class Link:
    """One connection. Whatever is said in either direction is put on the tape."""

    def __init__(self, address: tuple[str, int], *, tape: Tape | None = None, patience: float = 5.0) -> None:
        self._tape, self._patience = tape or Tape(), patience
        self._base = f"smpp://{address[0]}:{address[1]}"
        self._sequence = 0
        self._rest = b""
        self._put_by: list[Frame] = []
        try:
            self._socket = socket.create_connection(address, timeout=patience)
        except OSError as error:
            raise Unanswered(f"{self._base}: {error}") from None
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
        try:
            self._socket.sendall(octets)
        except OSError:
            self._rest = b""

    def ask(self, command: int, body: bytes = b"", *, sequence: int | None = None) -> Frame:
        """Send a request and give its answer; what is asked meanwhile is put by. Raises Unanswered."""
        self._sequence = self._sequence + 1 if sequence is None else sequence
        asked = pdu(command, body, sequence=self._sequence)
        self.send(asked)
        return self.answer(self._sequence)

    def answer(self, sequence: int) -> Frame:
        """The next answer with that sequence number. Raises Unanswered."""
        return self._find(lambda frame: bool(frame.command & ANSWER) and frame.sequence == sequence)

    def request(self, command: int | None = None, *, patience: float | None = None) -> Frame:
        """The next request of the other side. Raises Unanswered."""
        return self._find(
            lambda frame: not frame.command & ANSWER and command in (None, frame.command), patience
        )

    def deliver(self, *, status: int = 0, patience: float | None = None) -> Delivered:
        """The next deliver_sm, answered. Raises Unanswered."""
        found = delivered(self.request(DELIVER_SM, patience=patience))
        self.send(pdu(DELIVER_SM | ANSWER, b"\0", sequence=found.frame.sequence, status=status))
        return found

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
            raise Unanswered(f"{self._base}: the connection was closed") from None
        return frame

    def _frame(self, until: float) -> Frame:
        head = self._octets(4, until)
        length = int.from_bytes(head, "big")
        assert 16 <= length <= 2**20, f"a PDU of {length} octets came"
        rest = self._octets(length, until)
        self._rest = self._rest[length:]
        _, command, status, sequence = struct.unpack_from(">IIII", rest)
        frame = Frame(length=length, command=command, status=status, sequence=sequence, body=rest[16:])
        self._note(b"", frame.octets, By.HARNESS if command & ANSWER else By.SUBJECT)
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
            Exchange(by=by, surface="smpp", base=self._base, request=request, response=response, took=0.0)
        )
