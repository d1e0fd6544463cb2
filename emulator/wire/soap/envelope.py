"""Envelopes as clients send them, whatever their style, brought to one form: a method and its arguments."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from emulator.wire.values import Scalar, Value
from emulator.wire.xml import DEPTH, Malformed, local, read

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
NEXT = "http://schemas.xmlsoap.org/soap/actor/next"
INSTANCES = tuple(f"http://www.w3.org/{year}/XMLSchema-instance" for year in ("2001", "2000/10", "1999"))

MOST_REFERRED = 100_000
"""Elements that references may bring in: each can refer to several others, and they to as many again."""

A_LINE = 100
"""Characters of a text that count as another element: long ones, too, can be referred to many times."""

KINDS = {
    **dict.fromkeys(("int", "integer", "long", "short", "byte", "unsignedInt", "unsignedLong"), "int"),
    **dict.fromkeys(("unsignedShort", "unsignedByte", "positiveInteger", "nonNegativeInteger"), "int"),
    **dict.fromkeys(("double", "float", "decimal"), "double"),
    **dict.fromkeys(("base64", "base64Binary"), "base64"),
    "boolean": "boolean",
    "dateTime": "dateTime.iso8601",
}
"""Types of XML Schema, and the kinds of values they are; all others are strings."""

_TYPE, *_OLDER_TYPES = [f"{{{instance}}}type" for instance in INSTANCES]
_NIL = frozenset(f"{{{instance}}}{name}" for instance in INSTANCES for name in ("nil", "null"))
_MUST, _ACTOR = f"{{{ENVELOPE}}}mustUnderstand", f"{{{ENVELOPE}}}actor"
_ARRAY_TYPE, _ROOT = f"{{{ENCODING}}}arrayType", f"{{{ENCODING}}}root"
_MADE_UP = re.compile(r"(?:param|c-gensym)[0-9]+", re.ASCII)
_TRUE = frozenset({"1", "true"})


class Unfit(Malformed):
    """An envelope that cannot be served; `code` is the fault code that SOAP 1.1 has for it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Call(NamedTuple):
    """Which method is called, and with what: arguments in document order, under the names they came with."""

    method: str
    namespace: str
    arguments: tuple[tuple[str, Value], ...]


def call(octets: bytes, charset: str = "") -> Call:
    """The call that an envelope holds. Raises Malformed; Unfit where SOAP has a code of its own for it.

    References are followed, nil is None, encoded arrays are lists, structs are dicts; where an element
    repeats in a struct, its values become a list.
    """
    body = _body(read(octets, charset))
    roots = [child for child in body if child.get(_ROOT) != "0"]
    asked = next((child for child in roots if "id" not in child.attrib), roots[0] if roots else None)
    if asked is None:
        raise Malformed('looks like we got "Body" without function call')
    reader = _Reader(body)
    namespace, _, method = asked.tag.rpartition("}")
    return Call(method, namespace[1:], tuple([(local(child.tag), reader.value(child)) for child in asked]))


def named(call: Call, names: Sequence[str], *, positional: bool = True) -> dict[str, Value]:
    """The arguments under the names of a signature.

    Told by name, others passed over; where no name is known, in order, if `positional`. Names that clients
    make up for want of any (PHP: param0, SOAP::Lite: c-gensym3) leave an argument in its place among others.
    Of a name that repeats the values become a list.
    """
    if positional and not any(name in names for name, _ in call.arguments):
        return dict(zip(names, (value for _, value in call.arguments), strict=False))
    placed = [
        (names[place] if positional and place < len(names) and _MADE_UP.fullmatch(name) else name, value)
        for place, (name, value) in enumerate(call.arguments)
    ]
    return _merged((name, value) for name, value in placed if name in names)


def entries(value: Value) -> list[Value]:
    """What an array holds, however it was written: encoded, as repeated elements, as a single value.

    The names of the elements mean nothing.
    """
    if isinstance(value, dict):
        return [entry for member in value.values() for entry in _listed(member)]
    return [] if value is None else _listed(value)


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _body(root: Element) -> Element:
    """The body of an envelope that may be served."""
    if local(root.tag) != "Envelope":
        raise Malformed("no SOAP envelope")
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise Unfit("VersionMismatch", "Wrong Version")
    header = root.find(f"{{{ENVELOPE}}}Header")
    if any(_insists(entry) for entry in (() if header is None else header)):
        raise Unfit("MustUnderstand", "Header not understood")
    body = root.find(f"{{{ENVELOPE}}}Body")
    if body is None:
        raise Malformed("Body must be present in a SOAP envelope")
    return body


def _insists(entry: Element) -> bool:
    """Whether a header entry is meant for us, and must be understood."""
    return entry.get(_MUST) in _TRUE and entry.get(_ACTOR, NEXT) in {"", NEXT}


class _Reader:
    """Turns the elements of one body into values."""

    def __init__(self, body: Element) -> None:
        self._body, self._left = body, MOST_REFERRED
        self._targets: dict[str, Element] | None = None

    def value(self, element: Element, level: int = 0) -> Value:
        attributes = element.attrib
        if not attributes:
            return self._members(element, level) if len(element) else Scalar(element.text or "")
        if not len(element) and "href" in attributes:
            return self.value(self._target(attributes["href"], level), level + 1)
        if not _NIL.isdisjoint(attributes) and any(attributes.get(name) in _TRUE for name in _NIL):
            return None
        kind = (attributes.get(_TYPE) or _older_type(attributes)).rpartition(":")[2]
        if kind == "Array" or _ARRAY_TYPE in attributes:
            return [self.value(child, level + 1) for child in element]
        if kind == "Map":
            return self._map(element, level)
        if len(element) or kind == "Struct":
            return self._members(element, level)
        return _scalar(element.text or "", kind)

    def _members(self, element: Element, level: int) -> dict[str, Value]:
        if all(map(_is_entry, element)) and len(element):
            return self._map(element, level)
        return _merged((local(child.tag), self.value(child, level + 1)) for child in element)

    def _map(self, element: Element, level: int) -> dict[str, Value]:
        """The entries of an array with names, as PHP writes them, whether or not it says so."""
        if not all(map(_is_entry, element)):
            raise Malformed("a Map of something else than items with key and value")
        return {item[0].text or "": self.value(item[1], level + 1) for item in element}

    def _target(self, href: str, level: int) -> Element:
        if self._targets is None:
            found = [element for element in self._body.iter() if "id" in element.attrib]
            self._targets = {element.attrib["id"]: element for element in found}
        target = self._targets.get(href.removeprefix("#"))
        if target is None:
            raise Malformed(f"nothing has the id {href[:40]!r}")
        self._left -= sum(1 + len(element.text or "") // A_LINE for element in target.iter())
        if level >= DEPTH or self._left < 0:
            raise Malformed("references without end")
        return target


def _merged(members: Iterator[tuple[str, Value]]) -> dict[str, Value]:
    """Members by name; of one that repeats the values in a list."""
    struct: dict[str, Value] = {}
    repeated: dict[str, list[Value]] = {}
    for name, value in members:
        if name not in struct:
            struct[name] = value
        elif name in repeated:
            repeated[name].append(value)
        else:
            struct[name] = repeated[name] = [struct[name], value]
    return struct


def _older_type(attributes: Mapping[str, str]) -> str:
    return next((attributes[name] for name in _OLDER_TYPES if name in attributes), "")


def _is_entry(element: Element) -> bool:
    return local(element.tag) == "item" and [local(part.tag) for part in element] == ["key", "value"]


def _scalar(text: str, kind: str) -> Scalar:
    if kind not in KINDS:
        return Scalar(text, "string" if kind else "")
    if KINDS[kind] != "base64":
        return Scalar(text.strip(), KINDS[kind])
    try:
        octets = b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise Malformed("no base64") from None
    return Scalar(octets.decode("utf-8", "replace"), "base64", octets)
