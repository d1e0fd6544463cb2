"""Some thousands of messages as columns of octets, which are searched much faster than objects."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from emulator.providers.voipe.patterns import END, TAIL, Pattern
from emulator.providers.voipe.patterns import tail as known_by

MOST_SENDERS = 256
"""Of one block: the code of a sender is an octet."""

STAMP = len("2026-03-02 09:00:00\n")

RARE = 5
"""Octets that hardly stand in a column by chance: what has so many in a row is looked for."""


@dataclass(slots=True)
class Block:
    """Messages by second and identifier, both rising; each number takes `width` octets, blanks first."""

    width: int = 0
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    seconds: "array[int]" = field(default_factory=lambda: array("q"))
    """Since 1970; one a row."""
    numbers: bytearray = field(default_factory=bytearray)
    senders: bytearray = field(default_factory=bytearray)
    codes: dict[str, int] = field(default_factory=dict)
    stamps: bytearray = field(default_factory=bytearray)
    """Every second once, written out."""
    tails: bytearray = field(default_factory=lambda: bytearray(10**TAIL // 8))
    """A bit for each group of last digits that there is: most blocks have not those that are looked for."""
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
        for number in numbers:
            if (tail := known_by(number.encode())) is not None:
                self.tails[tail >> 3] |= 1 << (tail & 7)
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

    def to(self, pattern: Pattern) -> Sequence[int]:
        """The rows whose number is like that, rising."""
        tail = pattern.tail
        if pattern.least > self.width or (tail is not None and not self.tails[tail >> 3] >> (tail & 7) & 1):
            return ()
        if pattern.whole or len(pattern.literal) >= RARE or not pattern.places:
            return _rows(self.numbers, pattern, self.width)
        width, find, fits = self.width, self.numbers.find, pattern.regex.fullmatch
        ends = ((row, (row + 1) * width) for row in self._ending(pattern))
        return [
            row
            for row, end in ends
            if find(pattern.before, end - width, end) >= 0 and fits(self.numbers, end - width, end)
        ]

    def _ending(self, pattern: Pattern) -> Iterator[int]:
        """The rows whose last places are right: all of them compared at once, place by place."""
        right = -1
        for place, table in enumerate(pattern.places, 2):
            column = self.numbers[self.width - place :: self.width]
            right &= int.from_bytes(column.translate(table), "little")
        flags = right.to_bytes(len(self), "little")
        return (found.start() for found in re.finditer(b"\1", flags))

    def at(self, pattern: Pattern) -> list[int]:
        """The rows whose second is like that, rising."""
        places = _rows(self.stamps, pattern, STAMP)
        return [row for place in places for row in self.of_second(place)]

    def by(self, codes: Iterable[int]) -> list[int]:
        """The rows of these senders, rising."""
        signs = b"|".join([re.escape(bytes([code])) for code in codes])
        return [found.start() for found in re.finditer(signs, self.senders, re.DOTALL)]

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


def _rows(column: bytearray, pattern: Pattern, width: int) -> list[int]:
    """The rows that are like that, rising."""
    literal, find, fits = pattern.literal, column.find, pattern.regex.fullmatch
    rows, end, whole = [], 0, pattern.whole
    while (place := find(literal, end)) >= 0:
        row = place // width
        end = (row + 1) * width
        if whole or fits(column, end - width, end):
            rows.append(row)
    return rows


def merged(many: Sequence[Sequence[int]]) -> Sequence[int]:
    """Rows that stand in any of them, rising."""
    return many[0] if len(many) == 1 else sorted({row for rows in many for row in rows})
