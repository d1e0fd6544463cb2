"""PDUs of SMPP 3.4 as octets: they can be right, and they can lie about anything.

Numbers are those of the specification, issue 1.2; nothing here is shared with what is judged.
"""

import struct
from dataclasses import dataclass

BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER = 0x01, 0x02, 0x09
QUERY_SM, SUBMIT_SM, DELIVER_SM, UNBIND, REPLACE_SM, CANCEL_SM = 0x03, 0x04, 0x05, 0x06, 0x07, 0x08
OUTBIND, ENQUIRE_LINK, SUBMIT_MULTI, ALERT_NOTIFICATION, DATA_SM = 0x0B, 0x15, 0x21, 0x102, 0x103
GENERIC_NACK = ANSWER = 0x80000000
BINDS = frozenset({BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER})

HEADER = 16  # octets

RECEIPTED_MESSAGE_ID, USER_MESSAGE_REFERENCE, SC_INTERFACE_VERSION = 0x001E, 0x0204, 0x0210
SET_DPF, NETWORK_ERROR_CODE, MESSAGE_PAYLOAD, MESSAGE_STATE = 0x0421, 0x0423, 0x0424, 0x0427

UDHI = 0x40
"""What esm_class says of a text that begins with a user data header (5.2.12)."""


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
        struct.pack(">IIII", HEADER + len(body) if length is None else length, command, status, sequence)
        + body
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
