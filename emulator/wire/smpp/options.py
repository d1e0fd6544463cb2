"""Optional parameters: every TLV of SMPP 3.4 as a table (section 5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct
from typing import Any

from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.statuses import CommandStatus

Options = dict[str | int, Any]
"""Optional parameters by name, unknown ones by tag with their octets."""

HEAD = Struct(">HH")


@dataclass(frozen=True, slots=True)
class Integer:
    """An integer of exactly so many octets."""

    size: int

    def read(self, octets: bytes) -> int:
        _fits(octets, self.size, self.size)
        return int.from_bytes(octets, "big")

    def written(self, value: int) -> bytes:
        return value.to_bytes(self.size, "big")


@dataclass(frozen=True, slots=True)
class Text:
    """Characters and a NUL, of at most `most` octets with it. One without a NUL is read as it stands."""

    most: int

    def read(self, octets: bytes) -> str:
        _fits(octets, 0, self.most)
        return octets.partition(b"\0")[0].decode("latin-1")

    def written(self, value: str) -> bytes:
        return value.encode("latin-1") + b"\0"


@dataclass(frozen=True, slots=True)
class Octets:
    """Octets, from `least` to `most` of them."""

    least: int
    most: int

    def read(self, octets: bytes) -> bytes:
        _fits(octets, self.least, self.most)
        return octets

    def written(self, value: bytes) -> bytes:
        return value


Kind = Integer | Text | Octets

TABLE: Mapping[str, tuple[int, Kind]] = {
    "dest_addr_subunit": (0x0005, Integer(1)),
    "dest_network_type": (0x0006, Integer(1)),
    "dest_bearer_type": (0x0007, Integer(1)),
    "dest_telematics_id": (0x0008, Integer(2)),
    "source_addr_subunit": (0x000D, Integer(1)),
    "source_network_type": (0x000E, Integer(1)),
    "source_bearer_type": (0x000F, Integer(1)),
    "source_telematics_id": (0x0010, Integer(1)),
    "qos_time_to_live": (0x0017, Integer(4)),
    "payload_type": (0x0019, Integer(1)),
    "additional_status_info_text": (0x001D, Text(256)),
    "receipted_message_id": (0x001E, Text(65)),
    "ms_msg_wait_facilities": (0x0030, Integer(1)),
    "privacy_indicator": (0x0201, Integer(1)),
    "source_subaddress": (0x0202, Octets(2, 23)),
    "dest_subaddress": (0x0203, Octets(2, 23)),
    "user_message_reference": (0x0204, Integer(2)),
    "user_response_code": (0x0205, Integer(1)),
    "source_port": (0x020A, Integer(2)),
    "destination_port": (0x020B, Integer(2)),
    "sar_msg_ref_num": (0x020C, Integer(2)),
    "language_indicator": (0x020D, Integer(1)),
    "sar_total_segments": (0x020E, Integer(1)),
    "sar_segment_seqnum": (0x020F, Integer(1)),
    "sc_interface_version": (0x0210, Integer(1)),
    "callback_num_pres_ind": (0x0302, Integer(1)),
    "callback_num_atag": (0x0303, Octets(0, 65)),
    "number_of_messages": (0x0304, Integer(1)),
    "callback_num": (0x0381, Octets(4, 19)),
    "dpf_result": (0x0420, Integer(1)),
    "set_dpf": (0x0421, Integer(1)),
    "ms_availability_status": (0x0422, Integer(1)),
    "network_error_code": (0x0423, Octets(3, 3)),
    "message_payload": (0x0424, Octets(0, 65535)),
    "delivery_failure_reason": (0x0425, Integer(1)),
    "more_messages_to_send": (0x0426, Integer(1)),
    "message_state": (0x0427, Integer(1)),
    "ussd_service_op": (0x0501, Octets(1, 1)),
    "display_time": (0x1201, Integer(1)),
    "sms_signal": (0x1203, Integer(2)),
    "ms_validity": (0x1204, Integer(1)),
    "alert_on_message_delivery": (0x130C, Octets(0, 0)),
    "its_reply_type": (0x1380, Integer(1)),
    "its_session_info": (0x1383, Octets(2, 2)),
}
"""Tag and form of each, in the order of their tags: they are written in this order."""

BY_TAG = {tag: (name, kind) for name, (tag, kind) in TABLE.items()}


def read(octets: bytes, at: int) -> Options:
    """The optional parameters from an offset to the end; of two with one name the later. Raises Malformed."""
    # req: smpp34/options/order smpp34/options/unknown smpp34/options/unexpected smpp34/options/empty
    # req: smpp34/options/beyond smpp34/options/cut smpp34/options/length
    options: Options = {}
    while at < len(octets):
        if at + HEAD.size > len(octets):
            raise Malformed(CommandStatus.RINVOPTPARSTREAM, "octets behind the last parameter")
        tag, length = HEAD.unpack_from(octets, at)
        at += HEAD.size
        if at + length > len(octets):
            raise Malformed(CommandStatus.RINVOPTPARSTREAM, f"parameter {tag:#06x} goes beyond its PDU")
        name, kind = BY_TAG.get(tag, (tag, ANY))
        try:
            options[name] = kind.read(octets[at : at + length])
        except ValueError as error:
            raise Malformed(CommandStatus.RINVPARLEN, f"{name}: {error}") from None
        at += length
    return options


def written(options: Mapping[str | int, Any]) -> bytes:
    """The octets, known ones in the order of the table. Raises ValueError, KeyError for an unknown name."""
    if not options:
        return b""
    known = [(TABLE[name], value) for name, value in options.items() if isinstance(name, str)]
    rows = [(tag, kind.written(value)) for (tag, kind), value in sorted(known, key=lambda row: row[0][0])]
    rows += [(tag, value) for tag, value in options.items() if isinstance(tag, int)]
    return b"".join([HEAD.pack(tag, len(value)) + value for tag, value in rows])


ANY = Octets(0, 65535)


def _fits(octets: bytes, least: int, most: int) -> None:
    if not least <= len(octets) <= most:
        raise ValueError(f"{len(octets)} octets, not {least} to {most}")
