"""PDUs of SMPP 3.4 as they come: AssertionError where they are not what the specification has."""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from conformance.drivers.smpp_pdus import HEADER, MESSAGE_PAYLOAD, RECEIPTED_MESSAGE_ID
from conformance.drivers.smpp_statuses import Status

_RECEIPT = re.compile(
    r"id:(?P<id>\S*) sub:(?P<sub>\S*) dlvrd:(?P<dlvrd>\S*)"
    r" submit date:(?P<submit>\S*) done date:(?P<done>\S*)"
    r" stat:(?P<stat>\S*) err:(?P<err>\S*) text:(?P<text>.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
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
    status: Status
    sequence: int
    body: bytes = field(repr=False)

    @property
    def message_id(self) -> str:
        """What submit_sm_resp, submit_multi_resp and data_sm_resp begin with."""
        return Reader(self.body).string(65)

    @property
    def octets(self) -> bytes:
        return struct.pack(">IIII", self.length, self.command, self.status, self.sequence) + self.body


def framed(octets: bytes) -> Frame:
    """The frame that these octets are, header and body."""
    length, command, status, sequence = struct.unpack_from(">IIII", octets)
    return Frame(
        length=length, command=command, status=Status(status), sequence=sequence, body=octets[HEADER:]
    )


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
    def text(self) -> bytes:
        """What it says, as short_message or as message_payload."""
        return self.message or self.parameters.get(MESSAGE_PAYLOAD, b"")

    @property
    def receipt(self) -> dict[str, str]:
        """The parts of a receipt by name, whatever they are; empty where they are not those of appendix B."""
        found = _RECEIPT.fullmatch(self.text.decode("latin-1"))
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
