"""Which call of which provider an exchange is, and what was given under which name."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from xmlrpc import client as library

from conformance.drivers.iro import SIGNATURES

PATHS: tuple[tuple[str, str], ...] = (
    (r"/api/http/(?P<operation>\w+)\.php", "isms"),
    (r"/api/soap/sms\.php", "isms"),
    (r"/api2/?", "netoxygen"),
    (r"/xmlrpc|/soap", "iro"),
    (r"/jsonp?/(?P<operation>\w+)", "iro"),
    (r"(?:/v2|/api/me|/me/sms)(?:/.*)?", "ip1"),
    (r"(?:/playsms)?/(?:index|api)\.php|/playsms/?", "voipe"),
)
"""Where the documents put them; anything may stand before."""

NETOXYGEN: Mapping[str, tuple[str, ...]] = {
    "send_message": ("dest", "message", "sender"),
    "clean_number": ("dest",),
}
"""What follows user and pass, of what is of interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request of HTTP, taken apart as far as it is well formed."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`fields` are texts by their names, as often as they were given."""

    provider: str
    operation: str
    form: str
    fields: tuple[tuple[str, str], ...]


def request(octets: bytes) -> Request:
    head, _, body = octets.partition(b"\r\n\r\n")
    first, _, lines = head.partition(b"\r\n")
    method, _, rest = first.decode("latin-1").partition(" ")
    headers = BytesParser().parsebytes(lines + b"\r\n\r\n")
    return Request(method=method, target=rest.rpartition(" ")[0] or rest, headers=headers, body=body)


def call(octets: bytes) -> Call | None:
    """None where no document has an address like this."""
    asked = request(octets)
    for pattern, provider in PATHS:
        if found := re.search(f"(?:{pattern})$", unquote(asked.path)):
            named, form, fields = _content(provider, asked)
            operation = found.groupdict().get("operation") or named
            return Call(provider=provider, operation=operation, form=form, fields=tuple(fields))
    return None


def stray(octets: bytes) -> Call:
    """A request that no document has, for what was given under which name."""
    _, form, fields = _content("", request(octets))
    return Call(provider="", operation="", form=form, fields=tuple(fields))


def _content(provider: str, asked: Request) -> tuple[str, str, list[tuple[str, str]]]:
    """The operation, as far as the path does not say it; the form of the call; what was given."""
    given = parse_qsl(urlsplit(asked.target).query, keep_blank_values=True)
    body = asked.body.strip()
    if body.startswith(b"<"):
        operation, form, more = _xml(provider, body)
        return operation, form, [*given, *more]
    if body[:1] in (b"{", b"["):
        given += list(_json(body))
    elif body:
        given += parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    operation = asked.path if provider == "ip1" else dict(given).get("op", "")
    return operation, "json" if re.search("/jsonp?/", asked.path) else "text", given


def _json(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from leaves("", json.loads(body))
    except ValueError:
        return


def _xml(provider: str, body: bytes) -> tuple[str, str, list[tuple[str, str]]]:
    try:
        if b"<methodCall" in body:
            return _xmlrpc(provider, body)
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ExpatError, library.Error, ValueError, LookupError, TypeError):
        return "", "broken", []
    inside = root.find("{*}Body")
    operation = inside[0].tag.rpartition("}")[2] if inside is not None and len(inside) else ""
    texts = ((one.tag.rpartition("}")[2], one.text or "") for one in root.iter() if not len(one))
    return operation, "soap", list(texts)


def _xmlrpc(provider: str, body: bytes) -> tuple[str, str, list[tuple[str, str]]]:
    params, method = library.loads(body.decode(errors="replace"), use_builtin_types=True)
    names = ("user", "pass", *NETOXYGEN.get(method or "", ()))
    if provider == "iro":
        names = tuple(SIGNATURES.get(method or "", ()))
    named = zip(names, params, strict=False)
    return method or "", "xmlrpc", [leaf for name, value in named for leaf in leaves(name, value)]


def leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text and number in it, under the name of the member that holds it; a number may be a name."""
    match value:
        case dict():
            for key, one in value.items():
                yield name, str(key)
                yield from leaves(str(key), one)
        case list() | tuple():
            for one in value:
                yield from leaves(name, one)
        case str() | int() if not isinstance(value, bool):
            yield name, str(value)
