"""What the document calls by which name and in which place, read from calls that know places only."""

from collections.abc import Mapping
from typing import NamedTuple

from emulator.wire.values import Scalar, Value
from emulator.wire.xmlrpc import Call


class Shape(NamedTuple):
    """The parameters of a method in their order, and how many of them it needs."""

    needed: int
    names: tuple[str, ...]


LOGIN = Shape(2, ("user", "pass"))  # req: netoxygen/xmlrpc/credentials-first

SHAPES: Mapping[str, Shape] = {
    # req: netoxygen/xmlrpc/optional-parameters netoxygen/send/seven-parameters netoxygen/send/six-parameters
    "send_message": Shape(4, ("user", "pass", "dest", "message", "sender", "date", "type")),
    "auth": LOGIN,
    "get_credits": LOGIN,
    "account_status": LOGIN,
    "get_guid": LOGIN,
    "clean_number": Shape(3, ("user", "pass", "number")),
    "get_status": Shape(3, ("user", "pass", "identifier")),
    "cancel_message": Shape(3, ("user", "pass", "identifier")),
}

LISTED = frozenset({"dest", "identifier"})
"""Parameters that may be arrays."""

MOST_LISTED = 10_000
"""Entries of such an array."""


class UnknownMethod(Exception):
    """A call of something that is no method of the document."""


class Misfit(Exception):
    """Parameters that the method does not take."""


class Asked(NamedTuple):
    """A call in the document's terms: its parameters by name, and the entries of the one that lists."""

    fields: Mapping[str, str]
    listed: tuple[str, ...]


def fields(call: Call) -> dict[str, str]:
    """Whatever a call says in texts, by the names of the document, and its method.

    Also of a call that does not fit: what stands in the place of a password must not be shown.
    """
    # req: netoxygen/xmlrpc/base64 netoxygen/xmlrpc/typed-numbers netoxygen/xmlrpc/typed-dates
    # req: netoxygen/xmlrpc/booleans netoxygen/xmlrpc/untyped netoxygen/xmlrpc/whitespace
    found = {"method": call.method}
    for name, value in zip(SHAPES.get(call.method, LOGIN).names, call.params, strict=False):
        if isinstance(value, Scalar):
            found[name] = str(value)
        elif isinstance(value, list):
            found[name] = ",".join([entry for entry in value if isinstance(entry, Scalar)])
    return found


def asked(call: Call, fields: Mapping[str, str]) -> Asked:
    """The call and what it says, if it fits a method. Raises UnknownMethod and Misfit."""
    shape = SHAPES.get(call.method)
    if shape is None:
        raise UnknownMethod(call.method)
    if not shape.needed <= len(call.params) <= len(shape.names):
        raise Misfit(f"{len(call.params)} parameters")
    listed: tuple[str, ...] = ()
    for name, value in zip(shape.names, call.params, strict=False):
        if name in LISTED:
            listed = _texts(value)
        elif not isinstance(value, Scalar):
            raise Misfit(f"{name} is no text")
    return Asked(fields, listed)


def _texts(value: Value) -> tuple[str, ...]:
    """One text, or an array of them, as they were written. Raises Misfit."""
    # req: netoxygen/send/dest-string netoxygen/send/most-recipients
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MOST_LISTED or not all(isinstance(entry, Scalar) for entry in entries):
        raise Misfit(f"no text, and no array of up to {MOST_LISTED} texts")
    return tuple(map(str, entries))
