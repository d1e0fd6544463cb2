"""Readers of a date and a time in one token."""

from emulator.wire.strtotime.reading import Reading, Unit
from emulator.wire.strtotime.token import Token
from emulator.wire.strtotime.zones import read_zone


def timestamp(token: Token, reading: Reading) -> None:
    """`@1494502800`"""
    if begins_epoch(reading):
        reading.shift[Unit.SECOND] += token.signed(24)


def timestamp_with_fraction(token: Token, reading: Reading) -> None:
    """`@-1494502800.5`: the sign holds for the fraction too."""
    if begins_epoch(reading):
        sign = -1 if token.text.startswith("@-") else 1
        reading.shift[Unit.SECOND] += token.signed(24)
        digits = len(token.rest) - 1
        reading.shift[Unit.MICROSECOND] = sign * token.signed(6) * 10 ** (6 - digits)


def begins_epoch(reading: Reading) -> bool:
    """Whether a shift from 1970 may follow; what was said of date and time is gone in any case."""
    reading.clear_date()
    reading.clear_time()
    if not reading.begins_zone():
        return False
    reading.year, reading.month, reading.day = 1970, 1, 1
    reading.zone, reading.summer = 0, False
    return True


def stamp(token: Token, reading: Reading) -> None:
    """`20170511T09:15:00`, `2017-5-11T9:15:0`, `2017:05:11 09:15:00`, `2017-05-11T09:15:00.5+03:00`"""
    reading.begin_time()
    reading.begin_date()
    reading.year, reading.month, reading.day = token.number(4), token.number(2), token.number(2)
    reading.hour, reading.minute, reading.second = token.number(2), token.number(2), token.number(2)
    if token.is_at("."):
        reading.microsecond = token.fraction()
        if token.rest:
            read_zone(token, reading)


def log_stamp(token: Token, reading: Reading) -> None:
    """`11/May/2017:09:15:00 +0300`"""
    reading.begin_time()
    reading.begin_date()
    reading.day, reading.month, reading.year = token.number(2), token.month(), token.number(4)
    reading.hour, reading.minute, reading.second = token.number(2), token.number(2), token.number(2)
    read_zone(token, reading)


def month_day_and_clock12(token: Token, reading: Reading) -> None:
    """`May 11 9:15pm`, `May 11th, 9.15.30 pm`"""
    begin_month_and_day(token, reading)
    hour = token.number(2) or 0
    reading.minute = token.number(2)
    if token.is_at(":."):
        reading.second = token.number(2)
    reading.hour = hour + token.meridian(hour)


def month_day_and_clock24(token: Token, reading: Reading) -> None:
    """`May 11 21:15`, `May 11 21:15:30 EEST`; seconds after a point are taken for a zone, and refused."""
    begin_month_and_day(token, reading)
    reading.hour, reading.minute = token.number(2), token.number(2)
    if token.is_at(":"):
        reading.second = token.number(2)
    if token.rest:
        read_zone(token, reading)


def begin_month_and_day(token: Token, reading: Reading) -> None:
    reading.begin_date()
    reading.month, reading.day = token.month(), token.number(2)
    reading.begin_time()
