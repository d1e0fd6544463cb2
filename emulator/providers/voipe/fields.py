"""What a request says: parameters in a query, a form, both at once, or the members of a JSON object."""

from collections.abc import Iterable, Mapping

from flask import Request

from emulator.providers.voipe.quirks import Quirks
from emulator.wire import json, php
from emulator.wire.purifier import PLAIN, purified, unescaped

BLANKS = " \t\n\r\0\x0b"
"""What PHP's trim takes off both ends."""

RENAMED = {
    "user": "u",
    "token": "h",
}  # req: voipe/api/user voipe/api/token voipe/api/own-names voipe/api/others
"""What the JSON object calls otherwise; the names of the query are none there."""

MOST_BRACKETS = 10_000
"""Lists and objects, each of which takes far more memory than its brackets."""

PART = b"\r\n\r\n"
"""What stands in every part of a multipart form."""

UNBOUNDED = 2**31
"""Octets of a form: there is a bound to bodies already, which all providers share."""

MOST_MARKUP = 65_536
"""Characters of a text with markup that are looked at: reading takes long, and no message has so many."""

KEPT = "surrogateescape"

Fields = Mapping[str, str]
"""As sent: who wants a value trimmed uses `trimmed`."""


def requested(request: Request) -> Fields:
    """The query, and what a form puts over it; octets that are no UTF-8 as lone surrogates."""
    # req: voipe/http/get voipe/http/form voipe/http/multipart voipe/http/form-wins voipe/http/repeated
    # req: voipe/http/array voipe/http/encoding voipe/http/broken-octets voipe/http/name-case
    # req: voipe/http/no-json voipe/http/unknown-names
    query = php.fields(request.query_string, errors=KEPT)
    return php.merged(query, _form(request)) if request.method == "POST" else query


def members(request: Request) -> Fields:
    """The members of the JSON object in the body, whatever type it has; none of what is no such object."""
    # req: voipe/api/object voipe/api/example voipe/api/any-type voipe/api/unreadable voipe/api/no-query
    # req: voipe/api/escapes
    if request.method != "POST":
        return {}
    given = _object(request.get_data())
    named = {name: value for name, value in given.items() if name not in RENAMED.values()}
    texts = {RENAMED.get(name, name): _text(value) for name, value in named.items()}
    return {name: text for name, text in texts.items() if text is not None}


def cleaned(fields: Fields, quirks: Quirks) -> Fields:
    """The same as HTML, where the server takes every value for that; else what is no UTF-8 as U+FFFD."""
    # req: voipe/text/markup voipe/http/broken-octets
    if quirks.markup == "purified":
        return {name: purified(_looked_at(value)) for name, value in fields.items()}
    return {name: value if value.isascii() else _readable(value) for name, value in fields.items()}


def text(value: str, quirks: Quirks) -> str:
    """What a value says that is taken for HTML on the way in, and written as a text."""
    return unescaped(value) if quirks.markup == "purified" else value


def trimmed(fields: Fields) -> Fields:
    """The same without blanks around the values."""
    return {name: value.strip(BLANKS) for name, value in fields.items()}  # req: voipe/http/trimmed


def _form(request: Request) -> Fields:
    if request.mimetype == "application/x-www-form-urlencoded":
        return php.fields(request.get_data(), errors=KEPT)
    if request.mimetype == "multipart/form-data":
        return {name: values[-1] for name, values in _parts(request) if "[" not in name}
    return {}


def _parts(request: Request) -> Iterable[tuple[str, list[str]]]:
    """The fields of a multipart form; none where there are more parts than anybody reads."""
    request.max_form_memory_size = UNBOUNDED
    return request.form.lists() if request.get_data().count(PART) <= php.MOST_FIELDS else ()


def _readable(value: str) -> str:
    return value.encode("utf-8", KEPT).decode("utf-8", "replace")


def _object(octets: bytes) -> Mapping[str, object]:
    try:
        found = json.decoded(octets, most=MOST_BRACKETS)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str | None:
    """What PHP makes of a member where it wants a text; None for a list or an object."""
    # req: voipe/api/scalars voipe/api/arrays
    if isinstance(value, str):
        return value
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value) if isinstance(value, int) else None


def _looked_at(value: str) -> str:
    plain = len(value) <= MOST_MARKUP or PLAIN.fullmatch(value)
    return value if plain else value[:MOST_MARKUP]
