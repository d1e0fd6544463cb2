"""Readers of what is counted from the present, or from a date said elsewhere."""

from emulator.wire.strtotime.reading import Counting, Edge, Reading, Special, Unit
from emulator.wire.strtotime.token import Token
from emulator.wire.strtotime.words import POSITIONS, UNITS, WEEKDAYS

MONDAY = 1


def now(token: Token, reading: Reading) -> None:
    """Says nothing."""


def yesterday(token: Token, reading: Reading) -> None:
    reading.clear_time()
    reading.shift[Unit.DAY] = -1


def tomorrow(token: Token, reading: Reading) -> None:
    reading.clear_time()
    reading.shift[Unit.DAY] = 1


def first_day_of(token: Token, reading: Reading) -> None:
    reading.edge = Edge.FIRST


def last_day_of(token: Token, reading: Reading) -> None:
    reading.edge = Edge.LAST


def weekday_of(token: Token, reading: Reading) -> None:
    """`second friday of`, `last friday of`; `this` counts as `last`, without the step back."""
    position = token.position()
    if POSITIONS[position] > 0:
        reading.special = Special.NTH_WEEKDAY_OF_MONTH
        shift(token, reading, POSITIONS[position], Counting.FROM_TODAY)
    else:
        reading.special = Special.LAST_WEEKDAY_OF_MONTH
        shift(token, reading, POSITIONS[position], counting(position))


def ago(token: Token, reading: Reading) -> None:
    reading.turn_back()


def weekday(token: Token, reading: Reading) -> None:
    """`friday`; a bare `weekday` is a Monday, as in timelib."""
    reading.clear_time()
    reading.weekday = WEEKDAYS.get(token.unit(), MONDAY)
    reading.counting = max(reading.counting, Counting.FROM_TODAY)


def neighbouring_week(token: Token, reading: Reading) -> None:
    """`next week`: that week's Monday, or the weekday that was or will be said."""
    reading.shift[Unit.DAY] += 7 * POSITIONS[token.position()]
    reading.counting = Counting.FROM_MONDAY
    if reading.weekday is None:
        reading.weekday = MONDAY


def position(token: Token, reading: Reading) -> None:
    """`next month`, `third friday`, `last weekday`"""
    said = token.position()
    shift(token, reading, POSITIONS[said], counting(said))


def amount(token: Token, reading: Reading) -> None:
    """`+2 weeks`, `-3 weekdays`, `5 sundays`; the time of day stays."""
    shift(token, reading, token.signed(24), Counting.FROM_TODAY, keep_time=True)


def counting(position: str) -> Counting:
    return Counting.FROM_TODAY if position == "this" else Counting.AFTER_TODAY


def shift(token: Token, reading: Reading, steps: int, counting: Counting, *, keep_time: bool = False) -> None:
    """`steps` of the unit that comes next in `token`."""
    unit = token.unit()
    if unit in UNITS:
        kind, factor = UNITS[unit]
        reading.shift[kind] += steps * factor
        return
    if not keep_time:
        reading.clear_time()
    if unit in WEEKDAYS:
        reading.shift[Unit.DAY] += 7 * (steps - 1 if steps > 0 else steps)
        reading.weekday, reading.counting = WEEKDAYS[unit], counting
    else:
        reading.special, reading.business_days = Special.BUSINESS_DAYS, steps
