"""Identifiers and moments."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.ids import Ids
from emulator.providers.ip1 import wire
from emulator.tests.samples import NINE

IDS = Ids(1)


@given(st.integers(1, 2**40), st.datetimes(timezones=st.just(UTC)))
def test_an_identifier_leads_back_to_its_number(number: int, at: datetime) -> None:
    text = wire.identifier(number, at, wire.MESSAGE, IDS)

    assert wire.is_identifier(text)
    assert wire.number(text, wire.MESSAGE, IDS) == number


def test_an_identifier_begins_with_its_second() -> None:
    text = wire.identifier(7, NINE, wire.ORDER, IDS)

    assert int(text[:8], 16) == NINE.timestamp()


def test_identifiers_of_two_kinds_differ() -> None:
    kinds = (wire.ORDER, wire.MESSAGE, wire.INBOUND, wire.GROUP, wire.KEPT)

    assert len({wire.identifier(1, NINE, kind, IDS) for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("text", ["", "0" * 23, "0" * 25, "A" * 24, "g" * 24, "٠" * 24, "0" * 24 + "\n"])
def test_other_texts_are_no_identifiers(text: str) -> None:
    assert not wire.is_identifier(text)


def test_moments_are_written_in_utc() -> None:
    at = datetime(2018, 10, 23, 19, 43, 19, 987_654, timezone(timedelta(hours=2)))

    assert wire.moment(at) == "2018-10-23T17:43:19Z"
    assert wire.fine_moment(at) == "2018-10-23T17:43:19.987Z"
    assert wire.fine_moment(at, zone="") == "2018-10-23T17:43:19.987"
    assert wire.moment(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "2018-10-23T17:43:19Z",
        "2018-10-23T17:43:19",
        "2018-10-23T19:43:19+02:00",
        "2018-10-23t17:43:19.0000000z",
    ],
)
def test_moments_are_read_with_a_zone_or_without(text: str) -> None:
    assert wire.read_moment(text) == datetime(2018, 10, 23, 17, 43, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        None, 5, "", "now", "2018-10-23", "2018-10-23 17:43:19", "2018-13-01T00:00:00Z", "20181023T174319Z",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2018-10-23T24:00:01Z",
        "2018-W43-2T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_moment_of_the_calendar_is_none(text: object) -> None:
    assert wire.read_moment(text) is None
