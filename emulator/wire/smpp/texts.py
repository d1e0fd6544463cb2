"""Texts as data_coding says they are written, and the headers that cut them in pieces.

SMPP 3.4, section 5.2.19; GSM 03.38 (alphabets, message classes); GSM 03.40, 9.2.3.24 (user data headers).
"""

import codecs
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.statuses import CommandStatus

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet, one letter a septet; 0x1B leads to the extension table."""

EXTENSION = {
    0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\",
    0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€",
}  # fmt: skip
ESCAPE = 0x1B


class Alphabet(StrEnum):
    """What the octets of a text are."""

    GSM = "gsm"
    """Septets, one in each octet."""
    ASCII = "ascii"
    LATIN1 = "latin-1"
    UCS2 = "utf-16-be"
    CYRILLIC = "iso8859-5"
    HEBREW = "iso8859-8"
    JIS = "shift_jis"
    KOREAN = "euc-kr"
    OCTETS = "octets"
    """No text at all."""


class Scheme(NamedTuple):
    """What a data_coding says: the alphabet, and whether the text is to be shown at once (class 0)."""

    alphabet: Alphabet
    flash: bool = False


PLAIN = {
    0x00: Alphabet.GSM,
    0x01: Alphabet.ASCII,
    0x02: Alphabet.OCTETS,
    0x03: Alphabet.LATIN1,
    0x04: Alphabet.OCTETS,
    0x05: Alphabet.JIS,
    0x06: Alphabet.CYRILLIC,  # req: smpp34/text/cyrillic
    0x07: Alphabet.HEBREW,  # req: smpp34/text/hebrew
    0x08: Alphabet.UCS2,
    0x09: Alphabet.OCTETS,
    0x0A: Alphabet.OCTETS,
    0x0D: Alphabet.OCTETS,
    0x0E: Alphabet.KOREAN,
}

GENERAL = (Alphabet.GSM, Alphabet.OCTETS, Alphabet.UCS2)
"""Bits 3 and 2 of a coding with a class (GSM 03.38, groups 00xx and 01xx)."""


def scheme(data_coding: int) -> Scheme | None:
    """What a data_coding means; None for a reserved one."""
    if data_coding in PLAIN:
        return Scheme(PLAIN[data_coding])
    flash = data_coding & 0x03 == 0
    if data_coding & 0xF8 == 0xF0:
        return Scheme(Alphabet.OCTETS if data_coding & 0x04 else Alphabet.GSM, flash)
    if data_coding & 0xE0 == 0xC0:  # req: smpp34/text/waiting
        return Scheme(Alphabet.GSM)
    alphabet = data_coding >> 2 & 0x03
    if data_coding & 0xB0 == 0x10 and alphabet < len(GENERAL):
        return Scheme(GENERAL[alphabet], flash)
    return None


def decoded(octets: bytes, alphabet: Alphabet) -> str:
    """The text; what its alphabet does not have becomes U+FFFD. What is no text is read as Latin-1."""
    if alphabet is Alphabet.GSM:
        if ESCAPE in octets:
            return "".join(_letters(octets))
        return codecs.charmap_decode(octets, "replace", BASIC)[0]
    if alphabet is Alphabet.OCTETS:
        return octets.decode("latin-1")
    return octets.decode(alphabet, "replace")


def encoded(text: str, alphabet: Alphabet) -> bytes:
    """The octets; letters its alphabet does not have become question marks."""
    if alphabet is Alphabet.GSM:
        return b"".join([_septets().get(letter, b"?") for letter in text])
    if alphabet is Alphabet.OCTETS:
        return text.encode("latin-1", "replace")
    return text.encode(alphabet, "replace")


def _letters(octets: bytes) -> Iterator[str]:
    escaped = False
    for octet in octets:
        if escaped:  # an unknown escape shows the letter of the default alphabet (GSM 03.38, 6.2.1.1)
            yield EXTENSION.get(octet) or (BASIC[octet] if octet < len(BASIC) else "\ufffd")
            escaped = False
        elif octet == ESCAPE:
            escaped = True
        else:
            yield BASIC[octet] if octet < len(BASIC) else "\ufffd"


@cache
def _septets() -> dict[str, bytes]:
    basic = {letter: bytes((code,)) for code, letter in enumerate(BASIC) if code != ESCAPE}
    return basic | {letter: bytes((ESCAPE, code)) for code, letter in EXTENSION.items()}


class Piece(NamedTuple):
    """Which piece of a long text this is: numbers count from 1."""

    reference: int
    total: int
    number: int


SHORT_REFERENCE, LONG_REFERENCE = 0x00, 0x08
"""Elements of a header that say which piece it is: with a reference of 8 bits, of 16."""


def parted(octets: bytes) -> tuple[dict[int, bytes], bytes]:
    """The elements of a user data header by identifier, and the text behind it. Raises Malformed."""
    if not octets or octets[0] >= len(octets):
        raise Malformed(CommandStatus.RINVESMCLASS, "the header goes beyond its message")
    end, at, elements = octets[0] + 1, 1, {}
    while at < end:
        if at + 2 > end or (after := at + 2 + octets[at + 1]) > end:
            raise Malformed(CommandStatus.RINVESMCLASS, "an element goes beyond its header")
        elements[octets[at]] = octets[at + 2 : after]
        at = after
    return elements, octets[end:]


def piece(elements: dict[int, bytes]) -> Piece | None:
    """Which piece a header says it is; None where it says nothing that can be."""
    found = elements.get(SHORT_REFERENCE, b"")
    long = elements.get(LONG_REFERENCE, b"")
    if len(found) == 3:
        return _sound(Piece(*found))
    return _sound(Piece(int.from_bytes(long[:2], "big"), *long[2:])) if len(long) == 4 else None


def _sound(piece: Piece) -> Piece | None:
    return piece if 1 <= piece.number <= piece.total else None
