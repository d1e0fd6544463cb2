"""Arguments as they come, in four dialects, read into what a method works with."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from emulator.core.model import Medium
from emulator.providers.iro import wire
from emulator.providers.iro.faults import Invalid, NoAddress, NoNumber
from emulator.providers.iro.offers import DEFAULT
from emulator.providers.iro.quirks import Quirks
from emulator.wire.values import Scalar

MOST_ENTRIES = 10_000
"""Entries of a list."""

LONGEST = 18
"""Digits of a number that anything may have; a longer one is nobody's."""

Given: TypeAlias = "str | int | float | Sequence[Given] | Mapping[str, Given] | None"
"""What a dialect hands over; a Scalar keeps its spelling, and without kind it may be meant as anything."""

TEXTS = frozenset({"", "string", "base64"})
INTEGERS = frozenset({"int", "i1", "i2", "i4", "i8", "integer"})

BOOLEANS = {"true": True, "1": True, "false": False, "0": False}  # req: iro/json/booleans

_INTEGER = re.compile(r"\+?([0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Everything that any of the methods may be told; the defaults are those of the signatures."""

    # req: iro/xmlrpc/defaults iro/sms/info-default
    user: str = ""
    id: int | None = None
    detailed: bool = False
    message: str = ""
    subject: str = ""
    fax: str = ""
    body: str = ""
    recipients: tuple[str, ...] = ()
    frm: str = ""
    route: tuple[str, ...] = (DEFAULT,)
    info: str = ""
    typ: Medium = Medium.SMS


Reader = Callable[[str, Any, Quirks], object]
"""The name of a parameter and what was given for it, as what the method works with. Raises Invalid."""


def text(name: str, given: Given, quirks: Quirks) -> str:
    # req: iro/sms/message iro/sms/bad-message iro/sms/empty-message iro/fax/subject iro/mail/subject
    # req: iro/mail/body iro/xmlrpc/untyped iro/xmlrpc/base64-text
    if not isinstance(given, str) or kind(given) not in TEXTS:
        raise Invalid(name)
    return str(given)


def spelled(name: str, given: Given, quirks: Quirks) -> str:
    """Text, or what a client took for a number because it has only digits."""
    if isinstance(given, str) and kind(given) in TEXTS | INTEGERS:
        return str(given)
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    raise Invalid(name)


def job(name: str, given: Given, quirks: Quirks) -> int | None:
    """The id of a job; None for any way to say that there is none."""
    untyped = isinstance(given, str) and not kind(given)
    if given == "" or said(given) is False or (untyped and given == "false"):
        return None  # req: iro/status/id-none iro/json/empty-id
    found = _INTEGER.fullmatch(spelled(name, given, quirks).strip())  # req: iro/status/id-text
    if found is None:
        raise Invalid(name)  # req: iro/status/bad-id
    digits = found[1].lstrip("0")
    return int(digits or 0) if len(digits) <= LONGEST else 0  # req: iro/xmlrpc/integers


def flag(name: str, given: Given, quirks: Quirks) -> bool:
    # req: iro/status/detailed iro/status/bad-detailed
    found = BOOLEANS.get(given.strip().lower()) if isinstance(given, str) and not kind(given) else said(given)
    if found is None:
        raise Invalid(name)
    return found


def said(given: Given) -> bool | None:
    """What a boolean says; None for anything else."""
    if isinstance(given, str):
        return BOOLEANS.get(given.strip().lower()) if kind(given) == "boolean" else None
    return given if isinstance(given, bool) else None


def kind(given: str) -> str:
    """The type that a client named for a text; one that came without a Scalar is a string."""
    return given.kind if isinstance(given, Scalar) else "string"


def entries(name: str, given: Given, quirks: Quirks) -> tuple[str, ...]:
    """A list of texts."""
    if isinstance(given, str) and not given and not kind(given):
        given = []  # an empty element, as XML writes an empty list where no type is named
    if isinstance(given, str) and quirks.bare_recipients == "accept":
        given = [given]  # req: iro/sms/bare-recipients
    if not isinstance(given, list) or len(given) > MOST_ENTRIES:
        raise Invalid(name)
    return tuple([spelled(name, entry, quirks) for entry in given])


def numbers(name: str, given: Given, quirks: Quirks) -> tuple[str, ...]:
    """The digits of telephone numbers."""
    # req: iro/sms/recipients iro/fax/recipients iro/sms/all-or-nothing
    found = []
    for entry in at_least_one(name, given, quirks):
        digits = wire.number(entry)
        if digits is None:
            raise NoNumber(entry)
        found.append(digits)
    return tuple(dict.fromkeys(found) if quirks.repeated_recipients == "once" else found)


def addresses(name: str, given: Given, quirks: Quirks) -> tuple[str, ...]:
    """Mail addresses; of those that differ only in case the first."""
    # req: iro/mail/recipients iro/mail/duplicates
    found = at_least_one(name, given, quirks)
    for entry in found:
        if wire.address(entry) is None:
            raise NoAddress(entry)
    first = {entry.lower(): entry for entry in reversed(found)}
    once = dict.fromkeys(first[entry.lower()] for entry in found)
    return tuple(once) if quirks.repeated_recipients == "once" else found


def at_least_one(name: str, given: Given, quirks: Quirks) -> tuple[str, ...]:
    """A list of texts that is not empty."""
    found = entries(name, given, quirks)
    if not found:
        raise Invalid(name)  # req: iro/sms/no-recipients
    return found


def sender(name: str, given: Given, quirks: Quirks) -> str:
    """A mail address, or nothing for the offer's own."""
    found = text(name, given, quirks)
    if found and wire.address(found) is None:
        raise NoAddress(found)  # req: iro/mail/bad-frm
    return found  # req: iro/mail/frm iro/mail/default-sender


def route(name: str, given: Given, quirks: Quirks) -> tuple[str, ...]:
    """Names of offers, one or several."""
    listed = given if isinstance(given, list) else [given]
    if len(listed) > MOST_ENTRIES:
        raise Invalid(name)
    return tuple([text(name, entry, quirks) for entry in listed])


def document(name: str, given: Given, quirks: Quirks) -> str:
    written = text(name, given, quirks)
    try:
        return wire.document(written, given.octets if isinstance(given, Scalar) else None)
    except ValueError:
        raise Invalid(name) from None  # req: iro/fax/bad-content


def medium(name: str, given: Given, quirks: Quirks) -> Medium:
    # req: iro/routes/typ iro/default-route/typ iro/routes/bad-typ
    try:
        return Medium(text(name, given, quirks))
    except ValueError:
        raise Invalid(name) from None
