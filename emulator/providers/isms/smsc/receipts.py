"""What sessions are told: receipts, intermediate notifications, messages from handsets."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from emulator.core.ids import Ids
from emulator.core.model import Inbound, Message, Status
from emulator.core.pushes import Notice
from emulator.core.text import fits_gsm7
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc.identifiers import receipt_id
from emulator.wire.smpp import texts
from emulator.wire.smpp.pdus import body
from emulator.wire.smpp.receipts import MessageState, Receipt
from emulator.wire.smpp.texts import Alphabet

STATES: Mapping[Status, MessageState] = {
    Status.SCHEDULED: MessageState.ENROUTE,
    Status.QUEUED: MessageState.ENROUTE,  # req: smpp34/query/enroute
    Status.SUBMITTED: MessageState.ENROUTE,
    Status.DELIVERED: MessageState.DELIVERED,  # req: smpp34/receipts/delivered smpp34/query/delivered
    Status.UNDELIVERABLE: MessageState.UNDELIVERABLE,  # req: smpp34/receipts/undeliverable
    Status.UNROUTABLE: MessageState.UNDELIVERABLE,
    Status.EXPIRED: MessageState.EXPIRED,  # req: smpp34/receipts/expired smpp34/query/failed
    Status.REJECTED: MessageState.REJECTED,
    Status.CANCELLED: MessageState.DELETED,  # req: smpp34/receipts/deleted smpp34/cancel/state
}

ERRORS: Mapping[Status, int] = {
    Status.UNDELIVERABLE: 27,
    Status.EXPIRED: 27,
    Status.UNROUTABLE: 1,
    Status.REJECTED: 11,
}
"""What the network says: absent subscriber, unknown subscriber, teleservice not provisioned (GSM 09.02)."""

GSM_NETWORK = 3
"""The first octet of network_error_code (section 5.3.2.31)."""

RECEIPT, INTERMEDIATE = 0x04, 0x20
"""What esm_class says a deliver_sm is (section 5.2.12)."""

ALWAYS, ON_FAILURE, ON_THE_WAY = 0x01, 0x02, 0x10
"""Bits of registered_delivery (section 5.2.17)."""

INTERNATIONAL, ISDN = 1, 1
LONGEST = 254


def notices(message: Message, status: Status, at: datetime, ids: Ids, quirks: Quirks) -> tuple[Notice, ...]:
    """What the sender of a message is told of its status; nothing that was not asked for."""
    # req: smpp34/receipts/none smpp34/receipts/once smpp34/receipts/failure-only
    kind = wanted(int(message.order.extras["registered"]), status)
    if kind is None:
        return ()
    made = Notice(command="deliver_sm", octets=report(message, status, at, kind, ids, quirks))
    return (made, made) if quirks.smpp_receipts_doubled and kind == RECEIPT else (made,)


@cache
def wanted(registered: int, status: Status) -> int | None:
    """The esm_class of what is to be told, if anything is."""
    # req: smpp34/receipts/final smpp34/receipts/failure-only-fails smpp34/receipts/deliver-sm
    if status is Status.SUBMITTED and registered & ON_THE_WAY:  # req: smpp34/receipts/intermediate
        return INTERMEDIATE
    asked = registered & (ALWAYS | ON_FAILURE)
    failed = status is not Status.DELIVERED
    told = status.final and (asked == ALWAYS or (asked == ON_FAILURE and failed))
    return RECEIPT if told else None


def report(message: Message, status: Status, at: datetime, kind: int, ids: Ids, quirks: Quirks) -> bytes:
    """The body of a deliver_sm that reports a status."""
    # req: smpp34/receipts/addresses smpp34/receipts/null-fields smpp34/receipts/unasked-receipt
    order, extras = message.order, message.order.extras
    source_ton, source_npi = extras["source"].split(".")
    dest_ton, dest_npi = extras["dest"].split(".")
    named, form = receipt_id(order.id, ids, quirks), quirks.smpp_receipt_form
    fields = {
        "service_type": extras["service_type"],
        "source_addr_ton": int(dest_ton),
        "source_addr_npi": int(dest_npi),
        "source_addr": message.recipient,
        "dest_addr_ton": int(source_ton),
        "dest_addr_npi": int(source_npi),
        "destination_addr": order.sender,
        "esm_class": kind,
        "short_message": b"" if form == "tlv" else written(message, status, at, named, quirks),
    }
    return body("deliver_sm", fields, {} if form == "text" else parameters(extras, status, named))


def parameters(extras: Mapping[str, str], status: Status, named: str) -> dict[str | int, Any]:
    """A receipt for machines."""
    # req: smpp34/receipts/receipted-message-id smpp34/receipts/message-state
    found: dict[str | int, Any] = {"receipted_message_id": named, "message_state": STATES[status]}
    if status in ERRORS:  # req: smpp34/receipts/network-error-code
        found["network_error_code"] = bytes((GSM_NETWORK, 0, ERRORS[status]))
    if "reference" in extras:  # req: smpp34/receipts/user-message-reference
        found["user_message_reference"] = int(extras["reference"])
    return found


def written(message: Message, status: Status, at: datetime, named: str, quirks: Quirks) -> bytes:
    """A receipt for people (appendix B)."""
    # req: smpp34/receipts/text smpp34/receipts/counts smpp34/receipts/dates smpp34/receipts/states
    # req: smpp34/receipts/excerpt smpp34/receipts/err smpp34/receipts/coding
    zone = ZoneInfo(quirks.zone)
    receipt = Receipt(
        id=named,
        state=STATES[status],
        submitted=message.order.accepted_at.astimezone(zone),
        done=at.astimezone(zone),
        error=str(ERRORS.get(status, 0)),
        excerpt=message.text,
        seconds=quirks.smpp_receipt_seconds,
    )
    return str(receipt).encode("ascii", "replace")


def inbound(received: Inbound) -> Notice:
    """A message from a handset as a deliver_sm."""
    # req: smpp34/deliver/inbound smpp34/deliver/addresses smpp34/deliver/text
    plain = fits_gsm7(received.text)
    octets = texts.encoded(received.text, Alphabet.GSM if plain else Alphabet.UCS2)
    long = len(octets) > LONGEST
    fields = {
        "source_addr_ton": INTERNATIONAL,
        "source_addr_npi": ISDN,
        "source_addr": received.sender[:20],
        "dest_addr_ton": INTERNATIONAL,
        "dest_addr_npi": ISDN,
        "destination_addr": received.recipient[:20],
        "data_coding": 0x00 if plain else 0x08,
        "short_message": b"" if long else octets,
    }
    return Notice(
        command="deliver_sm", octets=body("deliver_sm", fields, {"message_payload": octets} if long else {})
    )
