"""What is asked of messages, and said of them: data_sm, submit_multi, query_sm, cancel_sm, replace_sm."""

import struct
from dataclasses import dataclass

from conformance.drivers.smpp_frames import Frame, Reader
from conformance.drivers.smpp_pdus import MESSAGE_PAYLOAD, parameter, string
from conformance.drivers.smpp_statuses import Status

SAR_MSG_REF_NUM, SAR_TOTAL_SEGMENTS, SAR_SEGMENT_SEQNUM = 0x020C, 0x020E, 0x020F
DEST_ADDR_SUBUNIT = 0x0005

ENROUTE, DELIVERED, EXPIRED, DELETED, UNDELIVERABLE, REJECTED = 1, 2, 3, 4, 5, 8
"""States of a message (5.2.28)."""

ADDRESS, LIST = 1, 2
"""What dest_flag says that a destination is (5.2.25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The source that was given with a message, by which it is asked for again."""

    ton: int = 5
    npi: int = 0
    address: str = "smslab"

    @property
    def octets(self) -> bytes:
        return bytes((self.ton, self.npi)) + string(self.address)


OURS = Whose()


def query(message_id: str, whose: Whose = OURS) -> bytes:
    """The body of a query_sm (4.8.1)."""
    return string(message_id) + whose.octets


def cancel(message_id: str, destination: str, whose: Whose = OURS, *, service_type: str = "") -> bytes:
    """The body of a cancel_sm (4.9.1)."""
    return string(service_type) + string(message_id) + whose.octets + address(destination)


def replace(
    message_id: str,
    message: bytes,
    whose: Whose = OURS,
    *,
    schedule: str = "",
    validity: str = "",
    registered: int = 0,
) -> bytes:
    """The body of a replace_sm (4.10.1)."""
    flags = bytes((registered, 0, len(message)))
    return string(message_id) + whose.octets + string(schedule) + string(validity) + flags + message


def data(
    destination: str,
    message: bytes | None = None,
    whose: Whose = OURS,
    *,
    registered: int = 0,
    coding: int = 0,
) -> bytes:
    """The body of a data_sm, with message_payload where there is a message (4.7.1)."""
    flags = bytes((0, registered, coding))
    payload = b"" if message is None else parameter(MESSAGE_PAYLOAD, message)
    return string("") + whose.octets + address(destination) + flags + payload


def address(number: str) -> bytes:
    """An international number."""
    return bytes((1, 1)) + string(number)


def destinations(*numbers: str, count: int | None = None, flag: int = ADDRESS) -> bytes:
    """number_of_dests and the destinations of a submit_multi, which may lie about their count and kind."""
    told = len(numbers) if count is None else count
    return bytes((told,)) + b"".join(bytes((flag,)) + address(number) for number in numbers)


def distribution_list(name: str) -> bytes:
    """number_of_dests and one distribution list (4.5.1.1)."""
    return bytes((1, LIST)) + string(name)


def header(reference: int, total: int, number: int) -> bytes:
    """A user data header that says which piece of a longer text follows (GSM 03.40, 9.2.3.24.1)."""
    return bytes((5, 0x00, 3, reference, total, number))


def wide_header(reference: int, total: int, number: int) -> bytes:
    """One whose reference has 16 bits (GSM 03.40, 9.2.3.24.8)."""
    return bytes((6, 0x08, 4, *divmod(reference, 256), total, number))


def segment(reference: int, total: int, number: int) -> bytes:
    """The three parameters that say which piece of a longer text a message is (5.3.2.22 to 5.3.2.24)."""
    return (
        parameter(SAR_MSG_REF_NUM, struct.pack(">H", reference))
        + parameter(SAR_TOTAL_SEGMENTS, bytes((total,)))
        + parameter(SAR_SEGMENT_SEQNUM, bytes((number,)))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Queried:
    """A query_sm_resp, read (4.8.2)."""

    message_id: str
    final_date: str
    state: int
    error: int


def queried(frame: Frame) -> Queried:
    """What a query_sm_resp says. AssertionError where it is not what the specification has."""
    read = Reader(frame.body)
    message_id, final_date = read.string(65), read.string(17)
    state, error = read.numbers(2)
    return Queried(message_id=message_id, final_date=final_date, state=state, error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A submit_multi_resp, read: `missed` says why, by address (4.5.2)."""

    message_id: str
    missed: dict[str, Status]


def many(frame: Frame) -> Many:
    """What a submit_multi_resp says. AssertionError where it is not what the specification has."""
    read = Reader(frame.body)
    message_id, (count,) = read.string(65), read.numbers(1)
    return Many(message_id=message_id, missed=dict(_missed(read) for _ in range(count)))


def _missed(read: Reader) -> tuple[str, Status]:
    read.numbers(2)
    address = read.string(21)
    return address, Status(int.from_bytes(read.octets(4), "big"))
