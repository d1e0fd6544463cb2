"""A matched piece of the expression, read from left to right.

A format only says where a token ends. What it means is found by reading on for the next number or word, so
`20170511t91500` has the hour 91: a reader that took the parts from the format would be right, and not PHP.
"""

import math
import re

from emulator.wire.strtotime.reading import Unreadable
from emulator.wire.strtotime.words import MONTHS

NUMBERS = {width: re.compile(rf"[^0-9]*([0-9]{{1,{width}}})") for width in (1, 2, 3, 4)}
SIGNED = {width: re.compile(rf"[^0-9+-]*([+-]*)[^0-9]*([0-9]{{1,{width}}})") for width in (4, 6, 19, 24)}
FRACTION = re.compile(r"[^.:0-9]*[.:]([0-9]*)")
LETTERS = re.compile(r"[A-Za-z]*")
UNIT = re.compile(r"[^\0 \t,;:/.()-]*")
INT64 = 2**63


class Token:
    """`at` only moves forward."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    @property
    def rest(self) -> str:
        return self.text[self.at :]

    def is_at(self, characters: str) -> bool:
        return self.at < len(self.text) and self.text[self.at] in characters

    def skip(self, characters: str) -> None:
        while self.is_at(characters):
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> str:
        """What `pattern` matches here, which may be nothing."""
        found = pattern.match(self.text, self.at)
        if not found:
            return ""
        self.at = found.end()
        return found[0]

    def digits(self, width: int) -> str:
        """The next digits, at most `width` of them; none if there are none."""
        found = NUMBERS[width].match(self.text, self.at)
        self.at = found.end() if found else len(self.text)
        return found[1] if found else ""

    def number(self, width: int) -> int | None:
        digits = self.digits(width)
        return int(digits) if digits else None

    def year(self, width: int = 4) -> int | None:
        """With fewer than four digits 0 to 69 are of this century and 70 to 99 of the last."""
        digits = self.digits(width)
        if not digits:
            return None
        if len(digits) == 4 or int(digits) >= 100:
            return int(digits)
        return int(digits) + (2000 if int(digits) < 70 else 1900)

    def signed(self, width: int) -> int:
        """The next number, its signs multiplied."""
        found = SIGNED[width].match(self.text, self.at)
        if not found:
            raise Unreadable("unexpected data")
        self.at = found.end()
        number = -int(found[2]) if found[1].count("-") % 2 else int(found[2])
        if not -INT64 <= number < INT64:
            raise Unreadable("number out of range")
        return number

    def fraction(self) -> int:
        """Microseconds, by the arithmetic of C: many nines are a second, too many digits are long ago."""
        digits = self.take(FRACTION).lstrip(":.")
        microseconds = float(f"0{digits}") * 10.0 ** (6 - len(digits))
        return int(microseconds) if math.isfinite(microseconds) else -INT64

    def month(self) -> int:
        """A month by name; 0 if the word is none, as after `10th/Oct`, where the word read is `th`."""
        self.skip(" \t-./")
        return MONTHS.get(self.take(LETTERS).lower(), 0)

    def meridian(self, hour: int) -> int:
        """Hours to add to `hour` for the am or pm that follows."""
        letter = next((character for character in self.rest if character in "AaPp"), "")
        if letter in ("a", "A"):
            return -12 if hour == 12 else 0
        return 0 if hour == 12 else 12

    def position(self) -> str:
        """A word like `next` or `third`."""
        self.skip(" \t-/")
        return self.take(LETTERS).lower()

    def unit(self) -> str:
        self.skip(" \t\u00a0\u202f")
        return self.take(UNIT).lower()

    def skip_suffix(self) -> None:
        """The st, nd, rd or th of a day."""
        if self.text.startswith(("st", "nd", "rd", "th"), self.at):
            self.at += 2
