"""Bodies of requests: JSON, with members known in any letter case."""

from collections.abc import Mapping

from flask import Request

from emulator.providers.ip1.faults import Declined, invalid
from emulator.providers.ip1.quirks import Quirks
from emulator.wire.json import decoded, is_json

DEEPEST = 64
"""Levels of arrays and objects."""

BOM = b"\xef\xbb\xbf"

WHOLE = "$"
"""What a body as a whole is called where its fields have names."""

Names = Mapping[str, str]
"""The members that a document has, by their spelling in small letters."""


def names(*members: str) -> Names:
    return {member.lower(): member for member in members}


def body(request: Request) -> object:
    """The value that was sent. Raises Declined for what is no JSON, or not called so."""
    octets = request.get_data()
    label = str(request.environ.get("CONTENT_TYPE", ""))
    if not (is_json(label) or (not octets and not label)):  # req: ip1/http/request-type
        raise Declined(415, "The body is not labelled JSON.", "ip1/http/request-type")
    # req: ip1/http/json ip1/problems/malformed ip1/problems/trailing-comma
    try:
        return decoded(octets.removeprefix(BOM), deepest=DEEPEST)
    except ValueError as error:
        raise Declined(400, f"The body is no JSON: {error}.", "ip1/problems/malformed") from None


def an_object(value: object) -> dict[str, object]:
    """Raises Declined for any other value."""
    if not isinstance(value, dict):  # req: ip1/problems/wrong-type
        raise invalid({WHOLE: ["The body must be an object."]}, "ip1/problems/wrong-type")
    return value


def an_array(value: object, things: str) -> list[object]:
    """Raises Declined for any other value, and says of which `things` it should be one."""
    if not isinstance(value, list):  # req: ip1/problems/wrong-type
        raise invalid({WHOLE: [f"The body must be an array of {things}."]}, "ip1/problems/wrong-type")
    return value


def members(value: object, known: Names, quirks: Quirks) -> dict[str, object]:
    """The members of an object that somebody knows; of those that stand there twice the last one counts.

    Raises Declined for any other value.
    """
    return picked(an_object(value), known, quirks)


def picked(given: Mapping[str, object], known: Names, quirks: Quirks) -> dict[str, object]:
    """Those members that somebody knows, under their names."""
    # req: ip1/http/name-case ip1/children/name-case ip1/http/unknown-members
    if quirks.property_case == "exact":
        return {name: given[name] for name in known.values() if name in given}
    spelled = ((known.get(name.lower()), value) for name, value in given.items())
    return {name: value for name, value in spelled if name is not None}


def whole(given: object) -> int | None:
    """A whole number, however it is written; None for anything else, truth values too."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    return int(given) if given == given // 1 else None
