"""Ta emot leveransrapporter: how often one is tried."""

from datetime import datetime
from itertools import pairwise

import pytest

from conformance.checks.ip1.calls import (
    ATTEMPTS,
    RETRY,
    SLACK,
    SOON,
    codes,
    message,
    pushes,
    sent,
    told,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import Ip1Driver
from conformance.numbers import Numbers
from conformance.receiver import Answer, Receiver
from conformance.requirement import requirement
from conformance.verify import verify

NOBODY = "http://127.0.0.1:1/dlr"  # where nothing listens


def attempts(control: Control) -> list[list[datetime]]:
    """When each report was tried, as the emulator tells it."""
    return [[datetime.fromisoformat(one["at"]) for one in push["attempts"]] for push in control.callbacks()]


@requirement("ip1/reports/retries", "ip1/reports/same-again")
@pytest.mark.parametrize("status", [404, 500])
def test_an_unsettled_report_is_sent_again(
    ip1: Ip1Driver, clock: Clock, receiver: Receiver, status: int
) -> None:
    """After ten minutes, not earlier, and to the letter the same; after twenty again."""
    receiver.answers(*[Answer(status=status)] * 4)
    sent(ip1, ["0701740606"], deliveryReportUrl=receiver.url())
    pushes(receiver, 2)

    clock.advance(SLACK)
    for tries in (1, 2):
        clock.advance(RETRY - 2 * SLACK)
        verify(len(receiver.callbacks(settle=0.05))).equals(2 * tries)
        clock.advance(2 * SLACK)
        pushes(receiver, 2 * tries + 2)
    verify(len({one.body for one in receiver.wait(6)})).equals(2)


@requirement("ip1/reports/attempts")
def test_a_report_is_given_up_after_ten_attempts(ip1: Ip1Driver, clock: Clock, receiver: Receiver) -> None:
    """The first among them; two reports here."""
    receiver.answers(*[Answer(status=500)] * 30)
    sent(ip1, ["0701740606"], deliveryReportUrl=receiver.url())
    for _ in range(ATTEMPTS + 2):
        clock.advance(RETRY + SLACK)
    pushes(receiver, 2 * ATTEMPTS)

    verify(len(receiver.callbacks(settle=0.1))).equals(2 * ATTEMPTS)


@requirement("ip1/reports/only-200")
def test_no_other_status_settles_a_report(ip1: Ip1Driver, clock: Clock, receiver: Receiver) -> None:
    """After 202 and 204 it is sent again, as after an error."""
    receiver.answers(Answer(status=202), Answer(status=204))
    sent(ip1, ["0701740606"], deliveryReportUrl=receiver.url())
    pushes(receiver, 2)
    clock.advance(RETRY + SLACK)

    verify(len(pushes(receiver, 4, timeout=1.0))).equals(4)


@requirement("ip1/reports/errors")
def test_a_redirect_is_not_followed(ip1: Ip1Driver, clock: Clock, receiver: Receiver) -> None:
    """The next attempt comes to the address that was given."""
    elsewhere = Answer(status=302, headers={"Location": receiver.url("/elsewhere")})
    receiver.answers(elsewhere, elsewhere)
    sent(ip1, ["0701740606"], deliveryReportUrl=receiver.url("/dlr"))
    pushes(receiver, 2)
    clock.advance(RETRY + SLACK)
    pushes(receiver, 4)

    verify([one.target for one in receiver.callbacks(settle=0.05)]).equals(["/dlr"] * 4)


@requirement("ip1/reports/errors")
def test_an_unheard_report_is_tried_as_often(ip1: Ip1Driver, control: Control) -> None:
    """Every ten minutes where nobody listens."""
    sent(ip1, ["0701740606"], deliveryReportUrl=NOBODY)
    control.advance(SLACK + RETRY * ATTEMPTS)

    waits = [
        [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
        for moments in attempts(control)
    ]
    verify(waits).equals([[float(RETRY)] * (ATTEMPTS - 1)] * 2)


@requirement("ip1/reports/apart")
def test_a_report_that_fails_keeps_none_waiting(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """The end is told while the first of all has not been heard."""
    receiver.answers(Answer(status=500))
    id = sent(ip1, numbers(), deliveryReportUrl=receiver.url())
    clock.advance(SOON)
    expected = codes(message(ip1, id))

    verify(told(pushes(receiver, len(expected))[: len(expected)])).equals(sorted(expected))
