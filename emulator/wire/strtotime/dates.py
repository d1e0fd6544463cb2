"""Readers of a date."""

from emulator.wire.strtotime.days import days_to_week
from emulator.wire.strtotime.reading import Reading, Unit
from emulator.wire.strtotime.token import Token


def american(token: Token, reading: Reading) -> None:
    """`5/11`, `5/11/17`"""
    reading.begin_date()
    reading.month, reading.day = token.number(2), token.number(2)
    if token.is_at("/"):
        reading.year = token.year()


def year_first(token: Token, reading: Reading) -> None:
    """`2017-05-11`, `-2017-05-11`, `2017/5/11`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.signed(4), token.number(2), token.number(2)


def short_year_first(token: Token, reading: Reading) -> None:
    """`17-05-11`, `2017-5-11`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.year(), token.number(2), token.number(2)


def long_year_first(token: Token, reading: Reading) -> None:
    """`+12017-05-11`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.signed(19), token.number(2), token.number(2)


def year_and_month(token: Token, reading: Reading) -> None:
    """`2017-5`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.number(4), token.number(2), 1


def day_first(token: Token, reading: Reading) -> None:
    """`11 May 2017`, `11th.V.17`"""
    day_and_month(token, reading)
    reading.year = token.year()


def day_and_month(token: Token, reading: Reading) -> None:
    """`11 May`"""
    reading.begin_date()
    reading.day = token.number(2)
    token.skip_suffix()
    reading.month = token.month()


def pointed(token: Token, reading: Reading) -> None:
    """`11.5.2017`, `11-5-2017`"""
    reading.begin_date()
    reading.day, reading.month, reading.year = token.number(2), token.number(2), token.number(4)


def pointed_short(token: Token, reading: Reading) -> None:
    """`11.5.17`"""
    reading.begin_date()
    reading.day, reading.month, reading.year = token.number(2), token.number(2), token.year(2)


def month_and_year(token: Token, reading: Reading) -> None:
    """`May 2017`"""
    reading.begin_date()
    reading.month, reading.year, reading.day = token.month(), token.number(4), 1


def year_and_month_name(token: Token, reading: Reading) -> None:
    """`2017 May`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.number(4), token.month(), 1


def month_first(token: Token, reading: Reading) -> None:
    """`May 11`, `May 11th, 2017`, `May-11-17`; a year not given stays open."""
    reading.begin_date()
    reading.month, reading.day, reading.year = token.month(), token.number(2), token.year()


def year_month_name_day(token: Token, reading: Reading) -> None:
    """`2017-May-11`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.year(), token.month(), token.number(2)


def eight_digits(token: Token, reading: Reading) -> None:
    reading.begin_date()
    reading.year, reading.month, reading.day = token.number(4), token.number(2), token.number(2)


def day_of_year(token: Token, reading: Reading) -> None:
    """`2017.131`, `2017131`"""
    reading.begin_date()
    reading.year, reading.month, reading.day = token.number(4), 1, token.number(3)


def day_of_week(token: Token, reading: Reading) -> None:
    """`2017-W19`, `2017W194`: a shift from New Year, which replaces what was said of days before."""
    reading.begin_date()
    year, week, weekday = token.number(4) or 0, token.number(2) or 0, token.number(1)
    reading.year, reading.month, reading.day = year, 1, 1
    reading.shift[Unit.DAY] = days_to_week(year, week, 1 if weekday is None else weekday)


def year_alone(token: Token, reading: Reading) -> None:
    reading.year = token.number(4)


def month_alone(token: Token, reading: Reading) -> None:
    reading.begin_date()
    reading.month = token.month()
