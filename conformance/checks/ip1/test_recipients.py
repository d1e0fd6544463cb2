"""Skicka SMS: to whom."""

from decimal import Decimal

import pytest

from conformance.checks.ip1.calls import (
    SOON,
    at_fault,
    balance,
    codes,
    done,
    id_of,
    latest,
    listed,
    messages,
    not_taken,
    sent,
)
from conformance.checks.ip1.conftest import Put
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, SENDER, TEXT, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NO_NUMBERS = [
    "+46701740605",
    "4670174060600001",
    "46 701740605",
    "46-701740605",
    "abc",
    "46701740605\n",
    "٤٦٧٠٠٠٠٠٠٠١",
]
NO_TEXTS: list[object] = [46701740605, None, ["46701740605"], ""]
UNPARSABLE = ["0701740606", "21012345678", "467000"]


def reached(ip1: Ip1Driver, id: str) -> list[str]:
    """The recipients of a batch, in the order of its messages."""
    return [str(one.get("recipient")) for one in messages(ip1, id)]


@requirement("ip1/recipients/array")
@pytest.mark.parametrize("n", [1, 3])
def test_recipients_are_an_array(ip1: Ip1Driver, numbers: Numbers, n: int) -> None:
    """Of texts."""
    to = numbers(n)

    verify(reached(ip1, sent(ip1, to))).equals(to)


@requirement("ip1/recipients/object")
def test_recipients_may_be_an_object(ip1: Ip1Driver, numbers: Numbers) -> None:
    """With a member for each number."""
    to = numbers(2)

    verify(reached(ip1, sent(ip1, {number: {} for number in to}))).equals(to)


@requirement("ip1/recipients/missing")
def test_a_call_without_recipients_is_refused(ip1: Ip1Driver) -> None:
    """Left out, or null."""
    not_taken(ip1.post(BATCHES, {"sender": SENDER, "body": TEXT}))
    not_taken(ip1.send(None))


@requirement("ip1/recipients/digits")
def test_a_recipient_of_anything_but_digits_refuses_the_call(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In an array and in an object, beside a good one; no batch is made."""
    (good,) = numbers()
    before = listed(ip1.get(BATCHES, {"order": "DESC", "limit": 1}))

    for bad in NO_NUMBERS:
        not_taken(ip1.send([good, bad]))
        not_taken(ip1.send({good: {}, bad: {}}))

    verify(listed(ip1.get(BATCHES, {"order": "DESC", "limit": 1}))).equals(before)


@requirement("ip1/recipients/text-only")
def test_a_recipient_that_is_no_text_refuses_the_call(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Beside a good one; in an object, a name that is no number."""
    (good,) = numbers()
    for bad in NO_TEXTS:
        verify(at_fault(ip1.send([good, bad]))).equals({"recipients"})
    for name in ("", "Default", "bob"):
        verify(at_fault(ip1.send({good: {}, name: {}}))).equals({"recipients"})


@requirement("ip1/recipients/each-own")
def test_a_wrong_number_fails_alone(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """The other message arrives."""
    (good,) = numbers()
    id = sent(ip1, ["0701740606", good])
    clock.advance(SOON)
    ended = latest(messages(ip1, id))

    verify(ended.get(good)).equals(201)
    verify(ended.get("0701740606")).holds(lambda code: code is not None and code >= 400, "a failure")


@requirement("ip1/recipients/unparsable")
def test_a_number_that_cannot_be_is_rejected(ip1: Ip1Driver, clock: Clock) -> None:
    """405, and nothing paid."""
    before = balance(ip1)
    id = sent(ip1, UNPARSABLE)
    clock.advance(SOON)

    for shown in messages(ip1, id):
        verify((codes(shown)[-1], Decimal(str(shown.get("price"))))).equals((405, Decimal(0)))
    verify((len(messages(ip1, id)), balance(ip1))).equals((len(UNPARSABLE), before))


@requirement("ip1/recipients/empty")
def test_nobody_is_no_recipient(ip1: Ip1Driver) -> None:
    """As little as the default."""
    nobody: list[object] = [[], {}, {"default": {"sign": "Bob"}}]
    for none in nobody:
        verify(at_fault(ip1.send(none))).equals({"recipients"})


@requirement("ip1/recipients/repeated")
def test_a_number_that_stands_twice_gets_one_message(ip1: Ip1Driver, numbers: Numbers) -> None:
    """The first place counts."""
    one, other = numbers(2)

    verify(reached(ip1, sent(ip1, [one, other, one]))).equals([one, other])


@requirement("ip1/recipients/blacklisted")
def test_a_blocked_number_gets_no_message(ip1: Ip1Driver, clock: Clock, numbers: Numbers, block: Put) -> None:
    """While another one does."""
    blocked, other = numbers(2)
    done(block(blocked))
    id = sent(ip1, [blocked, other])
    clock.advance(SOON)
    ended = latest(messages(ip1, id))

    verify(ended.get(other)).equals(201)
    verify(ended.get(blocked)).holds(lambda code: code is None or code >= 400, "no delivery")


@requirement("ip1/recipients/blacklisted-code")
def test_a_message_to_a_blocked_number_is_rejected(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, block: Put
) -> None:
    """405, and nothing paid."""
    to = numbers()
    done(block(to[0]))
    before = balance(ip1)
    id = sent(ip1, to)
    clock.advance(SOON)
    (shown,) = messages(ip1, id) or [{}]

    verify((codes(shown)[-1], Decimal(str(shown.get("price"))))).equals((405, Decimal(0)))
    verify(balance(ip1)).equals(before)


@requirement("ip1/recipients/many")
def test_ten_thousand_recipients_are_taken(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In one call, to the last of them."""
    to = numbers(10_000)
    id = id_of(done(ip1.send(to)))

    answer = ip1.get(f"{BATCHES}/{id}/messages", {"start": 9_999})
    verify([one.get("recipient") for one in listed(answer)]).equals([to[-1]])
