"""The filters of the contact list: by label, by property, by metadata."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from emulator.providers.ip1.cards import BLOCKED, MSISDN, Entry

LABELS = "labels"

TRUTH = {"true": True, "false": False}

NOTHING: dict[str, str] = {}

_BRACKETED = re.compile(r"(properties|metadata)\[(.*)\]", re.DOTALL)


class Filters(NamedTuple):
    """What must hold of a contact, all of it: labels, properties, and metadata by property and key."""

    labels: frozenset[str] = frozenset()
    properties: frozenset[tuple[str, str]] = frozenset()
    metadata: frozenset[tuple[str, str, str]] = frozenset()


def filters(query: Iterable[tuple[str, str]], *, plus: bool) -> Filters:
    """The filters that a query asks for; with `plus` a blank that begins a value stands for a plus sign."""
    labels, properties, metadata = set[str](), set[tuple[str, str]](), set[tuple[str, str, str]]()
    for name, given in query:
        value = f"+{given[1:]}" if plus and given.startswith(" ") else given  # req: ip1/filters/plus
        bracketed = _BRACKETED.fullmatch(name)
        if name == LABELS:
            labels.add(value)  # req: ip1/filters/labels ip1/filters/labels-repeatable
        elif bracketed and bracketed[1] == "properties":
            properties.add((bracketed[2], value))  # req: ip1/filters/properties
        elif bracketed:
            about, _, key = bracketed[2].rpartition(".")
            metadata.add((about, key, value))  # req: ip1/filters/metadata
    return Filters(frozenset(labels), frozenset(properties), frozenset(metadata))


def passing(entries: Sequence[Entry], asked: Filters, blocked: Container[str]) -> Sequence[Entry]:
    """The entries that all filters let through, in their order."""
    # req: ip1/filters/together ip1/filters/exact
    # a filter at a time, without calls: a hundred thousand are looked at while somebody waits
    for label in asked.labels:
        entries = [entry for entry in entries if label in entry[1]["labels"]]
    for name, value in asked.properties:
        entries = [entry for entry in entries if entry[1]["properties"].get(name) == value]
    for about, key, value in asked.metadata:
        if key == BLOCKED:
            entries = _blocked(entries, about, TRUTH.get(value), blocked)
        else:
            entries = [
                entry for entry in entries if entry[1]["metadata"].get(about, NOTHING).get(key) == value
            ]
    return entries


def _blocked(
    entries: Sequence[Entry], about: str, wanted: bool | None, blocked: Container[str]
) -> Sequence[Entry]:
    known = [entry for entry in entries if about in entry[1]["metadata"]]
    return [entry for entry in known if (entry[1]["metadata"][about][MSISDN] in blocked) is wanted]
