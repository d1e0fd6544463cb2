"""Moments as SMPP writes them (SMPP 3.4, section 7.1.1)."""

import re
from datetime import UTC, datetime, timedelta, timezone

QUARTER = timedelta(minutes=15)

_ABSOLUTE = re.compile(r"(\d{12})(\d)(\d\d)([+-])", re.ASCII)


def absolute(moment: datetime, quarters: int = 0) -> str:
    """A moment, by a clock that is so many quarters of an hour ahead of UTC; behind, if negative."""
    there = moment.astimezone(timezone(QUARTER * quarters))
    sign = "-" if quarters < 0 else "+"
    return f"{there:%y%m%d%H%M%S}{there.microsecond // 100_000}{abs(quarters):02}{sign}"


def relative(seconds: int) -> str:
    """So many seconds from now: less than a month of them."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return f"0000{day:02}{hour:02}{minute:02}{second:02}000R"


def moment(text: str) -> datetime:
    """What an absolute time means. AssertionError where it is none."""
    found = _ABSOLUTE.fullmatch(text)
    assert found is not None, f"{text!r} is no absolute time"
    digits, tenth, quarters, sign = found.groups()
    zone = timezone(QUARTER * int(quarters) * (1 if sign == "+" else -1))
    there = datetime.strptime(digits, "%y%m%d%H%M%S").replace(microsecond=int(tenth) * 100_000, tzinfo=zone)
    return there.astimezone(UTC)
