"""XML as strangers may send it, and as it is written to them."""

import codecs
import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

DEPTH = 64
"""Levels of elements that are read."""

MOST_TAGS = 100_000
"""Beginnings of tags that are read: ten thousand recipients in any spelling, and far from what hurts."""

MOST_ATTRIBUTES = 200_000

LONGEST_NAMESPACE = 200
"""Characters of a namespace: the parser writes it out before every name that is in it."""

CHARSETS = frozenset({
    "utf-8", "utf8", "utf-16", "us-ascii", "ascii", "latin1",
    *(f"iso-8859-{part}" for part in (1, 2, 5, 7, 9, 15)),
    *(f"windows-{page}" for page in range(1250, 1259)),
})  # fmt: skip
"""What a Content-Type may name: Python knows codecs that take hours over what was made for them."""

NOT_WELL_FORMED = "not well-formed (invalid token): line 1, column 0"

# a colon ends the prefix, so that the search never goes over the same octets twice
_LONG_NAMESPACE = re.compile(
    rb"""xmlns(?::[^\s:=<>]*)?\s*=\s*(?:"[^"<]{%(n)d}|'[^'<]{%(n)d})""" % {b"n": LONGEST_NAMESPACE + 1}
)
_ATTRIBUTE = re.compile(rb"""=\s*["']""")
_SPECIAL = re.compile('[&<>"\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


class Malformed(ValueError):
    """The input breaks its format; says how, in the words of the parser where it was the parser."""


class _Strict(TreeBuilder):
    """Ends the reading where a document type begins, before anything in it is read."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Malformed("a document type is not allowed")


def read(octets: bytes, charset: str = "") -> Element:
    """The root of a document. Raises Malformed.

    `charset` is the Content-Type's; where there is one it wins over what the document says of itself.
    There are no entities, as there is no document type.
    """
    declared = charset or ("utf-16" if octets[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "")
    plain = in_utf8(octets, declared) if declared else octets
    if b"\0" in plain:  # UTF-16 that does not say so would pass the next line
        raise Malformed(NOT_WELL_FORMED)
    target = _Strict() if b"<!DOCTYPE" in plain else None  # without one the tree is built four times as fast
    _measure(plain)
    parser = XMLParser(target=target, encoding="utf-8" if declared else None)
    try:
        parser.feed(plain)
        root: Element = parser.close()
    except Malformed:
        raise
    except (ParseError, LookupError, ValueError) as error:  # the last two: an encoding that is not known
        raise Malformed(str(error)) from None
    return _shallow(root)


def _measure(octets: bytes) -> None:
    """Raise Malformed for what would take the parser long, or fill the memory."""
    if octets.count(b"<") > MOST_TAGS:
        raise Malformed(f"more than {MOST_TAGS} tags")
    if octets.count(b"=") > MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(octets)) > MOST_ATTRIBUTES:
        raise Malformed(f"more than {MOST_ATTRIBUTES} attributes")
    if _LONG_NAMESPACE.search(octets):
        raise Malformed(f"a namespace of more than {LONGEST_NAMESPACE} characters")


def in_utf8(octets: bytes, charset: str) -> bytes:
    """The octets of another charset as UTF-8. Raises Malformed."""
    name = charset.lower()
    if name not in CHARSETS:
        raise Malformed(f"unknown encoding: {charset[:40]!a}")
    if name in {"utf-8", "utf8"}:
        return octets
    try:
        return octets.decode(name).encode()
    except UnicodeError:
        raise Malformed(NOT_WELL_FORMED) from None


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def escaped(text: str) -> str:
    """Text for an element or an attribute; what XML cannot hold becomes U+FFFD."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], "\ufffd")


def _shallow(root: Element) -> Element:
    level = [root]
    for _ in range(DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise Malformed(f"more than {DEPTH} levels")
