"""Readers of a time of day."""

from emulator.wire.strtotime.reading import Reading, Unreadable
from emulator.wire.strtotime.token import Token
from emulator.wire.strtotime.zones import read_zone


def noon(token: Token, reading: Reading) -> None:
    reading.clear_time()
    reading.begin_time()
    reading.hour = 12


def midnight(token: Token, reading: Reading) -> None:
    reading.clear_time()


def around(token: Token, reading: Reading) -> None:
    """`back of 7pm` is a quarter past, `front of 7pm` a quarter to, and so is `Back of 7pm`."""
    reading.clear_time()
    reading.begin_time()
    back = token.is_at("b")
    hour = token.number(2) or 0
    reading.hour, reading.minute = (hour, 15) if back else (hour - 1, 45)
    if token.rest:
        reading.hour += token.meridian(reading.hour)


def clock12(token: Token, reading: Reading) -> None:
    """`7pm`, `7.15 pm`, `7:15:30 p.m.`, `7:15:30:500pm`"""
    reading.begin_time()
    hour = token.number(2) or 0
    read_minutes(token, reading, before_fraction=":.")
    reading.hour = hour + token.meridian(hour)


def clock24(token: Token, reading: Reading) -> None:
    """`t7`, `07:15`, `7.15.30`, `07:15:30.5`"""
    reading.begin_time()
    reading.hour = token.number(2)
    read_minutes(token, reading, before_fraction=".")
    if token.rest:
        read_zone(token, reading)


def read_minutes(token: Token, reading: Reading, *, before_fraction: str) -> None:
    if token.is_at(":."):
        reading.minute = token.number(2)
        if token.is_at(":."):
            reading.second = token.number(2)
            if token.is_at(before_fraction):
                reading.microsecond = token.fraction()


def four_digits(token: Token, reading: Reading) -> None:
    """`0715`: the first is a time, the second a year."""
    if reading.times > 1:
        raise Unreadable("double time specification")
    if reading.times:
        reading.year = token.number(4)
    else:
        reading.hour, reading.minute, reading.second = token.number(2), token.number(2), 0
    reading.times += 1


def six_digits(token: Token, reading: Reading) -> None:
    reading.begin_time()
    reading.hour, reading.minute, reading.second = token.number(2), token.number(2), token.number(2)
    if token.rest:
        read_zone(token, reading)
