"""Every PDU of SMPP 3.4 as a table in the order of the specification (section 4), both directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct
from types import MappingProxyType
from typing import Any, NamedTuple

from emulator.core.quick import quick
from emulator.wire.smpp import options as tlv
from emulator.wire.smpp.addresses import Destinations, Unsuccesses
from emulator.wire.smpp.bodies import Body
from emulator.wire.smpp.fields import Counted, CString, Field, Int, Malformed
from emulator.wire.smpp.options import Options
from emulator.wire.smpp.statuses import CommandStatus

HEADER = Struct(">IIII")  # req: smpp34/framing/header
"""command_length, command_id, command_status, sequence_number (section 3.2)."""

RESPONSE = 0x80000000
"""The bit that makes an id that of the answer."""

GENERIC_NACK = "generic_nack"

LONGEST = 254
"""Octets of a short_message."""

# req: smpp34/types/system-id-limit smpp34/types/password-limit smpp34/types/system-type-limit
# req: smpp34/bind/address-range-long
BIND: Mapping[str, Field] = {  # 4.1.1
    "system_id": CString(16, CommandStatus.RINVSYSID),
    "password": CString(9, CommandStatus.RINVPASWD),
    "system_type": CString(13, CommandStatus.RINVSYSTYP),
    "interface_version": Int(1),
    "addr_ton": Int(1),
    "addr_npi": Int(1),
    "address_range": CString(41),
}

# req: smpp34/types/address-limit
SOURCE: Mapping[str, Field] = {
    "source_addr_ton": Int(1),
    "source_addr_npi": Int(1),
    "source_addr": CString(21, CommandStatus.RINVSRCADR),
}

DESTINATION: Mapping[str, Field] = {
    "dest_addr_ton": Int(1),
    "dest_addr_npi": Int(1),
    "destination_addr": CString(21, CommandStatus.RINVDSTADR),
}

# req: smpp34/types/service-type-limit
SERVICE: Mapping[str, Field] = {"service_type": CString(6, CommandStatus.RINVSERTYP)}
MESSAGE_ID: Mapping[str, Field] = {"message_id": CString(65, CommandStatus.RINVMSGID)}

TIMES: Mapping[str, Field] = {  # req: smpp34/times/bad-length
    "schedule_delivery_time": CString(17, CommandStatus.RINVSCHED, fixed=True),
    "validity_period": CString(17, CommandStatus.RINVEXPIRY, fixed=True),
}

TREATMENT: Mapping[str, Field] = {
    "esm_class": Int(1),
    "protocol_id": Int(1),  # for a network; req: smpp34/submit/protocol-id
    "priority_flag": Int(1),
    **TIMES,
    "registered_delivery": Int(1),
    "replace_if_present_flag": Int(1),
    "data_coding": Int(1),
    "sm_default_msg_id": Int(1),
    "short_message": Counted(LONGEST),
}

SUBMIT: Mapping[str, Field] = {**SERVICE, **SOURCE, **DESTINATION, **TREATMENT}  # 4.4.1, 4.6.1

SUBMIT_MULTI: Mapping[str, Field] = {  # 4.5.1
    **SERVICE,
    **SOURCE,
    "dest_addresses": Destinations(),
    **TREATMENT,
}

DATA: Mapping[str, Field] = {  # 4.7.1; req: smpp34/data/long-address
    **SERVICE,
    "source_addr_ton": Int(1),
    "source_addr_npi": Int(1),
    "source_addr": CString(65, CommandStatus.RINVSRCADR),
    "dest_addr_ton": Int(1),
    "dest_addr_npi": Int(1),
    "destination_addr": CString(65, CommandStatus.RINVDSTADR),
    "esm_class": Int(1),
    "registered_delivery": Int(1),
    "data_coding": Int(1),
}

REPLACE: Mapping[str, Field] = {  # 4.10.1
    **MESSAGE_ID,
    **SOURCE,
    **TIMES,
    "registered_delivery": Int(1),
    "sm_default_msg_id": Int(1),
    "short_message": Counted(LONGEST),
}

QUERIED: Mapping[str, Field] = {  # 4.8.2
    **MESSAGE_ID,
    "final_date": CString(17, fixed=True),
    "message_state": Int(1),
    "error_code": Int(1),
}

ALERT: Mapping[str, Field] = {  # 4.12.1
    "source_addr_ton": Int(1),
    "source_addr_npi": Int(1),
    "source_addr": CString(65, CommandStatus.RINVSRCADR),
    "esme_addr_ton": Int(1),
    "esme_addr_npi": Int(1),
    "esme_addr": CString(65, CommandStatus.RINVDSTADR),
}

NOTHING: Mapping[str, Field] = {}
SYSTEM_ID: Mapping[str, Field] = {"system_id": BIND["system_id"]}


class Command(NamedTuple):
    """A command: its id and its body."""

    id: int
    body: Body


def _pair(
    name: str, id: int, asked: Mapping[str, Field], answered: Mapping[str, Field]
) -> dict[str, Command]:
    return {name: Command(id, Body(asked)), f"{name}_resp": Command(id | RESPONSE, Body(answered))}


COMMANDS: Mapping[str, Command] = {
    GENERIC_NACK: Command(RESPONSE, Body(NOTHING)),
    **_pair("bind_receiver", 0x01, BIND, SYSTEM_ID),
    **_pair("bind_transmitter", 0x02, BIND, SYSTEM_ID),
    **_pair("query_sm", 0x03, {**MESSAGE_ID, **SOURCE}, QUERIED),
    **_pair("submit_sm", 0x04, SUBMIT, MESSAGE_ID),
    **_pair("deliver_sm", 0x05, SUBMIT, MESSAGE_ID),
    **_pair("unbind", 0x06, NOTHING, NOTHING),
    **_pair("replace_sm", 0x07, REPLACE, NOTHING),
    **_pair("cancel_sm", 0x08, {**SERVICE, **MESSAGE_ID, **SOURCE, **DESTINATION}, NOTHING),
    **_pair("bind_transceiver", 0x09, BIND, SYSTEM_ID),
    "outbind": Command(0x0B, Body({name: BIND[name] for name in ("system_id", "password")})),
    **_pair("enquire_link", 0x15, NOTHING, NOTHING),
    **_pair("submit_multi", 0x21, SUBMIT_MULTI, {**MESSAGE_ID, "unsuccess_sme": Unsuccesses()}),
    "alert_notification": Command(0x102, Body(ALERT)),
    **_pair("data_sm", 0x103, DATA, MESSAGE_ID),
}

BY_ID = {command.id: (name, command.body) for name, command in COMMANDS.items()}

ANSWERS = frozenset(name for name, command in COMMANDS.items() if command.id & RESPONSE)

UNANSWERED = frozenset({"outbind", "alert_notification"})
"""Requests that have no answer."""


NO_FIELDS: Mapping[str, Any] = MappingProxyType({})
NO_OPTIONS: Mapping[str | int, Any] = MappingProxyType({})


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Pdu:
    """One PDU. Answers whose status is not 0 need no fields; `octets` are what it was read from."""

    command: str
    sequence: int
    status: int = 0
    fields: Mapping[str, Any] = field(default_factory=lambda: NO_FIELDS)
    options: Mapping[str | int, Any] = field(default_factory=lambda: NO_OPTIONS)
    octets: bytes = field(default=b"", repr=False, compare=False)


class Header(NamedTuple):
    """The first sixteen octets."""

    length: int
    id: int
    status: int
    sequence: int

    @property
    def command(self) -> str:
        """The name of its command; empty for an unknown one."""
        return BY_ID[self.id][0] if self.id in BY_ID else ""


def header(octets: bytes) -> Header:
    return Header(*HEADER.unpack_from(octets))


def read(octets: bytes) -> Pdu:
    """The PDU that fills the octets. Raises Malformed; an answer may stop behind its header."""
    # req: smpp34/framing/unknown-command smpp34/link/body-ignored
    length, id, status, sequence = HEADER.unpack_from(octets)
    if id not in BY_ID:
        raise Malformed(CommandStatus.RINVCMDID, f"command_id {id:#010x}")
    name, body = BY_ID[id]
    if length == HEADER.size and id & RESPONSE:
        return Pdu(command=name, sequence=sequence, status=status, octets=octets)
    fields, at = body.read(octets, HEADER.size)
    options: Options = tlv.read(octets, at) if at < length else {}
    return Pdu(command=name, sequence=sequence, status=status, fields=fields, options=options, octets=octets)


def written(pdu: Pdu) -> bytes:
    """The octets. An answer that refuses is its header alone. Raises ValueError for too much in a field."""
    return octets(pdu.command, pdu.sequence, pdu.status, pdu.fields, pdu.options)


def octets(
    command: str, sequence: int, status: int, fields: Mapping[str, Any], options: Mapping[str | int, Any]
) -> bytes:
    """The octets of a PDU of these parts, likewise."""
    id, form = COMMANDS[command]
    if status and id & RESPONSE:
        return HEADER.pack(HEADER.size, id, status, sequence)
    content = form.written(fields) + tlv.written(options) if options else form.written(fields)
    return HEADER.pack(HEADER.size + len(content), id, status, sequence) + content


def body(command: str, fields: Mapping[str, Any], options: Mapping[str | int, Any]) -> bytes:
    """What stands behind the header of a PDU. Raises ValueError for too much in a field."""
    return COMMANDS[command].body.written(fields) + tlv.written(options)


def bare(command: str, octets: bytes) -> bytes:
    """A body without its optional parameters, which ESMEs of earlier versions do not know.

    Of a payload they get so much as short_message can have.
    """
    body = COMMANDS[command].body
    fields, end = body.read(octets)
    payload = tlv.read(octets, end).get("message_payload")
    if payload is None:
        return octets[:end]
    return body.written({**fields, "short_message": payload[:LONGEST]})


def framed(command: str, sequence: int, body: bytes) -> bytes:
    """A request whose body is written already."""
    # req: smpp34/framing/request-status
    return HEADER.pack(HEADER.size + len(body), COMMANDS[command].id, 0, sequence) + body


def is_answer(command: str) -> bool:
    return command in ANSWERS


def answer_to(command: str) -> str:
    """The command that answers one; generic_nack where there is none of its own."""
    return _ANSWERS.get(command, GENERIC_NACK)


_ANSWERS = {command: f"{command}_resp" for command in COMMANDS if f"{command}_resp" in COMMANDS}
