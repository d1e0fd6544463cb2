"""Lista Meddelanden."""

from decimal import Decimal

import pytest

from conformance.checks.ip1.calls import (
    MOMENT,
    SOON,
    UNKNOWN,
    Document,
    codes,
    done,
    id_of,
    listed,
    message,
    messages,
    moment,
    owner,
    refused,
    sent,
    statuses,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, OVERVIEW, SENDER, TEXT, Ip1Driver
from conformance.numbers import PREFIX, Numbers
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = {
    "id",
    "batchId",
    "owner",
    "sender",
    "recipient",
    "body",
    "direction",
    "segments",
    "type",
    "datacoding",
    "priority",
    "price",
    "currency",
    "statuses",
    "modified",
    "reference",
    "mcc",
    "mnc",
}
GREECE = "202"
"""The code of the country whose numbers are invented."""


def delivered(ip1: Ip1Driver, clock: Clock, numbers: Numbers, **more: object) -> Document:
    """A message that has arrived, with all it went through."""
    id = sent(ip1, numbers(), **more)
    clock.advance(SOON)
    return message(ip1, id)


@requirement("ip1/messages/within-batch")
def test_a_message_is_in_one_batch_alone(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And not below another one."""
    to = numbers()
    one, other = sent(ip1, to), sent(ip1, to)
    id = id_of(messages(ip1, one)[0])

    verify(done(ip1.get(f"{BATCHES}/{one}/messages/{id}")).get("batchId")).equals(one)
    refused(ip1.get(f"{BATCHES}/{other}/messages/{id}"), 404)


@requirement("ip1/messages/list")
def test_a_list_shows_the_latest_status_alone(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Of each of two messages; otherwise as each is by itself."""
    id = sent(ip1, numbers(2))
    clock.advance(SOON)
    shown = messages(ip1, id)

    verify([codes(one) for one in shown]).equals([[201], [201]])
    for one in shown:
        alone = done(ip1.get(f"{BATCHES}/{id}/messages/{id_of(one)}"))
        verify(one).equals({**alone, "statuses": statuses(alone)[-1:]})


@requirement("ip1/messages/read")
def test_a_message_shows_every_status_it_had(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """More after a while than in the beginning."""
    id = sent(ip1, numbers())
    first = statuses(message(ip1, id))
    clock.advance(SOON)
    then = statuses(message(ip1, id))

    verify(then[: len(first)]).equals(first)
    verify(len(then)).holds(lambda n: n > len(first), "more of them")


@requirement("ip1/messages/oldest-first")
def test_statuses_stand_oldest_first(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """From the acceptance to the end."""
    shown = delivered(ip1, clock, numbers)
    moments = [moment(status.get("created")) for status in statuses(shown)]

    verify(moments).equals(sorted(moments))
    verify((codes(shown)[0], codes(shown)[-1])).equals((101, 201))


@requirement("ip1/messages/not-found")
def test_a_message_of_nowhere_is_not_found(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Without its batch, or without itself."""
    id = sent(ip1, numbers())
    message = id_of(messages(ip1, id)[0])

    refused(ip1.get(f"{BATCHES}/{UNKNOWN}/messages"), 404)
    refused(ip1.get(f"{BATCHES}/{UNKNOWN}/messages/{message}"), 404)
    refused(ip1.get(f"{BATCHES}/{id}/messages/{UNKNOWN}"), 404)


@requirement("ip1/messages/document")
def test_a_message_has_these_members(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """No more and no fewer."""
    to = numbers()
    id = sent(ip1, to, reference="smslab", priority=2)
    clock.advance(SOON)
    shown = message(ip1, id)
    expected = {
        "batchId": id,
        "owner": owner(ip1),
        "sender": SENDER,
        "recipient": to[0],
        "body": TEXT,
        "segments": 1,
        "priority": 2,
        "reference": "smslab",
    }

    verify(set(shown)).equals(MEMBERS)
    verify({name: shown.get(name) for name in expected}).equals({**expected})
    verify(str(shown.get("direction")).lower()).equals("mt")


@requirement("ip1/messages/document")
def test_a_message_without_a_reference_shows_null(ip1: Ip1Driver, numbers: Numbers) -> None:
    """As its batch does."""
    shown = message(ip1, sent(ip1, numbers()))

    verify(("reference" in shown, shown.get("reference"))).equals((True, None))


@requirement("ip1/messages/one-each")
def test_there_is_a_message_for_each_recipient(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In the order in which they were named."""
    to = numbers(4)[::-1]

    verify([one.get("recipient") for one in messages(ip1, sent(ip1, to))]).equals([*to])


@requirement("ip1/messages/datacoding")
@pytest.mark.parametrize(("text", "coding"), [("Kör € {", "gsm"), ("Γειά", "ucs"), ("你好", "ucs")])
def test_a_message_shows_the_alphabet_it_needs(
    ip1: Ip1Driver, numbers: Numbers, text: str, coding: str
) -> None:
    """While any is allowed."""
    shown = message(ip1, sent(ip1, numbers(), body=text, datacoding="ucs"))

    verify(str(shown.get("datacoding")).lower()).equals(coding)


@requirement("ip1/messages/price")
def test_a_message_shows_its_whole_price(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A number, in the currency of the account, for two segments twice that for one."""
    to = numbers()
    one, two = (message(ip1, sent(ip1, to, body="a" * n)) for n in (1, 161))
    currency = done(ip1.get(OVERVIEW)).get("Currency")

    verify(one.get("currency")).equals(currency)
    verify(currency).is_one_of("SEK", "EUR")
    verify(one.get("price")).holds(lambda price: isinstance(price, int | float) and price > 0, "a number")
    verify(Decimal(str(two.get("price")))).equals(2 * Decimal(str(one.get("price"))))


@requirement("ip1/messages/status")
def test_a_status_has_a_moment_a_code_and_a_duration(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Each one of them."""
    for status in statuses(delivered(ip1, clock, numbers)):
        verify(sorted(status)).equals(["code", "created", "duration"])
        verify(status.get("created")).matches(MOMENT)
        verify((type(status.get("code")), type(status.get("duration")))).equals((int, int))


@requirement("ip1/messages/modified")
def test_a_message_has_changed_with_its_latest_status(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Which came a while after the first."""
    shown = delivered(ip1, clock, numbers)
    first, last = statuses(shown)[0].get("created"), statuses(shown)[-1].get("created")

    verify(shown.get("modified")).equals(last)
    verify(moment(shown.get("modified")) > moment(first)).equals(True)


@requirement("ip1/messages/network")
def test_a_message_tells_the_network(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """By texts of digits; of invented numbers the country is known."""
    shown = delivered(ip1, clock, numbers)
    mcc = GREECE if str(shown.get("recipient")).startswith(PREFIX) else r"\d{3}"

    verify(shown.get("mcc")).matches(mcc)
    verify(shown.get("mnc")).matches(r"\d{2,3}")


@requirement("ip1/messages/lower-case")
def test_words_are_in_small_letters(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In the list and by themselves."""
    id = sent(ip1, numbers(), type="FLASH", datacoding="UCS")
    words = [
        [one.get(name) for name in ("direction", "type", "datacoding")]
        for one in (*messages(ip1, id), message(ip1, id))
    ]

    verify(words).equals([["mt", "flash", "gsm"]] * 2)


@requirement("ip1/messages/list")
def test_the_list_of_a_batch_has_no_other_messages(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Of two batches to the same number."""
    to = numbers()
    one, other = sent(ip1, to), sent(ip1, to)

    for id in (one, other):
        verify([entry.get("batchId") for entry in listed(ip1.get(f"{BATCHES}/{id}/messages"))]).equals([id])
