"""pv: the schedule."""

from datetime import UTC, datetime, timedelta

import pytest

from conformance.checks.voipe.calls import (
    HANDED_OVER,
    SOON,
    inbox,
    only,
    refused,
    taken,
    told,
    written,
)
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


def due(voipe: VoipeDriver, control: Control, numbers: Numbers, schedule: str) -> str | None:
    """When an emulator means to send a message with this schedule."""
    moment = inbox(control, voipe.pv(numbers()[0], schedule=schedule))["scheduled_at"]
    return None if moment is None else written(datetime.fromisoformat(moment))


@requirement("voipe/schedule/later", "voipe/ds/scheduled")
def test_a_message_waits_for_its_moment(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Two days from now, whatever the account's zone."""
    entry = only(voipe.pv(numbers()[0], schedule=written(clock.now() + timedelta(days=2))))
    clock.advance(SOON)

    refused(voipe.call("ds", queue=str(entry["queue"])), "401")
    refused(voipe.call("ds", smslog_id=str(entry["smslog_id"])), "400")


@requirement("voipe/schedule/later")
def test_a_message_is_not_sent_a_second_early(user: User, control: Control, numbers: Numbers) -> None:
    """Where the clock can stand still."""
    dana, now = user("dana", zone="+0000"), control.now()
    answer = dana.pv(numbers()[0], schedule=written(now + timedelta(hours=1)))

    control.advance(3599 + HANDED_OVER)
    refused(dana.call("ds", smslog_id=taken(answer)), "400")
    control.advance(1)
    verify(told(dana, taken(answer))["dt"]).equals(written(now + timedelta(hours=1, seconds=HANDED_OVER)))


@requirement("voipe/schedule/answer")
def test_the_answer_does_not_tell(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """The keys of an entry, and the identifiers."""
    now, later = voipe.pv(numbers()[0]), voipe.pv(numbers()[0], schedule="2031-05-06 07:08:09")

    verify(list(only(later))).equals(list(only(now)))
    verify(int(taken(later)) - int(taken(now))).equals(1)


@pytest.mark.parametrize(
    "schedule",
    [
        pytest.param("2020-01-01 00:00:00", marks=requirement("voipe/schedule/past")),
        pytest.param("1970-01-01 00:00:00", marks=requirement("voipe/schedule/past")),
        pytest.param("garbage", marks=requirement("voipe/schedule/unparsable")),
        pytest.param("2031-13-45 99:99:99", marks=requirement("voipe/schedule/unparsable")),
        pytest.param("1935740889", marks=requirement("voipe/schedule/unparsable")),
        pytest.param("", marks=requirement("voipe/schedule/none")),
        pytest.param("0", marks=requirement("voipe/schedule/none")),
    ],
)
def test_some_schedules_mean_now(voipe: VoipeDriver, clock: Clock, numbers: Numbers, schedule: str) -> None:
    """Moments gone by, and none at all."""
    id = taken(voipe.pv(numbers()[0], schedule=schedule))
    clock.advance(SOON)

    told(voipe, id)


@requirement("voipe/schedule/zone")
@pytest.mark.parametrize(
    ("zone", "moment"),
    [("-0500", "2031-05-06 12:08:09"), ("+0200", "2031-05-06 05:08:09"), ("+0000", "2031-05-06 07:08:09")],
)
def test_a_schedule_is_in_the_users_zone(
    user: User, control: Control, numbers: Numbers, zone: str, moment: str
) -> None:
    """On either side of Greenwich."""
    verify(due(user("dana", zone=zone), control, numbers, "2031-05-06 07:08:09")).equals(moment)


@requirement("voipe/schedule/system-zone")
def test_without_a_zone_a_schedule_is_utc(user: User, control: Control, numbers: Numbers) -> None:
    """In winter and in summer."""
    dana = user("dana")

    verify(due(dana, control, numbers, "2031-01-06 07:08:09")).equals("2031-01-06 07:08:09")
    verify(due(dana, control, numbers, "2031-05-06 07:08:09")).equals("2031-05-06 07:08:09")


@requirement("voipe/schedule/words")
@pytest.mark.parametrize(
    ("schedule", "moment"),
    [
        ("tomorrow", "2026-03-03 00:00:00"),
        ("+1 hour", "2026-03-02 10:00:00"),
        ("2031-05-06", "2031-05-06 00:00:00"),
        ("2031-05-06 07:08", "2031-05-06 07:08:00"),
        ("2031-05-06T07:08:09", "2031-05-06 07:08:09"),
        ("2031-05-06T07:08:09Z", "2031-05-06 07:08:09"),
        ("2031-05-06T07:08:09+02:00", "2031-05-06 05:08:09"),
        ("06/05/2031 07:08", "2031-06-05 07:08:00"),
        ("2031-02-30 10:00:00", "2031-03-02 10:00:00"),
        ("@1935740889", "2031-05-05 09:48:09"),
    ],
)
def test_a_schedule_is_written_in_many_ways(
    user: User, control: Control, numbers: Numbers, schedule: str, moment: str
) -> None:
    """As PHP reads them, for a user in Greenwich."""
    control.set_clock(now=datetime(2026, 3, 2, 9, tzinfo=UTC))

    verify(due(user("dana", zone="+0000"), control, numbers, schedule)).equals(moment)
