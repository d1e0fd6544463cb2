"""Batches and messages as the pages show them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from emulator.core.ids import Ids
from emulator.core.model import Coding, Inbound, Message, Order
from emulator.core.networks import original
from emulator.core.text import alphabet, parts
from emulator.providers.ip1 import statuses, tallies, wire
from emulator.providers.ip1.notes import Notes
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.statuses import DELIVERED, Standing
from emulator.providers.ip1.tallies import Tallies

Document = dict[str, object]

CODINGS = {Coding.GSM7: "gsm", Coding.UCS2: "ucs"}


def batch(order: Order, status: int, ids: Ids, quirks: Quirks) -> Document:
    """A batch without its summaries."""
    # req: ip1/batches/document ip1/batches/no-created ip1/http/camel-case ip1/templating/body-kept
    # req: ip1/templating/templated ip1/send/reference ip1/windows/list
    notes = Notes.of(order)
    return {
        "id": wire.reference(order, ids),
        "sender": order.sender,
        "body": order.text,
        "owner": order.account,
        "direction": cased("mt", quirks),
        "type": cased(kind(order), quirks),
        "datacoding": cased(notes.datacoding, quirks),
        "priority": notes.priority,
        "templated": notes.templated,
        "deliveryWindows": [{"opens": opens, "closes": closes} for opens, closes in notes.windows],
        "status": status,
        "deliveryReportUrl": order.callback,
        "reference": notes.reference,
        "tags": notes.tags,
    }


def summaries(counted: Tallies, prices: Sequence[Decimal], currency: str) -> Document:
    """What a batch shows beside, where it is read alone."""
    # req: ip1/batches/price-summary ip1/batches/price-figures ip1/batches/message-summary
    total = sum(prices, Decimal(0))
    price = {"total": float(total), "currency": currency, "average": float(total / len(prices))}
    return {"messageSummary": tallies.document(counted), "priceSummary": price}


def message(message: Message, told: Sequence[Standing], ids: Ids, quirks: Quirks) -> Document:
    """A message to a handset with some of its statuses, the latest at the end."""
    # req: ip1/messages/document ip1/messages/datacoding ip1/messages/price ip1/messages/modified
    # req: ip1/templating/rendered ip1/templating/length ip1/send/as-sent
    # req: ip1/segments/one ip1/segments/several ip1/segments/extension
    order, notes = message.order, Notes.of(message.order)
    return {
        "id": message_id(message, ids),
        "batchId": wire.reference(order, ids),
        "owner": order.account,
        "sender": order.sender,
        "recipient": message.recipient,
        "body": message.text,
        "direction": cased("mt", quirks),
        "segments": message.parts,
        "type": cased(kind(order), quirks),
        "datacoding": cased(CODINGS[message.coding], quirks),
        "priority": notes.priority,
        "price": float(message.price),
        "currency": notes.currency,
        "statuses": [standing.document for standing in told],
        "modified": wire.moment(told[-1].at),
        "reference": notes.reference,
        **network(message.recipient),
    }


def received(inbound: Inbound, ids: Ids, quirks: Quirks) -> Document:
    """A message from a handset, as it is pushed."""
    # req: ip1/incoming/document ip1/incoming/sender ip1/incoming/statuses
    return {
        "id": wire.identifier(inbound.id, inbound.received_at, wire.INBOUND, ids),
        "batchId": wire.identifier(inbound.id, inbound.received_at, wire.GROUP, ids),
        "owner": inbound.account,
        "sender": inbound.sender,
        "recipient": inbound.recipient,
        "body": inbound.text,
        "direction": cased("mo", quirks),
        "segments": segments(inbound),
        "type": cased("sms", quirks),
        "datacoding": cased(CODINGS[alphabet(inbound.text)], quirks),
        "priority": 1,
        "statuses": [arrival(inbound).document],
        "modified": wire.moment(inbound.received_at),
        **network(inbound.sender),
    }


def listed(found: Message | Inbound, currency: str, now: datetime, ids: Ids, quirks: Quirks) -> Document:
    """A message of either direction as lists show it, with its latest status alone."""
    # req: ip1/messages/list ip1/conversations/list
    if isinstance(found, Message):
        return message(found, [statuses.latest(found, now, quirks)], ids, quirks)
    return {**received(found, ids, quirks), "price": 0.0, "currency": currency, "reference": None}


def received_batch(inbound: Inbound, ids: Ids, quirks: Quirks) -> Document:
    """The batch that a message from a handset comes in, all by itself."""
    # req: ip1/incoming/batch
    shown = received(inbound, ids, quirks)
    same = ("sender", "body", "owner", "direction", "type", "datacoding", "priority")
    return {
        "id": shown["batchId"],
        **{name: shown[name] for name in same},
        "templated": False,
        "deliveryWindows": [],
        "status": DELIVERED,
        "deliveryReportUrl": None,
        "reference": None,
        "tags": [],
    }


def segments(inbound: Inbound) -> int:
    """In how many parts a message from a handset came."""
    return parts(inbound.text, alphabet(inbound.text))


def arrival(inbound: Inbound) -> Standing:
    """The only status of a message from a handset."""
    return Standing(DELIVERED, inbound.received_at)


def message_id(message: Message, ids: Ids) -> str:
    return wire.identifier(message.id, message.order.accepted_at, wire.MESSAGE, ids)


def network(number: str) -> Document:
    """Codes of the network that a number was given to; null where nobody knows."""
    # req: ip1/messages/network
    found = original(number) if number.isdecimal() else None
    return {"mcc": found.mcc if found else None, "mnc": found.mnc if found else None}


def kind(order: Order) -> str:
    return "flash" if order.flash else "sms"


def cased(word: str, quirks: Quirks) -> str:
    """A word of the pages, which write it now so, now so."""
    # req: ip1/batches/lower-case ip1/messages/lower-case ip1/incoming/lower-case
    return word.upper() if quirks.enum_case == "upper" else word
