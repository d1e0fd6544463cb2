"""The regular expressions that the formats are made of.

The names are close to timelib's (`parse_date.re`); `LZ` means with a leading zero. An alternative that goes
on where another ends stands before it, so that a pattern matches as much as it can.
"""

from collections.abc import Iterable

from emulator.wire.strtotime.words import (
    BUSINESS_DAY,
    MONTH_ABBREVIATIONS,
    MONTH_NAMES,
    MONTH_NUMERALS,
    NEIGHBOURS,
    ORDINALS,
    UNITS,
    WEEKDAYS,
)


def longest_first(words: Iterable[str]) -> str:
    """A pattern for one of `words` that takes as much as it can."""
    return "|".join(sorted(words, key=len, reverse=True))


def spelled(*words: str) -> str:
    """A pattern for one of `words` in capital or small letters."""
    return f"(?i:{longest_first(words)})"


SPACE = r"(?:[ \t]+|\u00a0+|\u202f+)"
FRACTION = r"\.[0-9]+"

HOUR24 = r"(?:2[0-4]|[01]?[0-9])"
HOUR24LZ = r"(?:2[0-4]|[01][0-9])"
HOUR12 = r"(?:1[0-2]|0?[1-9])"
MINUTE = r"[0-5]?[0-9]"
MINUTELZ = r"[0-5][0-9]"
SECOND = rf"(?:60|{MINUTE})"
SECONDLZ = rf"(?:60|{MINUTELZ})"
MERIDIAN = r"[AaPp]\.?[Mm]\.?[\0\t ]"

ZONE = r"(?:[A-Z][a-z]+(?:[_/-][A-Za-z]+)+|\(?[A-Za-z]{1,6}\)?)"
OFFSET = rf"(?:{HOUR24LZ}:{MINUTELZ}:{SECONDLZ}|{HOUR24LZ}{MINUTELZ}{SECONDLZ}|{HOUR24}(?::?{MINUTE})?)"
CORRECTION = rf"(?:GMT)?[+-]{OFFSET}"

MONTH = r"(?:1[0-2]|0?[0-9])"
DAY = r"(?:3[01]|[0-2]?[0-9])(?:st|nd|rd|th)?"
YEAR = r"[0-9]{1,4}"
YEAR2 = r"[0-9]{2}"
YEAR4 = r"[0-9]{4}"
DAY_OF_YEAR = r"(?:36[0-6]|3[0-5][0-9]|[12][0-9][0-9]|0[1-9][0-9]|00[1-9])"
WEEK_OF_YEAR = r"(?:5[0-3]|[1-4][0-9]|0[1-9])"
MONTHLZ = r"(?:1[0-2]|0[0-9])"
DAYLZ = r"(?:3[01]|[12][0-9]|0[0-9])"

WEEKDAY = spelled(*WEEKDAYS)
DAY_TEXT = spelled(*WEEKDAYS, *BUSINESS_DAY)
MONTH_ABBREVIATION = spelled(*MONTH_ABBREVIATIONS)
MONTH_WORD = spelled(*MONTH_NAMES, *MONTH_ABBREVIATIONS)
MONTH_TEXT = f"(?:{MONTH_WORD}|{longest_first(MONTH_NUMERALS)})"
GAP = r"[ .\t-]*"
DAY_END = r"[,.stndrh\t ]+"

TINY12 = rf"{HOUR12}{SPACE}?{MERIDIAN}"
SHORT12 = rf"{HOUR12}[:.]{MINUTELZ}{SPACE}?{MERIDIAN}"
LONG12 = rf"{HOUR12}[:.]{MINUTE}[:.]{SECONDLZ}{SPACE}?{MERIDIAN}"
SHORT24 = rf"[Tt]?{HOUR24}[:.]{MINUTE}"
LONG24 = rf"[Tt]?{HOUR24}[:.]{MINUTE}[:.]{SECOND}"
LONG24_ZONED = rf"[Tt]?{HOUR24}[:.]{MINUTE}[:.]{SECONDLZ}{SPACE}?(?:{CORRECTION}|{ZONE})"
NO_YEAR = rf"{MONTH_TEXT}{GAP}{DAY}(?:{DAY_END}|\0)"
ISO_DATE = rf"{YEAR4}-{MONTHLZ}-{DAYLZ}"
ISO_TIME = rf"{HOUR24LZ}:{MINUTELZ}:{SECONDLZ}"

NEIGHBOUR = spelled(*NEIGHBOURS)
POSITION = spelled(*ORDINALS, *NEIGHBOURS)
AMOUNT = r"[+-]*[ \t]*[0-9]{1,13}"
UNIT_OR_WEEK = spelled(*UNITS, *WEEKDAYS, *BUSINESS_DAY)
UNIT = spelled(*(UNITS.keys() - {"week"}), *WEEKDAYS, *BUSINESS_DAY)
