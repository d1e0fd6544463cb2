"""Skicka SMS: from whom."""

from conformance.checks.ip1.calls import (
    at_fault,
    balance,
    done,
    history,
    listed,
    not_taken,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, TEXT, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

BAD_SENDERS: list[object] = [
    "1234567890123456",
    "ab",
    "abcdefghijkl",
    "iP.1",
    "sms lab",
    "smörgås",
    "smslab\n",
    "٤٦٧٠٠٠٠",
    None,
    "",
]


@requirement("ip1/send/bad-sender")
def test_a_bad_sender_refuses_the_whole_call(ip1: Ip1Driver, numbers: Numbers) -> None:
    """No batch is made."""
    before = listed(ip1.get(BATCHES, {"order": "DESC", "limit": 1}))
    not_taken(ip1.send(numbers(2), sender="iP.1"))

    verify(listed(ip1.get(BATCHES, {"order": "DESC", "limit": 1}))).equals(before)


@requirement("ip1/send/sender-rules")
def test_what_is_no_sender_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And none at all."""
    to = numbers()
    for sender in BAD_SENDERS:
        not_taken(ip1.send(to, sender=sender))

    not_taken(ip1.post(BATCHES, {"recipients": to, "body": TEXT}))


@requirement("ip1/send/sender-digits")
def test_a_number_may_be_a_sender(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Of 3, 12 and 15 digits."""
    to = numbers()
    for sender in ("467", "467017406061", "467017406060001"):
        verify(done(ip1.send(to, sender=sender)).get("sender")).equals(sender)


@requirement("ip1/send/sender-digits")
def test_a_long_number_does_not_begin_with_nought(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Of 12 digits."""
    verify(at_fault(ip1.send(numbers(), sender="012345678901"))).equals({"sender"})


@requirement("ip1/send/sender-plus")
def test_a_plus_before_a_sender_is_taken_off(ip1: Ip1Driver, numbers: Numbers) -> None:
    """The batch shows it without."""
    verify(done(ip1.send(numbers(), sender="+46701740605")).get("sender")).equals("46701740605")


@requirement("ip1/send/unregistered")
def test_a_sender_that_is_not_registered_ends_its_messages(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """Accepted, 403, and nothing paid."""
    before = balance(ip1)

    verify(history(ip1, clock, numbers(), sender="smslabnone")[-1]).equals(403)
    verify(balance(ip1)).equals(before)
