"""Some thousands of messages as columns of octets, which are searched much faster than objects."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

MOST_SENDERS = 256
"""Of one block: the code of a sender is an octet."""

END = b"\n"
STAMP = len("2026-03-02 09:00:00\n")

NOWHERE = "x"
"""What stands in no number and no moment."""

_BLANK = re.compile(r"\s")
_WILD = re.compile(rb"[%_]")
_SIGNS = {b"%": b".*", b"_": b"."}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text has to be like, where % stands for any text and _ for any character.

    `literal` is the longest part that stands for itself, `least` how many octets it takes at least, `whole`
    whether there is nothing else to it.
    """

    literal: bytes
    least: int
    whole: bool
    regex: re.Pattern[bytes]


@lru_cache(maxsize=256)
def ending(pattern: str) -> Pattern:
    """What ends like that."""
    return _pattern(_BLANK.sub(NOWHERE, pattern).encode() + END, b"%")


@lru_cache(maxsize=256)
def part(pattern: str) -> Pattern:
    """What has that in it."""
    return _pattern(pattern.replace("\n", NOWHERE).encode() + b"%", b"%")


def _pattern(body: bytes, before: bytes) -> Pattern:
    literals = [one for one in _WILD.split(body) if one]
    wild = _WILD.search(body.rstrip(b"%")) is not None
    written = re.sub(rb"%+", b"%", before + body)  # many in a row take ages
    signs = [_SIGNS.get(sign) or re.escape(sign) for sign in map(bytes, zip(written, strict=True))]
    longest = max(literals, key=len, default=b"")
    return Pattern(longest, len(body.replace(b"%", b"")), not wild, re.compile(b"".join(signs)))


@dataclass(slots=True)
class Block:
    """Messages by second and identifier, both rising; each number takes `width` octets, blanks first."""

    width: int = 14
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    seconds: "array[int]" = field(default_factory=lambda: array("q"))
    """Since 1970; one a row."""
    numbers: bytearray = field(default_factory=bytearray)
    senders: bytearray = field(default_factory=bytearray)
    codes: dict[str, int] = field(default_factory=dict)
    stamps: bytearray = field(default_factory=bytearray)
    """Every second once, written out."""
    firsts: "array[int]" = field(default_factory=lambda: array("q"))
    """The first row of each second."""
    highest: int = 0
    """The highest identifier."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def first(self) -> tuple[int, int]:
        return self.seconds[0], self.ids[0]

    @property
    def last(self) -> tuple[int, int]:
        return self.seconds[-1], self.ids[-1]

    @property
    def single(self) -> bool:
        """Whether all of it is of one second."""
        return self.seconds[0] == self.seconds[-1]

    def admits(self, sender: str) -> bool:
        return sender in self.codes or len(self.codes) < MOST_SENDERS

    def extend(self, second: int, ids: Sequence[int], numbers: Sequence[str], sender: str) -> None:
        """Put rows of one second and one sender behind all others."""
        longest = max(map(len, numbers)) + 1
        if longest > self.width:
            self._widen(longest)
        if not self.seconds or self.seconds[-1] != second:
            self.firsts.append(len(self.ids))
            self.stamps += stamp(second)
        self.numbers += "".join([f"{number}\n".rjust(self.width) for number in numbers]).encode()
        self.senders += bytes([self.codes.setdefault(sender, len(self.codes))]) * len(ids)
        self.seconds.extend([second] * len(ids))
        self.ids.extend(ids)
        self.highest = max(self.highest, ids[-1])

    def insert(self, second: int, id: int, number: str, sender: str) -> None:
        """Put a row where it belongs; everything behind it is written anew."""
        place = bisect_left(list(zip(self.seconds, self.ids, strict=True)), (second, id))
        names = {code: name for name, code in self.codes.items()}
        rows = [
            (self.seconds[row], self.ids[row], self._number(row).decode(), names[self.senders[row]])
            for row in range(len(self))
        ]
        rows.insert(place, (second, id, number, sender))
        self._clear()
        for at, one, to, by in rows:
            self.extend(at, [one], [to], by)

    def cut(self, row: int) -> "Block":
        """Take the rows from there on away, as a block of their own."""
        names = {code: name for name, code in self.codes.items()}
        rest = Block(self.width)
        for one in range(row, len(self)):
            rest.extend(
                self.seconds[one], [self.ids[one]], [self._number(one).decode()], names[self.senders[one]]
            )
        kept = bisect_left(self.firsts, row)
        del self.ids[row:], self.seconds[row:], self.senders[row:], self.numbers[row * self.width :]
        del self.firsts[kept:], self.stamps[kept * STAMP :]
        self.highest = max(self.ids, default=0)
        return rest

    def to(self, pattern: Pattern) -> Iterator[int]:
        """The rows whose number is like that, rising."""
        width, column = self.width, self.numbers
        if pattern.least > width:
            return
        for row in _rows(column, pattern.literal, width):
            if pattern.whole or pattern.regex.fullmatch(column[row * width : (row + 1) * width].lstrip()):
                yield row

    def at(self, pattern: Pattern) -> Iterator[int]:
        """The rows whose second is like that, rising."""
        column = self.stamps
        for place in _rows(column, pattern.literal, STAMP):
            written = column[place * STAMP : (place + 1) * STAMP - 1]
            if pattern.whole or pattern.regex.fullmatch(written):
                yield from self.of_second(place)

    def by(self, sender: str) -> list[int]:
        """The rows of a sender, in any case, rising."""
        codes = [code for name, code in self.codes.items() if name.lower() == sender]
        return merged(*[_rows(self.senders, bytes([code]), 1) for code in codes])

    def of_second(self, place: int) -> range:
        end = self.firsts[place + 1] if place + 1 < len(self.firsts) else len(self)
        return range(self.firsts[place], end)

    def _number(self, row: int) -> bytes:
        return bytes(self.numbers[row * self.width : (row + 1) * self.width - 1].lstrip())

    def _widen(self, width: int) -> None:
        rows = [self._number(row) + END for row in range(len(self))]
        self.numbers = bytearray(b"".join([row.rjust(width) for row in rows]))
        self.width = width

    def _clear(self) -> None:
        for column in (self.ids, self.seconds, self.numbers, self.senders, self.stamps, self.firsts):
            del column[:]


def stamp(second: int) -> bytes:
    """A second as lists show it, with a line end."""
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M:%S}\n".encode()


def _rows(column: bytearray, literal: bytes, width: int) -> Iterator[int]:
    """The rows that have that in them, rising; all of them for nothing."""
    if not literal:
        yield from range(len(column) // width)
        return
    find, at = column.find, 0
    while (place := find(literal, at)) >= 0:
        row = place // width
        yield row
        at = (row + 1) * width


def merged(*many: Iterable[int]) -> list[int]:
    """Rows that stand in any of them, rising."""
    return sorted({row for rows in many for row in rows})
