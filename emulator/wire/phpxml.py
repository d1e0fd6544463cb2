"""How PHP's SimpleXML writes nested arrays."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from emulator.wire.phpvalues import Value, number

ENTRY = "item"
"""The element of an entry that has no name of its own."""

_SPECIAL = re.compile("[&<>\r\x80-\U0010ffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}

_REFERENCE = re.compile(r"&([^;]*)(;?)")
_CHARACTER = re.compile(r"#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))")
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def document(root: str, value: Mapping[str, Value], *, escaping: bool = True) -> str:
    """The document, with a line for its declaration. Raises nothing: what is no XML is left out.

    Without `escaping` an ampersand begins a reference, as addChild has it; where none ends the text is lost.
    """
    written = _element(root, value, _escaped if escaping else _referring)
    return f'<?xml version="1.0"?>\n{written}\n'


def _element(name: str, value: Value, text: Callable[[str], str]) -> str:
    inside = _inside(value, text)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _inside(value: Value, text: Callable[[str], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return text(_NOT_XML.sub("", value))
    if isinstance(value, Mapping):
        return "".join([_element(name, one, text) for name, one in value.items()])
    if isinstance(value, Sequence):
        return "".join([_element(ENTRY, one, text) for one in value])
    return number(value)


def _escaped(text: str) -> str:
    return text if text.isalnum() and text.isascii() else _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    return _ESCAPES.get(letter) or f"&#x{ord(letter):X};"


def _referring(text: str) -> str:
    """The text as libxml reads it for a list of nodes: an error loses what follows them."""
    if "&" not in text:
        return _escaped(text)
    nodes, waiting = "", ""
    for piece, name in _pieces(text):
        waiting += piece
        if name is None:
            return nodes
        character = _meant(name)
        waiting += character or ""
        if character is None and name:
            nodes, waiting = f"{nodes}{_escaped(waiting)}&{name};", ""
    return nodes + _escaped(waiting)


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each reference, and its name; None for one that does not end, "" for the end."""
    at = 0
    for found in _REFERENCE.finditer(text):
        yield text[at : found.start()], found[1] if found[2] else None
        at = found.end()
    yield text[at:], ""


def _meant(name: str) -> str | None:
    """The character that a reference stands for; None for one that nobody declared."""
    found = _CHARACTER.fullmatch(name)
    if found is None:
        return _PREDEFINED.get(name)
    point = int(found[1], 16) if found[1] else int(found[2])
    letter = chr(point) if 0 < point <= 0x10FFFF else ""
    return _NOT_XML.sub("", letter)
