"""Bodies of requests: JSON, with members known in any letter case."""

from collections.abc import Mapping

import msgspec
from flask import Request

from emulator.providers.ip1.faults import Declined, invalid
from emulator.providers.ip1.quirks import Quirks

DEEPEST = 64
"""Levels of arrays and objects."""

MOST_BRACKETS = 500_000
"""Arrays and objects, each of which takes far more memory than its brackets."""

BOM = b"\xef\xbb\xbf"

Names = Mapping[str, str]
"""The members that a document has, by their spelling in small letters."""

_read = msgspec.json.Decoder().decode


def names(*members: str) -> Names:
    return {member.lower(): member for member in members}


def body(request: Request) -> object:
    """The value that was sent. Raises Declined for what is no JSON, or not called so."""
    octets = request.get_data()
    label = str(request.environ.get("CONTENT_TYPE", ""))
    if not (is_json(label) or (not octets and not label)):  # req: ip1/http/request-type
        raise Declined(415, "The body is not labelled JSON.", "ip1/http/request-type")
    try:
        return decoded(octets)
    except ValueError as error:
        raise Declined(400, f"The body is no JSON: {error}.", "ip1/problems/malformed") from None


def is_json(label: str) -> bool:
    """Whether a content type is JSON's; its parameters do not matter."""
    if label == "application/json":
        return True
    kind = label.partition(";")[0].strip().lower()
    return kind in {"application/json", "text/json"} or kind.endswith("+json")


def decoded(octets: bytes) -> object:
    """The value of a JSON text in UTF-8. Raises ValueError."""
    # req: ip1/http/json ip1/problems/malformed ip1/problems/trailing-comma
    brackets = octets.count(b"[") + octets.count(b"{")
    if brackets > MOST_BRACKETS:
        raise ValueError(f"it has more than {MOST_BRACKETS} brackets")
    try:
        value = _read(octets.removeprefix(BOM))
    except RecursionError:
        raise ValueError(f"it is nested deeper than {DEEPEST} levels") from None
    if brackets > DEEPEST and is_deep(value):
        raise ValueError(f"it is nested deeper than {DEEPEST} levels")
    return value


def is_deep(value: object) -> bool:
    """Whether there are more levels than DEEPEST."""
    level = [value]
    for _ in range(DEEPEST):
        level = [one for outer in level for one in _inner(outer) if isinstance(one, (list, dict))]
        if not level:
            return False
    return True


def members(value: object, known: Names, quirks: Quirks) -> dict[str, object]:
    """The members of an object that somebody knows; of those that stand there twice the last one counts.

    Raises Declined for any other value.
    """
    if not isinstance(value, dict):  # req: ip1/problems/wrong-type
        raise invalid({"$": ["The body must be an object."]}, "ip1/problems/wrong-type")
    return picked(value, known, quirks)


def picked(given: Mapping[str, object], known: Names, quirks: Quirks) -> dict[str, object]:
    """Those members that somebody knows, under their names."""
    # req: ip1/http/name-case ip1/children/name-case ip1/http/unknown-members
    if quirks.property_case == "exact":
        return {name: given[name] for name in known.values() if name in given}
    spelled = ((known.get(name.lower()), value) for name, value in given.items())
    return {name: value for name, value in spelled if name is not None}


def _inner(value: object) -> "list[object]":
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
