"""Skicka SMS: what a message costs."""

from decimal import Decimal

from conformance.blocked import Blocked
from conformance.checks.ip1.calls import (
    SOON,
    balance,
    codes,
    cost,
    done,
    message,
    messages,
    sent,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import OVERVIEW, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

SURCHARGE = {"SEK": Decimal("0.10"), "EUR": Decimal("0.01")}
"""What priority 2 costs more a segment."""


def surcharge(ip1: Ip1Driver, numbers: Numbers) -> Decimal:
    """What priority 2 adds to the price of a text of two segments."""
    shown = [message(ip1, sent(ip1, numbers(), body="a" * 161, priority=n)) for n in (1, 2)]
    plain, urgent = (Decimal(str(one.get("price"))) for one in shown)
    return urgent - plain


@requirement("ip1/send/priority-price")
def test_priority_has_its_price(ip1: Ip1Driver, numbers: Numbers) -> None:
    """For each of two segments."""
    currency = str(done(ip1.get(OVERVIEW)).get("Currency"))
    if currency not in SURCHARGE:
        raise Blocked(f"knows what priority costs in {' and '.join(SURCHARGE)} alone")

    verify(surcharge(ip1, numbers)).equals(2 * SURCHARGE[currency])


@requirement("ip1/send/priority-price")
def test_priority_is_cheaper_abroad(ip1: Ip1Driver, control: Control, numbers: Numbers) -> None:
    """On an international account, in euros."""
    attributes = {"organization": "Demo Ltd", "type": "international", "currency": "EUR", "name": "Abroad"}
    control.put_account("ip1", "ip1-20001", key="smslab-abroad", credit=100, attributes=attributes)

    verify(surcharge(ip1.as_key("smslab-abroad"), numbers)).equals(2 * SURCHARGE["EUR"])


@requirement("ip1/send/price")
def test_a_message_costs_by_its_segments(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Three times as much for three."""
    (to,) = numbers()
    one, three = (message(ip1, sent(ip1, [to], body="a" * n)).get("price") for n in (160, 459))

    verify(one).holds(lambda price: isinstance(price, int | float) and price > 0, "a price")
    verify(Decimal(str(three))).equals(3 * Decimal(str(one)))


@requirement("ip1/send/price")
def test_the_balance_pays_for_messages(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Two, of two segments each."""
    made: list[str] = []
    spent = cost(ip1, lambda: made.append(sent(ip1, numbers(2), body="a" * 161)))
    prices = [Decimal(str(one.get("price"))) for one in messages(ip1, made[0])]

    verify(spent).equals(sum(prices, Decimal(0)))
    verify(spent > 0).equals(True)


@requirement("ip1/send/no-credit")
def test_what_the_balance_does_not_pay_for_is_rejected(
    empty: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """Accepted, 402, and nothing paid."""
    before = balance(empty)
    id = sent(empty, numbers())
    clock.advance(SOON)
    shown = message(empty, id)

    verify((codes(shown)[-1], Decimal(str(shown.get("price"))))).equals((402, Decimal(0)))
    verify(balance(empty)).equals(before)
