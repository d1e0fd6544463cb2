"""Octets for people: SMPP as a line that reads its header and a dump, everything else as text."""

import struct
from collections.abc import Iterator

from conformance.counting import many
from conformance.drivers import smpp_pdus
from conformance.drivers.smpp_pdus import ANSWER, HEADER
from conformance.drivers.smpp_statuses import Status
from conformance.tape import SMPP

NAMES = (
    "bind_receiver",
    "bind_transmitter",
    "query_sm",
    "submit_sm",
    "deliver_sm",
    "unbind",
    "replace_sm",
    "cancel_sm",
    "bind_transceiver",
    "outbind",
    "enquire_link",
    "submit_multi",
    "alert_notification",
    "data_sm",
)
COMMANDS = {getattr(smpp_pdus, name.upper()): name for name in NAMES}


def readable(octets: bytes, surface: str, longest: int) -> str:
    """At most so many characters of what went over the wire, then how much there was."""
    text = dumped(octets[:longest]) if surface == SMPP else _text(octets)
    if len(text) <= longest and (surface != SMPP or len(octets) <= longest):
        return text
    return f"{text[:longest]}\n… {len(octets)} octets in all; the record has the rest"


def dumped(octets: bytes) -> str:
    """Every PDU as its headline and its octets, sixteen a line; what is no PDU as octets alone."""
    return "\n".join(f"{headline(pdu)}\n{_dump(pdu)}" for pdu in pdus(octets))


def lined(octets: bytes) -> str:
    """The same in one line."""
    return "; ".join(f"{headline(pdu)}: {pdu.hex()}" for pdu in pdus(octets))


def headline(octets: bytes) -> str:
    """`submit_sm_resp, ROK, sequence 7, 26 octets`; the status of a request only where it is not 0."""
    if len(octets) < HEADER:
        return f"no PDU, {many(len(octets), 'octet')}"
    length, command, status, sequence = struct.unpack_from(">IIII", octets)
    said = [Status(status).name] if status or command & ANSWER else []
    words = [_command(command), *said, f"sequence {sequence}", many(len(octets), "octet")]
    if length != len(octets):
        words.append(f"says it has {length}")
    return ", ".join(words)


def pdus(octets: bytes) -> Iterator[bytes]:
    """Several PDUs in one write, parted by their lengths as far as those can be true."""
    while octets:
        length = int.from_bytes(octets[:4], "big")
        if not HEADER <= length <= len(octets):
            length = len(octets)
        yield octets[:length]
        octets = octets[length:]


def _command(command: int) -> str:
    if command == ANSWER:
        return "generic_nack"
    name = COMMANDS.get(command & ~ANSWER)
    if name is None:
        return f"command {command:#010x}"
    return f"{name}_resp" if command & ANSWER else name


def _dump(octets: bytes) -> str:
    return "\n".join(
        f"{at:04x}  {octets[at : at + 8].hex(' '):<23}  {octets[at + 8 : at + 16].hex(' '):<23}  "
        f"{_printed(octets[at : at + 16])}"
        for at in range(0, len(octets), 16)
    )


def _printed(octets: bytes) -> str:
    return "".join(chr(octet) if 0x20 <= octet < 0x7F else "." for octet in octets)


def _text(octets: bytes) -> str:
    """Line ends as they are meant, anything that is no UTF-8 as an escape."""
    return octets.decode(errors="backslashreplace").replace("\r\n", "\n")
