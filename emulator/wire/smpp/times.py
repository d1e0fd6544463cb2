"""Moments as SMPP writes them: absolute ones, and those counted from now (SMPP 3.4, section 7.1.1)."""

import re
from datetime import UTC, datetime, timedelta, timezone

_FORM = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([+\-R])", re.ASCII)

QUARTER = timedelta(minutes=15)
MOST_QUARTERS = 48


def moment(text: str, now: datetime) -> datetime | None:
    """What the text means at `now`, which is in UTC; None for an empty one. Raises ValueError."""
    if not text:
        return None
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no moment of SMPP")
    year, month, day, hour, minute, second, tenth, quarters = map(int, found.groups()[:8])
    if found[9] == "R":
        return _later(now, year * 12 + month, timedelta(days=day, hours=hour, minutes=minute, seconds=second))
    if quarters > MOST_QUARTERS:
        raise ValueError(f"{text!r}: no place is {quarters} quarter hours away")
    zone = timezone(QUARTER * quarters * (1 if found[9] == "+" else -1))
    there = datetime(2000 + year, month, day, hour, minute, second, tenth * 100_000, zone)
    return there.astimezone(UTC)


def written(moment: datetime) -> str:
    """The absolute form, in UTC."""
    return f"{moment.astimezone(UTC):%y%m%d%H%M%S}{moment.microsecond // 100_000}00+"


def _later(now: datetime, months: int, rest: timedelta) -> datetime:
    """So many months later, at the end of a month that is too short, and the rest on top."""
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    return _same_day(now, year, month + 1) + rest


def _same_day(day: datetime, year: int, month: int) -> datetime:
    first = day.replace(year=year, month=month, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
