"""send.php: delivery reports to dlr-url."""

from datetime import datetime
from itertools import pairwise
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest

from conformance.checks.isms.calls import SOON, identifier, inbox, state
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.receiver import Answer, Callback, Receiver
from conformance.requirement import requirement
from conformance.verify import verify

RETRIES = (60, 300, 900)  # seconds from one try to the next
SLACK = 5


def reported(receiver: Receiver, count: int = 1) -> list[Callback]:
    """The reports that came, of which there have to be so many or more."""
    found = receiver.wait(count)
    verify(len(found)).holds(lambda came: came >= count, f"{count} or more")
    return found


@requirement("isms/report/arrives")
def test_the_report_of_a_message_arrives(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """At the address its call gave."""
    identifier(isms.send(to=numbers(), dlr_url=receiver.url("/dlr")))
    clock.advance(SOON)

    verify(reported(receiver)[0].target).matches(r"/dlr\b.*")


@requirement("isms/report/encoded")
def test_an_address_with_a_query_arrives_whole(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Its own parameters, one of them encoded in turn."""
    identifier(isms.send(to=numbers(), dlr_url=receiver.url("/dlr?job=7&note=a%26b")))
    clock.advance(SOON)

    query = parse_qs(reported(receiver)[0].target.partition("?")[2])
    verify((query.get("job"), query.get("note"))).equals((["7"], ["a&b"]))


@requirement("isms/report/none-unasked")
def test_no_report_without_an_address(
    isms: IsmsDriver, clock: Clock, control: Control, numbers: Numbers
) -> None:
    """A send like any other."""
    identifier(isms.send(to=numbers()))
    clock.advance(SOON)

    verify(control.callbacks()).equals([])


@requirement("isms/report/post")
def test_a_report_is_posted(isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver) -> None:
    """By its method."""
    identifier(isms.send(to=numbers(), dlr_url=receiver.url()))
    clock.advance(SOON)

    verify(reported(receiver)[0].method).equals("POST")


@requirement("isms/report/form")
def test_a_report_is_a_form(isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver) -> None:
    """By its label."""
    identifier(isms.send(to=numbers(), dlr_url=receiver.url()))
    clock.advance(SOON)
    label = reported(receiver)[0].headers.get("Content-Type", "")

    verify(label).matches(r"application/x-www-form-urlencoded\b.*")


@requirement("isms/report/fields")
def test_a_report_names_message_and_recipient(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Four fields, in the words of query.php."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, dlr_url=receiver.url()))
    clock.advance(SOON)
    fields = reported(receiver)[0].fields

    verify(set(fields)).equals({"mid", "mobile", "status", "date"})
    verify((fields["mid"], fields["mobile"])).equals((mid, mobile))


@requirement("isms/report/outcome")
@pytest.mark.parametrize(("ending", "word"), [(None, "Delivered"), ("9001", "Failed")])
def test_a_report_tells_what_the_query_tells(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver, ending: str | None, word: str
) -> None:
    """For a message that arrives and one that does not."""
    mobile = numbers(1, ending)[0]
    mid = identifier(isms.send(to=mobile, dlr_url=receiver.url()))
    clock.advance(SOON)

    verify((reported(receiver)[0].fields.get("status"), state(isms, mid, mobile))).equals((word, word))


@requirement("isms/report/date")
@pytest.mark.parametrize("month", ["2026-07-01", "2026-12-01"], ids=["summer", "winter"])
def test_a_report_is_dated_in_athens(
    isms: IsmsDriver, control: Control, numbers: Numbers, receiver: Receiver, month: str
) -> None:
    """With the moment of the outcome, in summer and in winter."""
    control.set_clock(now=datetime.fromisoformat(f"{month}T22:30:00+00:00"))
    message = inbox(control, isms.send(to=numbers(), dlr_url=receiver.url()))
    control.advance(SOON)

    final = datetime.fromisoformat(message["timetable"][-1]["at"]).astimezone(ZoneInfo("Europe/Athens"))
    verify(reported(receiver)[0].fields.get("date")).equals(f"{final:%Y-%m-%d %H:%M:%S}")


@requirement("isms/report/each-recipient")
def test_every_recipient_has_one_report(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Three recipients, three reports, and no more in the hour that follows."""
    to = numbers(3)
    identifier(isms.send(to=to, dlr_url=receiver.url()))
    clock.advance(SOON)
    reported(receiver, 3)
    clock.advance(3600)

    verify(sorted(report.fields.get("mobile", "") for report in receiver.callbacks())).equals(sorted(to))


@requirement("isms/report/final-only")
def test_a_report_waits_for_the_outcome(
    isms: IsmsDriver, clock: Clock, control: Control, numbers: Numbers, receiver: Receiver
) -> None:
    """None while the message is pending, for a number that takes an hour."""
    mobile = numbers(1, "9005")[0]
    mid = identifier(isms.send(to=mobile, dlr_url=receiver.url()))
    clock.advance(1800)
    verify((state(isms, mid, mobile), receiver.callbacks())).equals(("Pending", []))

    clock.advance(3600)
    verify(reported(receiver)[0].fields.get("status")).equals("Delivered")


@requirement("isms/report/any-2xx")
@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_status_of_success_settles_a_report(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver, status: int
) -> None:
    """No second one in the hour that follows."""
    receiver.answers(Answer(status=status))
    identifier(isms.send(to=numbers(), dlr_url=receiver.url()))
    clock.advance(SOON)
    reported(receiver)
    settled = len(receiver.callbacks())
    clock.advance(3600)

    verify(len(receiver.callbacks())).equals(settled)


@requirement("isms/report/retries")
@pytest.mark.parametrize("status", [404, 500])
def test_an_unsettled_report_is_tried_again(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver, status: int
) -> None:
    """A minute, five and fifteen minutes later, not earlier; each time the same report."""
    receiver.answers(*[Answer(status=status)] * 3)
    identifier(isms.send(to=numbers(), dlr_url=receiver.url()))
    clock.advance(SLACK)
    reported(receiver)

    for tries, wait in enumerate(RETRIES, start=1):
        clock.advance(wait - 2 * SLACK)
        verify(len(receiver.callbacks())).equals(tries)
        clock.advance(2 * SLACK)
        reported(receiver, tries + 1)
    verify(len({report.body for report in receiver.callbacks()})).equals(1)


@requirement("isms/report/retries")
def test_an_unheard_report_is_tried_again(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Nobody listens on the port."""
    identifier(isms.send(to=numbers(), dlr_url="http://127.0.0.1:1/dlr"))
    control.advance(SLACK + sum(RETRIES))
    moments = [datetime.fromisoformat(one["at"]) for one in control.callbacks()[0]["attempts"]]

    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    verify(waits).equals(list(map(float, RETRIES)))


@requirement("isms/report/gives-up")
def test_a_report_is_given_up_after_three_retries(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """Four tries, and no fifth in a day."""
    receiver.answers(*[Answer(status=500)] * 9)
    identifier(isms.send(to=numbers(), dlr_url=receiver.url()))
    clock.advance(SLACK + sum(RETRIES))
    reported(receiver, 4)
    clock.advance(24 * 3600)

    verify(len(receiver.callbacks())).equals(4)


@requirement("isms/report/no-redirect")
def test_a_redirect_is_not_followed(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """The retry comes to the address that was given."""
    receiver.answers(Answer(status=302, headers={"Location": receiver.url("/elsewhere")}))
    identifier(isms.send(to=numbers(), dlr_url=receiver.url("/dlr")))
    clock.advance(SLACK)
    reported(receiver)
    clock.advance(RETRIES[0])
    reported(receiver, 2)

    verify({report.target.partition("?")[0] for report in receiver.callbacks()}).equals({"/dlr"})


@requirement("isms/report/bad-address")
@pytest.mark.parametrize("address", ["nonsense", "http://", "mailto:me@example.com", "http://[::1"])
def test_an_address_that_is_none_is_ignored(
    isms: IsmsDriver, control: Control, numbers: Numbers, address: str
) -> None:
    """The message is sent, and nobody is told."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, dlr_url=address))
    control.advance(SOON)

    verify((state(isms, mid, mobile), control.callbacks())).equals(("Delivered", []))
