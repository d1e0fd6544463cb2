"""From what an expression said to the moment it means, in the order of timelib's `tm2unixtime.c`."""

from datetime import UTC, datetime, tzinfo

from emulator.wire.strtotime.days import day_number, weekday_of, year_month_day
from emulator.wire.strtotime.reading import Counting, Edge, Reading, Special, Unit
from emulator.wire.strtotime.token import INT64
from emulator.wire.strtotime.zones import EPOCH, SECOND, instant_of, preferred_instant_of

SUNDAY = 0
SATURDAY = 6

SECONDS_A_DAY = 86_400
MILLION = 1_000_000
DAY = SECONDS_A_DAY * MILLION

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(microsecond=0, tzinfo=UTC)


def moment(reading: Reading, now: datetime, zone: tzinfo) -> datetime:
    """In UTC; `EARLIEST` and `LATEST` stand for what is still further away."""
    local = local_seconds(reading, now.astimezone(zone))
    if isinstance(reading.zone, int):
        instant = local - reading.zone
    elif reading.zone is None:
        instant = instant_of(local, zone)
    elif reading.zones:
        instant = preferred_instant_of(local, reading.zone, summer=reading.summer)
    else:  # named inside the token of a time, which does not count as said
        instant = instant_of(local, reading.zone)
    try:
        return EPOCH + instant * SECOND
    except OverflowError:
        return EARLIEST if instant < 0 else LATEST


def local_seconds(reading: Reading, now: datetime) -> int:
    """What clocks show, in seconds since their 1970. All shifts are on the clock: `+24 hours` is `+1 day`."""
    shift = reading.shift
    number = day_number(said(reading.year, now.year), *month_and_day(reading, now))
    days, time = divmod(time_of_day(reading, now), DAY)
    year, month, day = year_month_day(on_weekday(number + days, reading))

    month, day = at_edge(reading.edge, month + shift[Unit.MONTH], day + shift[Unit.DAY])
    days, time = divmod(time + time_shift(shift), DAY)
    number = day_number(year + shift[Unit.YEAR], month, day) + days
    return wrapped(on_business_day(number, reading) * SECONDS_A_DAY + time // MILLION)


def wrapped(number: int) -> int:
    """As in the 64 bits of C, so that the remotest future is the remotest past."""
    return (number + INT64) % (2 * INT64) - INT64


def said(value: int | None, now: int) -> int:
    return now if value is None else value


def month_and_day(reading: Reading, now: datetime) -> tuple[int, int]:
    """A weekday of a month is looked for from a first of month, so months are shifted before."""
    month, day = said(reading.month, now.month), said(reading.day, now.day)
    if reading.special in (Special.NTH_WEEKDAY_OF_MONTH, Special.LAST_WEEKDAY_OF_MONTH):
        day = 1
        month += reading.shift[Unit.MONTH] + (reading.special is Special.LAST_WEEKDAY_OF_MONTH)
        reading.shift[Unit.MONTH] = 0
    return at_edge(reading.edge, month, day)


def at_edge(edge: Edge | None, month: int, day: int) -> tuple[int, int]:
    match edge:
        case Edge.FIRST:
            return month, 1
        case Edge.LAST:
            return month + 1, 0
        case None:
            return month, day


def time_of_day(reading: Reading, now: datetime) -> int:
    """In microseconds. A date without a time means its first moment; the present has whole seconds."""
    if reading.has_date and not reading.times:
        return 0
    hour, minute = said(reading.hour, now.hour), said(reading.minute, now.minute)
    second = said(reading.second, now.second)
    return (hour * 3600 + minute * 60 + second) * MILLION + said(reading.microsecond, 0)


def time_shift(shift: dict[Unit, int]) -> int:
    seconds = shift[Unit.HOUR] * 3600 + shift[Unit.MINUTE] * 60 + shift[Unit.SECOND]
    return seconds * MILLION + shift[Unit.MICROSECOND]


def on_weekday(number: int, reading: Reading) -> int:
    """The day `number` moved to the weekday asked for; whole weeks are added later, as days."""
    wanted, today = reading.weekday, weekday_of(number)
    if wanted is None:
        return number
    if reading.counting is Counting.FROM_MONDAY:
        return number - today + in_week_from_monday(wanted, today)
    if wanted < 0:
        return number - (7 + wanted + today)
    ahead = wanted - today
    too_early = 0 if reading.shift[Unit.DAY] < 0 else 1 - reading.counting
    if ahead < too_early:
        ahead += 7
    return number + ahead


def in_week_from_monday(wanted: int, today: int) -> int:
    """Days from the last Sunday, today included, where weeks begin on Monday."""
    if today == SUNDAY and wanted != SUNDAY:
        return wanted - 7
    return 7 if wanted == SUNDAY and today != SUNDAY else wanted


def on_business_day(number: int, reading: Reading) -> int:
    """The day `number` moved by weekdays, of which five are a week; backwards is the mirror image."""
    if reading.special is not Special.BUSINESS_DAYS:
        return number
    direction = 1 if reading.business_days > 0 else -1
    today = weekday_of(number) if direction > 0 else SATURDAY - weekday_of(number)
    weeks, days = divmod(abs(reading.business_days), 5)
    return number + direction * (7 * weeks + days + detour(today, days))


def detour(today: int, days: int) -> int:
    """Further days that `days` less than five business days take, forwards; with none, back to Friday."""
    if not days:
        return {SUNDAY: -2, SATURDAY: -1}.get(today, 0)
    if today == SATURDAY:
        return 1
    return 2 if today + days > 5 else 0
