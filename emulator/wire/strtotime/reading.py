"""What an expression has said so far, and the rules on saying a thing twice."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo


class Unreadable(Exception):
    """The expression is none that strtotime understands."""


class Unit(StrEnum):
    MICROSECOND = "microsecond"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Counting(IntEnum):
    """From which day on a weekday is looked for; the order is the one the arithmetic needs."""

    AFTER_TODAY = 0
    FROM_TODAY = 1
    FROM_MONDAY = 2


class Edge(StrEnum):
    """`first day of` and `last day of` a month."""

    FIRST = "first"
    LAST = "last"


class Special(StrEnum):
    BUSINESS_DAYS = "business days"
    NTH_WEEKDAY_OF_MONTH = "nth weekday of month"
    LAST_WEEKDAY_OF_MONTH = "last weekday of month"


def no_shift() -> dict[Unit, int]:
    return dict.fromkeys(Unit, 0)


@dataclass(slots=True, kw_only=True)
class Reading:
    """The state of one scan. None means unsaid: the hole is filled from the present later."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    microsecond: int | None = None

    has_date: bool = False
    times: int = 0  # a second "1530" is a year, so one bit is not enough
    zones: int = 0
    zone: int | ZoneInfo | None = None  # a fixed zone is seconds east of UTC
    summer: bool = True  # what to prefer when the clock of a named zone shows an hour twice

    shift: dict[Unit, int] = field(default_factory=no_shift)
    weekday: int | None = None  # Sunday is 0; negative looks back
    counting: Counting = Counting.AFTER_TODAY
    special: Special | None = None
    business_days: int = 0
    edge: Edge | None = None

    def begin_time(self) -> None:
        if self.times:
            raise Unreadable("double time specification")
        self.clear_time()
        self.times = 1

    def clear_time(self) -> None:
        self.times = self.hour = self.minute = self.second = self.microsecond = 0

    def begin_date(self) -> None:
        if self.has_date:
            raise Unreadable("double date specification")
        self.has_date = True

    def clear_date(self) -> None:
        self.has_date = False
        self.year = self.month = self.day = 0

    def begins_zone(self) -> bool:
        """Whether a zone may be set: a second one is overheard, a third one is an error."""
        self.zones += 1
        if self.zones > 2:
            raise Unreadable("double timezone specification")
        return self.zones == 1

    def turn_back(self) -> None:
        """`ago`. Microseconds stay as they are: timelib forgets them."""
        microseconds = self.shift[Unit.MICROSECOND]
        self.shift = {unit: -amount for unit, amount in self.shift.items()}
        self.shift[Unit.MICROSECOND] = microseconds
        self.business_days = -self.business_days
        if self.weekday is not None:
            self.weekday = -self.weekday or -7
