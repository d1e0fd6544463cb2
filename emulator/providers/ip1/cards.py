"""A contact as an account keeps it: its properties, its labels, and what was found out about its number."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from emulator.core.numbering import described

PHONE = "phoneNumber"
"""The property that metadata is about."""

BLOCKED, MSISDN = "isBlocked", "parsedMSISDN"
"""Metadata that depends on the blacklist as well, and the number to look for there."""

ALL = "all"
"""The label of every contact."""

HOME = "SE"
"""Where numbers without a country are from."""

Facts = Mapping[str, str]


class Card(TypedDict):
    """What is remembered of a contact; one that is still being made has the second when it is there."""

    properties: Mapping[str, str]
    labels: list[str]
    metadata: Mapping[str, Facts]
    since: NotRequired[float]


Entry = tuple[str, Card]
"""A contact and its id."""


def card(properties: Mapping[str, str], labels: Iterable[str], *, all_label: bool) -> Card:
    """What is remembered of a contact that was sent with these."""
    # req: ip1/contacts/all-label ip1/contacts/labels ip1/contacts/metadata-ignored
    given = (*labels, ALL) if all_label else labels
    return {"properties": properties, "labels": list(dict.fromkeys(given)), "metadata": metadata(properties)}


def metadata(properties: Mapping[str, str]) -> Mapping[str, Facts]:
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


def shown(entry: Entry, owner: str, blocked: Container[str] | None = None) -> dict[str, object]:
    """The document of a contact; with metadata if it is told which numbers are blocked."""
    # req: ip1/contacts/document ip1/contacts/meta ip1/contacts/blocked
    id, card = entry
    document: dict[str, object] = {"id": id, "ownerId": owner, "properties": card["properties"]}
    if blocked is not None:
        document["metadata"] = {
            name: {**facts, BLOCKED: _text(facts[MSISDN] in blocked)}
            for name, facts in card["metadata"].items()
        }
    return {**document, "labels": card["labels"]}


def is_there(card: Card, now: datetime) -> bool:
    """Whether a contact that is made in the background is made by now."""
    return "since" not in card or card["since"] <= now.timestamp()


def _text(fact: bool) -> str:
    return "true" if fact else "false"
