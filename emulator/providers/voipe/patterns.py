"""Patterns with % for any text and _ for any character, in the forms that columns are asked in."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from emulator.providers.voipe.filters import NOTHING, regex

END = b"\n"
"""What every row of a column ends with."""

TAIL = 6
"""Last digits that a number is known by."""

_BLANK = re.compile(r"\s")
_WILD = re.compile(rb"[%_]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in several forms, of which one will be the quickest.

    `literal` is the longest part that stands for itself, `least` how many octets it takes at least, `whole`
    whether there is nothing else to it. `tail` are the last digits, where there are enough of them. `places`
    are tables of what may stand in the last places, from the last on: 1 for what may; `before` is the longest
    part that stands for itself somewhere before these.
    """

    literal: bytes
    least: int
    whole: bool
    regex: re.Pattern[bytes]
    tail: int | None = None
    places: tuple[bytes, ...] = ()
    before: bytes = b""


@lru_cache(maxsize=256)
def ending(pattern: str) -> Pattern:
    """What a number is like that ends like that. Before a short one there are blanks: they are none of it."""
    pattern = _BLANK.sub(NOTHING, pattern)
    head, _, last = pattern.encode().rpartition(b"%")
    return replace(
        _pattern(pattern, r"[^ \n]"),
        tail=tail(pattern.encode()),
        places=tuple(_table(sign) for sign in reversed(last)),
        before=max(_WILD.split(head), key=len),
    )


@lru_cache(maxsize=256)
def part(pattern: str) -> Pattern:
    """What a moment is like that has that in it."""
    return _pattern(pattern.replace("\n", NOTHING) + "%", ".")


def tail(number: bytes) -> int | None:
    """The last digits of a number; None for one that has not so many, or something else among them."""
    digits = number[-TAIL:]
    return int(digits) if len(digits) == TAIL and digits.isdigit() else None


def _pattern(pattern: str, character: str) -> Pattern:
    body = pattern.encode() + END
    return Pattern(
        literal=max(_WILD.split(body), key=len),
        least=len(body.replace(b"%", b"")),
        whole=_WILD.search(body[:-1].rstrip(b"%")) is None,
        regex=re.compile(regex(f"%{pattern}\n", character).encode()),
    )


@lru_cache(maxsize=256)
def _table(sign: int) -> bytes:
    """What may stand where a pattern has that sign."""
    if sign == b"_"[0]:
        return bytes(octet != b" "[0] for octet in range(256))
    return bytes(octet == sign for octet in range(256))
