"""Alphabets, septets and parts of a message (GSM 03.38, GSM 03.40)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from emulator.core.model import Coding

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"
"""Reached by an escape, so that each costs two septets."""

ALPHABET = frozenset(BASIC + EXTENSION)

SINGLE = {Coding.GSM7: 160, Coding.UCS2: 70}
JOINED = {Coding.GSM7: 153, Coding.UCS2: 67}
"""Units in one part of several: a concatenation header takes six octets."""

_FOREIGN = re.compile(f"[^{re.escape(BASIC + EXTENSION)}]")


def fits_gsm7(text: str) -> bool:
    return _FOREIGN.search(text) is None


def alphabet(text: str) -> Coding:
    """The smallest alphabet that a text needs."""
    return Coding.GSM7 if fits_gsm7(text) else Coding.UCS2


def units(text: str, coding: Coding) -> int:
    """Septets of a GSM-7 text, 16-bit units of a UCS-2 text."""
    if coding is Coding.UCS2:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text) + sum(map(text.count, EXTENSION))


@lru_cache(maxsize=4)  # a call may send one text in thousands of orders; no more, as texts may be long
def parts(text: str, coding: Coding) -> int:
    """How many short messages carry the text; an empty text takes one."""
    total = units(text, coding)
    if total <= SINGLE[coding]:
        return 1
    if total == len(text):  # of letters that take one unit each any cut will do
        return -(-total // JOINED[coding])
    return sum(1 for _ in segments(text, coding))


def segments(text: str, coding: Coding) -> Iterator[str]:
    """The text cut to fit, never inside an escape sequence or a surrogate pair."""
    if units(text, coding) <= SINGLE[coding]:
        yield text
        return
    start, room = 0, JOINED[coding]
    while start < len(text):
        end = start + room
        while (surplus := units(text[start:end], coding) - room) > 0:
            end -= -(-surplus // 2)  # no character costs more than two units: this never takes too many
        yield text[start:end]
        start = end
