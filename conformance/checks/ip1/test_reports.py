"""Ta emot leveransrapporter: what they tell."""

from datetime import timedelta

import pytest

from conformance.checks.ip1.calls import (
    MOMENT,
    SOON,
    Document,
    codes,
    message,
    messages,
    pushed,
    pushes,
    sent,
    statuses,
    told,
    written,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import BATCHES, Ip1Driver
from conformance.numbers import Numbers
from conformance.receiver import Receiver
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = {
    "messageId",
    "batchId",
    "recipient",
    "code",
    "duration",
    "created",
    "segments",
    "price",
    "currency",
    "reference",
}


STATUS = ("code", "created", "duration")


def ordered(status: Document) -> Document:
    """The members of a status, or those of a report that are such, in one order."""
    return {name: status.get(name) for name in STATUS}


def to_the_end(ip1: Ip1Driver, clock: Clock, receiver: Receiver, to: list[str], **more: object) -> str:
    """A batch whose messages have ended, and whose reports have come."""
    id = sent(ip1, to, deliveryReportUrl=receiver.url("/dlr"), **more)
    clock.advance(SOON)
    pushes(receiver, len(gone_through(ip1, id)))
    return id


def gone_through(ip1: Ip1Driver, id: str) -> list[tuple[str, int]]:
    """Each message of a batch with each code it has had, sorted."""
    found = [ip1.get(f"{BATCHES}/{id}/messages/{one.get('id')}").document for one in messages(ip1, id)]
    return sorted((str(one.get("id")), code) for one in found for code in codes(one))


def said(receiver: Receiver) -> list[Document]:
    """All reports that have come, without waiting for more."""
    return [pushed(one) for one in receiver.wait(0)]


@requirement("ip1/reports/pushed")
def test_reports_come_as_soon_as_there_are_any(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Of the acceptance at once, of the end when it comes."""
    id = sent(ip1, numbers(), deliveryReportUrl=receiver.url("/dlr"))
    first = len(codes(message(ip1, id)))
    pushes(receiver, first)
    clock.advance(SOON)
    later = pushes(receiver, len(codes(message(ip1, id))))[first:]

    verify(told(later)).holds(lambda codes: 201 in codes, "the end")


@requirement("ip1/reports/post", "ip1/reports/content-type")
def test_a_report_is_posted_as_json(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """To the very address that was given."""
    sent(ip1, numbers(), deliveryReportUrl=receiver.url("/dlr?job=7&note=a%26b"))
    clock.advance(SOON)
    pushes(receiver)
    report = receiver.wait()[0]

    verify((report.method, report.target)).equals(("POST", "/dlr?job=7&note=a%26b"))
    verify(report.headers.get("Content-Type")).matches(r"application/json\b.*")


@requirement("ip1/reports/ok")
def test_a_report_answered_with_200_is_settled(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """No other follows in the hour after the end."""
    to_the_end(ip1, clock, receiver, numbers())
    before = said(receiver)
    clock.advance(3600)

    verify([pushed(one) for one in receiver.callbacks(settle=0.1)]).equals(before)


@requirement("ip1/reports/none")
def test_no_reports_without_an_address(
    ip1: Ip1Driver, control: Control, clock: Clock, numbers: Numbers
) -> None:
    """Left out, and null."""
    sent(ip1, numbers())
    sent(ip1, numbers(), deliveryReportUrl=None)
    clock.advance(SOON)

    verify(control.callbacks()).equals([])


@requirement("ip1/reports/document", "ip1/reports/one-each")
def test_a_report_tells_of_one_status(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Each body is one object, and says what the message says."""
    id = to_the_end(ip1, clock, receiver, numbers(), body="a" * 161, reference="smslab")
    shown = message(ip1, id)
    expected = {
        "messageId": shown.get("id"),
        "batchId": id,
        "recipient": shown.get("recipient"),
        "segments": 2,
        "price": shown.get("price"),
        "reference": "smslab",
    }

    for report in said(receiver):
        verify(set(report)).equals(MEMBERS)
        verify({name: report.get(name) for name in expected}).equals({**expected})
        verify(report.get("created")).matches(MOMENT)
        verify(str(report.get("currency")).upper()).equals(str(shown.get("currency")))
    verify(sorted(map(ordered, said(receiver)), key=str)).equals(
        sorted(map(ordered, statuses(shown)), key=str)
    )


@requirement("ip1/reports/every-status")
def test_every_status_is_reported_once(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Of each of two messages, the acceptance included."""
    id = to_the_end(ip1, clock, receiver, numbers(2))
    reported = [(str(one.get("messageId")), one.get("code", 0)) for one in said(receiver)]

    verify(sorted(reported)).equals(gone_through(ip1, id))
    verify(told(said(receiver))[:2]).equals([101, 101])


@requirement("ip1/reports/every-status")
def test_a_rejection_is_reported(ip1: Ip1Driver, clock: Clock, receiver: Receiver) -> None:
    """After the acceptance, of a number that cannot be."""
    sent(ip1, ["0701740606"], deliveryReportUrl=receiver.url())
    clock.advance(SOON)

    verify(told(pushes(receiver, 2))).equals([101, 405])


@requirement("ip1/reports/every-status")
def test_a_cancellation_is_reported(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Of a batch that lies ahead."""
    opens = written(clock.now() + timedelta(hours=1))
    id = sent(ip1, numbers(), deliveryReportUrl=receiver.url(), deliveryWindows=[{"opens": opens}])
    ip1.delete(f"{BATCHES}/{id}")
    expected = codes(message(ip1, id))

    verify(told(pushes(receiver, len(expected)))).equals(sorted(expected))
    verify(203 in expected).equals(True)


@requirement("ip1/reports/final")
@pytest.mark.parametrize("ending", [None, "9001"], ids=["arrives", "fails"])
def test_the_last_report_says_so(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver, ending: str | None
) -> None:
    """And is the only one that does; it tells of the end."""
    id = to_the_end(ip1, clock, receiver, numbers(1, ending))
    durations = [one.get("duration") for one in said(receiver)]

    verify(durations).equals([*[0] * (len(durations) - 1), 1])
    verify(said(receiver)[-1].get("code")).equals(codes(message(ip1, id))[-1])


@requirement("ip1/reports/currency")
def test_the_currency_is_in_small_letters(ip1: Ip1Driver, numbers: Numbers, receiver: Receiver) -> None:
    """Other than in the message."""
    id = sent(ip1, numbers(), deliveryReportUrl=receiver.url())
    currency = str(message(ip1, id).get("currency"))

    verify(pushes(receiver)[0].get("currency")).equals(currency.lower())
