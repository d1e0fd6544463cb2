"""Recordings as values: a line says what was asked, what was answered, and what had been done before."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from emulator.wire.php import fields, merged

Field = tuple[str, str]

FORM = "application/x-www-form-urlencoded"
PART = re.compile(r'name="([^"]*)"\r\n\r\n(.*?)\r\n--', re.DOTALL)
TIMESTAMP = re.compile(r'"?timestamp"?[:;>]+(?:i:)?(\d+)')

SEED = frozenset({"pv", "ds", "in", "ix", "cr", "get_token", "set_token", "ws_login", "creditview"})
"""The operations that the provider's own page names, and the one that its clients poll."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """`query` and `body` exactly as they were sent; a body of None was none."""

    method: str
    path: str
    query: str
    headers: list[Field]
    body: str | None = None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """`headers` in the order they came."""

    status: int
    status_line: str
    headers: list[Field]
    body: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the file."""

    id: str
    operation: str
    request: Request
    response: Response
    state: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Exchange:
    """A recorded exchange. Volatile values in it are those of the recorded server."""

    line: Line

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def operation(self) -> str:
        return self.line.operation

    @property
    def state(self) -> str:
        """What had been done before, in words."""
        return self.line.state or ""

    @property
    def note(self) -> str:
        """What it is about, and what the server kept of it."""
        return self.line.note or ""

    @property
    def request(self) -> Request:
        return self.line.request

    @property
    def response(self) -> Response:
        return self.line.response

    @property
    def number(self) -> int:
        """The place in the order of recording; exchanges that are not in this file leave gaps."""
        return int(next(reversed(re.findall(r"\d+", self.id)), 0))

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """What the server found in query and form."""
        request = self.request
        query = fields(request.query.encode())
        if request.body is None:
            return query
        if request.header("Content-Type").startswith(FORM):
            return merged(query, fields(request.body.encode()))
        return merged(query, dict(PART.findall(request.body)))

    def given(self, name: str) -> str:
        return self.parameters.get(name, "").strip()

    @property
    def user(self) -> str:
        """The account that asks, as it is spelled in the request."""
        return self.given("u")

    @property
    def timestamp(self) -> int | None:
        """Seconds since 1970 when it was answered, where the answer says so."""
        found = TIMESTAMP.search(self.response.body)
        return int(found[1]) if found else None

    @property
    def moment(self) -> datetime:
        """When it was answered, as far as anybody says."""
        return datetime.fromtimestamp(self.timestamp or 0, UTC)

    @property
    def cookie(self) -> str:
        """The session that the request names."""
        return session(self.request.header("Cookie"))

    @cached_property
    def answer(self) -> Mapping[str, Any]:
        """The envelope, whatever its format; {} for an answer that has none."""
        return envelope(self.response.body)

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The entries of a list that was answered."""
        data = self.answer.get("data")
        return data if isinstance(data, list) else []

    @property
    def error(self) -> str:
        return str(self.answer.get("error", ""))


def recorded(path: Path) -> list[Exchange]:
    """Every exchange of a file, in order. Raises msgspec.ValidationError for another format."""
    decode = msgspec.json.Decoder(Line).decode
    return [Exchange(decode(line)) for line in path.read_bytes().splitlines() if line.strip()]


def session(header: str) -> str:
    """The session a Cookie or Set-Cookie field names."""
    found = re.search(r"PHPSESSID=([0-9a-z]+)", header)
    return found[1] if found else ""


def envelope(body: str) -> Mapping[str, Any]:
    """The answer's members, numbers left as they are written; {} where there is no envelope."""
    if body.startswith("{"):
        read: dict[str, Any] = msgspec.json.decode(body)
        return read
    if body.startswith("<?xml"):
        return _elements(body)
    return _unserialized(body.encode("utf-8", "surrogateescape")) if body.startswith("a:") else {}


def _elements(document: str) -> Mapping[str, Any]:
    """Elements by name, items in order. Ampersands that are no reference are left as they are."""
    root = _element(iter(re.findall(r"<[^>]+>|[^<]+", document.partition("?>\n")[2].strip())))
    return root if isinstance(root, dict) else {}


def _element(tokens: Iterator[str]) -> Any:
    """What stands between a start tag and its end."""
    found: list[tuple[str, Any]] = []
    text = ""
    for token in tokens:
        if token.startswith("</"):
            break
        if token.endswith("/>"):
            found.append((token[1:-2], ""))
        elif token.startswith("<"):
            found.append((token[1:-1], _element(tokens)))
        else:
            text += unescaped(token)
    if not found:
        return text
    if all(name == "item" for name, _ in found):
        return [value for _, value in found]
    return found[0][1] if found[0][0] == "response" else dict(found)


def unescaped(text: str) -> str:
    """Text of a document: references to characters, and the three entities that it writes."""
    text = re.sub(r"&#x([0-9A-F]+);", lambda found: chr(int(found[1], 16)), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unserialized(octets: bytes) -> Mapping[str, Any]:
    value, _ = _value(octets, 0)
    return value if isinstance(value, dict) else {}


def _value(octets: bytes, at: int) -> tuple[Any, int]:
    """A value and where it ends."""
    kind = octets[at : at + 1]
    if kind == b"N":
        return None, at + 2
    end = octets.index(b";" if kind in b"idb" else b":", at + 2)
    head = octets[at + 2 : end].decode()
    if kind in b"idb":
        return (int(head) if kind == b"i" else float(head)), end + 1
    if kind == b"s":
        start = end + 2
        return octets[start : start + int(head)].decode("utf-8", "surrogateescape"), start + int(head) + 2
    return _members(octets, end + 2, int(head))


def _members(octets: bytes, at: int, count: int) -> tuple[Any, int]:
    found: dict[Any, Any] = {}
    for _ in range(count):
        name, at = _value(octets, at)
        found[name], at = _value(octets, at)
    listed = bool(found) and list(found) == list(range(count))
    return list(found.values()) if listed else found, at + 1
