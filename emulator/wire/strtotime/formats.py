"""Every format of a token: how far it reaches, and who reads it.

The names and their order are timelib's (`parse_date.re`). Of two formats that reach equally far, the earlier
one is taken: `may` is a month before it is a zone, `1530` a time before it is a year. For speed they are kept
by what they begin with, and some stand in more than one table.
"""

from collections.abc import Callable
from typing import NamedTuple

from emulator.wire.strtotime import dates, relatives, stamps, times, zones
from emulator.wire.strtotime import patterns as p
from emulator.wire.strtotime.reading import Reading
from emulator.wire.strtotime.token import Token


class Format(NamedTuple):
    name: str
    pattern: str
    read: Callable[[Token, Reading], None]


def separator(token: Token, reading: Reading) -> None:
    """Says nothing."""


CORRECTION = Format("tzcorrection", p.CORRECTION, zones.zone)
ZONE = Format("tz", p.ZONE, zones.zone)
AMOUNT = Format("relative", rf"{p.AMOUNT}{p.SPACE}?{p.UNIT_OR_WEEK}", relatives.amount)
SIGNED = Format("iso8601date4", rf"[+-]?{p.ISO_DATE}", dates.year_first)

CLOCKS = (
    Format("timeshort24", p.SHORT24, times.clock24),
    Format("timelong24", p.LONG24, times.clock24),
    Format("iso8601long", rf"{p.LONG24}{p.FRACTION}", times.clock24),
    Format("gnunocolon", rf"[Tt]?{p.HOUR24LZ}{p.MINUTELZ}", times.four_digits),
    Format("iso8601nocolon", rf"[Tt]?{p.HOUR24LZ}{p.MINUTELZ}{p.SECONDLZ}", times.six_digits),
)

WORDS = (
    Format("yesterday", p.spelled("yesterday"), relatives.yesterday),
    Format("now", p.spelled("now"), relatives.now),
    Format("noon", p.spelled("noon"), times.noon),
    Format("midnight | today", p.spelled("midnight", "today"), times.midnight),
    Format("tomorrow", p.spelled("tomorrow"), relatives.tomorrow),
    Format("firstdayof", p.spelled("first day of"), relatives.first_day_of),
    Format("lastdayof", p.spelled("last day of"), relatives.last_day_of),
    Format("backof", rf"{p.spelled('back of ')}{p.HOUR24}(?:{p.SPACE}?{p.MERIDIAN})?", times.around),
    Format("frontof", rf"{p.spelled('front of ')}{p.HOUR24}(?:{p.SPACE}?{p.MERIDIAN})?", times.around),
    Format("weekdayof", rf"{p.POSITION}{p.SPACE}{p.WEEKDAY}{p.SPACE}(?i:of)", relatives.weekday_of),
    Format("timetiny24", rf"[Tt]{p.HOUR24}", times.clock24),
    *CLOCKS,
    Format("datenoday", rf"{p.MONTH_TEXT}{p.GAP}{p.YEAR4}", dates.month_and_year),
    Format("datetextual", rf"{p.MONTH_TEXT}{p.GAP}{p.DAY}{p.DAY_END}{p.YEAR}", dates.month_first),
    Format("datenoyear", p.NO_YEAR, dates.month_first),
    Format("pgtextshort", rf"{p.MONTH_ABBREVIATION}-{p.DAYLZ}-{p.YEAR}", dates.month_first),
    Format("ago", p.spelled("ago"), relatives.ago),
    Format("daytext", p.DAY_TEXT, relatives.weekday),
    Format("relativetextweek", rf"{p.NEIGHBOUR}{p.SPACE}(?i:week)", relatives.neighbouring_week),
    Format("relativetext", rf"{p.POSITION}{p.SPACE}{p.UNIT}", relatives.position),
    Format("monthfull | monthabbr", p.MONTH_WORD, dates.month_alone),
    CORRECTION,
    ZONE,
    Format("dateshortwithtimeshort12", rf"{p.NO_YEAR}{p.SHORT12}", stamps.month_day_and_clock12),
    Format("dateshortwithtimelong12", rf"{p.NO_YEAR}{p.LONG12}", stamps.month_day_and_clock12),
    Format("dateshortwithtimeshort", rf"{p.NO_YEAR}{p.SHORT24}", stamps.month_day_and_clock24),
    Format("dateshortwithtimelong", rf"{p.NO_YEAR}{p.LONG24}", stamps.month_day_and_clock24),
    Format("dateshortwithtimelongtz", rf"{p.NO_YEAR}{p.LONG24_ZONED}", stamps.month_day_and_clock24),
)

NUMBERS = (
    Format("timetiny12", p.TINY12, times.clock12),
    Format("timeshort12", p.SHORT12, times.clock12),
    Format("timelong12", p.LONG12, times.clock12),
    Format("mssqltime", rf"{p.HOUR12}:{p.MINUTELZ}:{p.SECONDLZ}[:.][0-9]+{p.MERIDIAN}", times.clock12),
    *CLOCKS,
    Format("americanshort", rf"{p.MONTH}/{p.DAY}", dates.american),
    Format("american", rf"{p.MONTH}/{p.DAY}/{p.YEAR}", dates.american),
    SIGNED,
    Format("iso8601dateslash", rf"{p.YEAR4}/{p.MONTHLZ}/{p.DAYLZ}/?", dates.year_first),
    Format("dateslash", rf"{p.YEAR4}/{p.MONTH}/{p.DAY}", dates.year_first),
    Format("iso8601date2", rf"{p.YEAR2}-{p.MONTHLZ}-{p.DAYLZ}", dates.short_year_first),
    Format("gnudateshorter", rf"{p.YEAR4}-{p.MONTH}", dates.year_and_month),
    Format("gnudateshort", rf"{p.YEAR}-{p.MONTH}-{p.DAY}", dates.short_year_first),
    Format("datefull", rf"{p.DAY}{p.GAP}{p.MONTH_TEXT}{p.GAP}{p.YEAR}", dates.day_first),
    Format("pointeddate4", rf"{p.DAY}[.\t-]{p.MONTH}[.-]{p.YEAR4}", dates.pointed),
    Format("pointeddate2", rf"{p.DAY}[.\t]{p.MONTH}\.{p.YEAR2}", dates.pointed_short),
    Format("datenodayrev", rf"{p.YEAR4}{p.GAP}{p.MONTH_TEXT}", dates.year_and_month_name),
    Format("datenoyearrev", rf"{p.DAY}{p.GAP}{p.MONTH_TEXT}", dates.day_and_month),
    Format("datenocolon", rf"{p.YEAR4}{p.MONTHLZ}{p.DAYLZ}", dates.eight_digits),
    Format("xmlrpc", rf"{p.YEAR4}{p.MONTHLZ}{p.DAYLZ}T{p.HOUR24}:{p.MINUTELZ}:{p.SECONDLZ}", stamps.stamp),
    Format(
        "xmlrpcnocolon", rf"{p.YEAR4}{p.MONTHLZ}{p.DAYLZ}[Tt]{p.HOUR24}{p.MINUTELZ}{p.SECONDLZ}", stamps.stamp
    ),
    Format("soap", rf"{p.ISO_DATE}T{p.ISO_TIME}{p.FRACTION}(?:{p.CORRECTION})?", stamps.stamp),
    Format("wddx", rf"{p.YEAR4}-{p.MONTH}-{p.DAY}T{p.HOUR24}:{p.MINUTE}:{p.SECOND}", stamps.stamp),
    Format("exif", rf"{p.YEAR4}:{p.MONTHLZ}:{p.DAYLZ} {p.ISO_TIME}", stamps.stamp),
    Format("pgydotd", rf"{p.YEAR4}[.-]?{p.DAY_OF_YEAR}", dates.day_of_year),
    Format("isoweekday", rf"{p.YEAR4}-?W{p.WEEK_OF_YEAR}-?[0-7]", dates.day_of_week),
    Format("isoweek", rf"{p.YEAR4}-?W{p.WEEK_OF_YEAR}", dates.day_of_week),
    Format("pgtextreverse", rf"{p.YEAR}-{p.MONTH_ABBREVIATION}-{p.DAYLZ}", dates.year_month_name_day),
    Format(
        "clf",
        rf"{p.DAY}/{p.MONTH_ABBREVIATION}/{p.YEAR4}:{p.ISO_TIME}{p.SPACE}{p.CORRECTION}",
        stamps.log_stamp,
    ),
    Format("year4", p.YEAR4, dates.year_alone),
    AMOUNT,
)

SIGNS = (
    SIGNED,
    Format("iso8601datex", rf"[+-][0-9]{{5,19}}-{p.MONTHLZ}-{p.DAYLZ}", dates.long_year_first),
    CORRECTION,
    AMOUNT,
)

OTHERS = (
    Format("timestamp", r"@-?[0-9]+", stamps.timestamp),
    Format("timestampms", r"@-?[0-9]+\.[0-9]{0,6}", stamps.timestamp_with_fraction),
    ZONE,
    AMOUNT,
    Format("separators", r"[.,\0\n]+", separator),
    Format("space", p.SPACE, separator),
)
