"""send.php: sending later."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from conformance.checks.isms.calls import SOON, balance, cost, identifier, inbox, said, state
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

BEFORE = datetime(2017, 3, 15, 11, 45, 30, tzinfo=UTC)  # a Wednesday, 13:45:30 in Athens, before all examples


def scheduled(isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str) -> datetime | None:
    """The moment an emulator has understood, asked in March 2017."""
    control.set_clock(now=BEFORE)
    moment = inbox(control, isms.send(to=numbers(), schedule=schedule))["scheduled_at"]
    return datetime.fromisoformat(moment) if moment else None


def in_athens(text: str, hours: int) -> datetime:
    """A local moment, so many hours ahead of UTC."""
    return datetime.fromisoformat(f"{text}+0{hours}:00")


@requirement("isms/schedule/parameter")
def test_a_scheduled_message_leaves_at_its_moment(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """Two minutes ahead: still there after one and three quarters, gone after three."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule="+2 minutes"))

    clock.advance(105)
    verify(state(isms, mid, mobile)).equals("Queued")
    clock.advance(75)
    verify(state(isms, mid, mobile)).is_one_of("Pending", "Delivered")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{0:%Y-%m-%d}", marks=requirement("isms/schedule/date")),
        pytest.param("{0:%Y-%m-%d %H:%M}", marks=requirement("isms/schedule/date-and-minute")),
        pytest.param("{0:%Y-%m-%d %H:%M:%S}", marks=requirement("isms/schedule/date-and-second")),
        pytest.param("{0.day} {0:%B %Y %H:%M:%S}", marks=requirement("isms/schedule/english-date")),
        pytest.param("+1 day", marks=requirement("isms/schedule/plus-a-day")),
        pytest.param("+1 week", marks=requirement("isms/schedule/plus-a-week")),
        pytest.param("+1 week 2 days 4 hours 2 seconds", marks=requirement("isms/schedule/plus-several")),
        pytest.param("next Thursday", marks=requirement("isms/schedule/next-weekday")),
        pytest.param("last Monday", marks=requirement("isms/schedule/last-weekday")),
    ],
)
def test_a_form_of_the_page_is_understood(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, form: str
) -> None:
    """The day after tomorrow in the words of the example."""
    day = clock.now() + timedelta(days=2)
    reply = isms.send(to=numbers(), schedule=form.format(day))

    verify(said(reply)).matches(r"ID:\w+")


@requirement("isms/schedule/moments")
@pytest.mark.parametrize(
    ("schedule", "moment", "hours"),
    [
        ("2017-07-17", "2017-07-17 00:00:00", 3),
        ("2017-05-11 14:40", "2017-05-11 14:40:00", 3),
        ("2017-04-22 17:47:55", "2017-04-22 17:47:55", 3),
        ("11 June 2017 11:00:00", "2017-06-11 11:00:00", 3),
        ("+1 day", "2017-03-16 13:45:30", 2),
        ("+1 week", "2017-03-22 13:45:30", 2),
        ("+1 week 2 days 4 hours 2 seconds", "2017-03-24 17:45:32", 2),
        ("next Thursday", "2017-03-16 00:00:00", 2),
    ],
)
def test_an_example_of_the_page_means_its_moment(
    isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str, moment: str, hours: int
) -> None:
    """The page's own dates, asked before the first of them."""
    verify(scheduled(isms, control, numbers, schedule)).equals(in_athens(moment, hours))


@requirement("isms/schedule/strtotime")
@pytest.mark.parametrize(
    ("schedule", "moment", "hours"),
    [
        ("tomorrow noon", "2017-03-16 12:00:00", 2),
        ("next Wednesday", "2017-03-22 00:00:00", 2),
        ("Thursday next week", "2017-03-23 00:00:00", 2),
        ("first monday of next month", "2017-04-03 00:00:00", 3),
        ("next month", "2017-04-15 13:45:30", 3),
        ("next Thursday 10:00", "2017-03-16 10:00:00", 2),
        ("+1 weekday", "2017-03-16 13:45:30", 2),
        ("+1 fortnight", "2017-03-29 13:45:30", 3),
        ("07/17/2017", "2017-07-17 00:00:00", 3),
        ("17.07.2017", "2017-07-17 00:00:00", 3),
        ("20170717T101500", "2017-07-17 10:15:00", 3),
        ("2017-07-17T10:00:00Z", "2017-07-17 13:00:00", 3),
        ("2017-07", "2017-07-01 00:00:00", 3),
        ("@1500000000", "2017-07-14 05:40:00", 3),
        ("2017", "2017-03-15 20:17:00", 2),
    ],
)
def test_other_expressions_of_php_mean_their_moment(
    isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str, moment: str, hours: int
) -> None:
    """As measured with PHP 8.2."""
    verify(scheduled(isms, control, numbers, schedule)).equals(in_athens(moment, hours))


@requirement("isms/schedule/not-strtotime")
@pytest.mark.parametrize(
    "schedule",
    ["17/07/2017", "2017-13-01", "2017-07-17 25:00", "1489580000", "0", "garbage", "null", "Δευτέρα"],
)
def test_what_php_does_not_understand_is_an_error(isms: IsmsDriver, numbers: Numbers, schedule: str) -> None:
    """As measured with PHP 8.2."""
    verify(said(isms.send(to=numbers(), schedule=schedule))).equals("Error: Invalid scheduling date.")


@requirement("isms/schedule/units-add-up")
def test_a_unit_given_twice_counts_twice(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """One day and four more."""
    moment = scheduled(isms, control, numbers, "+1 day 4 days 2 hours 2 seconds")

    verify(moment).equals(in_athens("2017-03-20 15:45:32", 2))


@requirement("isms/schedule/bare-plus")
def test_a_plus_sign_lost_on_the_way_is_made_up_for(
    isms: IsmsDriver, control: Control, numbers: Numbers
) -> None:
    """The example pasted into a query as it stands."""
    control.set_clock(now=BEFORE)
    login = f"username={quote(isms.username)}&password={quote(isms.password)}"
    rest = f"from=smslab&message=a&to={numbers()[0]}&schedule=+1%20week%202%20days%204%20hours%202%20seconds"
    message = inbox(control, isms.call("send.php", raw_query=f"{login}&{rest}"))

    verify(datetime.fromisoformat(message["scheduled_at"])).equals(in_athens("2017-03-24 17:45:32", 2))


@requirement("isms/schedule/case")
@pytest.mark.parametrize(
    "schedule", ["NEXT THURSDAY", "next thursday", "Next Thu", "16 MAR 2017", "16 march 2017"]
)
def test_case_and_short_names_make_no_difference(
    isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str
) -> None:
    """One day in five spellings."""
    verify(scheduled(isms, control, numbers, schedule)).equals(in_athens("2017-03-16 00:00:00", 2))


@requirement("isms/schedule/zone")
@pytest.mark.parametrize(("schedule", "hours"), [("2017-12-24 18:00:00", 2), ("2017-08-15 18:00:00", 3)])
def test_local_time_is_that_of_athens(
    isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str, hours: int
) -> None:
    """In winter and in summer."""
    verify(scheduled(isms, control, numbers, schedule)).equals(in_athens(schedule, hours))


@requirement("isms/schedule/clock-change")
@pytest.mark.parametrize(
    ("schedule", "moment", "hours"),
    [
        ("2017-03-26 03:30:00", "2017-03-26 04:30:00", 3),
        ("2017-10-29 03:30:00", "2017-10-29 03:30:00", 2),
    ],
    ids=["skipped", "twice"],
)
def test_the_hours_of_the_clock_change(
    isms: IsmsDriver, control: Control, numbers: Numbers, schedule: str, moment: str, hours: int
) -> None:
    """Half past three, which spring does not have and autumn has twice."""
    verify(scheduled(isms, control, numbers, schedule)).equals(in_athens(moment, hours))


@requirement("isms/schedule/empty")
def test_an_empty_schedule_is_none(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """Gone within a minute."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule=""))
    clock.advance(SOON)

    verify(state(isms, mid, mobile)).is_one_of("Pending", "Delivered")


@requirement("isms/schedule/past")
@pytest.mark.parametrize("schedule", ["last Monday", "-1 day", "2017-01-01"])
def test_a_moment_gone_by_is_now(isms: IsmsDriver, clock: Clock, numbers: Numbers, schedule: str) -> None:
    """Accepted, and gone within a minute."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule=schedule))
    clock.advance(SOON)

    verify(state(isms, mid, mobile)).is_one_of("Pending", "Delivered")


@requirement("isms/schedule/queued")
def test_a_waiting_message_is_queued(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """At once, and a minute later."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule="+1 hour"))

    verify(state(isms, mid, mobile)).equals("Queued")
    clock.advance(SOON)
    verify(state(isms, mid, mobile)).equals("Queued")


@requirement("isms/schedule/paid-at-once")
def test_a_scheduled_message_is_paid_for_on_acceptance(
    isms: IsmsDriver, clock: Clock, numbers: Numbers
) -> None:
    """As much as one for now, and not again when it leaves."""
    price = cost(isms, lambda: isms.send(to=numbers()))
    paid = cost(isms, lambda: isms.send(to=numbers(), schedule="+1 minute"))
    left = balance(isms)
    clock.advance(2 * SOON)

    verify(paid).equals(price)
    verify(balance(isms)).equals(left)
