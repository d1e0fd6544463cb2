"""From the core's steps to iP.1's numbers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from emulator.core.model import Message, Status
from emulator.core.refusals import Reason
from emulator.core.timetable import REFUSED, cancelled
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.statuses import codes, duration, history, latest
from emulator.tests.samples import EXPIRES, FAILS, NINE, NUMBER, a_message, second

LATER = NINE + timedelta(days=10)


def told(message: Message, now: datetime = LATER, **quirks: str) -> list[int]:
    return [standing.code for standing in history(message, now, Quirks(**quirks))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("recipient", "all_of_them"),
    [
        (NUMBER, [101, 103, 102, 110, 111, 112, 201]),
        (FAILS, [101, 103, 102, 110, 111, 112, 500]),
        (EXPIRES, [101, 103, 102, 110, 111, 112, 202]),
        ("306900009003", [101, 103, 102, 406]),
        ("306900009006", [101, 103, 102, 500]),
    ],
)
def test_a_message_goes_through_the_codes_of_its_outcome(recipient: str, all_of_them: list[int]) -> None:
    message = a_message(recipient)

    assert told(message) == all_of_them
    assert latest(message, LATER, Quirks()).code == all_of_them[-1]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (Reason.NO_CREDIT, 402),
        (Reason.BAD_SENDER, 403),
        (Reason.BAD_RECIPIENT, 405),
        (Reason.BLOCKED_RECIPIENT, 405),
        (Reason.BAD_CODING, 406),
    ],
)
def test_a_message_refused_alone_ends_at_once(reason: Reason, code: int) -> None:
    message = replace(a_message(), refusal=reason, timetable=REFUSED)

    assert told(message) == [101, code]
    assert codes(message, Status.REJECTED, Quirks()) == (101, code)


def test_a_message_that_waits_stays_queued_until_it_goes_out() -> None:
    message = a_message(scheduled_at=second(3600))

    assert told(message, second(3600)) == [101, 103, 102]
    assert latest(message, second(3600), Quirks()) == (102, NINE)
    assert codes(message, Status.QUEUED, Quirks()) == ()
    assert told(message)[3:] == [110, 111, 112, 201]


def test_a_message_that_is_called_back_is_refunded_first() -> None:
    message = cancelled(a_message(scheduled_at=second(3600)), second(5))

    assert told(message) == [101, 103, 102, 104, 203]


def test_the_lifecycle_is_a_switch() -> None:
    assert told(a_message(), lifecycle="101 102 103 110 113 201") == [101, 102, 103, 110, 113, 201]


def test_a_clock_put_back_finds_a_message_accepted() -> None:
    assert latest(a_message(), second(-5), Quirks()).code == 102


def test_only_what_passes_has_no_duration() -> None:
    assert [duration(code) for code in (101, 114, 201, 202, 402, 500, 599)] == [0, 0, 1, 1, 1, 1, 1]
