"""Time zones: reading them, and what the clocks in one show."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from emulator.wire.strtotime.abbreviations import OFFSETS, SUMMER
from emulator.wire.strtotime.days import CYCLE
from emulator.wire.strtotime.reading import Reading, Unreadable
from emulator.wire.strtotime.token import Token

OFFSET = re.compile(r"[0-9:]*")
NAME = re.compile(r"[A-Za-z0-9/_+-]*")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FIRST = (datetime(2, 1, 1, tzinfo=UTC) - EPOCH) // SECOND
LAST = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH) // SECOND


def zone(token: Token, reading: Reading) -> None:
    if reading.begins_zone():
        read_zone(token, reading)


def read_zone(token: Token, reading: Reading) -> None:
    """`+03:00`, `GMT-5`, `EEST`, `(Europe/Athens)`"""
    token.skip(" \t(")
    if token.rest.startswith(("GMT+", "GMT-")):
        token.at += len("GMT")
    if token.is_at("+-"):
        sign = -1 if token.is_at("-") else 1
        token.at += 1
        reading.zone, reading.summer = sign * offset(token.take(OFFSET)), False
    else:
        read_name(token.take(NAME).lower(), reading)


def offset(text: str) -> int:
    """The seconds in `3`, `330`, `0330`, `3:30`, `033015` or `03:30:15`."""
    if ":" in text:
        parts = text.split(":")
    elif len(text) > 4:
        parts = [text[:-4], text[-4:-2], text[-2:]]
    elif len(text) > 2:
        parts = [text[:-2], text[-2:]]
    else:
        parts = [text]
    return sum(int(part) * seconds for part, seconds in zip(parts, (3600, 60, 1), strict=False))


def read_name(name: str, reading: Reading) -> None:
    """An identifier leaves open which of two equal hours is meant; an abbreviation does not."""
    if name in OFFSETS:
        reading.zone, reading.summer = OFFSETS[name], name in SUMMER
    elif name in identifiers():
        reading.zone = ZoneInfo(identifiers()[name])
    else:
        raise Unreadable("no such zone")


@cache
def identifiers() -> dict[str, str]:
    """Every zone of the time zone database by its name in small letters."""
    names = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
    return {name.lower(): name for name in names}


def clock(zone: tzinfo, instant: int) -> datetime:
    """A clock in `zone` at `instant`, or at one with the same offset that Python can hold.

    Before all rules the offset is that of the first; after them they repeat with the calendar.
    """
    if instant > LAST:
        instant = LAST - CYCLE + (instant - LAST) % CYCLE
    return (EPOCH + max(instant, FIRST) * SECOND).astimezone(zone)


def offset_at(zone: tzinfo, instant: int) -> int:
    """Seconds east of UTC."""
    return (clock(zone, instant).utcoffset() or timedelta()) // SECOND


def is_summer_at(zone: tzinfo, instant: int) -> bool:
    return bool(clock(zone, instant).dst())


def instant_of(local: int, zone: tzinfo) -> int:
    """The instant when clocks in `zone` show `local`, seconds since 1970 on the clock itself.

    A time the clock leaves out is moved on by what is left out. Of a time shown twice it is the first west of
    Greenwich and the second east of it, because the first guess takes the clock for UTC.
    """
    guess = offset_at(zone, local)
    actual = offset_at(zone, local - guess)
    left_out = guess < actual and offset_at(zone, local - actual) != actual
    return local - (guess if left_out else actual)


def preferred_instant_of(local: int, zone: tzinfo, *, summer: bool) -> int:
    """The same for a zone that the text names, where a time shown twice may be chosen from."""
    guess = offset_at(zone, local)
    if guess != offset_at(zone, local - guess):
        return instant_of(local, zone)
    if guess >= 0 and summer and not is_summer_at(zone, local):
        other = offset_at(zone, local - guess - 7200)
    elif guess <= 0 and not summer and is_summer_at(zone, local):
        other = offset_at(zone, local - guess + 7200)
    else:
        return local - guess
    return local - (other if offset_at(zone, local - other) == other else guess)
