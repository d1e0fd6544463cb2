"""Statuskoder: what a message goes through, and what is said of it."""

from datetime import timedelta

import pytest

from conformance.checks.ip1.calls import (
    SOON,
    Document,
    batch,
    codes,
    done,
    history,
    id_of,
    message,
    messages,
    sent,
    statuses,
    written,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

DAYS_8 = 8 * 24 * 3600

KNOWN = {
    *range(101, 105),
    *range(110, 115),
    *range(201, 204),
    *range(402, 410),
    *range(500, 504),
    *range(511, 517),
    599,
}
ENDINGS = {  # numbers by what becomes of messages to them; the first digit of the last code
    "9001": 5,
    "9002": 2,
    "9003": 4,
    "9004": 2,
    "9006": 5,
    "9013": 4,
}


def ended(ip1: Ip1Driver, clock: Clock, numbers: Numbers, ending: str | None = None) -> Document:
    """A message to such a number, after more than a week."""
    id = sent(ip1, numbers(1, ending))
    clock.advance(SOON if ending is None else DAYS_8)
    return message(ip1, id)


def called_back(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> Document:
    """A message whose batch is deleted before its window opens."""
    opens = written(clock.now() + timedelta(days=100))
    id = sent(ip1, numbers(), deliveryWindows=[{"opens": opens}])
    done(ip1.delete(f"{BATCHES}/{id}"))
    return message(ip1, id)


def all_ended(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> dict[str, list[int]]:
    """The codes of messages to numbers of every ending, after more than a week."""
    to = {numbers(1, ending)[0]: ending for ending in ENDINGS}
    id = sent(ip1, list(to))
    clock.advance(DAYS_8)
    return {
        to[str(one.get("recipient"))]: codes(done(ip1.get(f"{BATCHES}/{id}/messages/{id_of(one)}")))
        for one in messages(ip1, id)
    }


@requirement("ip1/status-codes/groups", "ip1/status-codes/other-groups")
def test_the_first_digit_tells_how_a_message_ended(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Whatever becomes of it."""
    ended = all_ended(ip1, clock, numbers)

    verify({ending: codes[-1] // 100 for ending, codes in ended.items()}).equals(ENDINGS)


@requirement("ip1/status-codes/groups", "ip1/status-codes/info")
def test_a_message_on_its_way_has_codes_of_info(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """From its acceptance until it arrives an hour later."""
    id = sent(ip1, numbers(1, "9005"))
    clock.advance(SOON)

    verify({code // 100 for code in codes(message(ip1, id))}).equals({1})
    clock.advance(3600)
    verify(codes(message(ip1, id))[-1]).equals(201)


@requirement("ip1/status-codes/other-groups")
def test_a_message_that_arrives_ends_with_success(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """After nothing but Info."""
    groups = [code // 100 for code in codes(ended(ip1, clock, numbers))]

    verify((set(groups[:-1]), groups[-1])).equals(({1}, 2))


@requirement("ip1/status-codes/known")
def test_no_code_is_one_that_no_page_has(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Whatever becomes of a message."""
    ended = all_ended(ip1, clock, numbers)

    verify({code for codes in ended.values() for code in codes} - KNOWN).equals(set())


@requirement("ip1/status-codes/accepted")
@pytest.mark.parametrize("to", ["0701740606", None], ids=["rejected", "sent"])
def test_a_message_is_accepted_first(ip1: Ip1Driver, clock: Clock, numbers: Numbers, to: str | None) -> None:
    """Whatever is said afterwards."""
    verify(history(ip1, clock, [to] if to else numbers())[0]).equals(101)


@requirement("ip1/status-codes/under-way")
def test_a_message_is_paid_for_queued_and_handed_on(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """In the beginning, and after it went out."""
    id = sent(ip1, numbers(1, "9005"))
    first = set(codes(message(ip1, id)))
    clock.advance(SOON)
    then = set(codes(message(ip1, id)))

    verify({102, 103} <= first and not first & {110, 111, 112}).equals(True)
    verify({110, 111, 112} <= then).equals(True)


@requirement("ip1/status-codes/under-way")
def test_a_message_that_is_called_back_is_paid_back(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """While it waits for its window."""
    verify(104 in codes(called_back(ip1, clock, numbers))).equals(True)


@requirement("ip1/status-codes/ends")
def test_an_end_says_why(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """201 where it arrived, 202 where its time ran out, 203 where it was called back."""
    verify(codes(called_back(ip1, clock, numbers))[-1]).equals(203)
    verify(codes(ended(ip1, clock, numbers))[-1]).equals(201)
    verify(codes(ended(ip1, clock, numbers, "9002"))[-1]).equals(202)


@requirement("ip1/status-codes/no-funds")
def test_money_and_sender_have_codes_of_their_own(
    ip1: Ip1Driver, empty: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """402 and 403."""
    to = numbers()

    verify(history(empty, clock, to)[-1]).equals(402)
    verify(history(ip1, clock, to, sender="smslabnone")[-1]).equals(403)


@requirement("ip1/status-codes/rejected")
def test_a_recipient_that_cannot_be_has_a_code_of_its_own(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """405; another reason is 406."""
    verify(history(ip1, clock, ["0701740606"])[-1]).equals(405)
    verify(history(ip1, clock, numbers(), body="你好", datacoding="gsm")[-1]).equals(406)


@requirement("ip1/status-codes/undeliverable")
@pytest.mark.parametrize(("ending", "code"), [("9001", 500), ("9003", 406), ("9006", 500)])
def test_a_message_that_fails_says_where(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, ending: str, code: int
) -> None:
    """On the handset, at the network, or for want of a route."""
    verify(codes(ended(ip1, clock, numbers, ending))[-1]).equals(code)


@requirement("ip1/status-codes/lifecycle")
def test_a_message_goes_through_these(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """One after the other, to its recipient."""
    verify(history(ip1, clock, numbers())).equals([101, 103, 102, 110, 111, 112, 201])


@requirement("ip1/status-codes/lifecycle")
def test_a_message_that_is_not_paid_for_goes_no_further(
    empty: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """Accepted and rejected."""
    verify(history(empty, clock, numbers())).equals([101, 402])


@requirement("ip1/status-codes/onwards")
def test_nothing_follows_an_end(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """All but the last are Info."""
    ended = all_ended(ip1, clock, numbers)

    verify({code // 100 for codes in ended.values() for code in codes[:-1]}).equals({1})


@requirement("ip1/status-codes/onwards")
def test_an_end_stays(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Also where time runs out afterwards."""
    id = sent(ip1, numbers(2))
    clock.advance(SOON)
    before = batch(ip1, id).get("messageSummary")
    clock.advance(DAYS_8)

    verify(batch(ip1, id).get("messageSummary")).equals(before)


@requirement("ip1/status-codes/duration-words", "ip1/status-codes/duration")
@pytest.mark.parametrize("ending", [None, "9001", "9002", "9003"])
def test_the_last_status_stays(ip1: Ip1Driver, clock: Clock, numbers: Numbers, ending: str | None) -> None:
    """1 of the end, 0 of what led there."""
    durations = [status.get("duration") for status in statuses(ended(ip1, clock, numbers, ending))]

    verify(durations).equals([*[0] * (len(durations) - 1), 1])
