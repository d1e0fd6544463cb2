"""strtotime, compared with what PHP 8.2 answered."""

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.wire.strtotime import EARLIEST, LATEST, LONGEST, strtotime
from emulator.wire.strtotime.formats import NUMBERS, OTHERS, SIGNS, WORDS
from emulator.wire.strtotime.scanner import tokens

VECTORS = Path(__file__).parents[3] / "fixtures/vectors"
ATHENS = ZoneInfo("Europe/Athens")
NOW = datetime(2017, 5, 11, 11, 40, tzinfo=UTC)

QUICKLY = timedelta(seconds=1)
PIECES = (
    "now",
    "+1 day",
    "2017",
    "10:00",
    "may",
    "11",
    "first",
    "sat",
    "of",
    "ago",
    "EST",
    "week",
    "@1",
    "t",
    "st",
)
GLUE = (" ", "", ",", ".", "-", "/", ":", "\t", "\n", "\0", "+", "(", ")", "\u00a0", "é", "\ud800")


def recorded(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(result: str) -> datetime | None:
    """The last column of the vectors: `false`, or a moment of any year."""
    if result == "false":
        return None
    year = int(re.match("-?[0-9]+", result)[0])  # type: ignore[index]
    if 1 <= year <= 9999:
        return datetime.fromisoformat(result)
    return EARLIEST if year < 1 else LATEST


@pytest.mark.parametrize("name", ["strtotime-oracle.csv", "strtotime-further.csv"])
def test_every_recorded_answer_of_php_is_ours(name: str) -> None:
    rows = recorded(name)

    differences = [
        (row, ours)
        for row in rows
        for now, zone in [(datetime.fromisoformat(row["now_iso"]), ZoneInfo(row["timezone"]))]
        if (ours := strtotime(row["expression"], now, zone)) != answer(row["result_iso"])
    ]

    assert len(rows) > 1000
    assert differences == []


def test_every_format_occurs_in_the_recorded_answers() -> None:
    readable = [
        row["expression"] for row in recorded("strtotime-further.csv") if row["result_iso"] != "false"
    ]

    used = {row.name for text in readable for row, _ in tokens(text)}

    assert used == {row.name for row in (*WORDS, *NUMBERS, *SIGNS, *OTHERS)}


def test_an_answer_is_in_utc_and_whole_seconds() -> None:
    moment = strtotime("+1 day", NOW.replace(microsecond=999_999), ATHENS)

    assert moment == datetime(2017, 5, 12, 11, 40, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_the_zone_of_now_makes_no_difference() -> None:
    assert strtotime("tomorrow", NOW.astimezone(ZoneInfo("Asia/Tokyo")), ATHENS) == datetime(
        2017, 5, 11, 21, tzinfo=UTC
    )


def test_an_hour_that_clocks_leave_out_is_moved_on() -> None:
    assert strtotime("2017-03-26 03:30", NOW, ATHENS) == datetime(2017, 3, 26, 1, 30, tzinfo=UTC)


def test_an_hour_shown_twice_is_the_second_unless_the_zone_is_named() -> None:
    assert strtotime("2017-10-29 03:30", NOW, ATHENS) == datetime(2017, 10, 29, 1, 30, tzinfo=UTC)
    assert strtotime("2017-10-29 03:30 Europe/Athens", NOW, ATHENS) == datetime(
        2017, 10, 29, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("0000-00-00", EARLIEST),
        ("-3000 years", EARLIEST),
        ("+8000 years", LATEST),
        ("@9223372036854775807", LATEST),
    ],
)
def test_what_lies_outside_the_years_of_python_is_at_their_limit(text: str, limit: datetime) -> None:
    assert strtotime(text, NOW, ATHENS) == limit


def test_blanks_around_a_text_do_not_count_as_length() -> None:
    assert strtotime(" " * LONGEST + "now" + "\n" * LONGEST, NOW, ATHENS) == NOW
    assert strtotime("now," * LONGEST, NOW, ATHENS) is None


@pytest.mark.parametrize("text", ["\0", "\0now", "now\0", "\0\0 now", "now\r\n", " \t\v now"])
def test_nul_characters_and_blanks_around_say_nothing(text: str) -> None:
    assert strtotime(text, NOW, ATHENS) == NOW


@pytest.mark.parametrize(
    "text", ["", "\v", "\ud800", "now\ud800", "αύριο", "１０:００", "+1 ΜS", "ſat", "5\0days"]
)
def test_other_characters_make_a_text_unreadable(text: str) -> None:
    assert strtotime(text, NOW, ATHENS) is None


@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES + GLUE)).map("".join)))
@settings(deadline=QUICKLY)
def test_any_text_is_answered_with_a_moment_or_not_at_all(text: str) -> None:
    moment = strtotime(text, NOW, ATHENS)

    assert moment is None or (moment.tzinfo is UTC and moment.microsecond == 0)


@given(
    start=st.sampled_from(PIECES),
    repeated=st.text(alphabet=" .,-+/:tsndrhmMaA1W@(\0\t", min_size=1, max_size=4),
)
@settings(deadline=QUICKLY, max_examples=50)
def test_a_long_text_is_answered_as_quickly(start: str, repeated: str) -> None:
    text = (start + repeated * LONGEST)[:LONGEST]

    moment = strtotime(text, NOW, ATHENS)

    assert moment is None or EARLIEST <= moment <= LATEST
