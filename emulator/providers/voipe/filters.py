"""What filters of the lists mean, as the database reads them: endings, parts, limits."""

import re
from collections.abc import Callable
from typing import NamedTuple

from emulator.wire.php import given

HUNDRED = 100  # req: voipe/ds/hundred voipe/ds/c-nought

_LIMIT = re.compile(r"(?:([0-9]{1,18}) *, *)?([0-9]{1,18})", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?", re.ASCII)
_LEADING = re.compile(r"[0-9]*", re.ASCII)
_MANY = re.compile(r"%+")

LONGEST = 500
"""Characters of a pattern."""

NOTHING = "\0"
"""What stands in no text that is compared."""


class Window(NamedTuple):
    """How many entries are passed over, how many are told, and after which identifier they begin."""

    start: int
    limit: int
    after: int


def window(c: str, last: str) -> Window | None:
    """What `c` and `last` ask for; None where they are no numbers, and nothing is found."""
    # req: voipe/ds/c voipe/ds/c-nought voipe/ds/c-bad voipe/ds/c-pair
    # req: voipe/ds/last voipe/ds/last-excluded voipe/ds/last-none voipe/ds/last-bad
    limit = _LIMIT.fullmatch(c if given(c) else str(HUNDRED))
    number = _NUMBER.fullmatch(last or "0")
    if limit is None or number is None:
        return None
    return Window(int(limit[1] or 0), int(limit[2]), max(0, int(number[0].partition(".")[0][:19] or 0)))


def leading_number(text: str) -> int:
    """The number that a text begins with, as MySQL has it."""
    found = _LEADING.match(text)
    return int(found[0][:18]) if found and found[0] else 0


def without_prefix(number: str) -> str:
    """What numbers have to end in to be that one, wildcards and all; empty where any will do."""
    # req: voipe/ds/dst-ending voipe/ds/dst-short
    return number[1:] if number.startswith("0") else number[3:]


def like(pattern: str) -> Callable[[str], object]:
    """Whether a text is like a pattern, where % stands for any text and _ for any character."""
    # req: voipe/ds/wildcards
    return re.compile(regex(brief(pattern)), re.DOTALL | re.IGNORECASE).fullmatch


def brief(pattern: str) -> str:
    """The pattern with one % for many; what is longer than any text that is compared fits nothing."""
    short = _MANY.sub("%", pattern)
    return short if len(short) <= LONGEST else NOTHING


def regex(pattern: str, character: str = ".") -> str:
    """The pattern as a regular expression that never goes back further than to the last %."""
    first, *others = [
        "".join([character if letter == "_" else re.escape(letter) for letter in part])
        for part in pattern.split("%")
    ]
    middle = "".join([f"(?>.*?{part})" for part in others[:-1]])
    return f"{first}{middle}.*{others[-1]}" if others else first
