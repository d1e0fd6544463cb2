"""SMPP 3.4 as far as a load needs it, octets to values and back; no socket here."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import NamedTuple

from loadtests.planning.plan import Login

HEADER = struct.Struct(">IIII")
LONGEST = 65_536  # octets of a PDU; what says more is no SMPP

ANSWER = 0x80000000
BIND_TRANSMITTER, QUERY, SUBMIT, DELIVER, UNBIND, BIND_TRANSCEIVER, ENQUIRE = 2, 3, 4, 5, 6, 9, 0x15

SENDER = b"\x05\x00smslab\x00"  # alphanumeric
TEXT = b"Your parcel has arrived. Code 4711."
BEFORE = b"\0" + SENDER + b"\x01\x01"  # no service_type; then an international number
AFTER = b"\0" + bytes((0, 0, 0)) + b"\0\0" + bytes((1, 0, 0, 0, len(TEXT))) + TEXT  # 1: a receipt, please

RECEIPTED, STATE = 0x001E, 0x0427
DELIVERED, FINAL = 2, (2, 3, 4, 5, 8)  # of message_state, section 5.2.28
IS_RECEIPT, KIND = 0x04, 0x3C  # of esm_class, section 5.2.12
IN_WORDS = re.compile(rb"id:(\S+).* stat:([A-Z]{7})", re.DOTALL)

THROTTLED = "ESME_RTHROTTLED"
STATUSES: Mapping[int, str] = {
    0x05: "ESME_RALYBND",
    0x08: "ESME_RSYSERR",
    0x0A: "ESME_RINVSRCADR",
    0x0B: "ESME_RINVDSTADR",
    0x0D: "ESME_RBINDFAIL",
    0x0E: "ESME_RINVPASWD",
    0x0F: "ESME_RINVSYSID",
    0x14: "ESME_RMSGQFUL",
    0x45: "ESME_RSUBMITFAIL",
    0x58: THROTTLED,
}


class Unreadable(Exception):
    """Octets that are no SMPP."""


class Frame(NamedTuple):
    command: int
    status: int
    sequence: int
    body: bytes

    @property
    def refusal(self) -> str:
        """The name of the command_status."""
        return STATUSES.get(self.status, f"command_status {self.status:#010x}")


class Told(NamedTuple):
    """What a receipt says."""

    reference: str
    number: str
    delivered: bool


def pdu(command: int, sequence: int, body: bytes = b"") -> bytes:
    return HEADER.pack(HEADER.size + len(body), command, 0, sequence) + body


def submit(sequence: int, number: str) -> bytes:
    return pdu(SUBMIT, sequence, BEFORE + number.encode() + AFTER)


def received(sequence: int) -> bytes:
    """The answer to a deliver_sm."""
    return HEADER.pack(HEADER.size + 1, DELIVER | ANSWER, 0, sequence) + b"\0"


def bind(command: int, login: Login) -> bytes:
    names = b"\0".join(text.encode("latin-1") for text in login)
    return pdu(command, 1, names + b"\0\0\x34\0\0\0")


def query(sequence: int, reference: str) -> bytes:
    return pdu(QUERY, sequence, reference.encode("latin-1") + b"\0" + SENDER)


def frames(octets: bytes) -> tuple[list[Frame], bytes]:
    """The whole PDUs at the head of the octets, and what is left of them. Raises Unreadable."""
    found = []
    at, end = 0, len(octets)
    while end - at >= HEADER.size:
        length, command, status, sequence = HEADER.unpack_from(octets, at)
        if not HEADER.size <= length <= LONGEST:
            raise Unreadable(f"a PDU of {length} octets")
        if end - at < length:
            break
        found.append(Frame(command, status, sequence, octets[at + HEADER.size : at + length]))
        at += length
    return found, octets[at:]


def identifier(body: bytes) -> str:
    """The message_id that an answer begins with."""
    return body.partition(b"\0")[0].decode("latin-1")


def state(body: bytes) -> bool | None:
    """What the answer to a query_sm says: delivered, failed, or None while it is under way."""
    _, _, rest = body.partition(b"\0")
    value = rest.partition(b"\0")[2][:1]
    return value[0] == DELIVERED if value and value[0] in FINAL else None


def told(body: bytes) -> Told | None:
    """What a deliver_sm says of a message; None where it is no receipt. Raises Unreadable."""
    try:
        at = body.index(0) + 3
        end = body.index(0, at)
        number = body[at:end].decode("latin-1").removeprefix("+")
        at = body.index(0, end + 3) + 1
        if body[at] & KIND != IS_RECEIPT:
            return None
        at = body.index(0, body.index(0, at + 3) + 1) + 6
        message = body[at : at + body[at - 1]]
        return Told(*worded(body[at + len(message) :], message, number))
    except (IndexError, ValueError, struct.error):
        raise Unreadable(f"a deliver_sm of {body[:80]!r}") from None


def worded(options: bytes, message: bytes, number: str) -> tuple[str, str, bool]:
    """By its parameters, else in its own words (appendix B); without either it is a message's of nobody."""
    named = parameters(options)
    if RECEIPTED in named and STATE in named:
        return named[RECEIPTED].rstrip(b"\0").decode("latin-1"), number, named[STATE][0] == DELIVERED
    words = IN_WORDS.search(message)
    return (words[1].decode("latin-1"), number, words[2] == b"DELIVRD") if words else ("", number, False)


def parameters(octets: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at < len(octets):
        tag, length = struct.unpack_from(">HH", octets, at)
        found[tag] = octets[at + 4 : at + 4 + length]
        at += 4 + length
    return found
