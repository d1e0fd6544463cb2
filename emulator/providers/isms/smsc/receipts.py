"""What sessions are told: receipts, intermediate notifications, messages from handsets."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from emulator.core.ids import Ids
from emulator.core.model import Inbound, Message, Status
from emulator.core.pushes import Notice
from emulator.core.text import fits_gsm7
from emulator.core.timetable import queued_at
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc.identifiers import receipt_id
from emulator.wire.smpp import receipts, texts
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.pdus import LONGEST, body
from emulator.wire.smpp.receipts import MessageState, Receipt
from emulator.wire.smpp.template import Template
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

ABSENT = timedelta(minutes=1)
"""A handset that is reached later than this was not there at first."""

INTERNATIONAL, NETWORK_SPECIFIC, NAMED = 1, 3, 5
"""Types of number (section 5.2.5)."""
ISDN = 1
"""A numbering plan: that of telephone numbers."""
SHORT_CODE = 6
"""Digits of a number that only one network knows, at most."""
ADDRESS, PAYLOAD = 20, 65_534
"""Characters of an address, octets of a payload: so much a deliver_sm has room for."""


def notices(message: Message, status: Status, at: datetime, ids: Ids, quirks: Quirks) -> tuple[Notice, ...]:
    """What the sender of a message is told of its status; nothing that was not asked for."""
    # req: smpp34/receipts/none smpp34/receipts/once smpp34/receipts/failure-only isms/smpp/reports
    extras = message.order.extras
    if extras.get("pending") == "1" and status is Status.DELIVERED and at - queued_at(message) > ABSENT:
        return (alert(message), *receipted(message, status, at, ids, quirks))
    return receipted(message, status, at, ids, quirks)


def receipted(message: Message, status: Status, at: datetime, ids: Ids, quirks: Quirks) -> tuple[Notice, ...]:
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
    # req: smpp34/receipts/addresses smpp34/receipts/message-id
    order, extras = message.order, message.order.extras
    named, form = receipt_id(order.id, ids, quirks), quirks.smpp_receipt_form
    values = {
        "source_addr": message.recipient[:ADDRESS],
        "destination_addr": order.sender[:ADDRESS],
        "short_message": b"" if form == "tlv" else written(message, status, at, named, quirks),
    }
    made = template(
        extras["service_type"],
        extras["source"],
        extras["dest"],
        extras.get("reference"),
        kind,
        status,
        form == "text",
    )
    return made.written(values, named)


@lru_cache(maxsize=1024)
def template(
    service_type: str, source: str, dest: str, reference: str | None, kind: int, status: Status, bare: bool
) -> Template:
    """What the reports of messages of one kind have in common, for people alone where it is `bare`."""
    # req: smpp34/receipts/null-fields smpp34/receipts/unasked-receipt smpp34/receipts/coding
    (dest_ton, dest_npi), (source_ton, source_npi) = kinds(source), kinds(dest)  # it goes the way back
    fields = {
        "service_type": service_type,
        "source_addr_ton": source_ton,
        "source_addr_npi": source_npi,
        "dest_addr_ton": dest_ton,
        "dest_addr_npi": dest_npi,
        "esm_class": kind,
    }
    open = ("source_addr", "destination_addr", "short_message")
    if bare:
        return Template("deliver_sm", fields, {}, open)
    # req: smpp34/receipts/receipted-message-id smpp34/receipts/message-state
    options: dict[str | int, Any] = {"message_state": STATES[status]}
    if status in ERRORS:  # req: smpp34/receipts/network-error-code
        options["network_error_code"] = bytes((GSM_NETWORK, 0, ERRORS[status]))
    if reference is not None:  # req: smpp34/receipts/user-message-reference
        options["user_message_reference"] = int(reference)
    return Template("deliver_sm", fields, options, open, "receipted_message_id")


def kinds(noted: str) -> tuple[int, int]:
    """The type of number and the numbering plan of an address, as the order remembers them."""
    ton, npi = noted.split(".")
    return int(ton), int(npi)


def written(message: Message, status: Status, at: datetime, named: str, quirks: Quirks) -> bytes:
    """A receipt for people (appendix B)."""
    # req: smpp34/receipts/text smpp34/receipts/excerpt
    shared = middle(status, message.order.accepted_at, at, quirks.zone, quirks.smpp_receipt_seconds)
    return receipts.written(named, shared, message.text).encode("ascii", "replace")


@lru_cache(maxsize=4096)
def middle(status: Status, accepted_at: datetime, at: datetime, zone: str, seconds: bool) -> str:
    """What all receipts say of messages that were accepted together and end together."""
    # req: smpp34/receipts/counts smpp34/receipts/states smpp34/receipts/err
    receipt = Receipt(
        id="",
        state=STATES[status],
        submitted=date(accepted_at, zone, seconds),
        done=date(at, zone, seconds),
        error=str(ERRORS.get(status, 0)),
    )
    return receipt.middle


def date(at: datetime, zone: str, seconds: bool) -> str:
    """A moment as the SMSC's clock shows it."""
    # req: smpp34/receipts/dates
    return f"{at.astimezone(ZoneInfo(zone)):{'%y%m%d%H%M%S' if seconds else '%y%m%d%H%M'}}"


def alert(message: Message) -> Notice:
    """Whoever set the flag of a pending delivery hears that the handset can be reached again."""
    # req: smpp34/alert/sent
    order = message.order
    source_ton, source_npi = kinds(order.extras["dest"])
    esme_ton, esme_npi = kinds(order.extras["source"])
    fields = {
        "source_addr_ton": source_ton,
        "source_addr_npi": source_npi,
        "source_addr": message.recipient,
        "esme_addr_ton": esme_ton,
        "esme_addr_npi": esme_npi,
        "esme_addr": order.sender,
    }
    octets = body("alert_notification", fields, {"ms_availability_status": 0})
    return Notice(command="alert_notification", octets=octets)


def inbound(received: Inbound) -> Notice:
    """A message from a handset as a deliver_sm."""
    # req: smpp34/deliver/inbound smpp34/deliver/addresses smpp34/deliver/text
    plain = fits_gsm7(received.text)
    octets = texts.encoded(received.text, Alphabet.GSM if plain else Alphabet.UCS2)[:PAYLOAD]
    long = len(octets) > LONGEST
    source, destination = address(received.sender), address(received.recipient)
    fields = {
        "source_addr_ton": source.ton,
        "source_addr_npi": source.npi,
        "source_addr": source.address,
        "dest_addr_ton": destination.ton,
        "dest_addr_npi": destination.npi,
        "destination_addr": destination.address,
        "data_coding": 0x00 if plain else 0x08,
        "short_message": b"" if long else octets,
    }
    return Notice(
        command="deliver_sm", octets=body("deliver_sm", fields, {"message_payload": octets} if long else {})
    )


def address(text: str) -> Destination:
    """A number or a name as SMPP writes it: what it has no letters for is left out."""
    # req: smpp34/deliver/addresses
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        name = "".join(letter for letter in text if letter.isprintable() and letter.isascii())
        return Destination(NAMED, 0, name[:ADDRESS])
    ton = NETWORK_SPECIFIC if len(digits) <= SHORT_CODE else INTERNATIONAL
    return Destination(ton, ISDN, digits[:ADDRESS])
