"""From text to what it says: at each place the format that reaches furthest gets its token."""

import re
from collections.abc import Iterator
from string import ascii_letters, digits
from typing import NamedTuple

from emulator.wire.strtotime.formats import NUMBERS, OTHERS, SIGNS, WORDS, Format
from emulator.wire.strtotime.reading import Reading, Unreadable
from emulator.wire.strtotime.token import Token

LONGEST = 10_000
"""Characters of a text that is still read. PHP has no such limit, and a process for every client."""

BLANK = " \t\n\v\f\r"


class Table(NamedTuple):
    formats: tuple[Format, ...]
    pattern: re.Pattern[str]


def table(formats: tuple[Format, ...]) -> Table:
    """All formats in one match: each looks ahead from the same place, and group n is the nth one's token."""
    return Table(formats, re.compile("".join(f"(?=({row.pattern})|)" for row in formats), re.ASCII))


OTHER = table(OTHERS)
TABLES = (
    dict.fromkeys(ascii_letters, table(WORDS))
    | dict.fromkeys(digits, table(NUMBERS))
    | dict.fromkeys("+-", table(SIGNS))
)


def read(text: str) -> Reading:
    """Raises Unreadable at the first thing that makes no sense."""
    reading = Reading()
    for row, token in tokens(text):
        row.read(Token(token), reading)
    return reading


def tokens(text: str) -> Iterator[tuple[Format, str]]:
    stripped = text.strip(BLANK) or text[-1:]  # blanks alone are one blank, and mean now
    if not 0 < len(stripped) <= LONGEST:
        raise Unreadable("empty or endless")

    ended, at = stripped + "\0", 0  # C ends the text with a NUL, and some formats want to see one
    while at < len(stripped):
        row, token = longest(ended, at)
        yield row, token
        at += len(token)


def longest(text: str, at: int) -> tuple[Format, str]:
    formats, pattern = TABLES.get(text[at], OTHER)
    found = pattern.match(text, at)
    candidates = found.groups("") if found else ("",)
    token = max(candidates)  # all begin alike, so the longest is the last in the alphabet
    if not token:
        raise Unreadable("unexpected character")
    return formats[candidates.index(token)], token
