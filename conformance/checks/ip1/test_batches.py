"""Batcher."""

from datetime import timedelta
from decimal import Decimal

import pytest

from conformance.checks.ip1.calls import (
    SOON,
    UNKNOWN,
    Document,
    balance,
    batch,
    codes,
    done,
    id_of,
    latest,
    listed,
    message,
    messages,
    owner,
    refused,
    sent,
    written,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, OVERVIEW, SENDER, TEXT, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

SUMMARIES = {"messageSummary", "priceSummary"}
MEMBERS = {
    "id",
    "sender",
    "body",
    "owner",
    "direction",
    "type",
    "datacoding",
    "priority",
    "templated",
    "deliveryWindows",
    "status",
    "deliveryReportUrl",
    "reference",
    "tags",
}
LONG = "a" * 161
"""Two segments."""


def ahead(ip1: Ip1Driver, clock: Clock, to: object) -> str:
    """A batch that lies ahead by an hour."""
    opens = written(clock.now() + timedelta(hours=1))
    return sent(ip1, to, deliveryWindows=[{"opens": opens}])


def newest(ip1: Ip1Driver, n: int) -> list[Document]:
    """The last batches of the list, the newest last."""
    return listed(ip1.get(BATCHES, {"order": "DESC", "limit": n}))[::-1]


@requirement("ip1/batches/list")
def test_a_list_has_batches_without_their_summaries(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Otherwise as each is by itself."""
    id = sent(ip1, numbers())
    alone = batch(ip1, id)

    verify(newest(ip1, 1)).equals([{name: alone[name] for name in alone if name not in SUMMARIES}])


@requirement("ip1/batches/chronological")
def test_batches_stand_in_the_order_in_which_they_were_made(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """Two within a second, one after."""
    to = numbers()
    made = [sent(ip1, to), sent(ip1, to)]
    clock.advance(2)
    made.append(sent(ip1, to))

    verify([one.get("id") for one in newest(ip1, 3)]).equals([*made])


@requirement("ip1/batches/summaries")
def test_one_batch_has_its_summaries(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Both of them."""
    id = sent(ip1, numbers())
    shown = batch(ip1, id)

    verify((shown.get("id"), set(shown) & SUMMARIES)).equals((id, SUMMARIES))


@requirement("ip1/batches/message-summary")
def test_messages_are_counted_by_their_latest_code(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """And their segments: two that arrive, one that does not."""
    id = sent(ip1, [*numbers(2), *numbers(1, "9001")], body=LONG)
    clock.advance(SOON)

    verify(batch(ip1, id).get("messageSummary")).equals(
        {"201": {"messages": 2, "sms": 4}, "500": {"messages": 1, "sms": 2}}
    )


@requirement("ip1/batches/message-summary")
def test_a_summary_follows_what_happens(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Before and after the message arrived."""
    id = sent(ip1, numbers())
    before = batch(ip1, id).get("messageSummary")
    code = codes(message(ip1, id))[-1]
    clock.advance(SOON)

    verify(before).equals({str(code): {"messages": 1, "sms": 1}})
    verify(batch(ip1, id).get("messageSummary")).equals({"201": {"messages": 1, "sms": 1}})


@requirement("ip1/batches/price-summary")
def test_a_price_has_total_currency_and_average(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In the currency of the account."""
    price = batch(ip1, sent(ip1, numbers())).get("priceSummary") or {}

    verify(sorted(price)).equals(["average", "currency", "total"])
    verify(price.get("currency")).equals(done(ip1.get(OVERVIEW)).get("Currency"))


@requirement("ip1/batches/price-figures")
def test_a_price_sums_up_its_messages(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Three, of one segment and of two."""
    values = dict(zip(numbers(3), ({"a": "a"}, {"a": "a"}, {"a": LONG}), strict=True))
    id = sent(ip1, values, body="{a}")
    clock.advance(SOON)
    price = batch(ip1, id).get("priceSummary") or {}
    total = sum((Decimal(str(one.get("price"))) for one in messages(ip1, id)), Decimal(0))

    verify(Decimal(str(price.get("total")))).equals(total)
    verify(float(price.get("average", 0))).holds(
        lambda average: abs(average - float(total) / 3) < 0.0001, f"{total} / 3"
    )


@requirement("ip1/batches/document")
def test_a_batch_has_these_members(ip1: Ip1Driver, numbers: Numbers) -> None:
    """With what was sent."""
    to = numbers()
    shown = batch(ip1, sent(ip1, to, priority=2, reference="smslab", tags=["a"]))
    expected = {
        "sender": SENDER,
        "body": TEXT,
        "owner": owner(ip1),
        "priority": 2,
        "templated": False,
        "deliveryWindows": [],
        "deliveryReportUrl": None,
        "reference": "smslab",
        "tags": ["a"],
    }

    verify(MEMBERS - set(shown)).equals(set())
    verify({name: shown.get(name) for name in expected}).equals({**expected})
    verify([str(shown.get(name)).lower() for name in ("direction", "type", "datacoding")]).equals(
        ["mt", "sms", "ucs"]
    )
    verify(type(shown.get("status"))).equals(int)


@requirement("ip1/batches/no-created")
def test_a_batch_does_not_tell_when_it_was_made(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Nor has it anything else to say."""
    verify(set(batch(ip1, sent(ip1, numbers()))) - MEMBERS).equals(SUMMARIES)


@requirement("ip1/batches/lower-case")
def test_words_are_in_small_letters(ip1: Ip1Driver, numbers: Numbers) -> None:
    """However they were sent."""
    made = done(ip1.send(numbers(), type="FLASH", datacoding="GSM"))

    for shown in (made, batch(ip1, id_of(made)), newest(ip1, 1)[0]):
        words = [shown.get(name) for name in ("direction", "type", "datacoding")]
        verify(words).equals(["mt", "flash", "gsm"])


@requirement("ip1/batches/status-open")
def test_an_open_batch_has_the_lowest_code_under_way(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Two have arrived, one is still with the operator."""
    id = sent(ip1, [*numbers(2), *numbers(1, "9004")])
    clock.advance(SOON)

    verify(sorted(latest(messages(ip1, id)).values())).equals([112, 201, 201])
    verify(batch(ip1, id).get("status")).equals(112)


@requirement("ip1/batches/status-open")
def test_a_batch_that_waits_has_the_code_of_its_messages(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """All of them ahead, but for one that was rejected."""
    id = ahead(ip1, clock, [*numbers(1), "0701740606"])
    clock.advance(1)
    shown = batch(ip1, id).get("status")
    ip1.delete(f"{BATCHES}/{id}")

    verify(shown).equals(102)


@requirement("ip1/batches/status-final")
@pytest.mark.parametrize(("arrive", "fail", "code"), [(2, 1, 201), (1, 2, 500)])
def test_a_batch_that_has_ended_has_the_code_of_most(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, arrive: int, fail: int, code: int
) -> None:
    """Of three messages."""
    id = sent(ip1, [*numbers(arrive), *numbers(fail, "9001")])
    clock.advance(SOON)

    verify(batch(ip1, id).get("status")).equals(code)


@requirement("ip1/batches/delete")
def test_a_batch_can_be_deleted(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """One that has ended is listed no more, one that lies ahead does not go out."""
    (number,) = numbers()
    past = sent(ip1, [number])
    clock.advance(SOON)
    future = ahead(ip1, clock, [number])

    for id in (past, future):
        verify(ip1.delete(f"{BATCHES}/{id}").status).holds(lambda status: 200 <= status < 300, "success")
    verify([one for one in newest(ip1, 2) if one.get("id") == past]).equals([])
    clock.advance(3600 + SOON)
    left = ip1.get(f"{BATCHES}/{future}/messages")
    verify([codes(one)[-1] for one in (left.entries if left.status == 200 else [])]).is_one_of([], [203])


@requirement("ip1/batches/delete-answer")
def test_deleting_is_answered_with_the_batch(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """As it was listed; a second time, and for one that never was, there is none."""
    id = sent(ip1, numbers())
    clock.advance(SOON)
    shown = newest(ip1, 1)[0]
    answer = ip1.delete(f"{BATCHES}/{id}")

    verify((answer.status, answer.document)).equals((200, shown))
    refused(ip1.delete(f"{BATCHES}/{id}"), 404)
    refused(ip1.delete(f"{BATCHES}/{UNKNOWN}"), 404)


@requirement("ip1/batches/cancel")
def test_what_has_not_gone_out_is_cancelled(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """And does not go out when its time comes."""
    id = ahead(ip1, clock, numbers(2))
    done(ip1.delete(f"{BATCHES}/{id}"))
    clock.advance(3600 + SOON)

    shown = listed(ip1.get(f"{BATCHES}/{id}/messages"))
    verify([codes(one) for one in shown]).equals([[203], [203]])


@requirement("ip1/batches/cancel-kept")
def test_a_cancelled_batch_can_still_be_read(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """By itself and in the list, with what became of it."""
    id = ahead(ip1, clock, numbers())
    done(ip1.delete(f"{BATCHES}/{id}"))

    verify(batch(ip1, id).get("status")).equals(203)
    verify([one.get("id") for one in newest(ip1, 1)]).equals([id])


@requirement("ip1/batches/cancel-refund")
def test_what_was_paid_for_cancelled_messages_comes_back(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """104 before 203, and the balance as it was."""
    before = balance(ip1)
    id = ahead(ip1, clock, numbers())
    done(ip1.delete(f"{BATCHES}/{id}"))

    verify(codes(message(ip1, id))[-2:]).equals([104, 203])
    verify(balance(ip1)).equals(before)


@requirement("ip1/batches/delete-gone")
def test_a_batch_that_has_ended_is_gone_with_its_messages(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """There is nothing to read."""
    id = sent(ip1, numbers())
    clock.advance(SOON)
    message = id_of(messages(ip1, id)[0])
    done(ip1.delete(f"{BATCHES}/{id}"))

    for path in ("", "/messages", f"/messages/{message}"):
        refused(ip1.get(f"{BATCHES}/{id}{path}"), 404)
