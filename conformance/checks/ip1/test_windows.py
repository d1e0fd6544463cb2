"""Skicka SMS: when messages may go out."""

from datetime import datetime, timedelta

import pytest

from conformance.checks.ip1.calls import (
    SOON,
    at_fault,
    batch,
    codes,
    done,
    id_of,
    message,
    moment,
    sent,
    written,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

HOUR = 3600
WEEK = 7 * 24 * HOUR

NO_WINDOWS: list[object] = [
    {"opens": "2030-01-02T00:00:00Z", "closes": "2030-01-01T00:00:00Z"},
    {"opens": "2030-01-01T00:00:00Z", "closes": "2030-01-01T02:00:00+02:00"},
    {"opens": "tomorrow"},
    {"opens": "2030-02-30T00:00:00Z"},
    {"opens": 1893456000},
    {"opens": ""},
    {"closes": "tomorrow"},
    "2030-01-01T00:00:00Z",
    None,
]


def later(clock: Clock, seconds: float) -> datetime:
    return (clock.now() + timedelta(seconds=seconds)).replace(microsecond=0)


def window(opens: datetime, closes: datetime) -> dict[str, str]:
    """As the pages write one."""
    return {"opens": written(opens), "closes": written(closes)}


def now(ip1: Ip1Driver, id: str) -> int:
    """The latest code of a batch's only message."""
    return codes(message(ip1, id))[-1]


@requirement("ip1/windows/list")
def test_a_batch_shows_its_windows(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """As they were sent, in their order."""
    start = later(clock, 24 * HOUR)
    windows = [window(start + timedelta(hours=gap), start + timedelta(hours=gap + 2)) for gap in (24, 0)]
    id = sent(ip1, numbers(), deliveryWindows=windows)
    shown = batch(ip1, id).get("deliveryWindows")
    ip1.delete(f"{BATCHES}/{id}")

    verify(shown).equals(windows)


@requirement("ip1/windows/defaults")
@pytest.mark.parametrize("given", [{}, {"closes": None}, {"opens": None}], ids=["empty", "closes", "opens"])
def test_a_window_opens_now_and_closes_in_a_week(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, given: dict[str, object]
) -> None:
    """Where nothing is said, or null."""
    before = later(clock, 0)
    (shown,) = done(ip1.send(numbers(), deliveryWindows=[given])).get("deliveryWindows") or [{}]
    opens, closes = moment(shown.get("opens")), moment(shown.get("closes"))

    verify((opens - before).total_seconds()).holds(lambda seconds: abs(seconds) < 60, "now, by either clock")
    verify(closes - opens).equals(timedelta(seconds=WEEK))


@requirement("ip1/windows/defaults")
def test_a_window_closes_a_week_after_it_opened(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Where its end is left out."""
    opens = later(clock, 24 * HOUR)
    made = done(ip1.send(numbers(), deliveryWindows=[{"opens": written(opens)}]))
    ip1.delete(f"{BATCHES}/{id_of(made)}")

    verify(made.get("deliveryWindows")).equals([window(opens, opens + timedelta(seconds=WEEK))])


@requirement("ip1/windows/null")
def test_null_is_no_list_of_windows(ip1: Ip1Driver, numbers: Numbers) -> None:
    """The call is refused."""
    verify(at_fault(ip1.send(numbers(), deliveryWindows=None))).equals({"deliverywindows"})


@requirement("ip1/windows/none")
@pytest.mark.parametrize("given", [{}, {"deliveryWindows": []}], ids=["left-out", "empty"])
def test_messages_without_windows_go_out_at_once(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, given: dict[str, list[object]]
) -> None:
    """The batch shows an empty list."""
    made = done(ip1.send(numbers(), **given))
    clock.advance(SOON)

    verify((made.get("deliveryWindows"), now(ip1, id_of(made)))).equals(([], 201))


@requirement("ip1/windows/none")
def test_messages_without_windows_have_a_week(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """One that never arrives expires, and not before."""
    id = sent(ip1, numbers(1, "9002"))
    clock.advance(WEEK - HOUR)
    verify(now(ip1, id)).equals(112)

    clock.advance(2 * HOUR)
    verify(now(ip1, id)).equals(202)


@requirement("ip1/windows/waits", "ip1/windows/goes-out")
def test_messages_wait_for_the_first_window(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """At 102 until it opens; then they go out."""
    start = later(clock, HOUR)
    windows = [
        window(start + timedelta(hours=2), start + timedelta(hours=4)),
        window(start, start + timedelta(hours=1)),
    ]
    id = sent(ip1, numbers(), deliveryWindows=windows)
    clock.advance(HOUR - SOON)
    verify(now(ip1, id)).equals(102)

    clock.advance(2 * SOON)
    verify(now(ip1, id)).equals(201)


@requirement("ip1/windows/goes-out")
def test_messages_go_out_in_an_open_window(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """It opened an hour ago."""
    open_now = window(later(clock, -HOUR), later(clock, HOUR))
    id = sent(ip1, numbers(), deliveryWindows=[open_now])
    clock.advance(SOON)

    verify(now(ip1, id)).equals(201)


@requirement("ip1/windows/expires")
@pytest.mark.parametrize("ending", ["9002", "9005"], ids=["never", "too-late"])
def test_what_is_late_expires_with_the_last_window(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, ending: str
) -> None:
    """Half an hour from now, while it would take an hour or for ever."""
    short = window(later(clock, 0), later(clock, HOUR / 2))
    id = sent(ip1, numbers(1, ending), deliveryWindows=[short])
    clock.advance(HOUR / 2 - SOON)
    verify(now(ip1, id)).equals(112)

    clock.advance(2 * SOON)
    verify(now(ip1, id)).equals(202)
    clock.advance(HOUR)
    verify(now(ip1, id)).equals(202)


@requirement("ip1/windows/backwards")
def test_what_is_no_window_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """By itself."""
    to = numbers()
    for bad in NO_WINDOWS:
        verify(at_fault(ip1.send(to, deliveryWindows=[bad]))).equals({"deliverywindows"})


@requirement("ip1/windows/past")
def test_windows_that_have_all_closed_are_refused(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Two of yesterday; with one of today the call is taken."""
    gone = [window(later(clock, -24 * HOUR), later(clock, -hours * HOUR)) for hours in (22, 20)]
    today = window(later(clock, -HOUR), later(clock, HOUR))

    verify(at_fault(ip1.send(numbers(), deliveryWindows=gone))).equals({"deliverywindows"})
    done(ip1.send(numbers(), deliveryWindows=[*gone, today]))
