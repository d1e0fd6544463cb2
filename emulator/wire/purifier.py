"""What HTMLPurifier 4.6 (with libxml 2.9 to read for it) leaves of a text that is to be shown as HTML.

Known elements stay, well nested and closed; unknown ones go and leave what stands in them; scripts, styles
and comments go as a whole. References become characters; `&`, `<` and `>` of the text become references.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.entities import name2codepoint

from emulator.wire.purifying import ATTRIBUTES, CLOSED_BY, EMPTY, HIDDEN, INSIDE, KNOWN, allowed, priority

PLAIN = re.compile(r"[\t\n\x20-\x25\x27-\x3b\x3d\x3f-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
"""What passes as it is, and nearly always is all there is."""

_ALLOWED = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#0*([0-9]+)|([A-Za-z_:][A-Za-z0-9.\-_:]*));?")
_STRAY = re.compile(r"<(?![A-Za-z!/])")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*")
_SPACE = re.compile(r"[ \t\r\n]*")
_VALUE = r"""(?:"([^"]*)"?|'([^']*)'?|([^ \t\r\n>"'][^ \t\r\n>]*))"""
_ATTRIBUTE = re.compile(rf"([A-Za-z_:][A-Za-z0-9:_.-]*)(?:[ \t\r\n]*=[ \t\r\n]*{_VALUE})?")
_BOGUS = re.compile(r"(?:(?!/>)[^ \t\r\n>])+|/")
_WRITTEN = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot));")

DEEPEST = 30
"""Levels of elements that are kept apart; what is deeper stands side by side."""

SPECIAL = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_SPECIAL_CODES = frozenset(map(ord, "\"&'<>"))


@dataclass(slots=True)
class Element:
    """An element as it was read, known or not."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)


def purified(text: str) -> str:
    """The text as HTML. Octets that were no UTF-8 stand in it as lone surrogates."""
    if PLAIN.fullmatch(text):
        return text.replace(">", "&gt;")
    text = readable(text).replace("\r\n", "\n").replace("\r", "\n")
    text = _ALLOWED.sub("", _REFERENCE.sub(_character, text))
    return "".join(_shown(_read(_armoured(text))))


def unescaped(purified: str) -> str:
    """PHP's htmlspecialchars_decode: the characters that a purifier writes as references."""
    return (
        re.sub("&(amp|lt|gt|quot);", lambda found: SPECIAL[found[1]], purified)
        if "&" in purified
        else purified
    )


def readable(text: str) -> str:
    """Without what is no UTF-8, and without what a sequence swallows that is broken off by it."""
    if text.isascii():
        return _ALLOWED.sub("", text)
    octets = text.encode("utf-8", "surrogateescape")
    return _ALLOWED.sub("", "".join(_sequences(octets)))


def _sequences(octets: bytes) -> Iterator[str]:
    """The complete sequences of UTF-8."""
    place = 0
    while place < len(octets):
        length = _length(octets[place])
        whole = octets[place : place + length]
        tail = next((at for at, octet in enumerate(whole[1:], 1) if octet & 0xC0 != 0x80), len(whole))
        if length and tail == len(whole) == length:
            yield whole.decode("utf-8", "ignore")
        place += max(1, min(tail + 1, length)) if tail < length else length or 1


def _length(lead: int) -> int:
    """How many octets a sequence has that begins so; 0 for what begins none."""
    return next((length for mask, mark, length in LEADS if lead & mask == mark), 0)


LEADS = ((0x80, 0x00, 1), (0xE0, 0xC0, 2), (0xF0, 0xE0, 3), (0xF8, 0xF0, 4))


def _character(found: re.Match[str]) -> str:
    """What a reference stands for; those that HTML itself needs stay for later."""
    if found[3]:
        code = name2codepoint.get(found[3])
        return found[0] if code is None or found[3] in SPECIAL else chr(code)
    code = int(found[1], 16) if found[1] else int(found[2])
    if code in _SPECIAL_CODES:
        return found[0]
    return "" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _armoured(text: str) -> str:
    """With signs that can begin no tag written as references; what comments hold goes anyway."""
    return _STRAY.sub("&lt;", _COMMENT.sub("", text))


def _read(text: str) -> Element:
    """The tree that a forgiving reader makes of it; what comes after the end of the whole is lost."""
    root = Element("div")
    stack, place = [root], 0
    while place < len(text) and stack:
        start = text.find("<", place)
        end = len(text) if start < 0 else start
        if end > place:
            stack[-1].children.append(_text(text[place:end]))
        place = end if start < 0 else _tag(text, start, stack)
    return root


def _tag(text: str, at: int, stack: list[Element]) -> int:
    """Read the tag there; where it ends."""
    if text[at + 1 : at + 2] == "!":
        return _after(text, at)
    if text[at + 1 : at + 2] == "/":
        name = _NAME.match(text, at + 2)
        if name is None:
            return at + 2
        _close(name[0].lower(), stack)
        return _after(text, name.end())
    name = _NAME.match(text, at + 1)
    assert name is not None  # anything else was armoured
    return _open(text, name[0].lower(), name.end(), stack)


def _after(text: str, at: int) -> int:
    end = text.find(">", at)
    return len(text) if end < 0 else end + 1


def _open(text: str, name: str, at: int, stack: list[Element]) -> int:
    attributes, at = _attributes(text, at)
    while len(stack) > 1 and stack[-1].name in CLOSED_BY.get(name, ()):
        stack.pop()
    element = Element(name, attributes)
    stack[-1].children.append(element)
    ended = text[at : at + 2] == "/>"
    at = _after(text, at)
    if name in HIDDEN and not ended:
        end = re.compile(rf"</{name}", re.IGNORECASE).search(text, at)
        return _after(text, end.start()) if end else len(text)
    if not ended and name not in EMPTY and len(stack) < DEEPEST:
        stack.append(element)
    return at


def _attributes(text: str, at: int) -> tuple[Mapping[str, str], int]:
    """The attributes of a tag, the first of each name, and where they end."""
    found: dict[str, str] = {}
    while True:
        at = _past(_SPACE, text, at)
        if at >= len(text) or text[at] == ">" or text.startswith("/>", at):
            return found, at
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None:
            at = _past(_BOGUS, text, at)
            continue
        value = next((group for group in attribute.groups()[1:] if group is not None), "")
        found.setdefault(attribute[1].lower(), _text(value))
        at = attribute.end()


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where that ends which is like the pattern; `at` where nothing there is."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _close(name: str, stack: list[Element]) -> None:
    """Close the innermost element of that name; one that weighs more is not closed on the way."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].name == name:
            del stack[place:]
            return
        if priority(stack[place].name) > priority(name):
            return


def _text(text: str) -> str:
    """Text as it is meant; a reference needs its semicolon by now."""
    return _WRITTEN.sub(_meant, text) if "&" in text else text


def _meant(found: re.Match[str]) -> str:
    if found[3]:
        return SPECIAL[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def _shown(element: Element, inside: tuple[str, ...] = ("div",)) -> Iterator[str]:
    """What stands in an element, as HTML; `inside` are the names of it and of all around it."""
    for child in element.children:
        if isinstance(child, str):
            yield escape(child, quote=False)
        elif child.name not in KNOWN or not _fits(child.name, inside):
            yield from () if child.name in HIDDEN else _shown(child, inside)
        else:
            yield from _tagged(child, inside)


def _fits(name: str, inside: tuple[str, ...]) -> bool:
    """Rows and items stand in their tables and lists only, and no link in a link."""
    return inside[-1] in INSIDE.get(name, inside[-1:]) and not (name == "a" and "a" in inside)


def _tagged(element: Element, inside: tuple[str, ...]) -> Iterator[str]:
    attributes = dict(_kept(element))
    if element.name == "img" and "src" not in attributes:
        return
    if element.name == "img":
        attributes.setdefault("alt", attributes["src"].rpartition("/")[2])
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    if element.name in EMPTY:
        yield f"<{element.name}{written} />"
        return
    yield f"<{element.name}{written}>"
    yield from _shown(element, (*inside, element.name))
    yield f"</{element.name}>"


def _kept(element: Element) -> Iterator[tuple[str, str]]:
    names = ATTRIBUTES[""] | ATTRIBUTES.get(element.name, frozenset())
    for name, value in element.attributes.items():
        if name in names and allowed(name, value):
            yield name, value
