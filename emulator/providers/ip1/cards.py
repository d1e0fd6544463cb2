"""A contact as an account keeps it: its properties, its labels, and what was found out about its number."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from emulator.core.kept import JSON, Resource
from emulator.core.numbering import described

PROPERTIES, LABELS, METADATA, SINCE = "properties", "labels", "metadata", "since"
"""What is kept; SINCE is the second at which a contact is there that is made in the background."""

PHONE = "phoneNumber"
"""The property that metadata is about."""

BLOCKED, MSISDN = "isBlocked", "parsedMSISDN"
"""Metadata that depends on the blacklist as well, and the number to look for there."""

ALL = "all"
"""The label of every contact."""

HOME = "SE"
"""Where numbers without a country are from."""

Card: TypeAlias = Mapping[str, JSON]


def card(properties: Mapping[str, str], labels: Iterable[str], *, all_label: bool) -> Card:
    """What is kept of a contact that was sent with these."""
    # req: ip1/contacts/all-label ip1/contacts/labels ip1/contacts/metadata-ignored
    given = (*labels, ALL) if all_label else labels
    return {PROPERTIES: properties, LABELS: list(dict.fromkeys(given)), METADATA: metadata(properties)}


def metadata(properties: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """What the numbering plan says of the telephone number, if there is one; all of it texts."""
    if PHONE not in properties:
        return {}
    number = described(properties[PHONE], HOME)
    return {  # req: ip1/contacts/metadata
        PHONE: {
            "isPossiblePhoneNumber": _text(number.possible),
            "isValidPhoneNumber": _text(number.valid),
            "phoneNumberType": number.kind,
            MSISDN: number.msisdn,
        }
    }


def shown(contact: Resource, blocked: Container[str] | None = None) -> dict[str, object]:
    """The document of a contact; with metadata if it is told which numbers are blocked."""
    # req: ip1/contacts/document ip1/contacts/meta ip1/contacts/blocked
    card = contact.fields
    document = {"id": contact.name, "ownerId": contact.account, PROPERTIES: card[PROPERTIES]}
    if blocked is not None:
        document[METADATA] = {
            about: {**facts, BLOCKED: _text(facts[MSISDN] in blocked)}
            for about, facts in card[METADATA].items()
        }
    return {**document, LABELS: card[LABELS]}


def is_there(contact: Resource, now: datetime) -> bool:
    """Whether a contact that is made in the background is made by now."""
    return bool(contact.fields.get(SINCE, 0) <= now.timestamp())


def _text(fact: bool) -> str:
    return "true" if fact else "false"
