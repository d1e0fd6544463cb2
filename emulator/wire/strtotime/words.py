"""The words of the language and what they stand for."""

from emulator.wire.strtotime.reading import Unit

UNITS = {
    "ms": (Unit.MICROSECOND, 1000),
    "msec": (Unit.MICROSECOND, 1000),
    "msecs": (Unit.MICROSECOND, 1000),
    "millisecond": (Unit.MICROSECOND, 1000),
    "milliseconds": (Unit.MICROSECOND, 1000),
    "µs": (Unit.MICROSECOND, 1),
    "usec": (Unit.MICROSECOND, 1),
    "usecs": (Unit.MICROSECOND, 1),
    "µsec": (Unit.MICROSECOND, 1),
    "µsecs": (Unit.MICROSECOND, 1),
    "microsecond": (Unit.MICROSECOND, 1),
    "microseconds": (Unit.MICROSECOND, 1),
    "sec": (Unit.SECOND, 1),
    "secs": (Unit.SECOND, 1),
    "second": (Unit.SECOND, 1),
    "seconds": (Unit.SECOND, 1),
    "min": (Unit.MINUTE, 1),
    "mins": (Unit.MINUTE, 1),
    "minute": (Unit.MINUTE, 1),
    "minutes": (Unit.MINUTE, 1),
    "hour": (Unit.HOUR, 1),
    "hours": (Unit.HOUR, 1),
    "day": (Unit.DAY, 1),
    "days": (Unit.DAY, 1),
    "week": (Unit.DAY, 7),
    "weeks": (Unit.DAY, 7),
    "fortnight": (Unit.DAY, 14),
    "fortnights": (Unit.DAY, 14),
    "forthnight": (Unit.DAY, 14),
    "forthnights": (Unit.DAY, 14),
    "month": (Unit.MONTH, 1),
    "months": (Unit.MONTH, 1),
    "year": (Unit.YEAR, 1),
    "years": (Unit.YEAR, 1),
}

DAY_NAMES = {
    "sunday": 0,
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "saturday": 6,
}
DAYS_IN_PLURAL = {f"{name}s": number for name, number in DAY_NAMES.items()}
DAY_ABBREVIATIONS = {name[:3]: number for name, number in DAY_NAMES.items()}
WEEKDAYS = DAY_NAMES | DAYS_IN_PLURAL | DAY_ABBREVIATIONS

BUSINESS_DAY = ("weekday", "weekdays")

ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eight": 8,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
NEIGHBOURS = {"next": 1, "last": -1, "previous": -1, "this": 0}
POSITIONS = ORDINALS | NEIGHBOURS

MONTH_NAMES = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
MONTH_ABBREVIATIONS = {name[:3]: number for name, number in MONTH_NAMES.items()} | {"sept": 9}
MONTH_NUMERALS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
MONTHS = {
    word.lower(): number for word, number in (MONTH_NAMES | MONTH_ABBREVIATIONS | MONTH_NUMERALS).items()
}
