"""The filters of the contact list: by label, by property, by metadata."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from emulator.core.kept import Resource
from emulator.providers.ip1.cards import BLOCKED, LABELS, METADATA, MSISDN, PROPERTIES

TRUTH = {"true": True, "false": False}

_BRACKETED = re.compile(r"(properties|metadata)\[(.*)\]", re.DOTALL)


class Filters(NamedTuple):
    """What must hold of a contact, all of it: labels, properties, and metadata by property and key."""

    labels: frozenset[str] = frozenset()
    properties: frozenset[tuple[str, str]] = frozenset()
    metadata: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def ask_for_blocked(self) -> bool:
        """Whether it depends on the blacklist who is found."""
        return any(key == BLOCKED for _, key, _ in self.metadata)


def filters(query: Iterable[tuple[str, str]], *, plus: bool) -> Filters:
    """The filters that a query asks for; with `plus` a blank that begins a value stands for a plus sign."""
    labels, properties, metadata = set[str](), set[tuple[str, str]](), set[tuple[str, str, str]]()
    for name, given in query:
        value = f"+{given[1:]}" if plus and given.startswith(" ") else given  # req: ip1/filters/plus
        bracketed = _BRACKETED.fullmatch(name)
        if name == LABELS:
            labels.add(value)  # req: ip1/filters/labels ip1/filters/labels-repeatable
        elif bracketed and bracketed[1] == PROPERTIES:
            properties.add((bracketed[2], value))  # req: ip1/filters/properties
        elif bracketed:
            about, _, key = bracketed[2].rpartition(".")
            metadata.add((about, key, value))  # req: ip1/filters/metadata
    return Filters(frozenset(labels), frozenset(properties), frozenset(metadata))


def passing(contacts: Sequence[Resource], asked: Filters, blocked: Container[str]) -> Sequence[Resource]:
    """The contacts that all filters let through, in their order."""
    # req: ip1/filters/together ip1/filters/exact
    # a filter at a time, without calls: a hundred thousand are looked at while somebody waits
    for name, value in asked.properties:
        contacts = [one for one in contacts if one.fields[PROPERTIES].get(name) == value]
    for label in asked.labels:
        contacts = [one for one in contacts if label in one.fields[LABELS]]
    for about, key, value in asked.metadata:
        contacts = _found_out(contacts, about, key, value, blocked)
    return contacts


def _found_out(
    contacts: Sequence[Resource], about: str, key: str, value: str, blocked: Container[str]
) -> Sequence[Resource]:
    if key == BLOCKED:
        wanted = TRUTH.get(value)
        return [
            one
            for one in contacts
            if (facts := one.fields[METADATA].get(about)) and (facts[MSISDN] in blocked) is wanted
        ]
    return [one for one in contacts if (facts := one.fields[METADATA].get(about)) and facts.get(key) == value]
