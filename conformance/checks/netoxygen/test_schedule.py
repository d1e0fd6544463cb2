"""send_message: the sixth parameter."""

from datetime import timedelta

import pytest

from conformance.checks.netoxygen.calls import SOON, codes, identifier, inbox, zurich
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

PENDING = 9


def scheduled(netoxygen: NetOxygenDriver, number: str, date: str, sender: str = "") -> str:
    """The identifier of a message with a date."""
    return identifier(netoxygen.send_message(number, "later", sender, date))


def error(netoxygen: NetOxygenDriver, id: str) -> int:
    return codes(netoxygen, id)[0]


@requirement("netoxygen/send/date")
def test_a_message_waits_for_its_date(netoxygen: NetOxygenDriver, clock: Clock, numbers: Numbers) -> None:
    """Pending before, on its way after."""
    id = scheduled(netoxygen, numbers()[0], zurich(clock.now() + timedelta(seconds=SOON)))

    verify(error(netoxygen, id)).equals(PENDING)
    clock.advance(SOON + 1)
    verify(error(netoxygen, id)).equals(1)


@requirement("netoxygen/send/date")
def test_a_message_does_not_leave_a_second_early(
    netoxygen: NetOxygenDriver, control: Control, clock: Clock, numbers: Numbers
) -> None:
    """Where the clock can stand still."""
    id = scheduled(netoxygen, numbers()[0], zurich(clock.now() + timedelta(hours=1)))

    control.advance(3599)
    verify(error(netoxygen, id)).equals(PENDING)
    control.advance(1)
    verify(error(netoxygen, id)).equals(1)


@requirement("netoxygen/send/date-zone")
@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2026-12-06 20:05:00", "2026-12-06T19:05:00Z"),
        ("2026-07-01 00:30:00", "2026-06-30T22:30:00Z"),
        ("2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
    ],
    ids=["winter", "summer", "begins", "ends"],
)
def test_dates_are_those_of_zurich(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, date: str, moment: str
) -> None:
    """In winter, in summer, and where one becomes the other."""
    answer = netoxygen.send_message(numbers()[0], "later", "", date)

    verify(inbox(control, answer)["scheduled_at"]).equals(moment)


@requirement("netoxygen/send/date-empty")
def test_an_empty_date_is_now(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """After a sender."""
    id = scheduled(netoxygen, numbers()[0], "", "Myself")

    verify(error(netoxygen, id)).equals(1)


@requirement("netoxygen/send/date-invalid")
@pytest.mark.parametrize(
    "date",
    [
        "tomorrow",
        "2036-02-30 20:05:00",
        "2036-13-06 20:05:00",
        "2036-12-06 25:05:00",
        "2036-12-06 20:65:00",
        "text",
        "0",
        " ",
        "9999999999",
    ],
)
def test_an_invalid_date_is_now(netoxygen: NetOxygenDriver, numbers: Numbers, date: str) -> None:
    """Words, and days and hours that do not exist."""
    verify(error(netoxygen, scheduled(netoxygen, numbers()[0], date))).equals(1)


@requirement("netoxygen/send/date-past")
@pytest.mark.parametrize("date", ["2006-12-06 20:05:00", "1970-01-01 00:00:00", "0001-01-01 00:00:00"])
def test_a_date_gone_by_is_now(netoxygen: NetOxygenDriver, numbers: Numbers, date: str) -> None:
    """The date of the document's example, and the first ones there are."""
    verify(error(netoxygen, scheduled(netoxygen, numbers()[0], date))).equals(1)


@requirement("netoxygen/send/date-past")
def test_a_second_ago_is_in_the_past(netoxygen: NetOxygenDriver, clock: Clock, numbers: Numbers) -> None:
    """As close as a date can come."""
    date = zurich(clock.now() - timedelta(seconds=1))

    verify(error(netoxygen, scheduled(netoxygen, numbers()[0], date))).equals(1)


@requirement("netoxygen/send/date-default-sender", "netoxygen/send/sender-default")
def test_a_date_needs_no_sender(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """An empty string where the sender stands."""
    control.patch_account("netoxygen", netoxygen.username, attributes={"sender": "Acme"})
    found = inbox(control, netoxygen.send_message(numbers()[0], "later", "", "2026-12-06 20:05:00"))

    verify((found["from"], found["status"])).equals(("Acme", "scheduled"))


@requirement("netoxygen/send/date-alone")
def test_a_date_without_a_time_is_midnight(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """The midnight with which the day begins."""
    answer = netoxygen.send_message(numbers()[0], "later", "", "2026-12-06")

    verify(inbox(control, answer)["scheduled_at"]).equals("2026-12-05T23:00:00Z")


@requirement("netoxygen/send/date-other-forms")
@pytest.mark.parametrize(
    "date",
    [
        "06.12.2036 20:05:00",
        "12/06/2036 20:05",
        "2036-12-06T20:05:00",
        "2036-12-06T20:05:00Z",
        "2036-12-06 20:05",
        "20361206T20:05:00",
        "2036-12-6 20:05:00",
        "+1 hour",
    ],
)
def test_other_ways_to_write_a_date_are_invalid(
    netoxygen: NetOxygenDriver, numbers: Numbers, date: str
) -> None:
    """Each would be in the future."""
    verify(error(netoxygen, scheduled(netoxygen, numbers()[0], date))).equals(1)
