"""The calendar as a line of days, in any year: days are counted from 1970-01-01, and Sunday is weekday 0."""

from datetime import date

YEARS = 400
DAYS = 146_097
CYCLE = DAYS * 86_400
"""Seconds after which the calendar repeats, weekdays included."""

FIRST_DAY = date(1970, 1, 1).toordinal()


def day_number(year: int, month: int, day: int) -> int:
    """Months and days may be out of range: they count on from January and from the first of the month."""
    year += (month - 1) // 12
    cycles = year // YEARS - 5
    first = date(year - cycles * YEARS, (month - 1) % 12 + 1, 1)
    return first.toordinal() - FIRST_DAY + cycles * DAYS + day - 1


def year_month_day(number: int) -> tuple[int, int, int]:
    cycles = number // DAYS
    found = date.fromordinal(number - cycles * DAYS + FIRST_DAY)
    return found.year + cycles * YEARS, found.month, found.day


def weekday_of(number: int) -> int:
    return (number + 4) % 7


def days_to_week(year: int, week: int, weekday: int) -> int:
    """Days from New Year to a weekday of an ISO week, whose Sunday is both 0 and 7."""
    new_year = weekday_of(day_number(year, 1, 1))
    return 7 * (week - 1) + weekday - (new_year - 7 if new_year > 4 else new_year)
