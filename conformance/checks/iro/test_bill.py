"""bill: what is not paid yet."""

from decimal import Decimal
from typing import Any

import pytest

from conformance.checks.iro.calls import (
    NOBODY,
    SOON,
    STRANGER,
    addresses,
    billed,
    default,
    international,
    job,
    send,
    sending_methods,
    sums,
    two_offers,
    unused,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import IroDriver, Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

EMPTY: Value = {"total": {"anz": 0, "price": 0.0}}


@requirement("iro/bill/user")
def test_a_bill_has_own_messages_alone(
    iro: IroDriver, control: Control, numbers: Numbers, second: str
) -> None:
    """Of two users who both sent something."""
    job(iro.sms(international(numbers(2))))
    job(iro.sms(international(numbers()), user=second))
    control.advance(SOON)

    verify([billed(user, "total")["anz"] for user in (iro, iro.as_user(second))]).equals([2, 1])


@requirement("iro/bill/user")
def test_a_bill_is_not_for_strangers(iro: IroDriver) -> None:
    """Who have no apikey."""
    verify(iro.bill(user=NOBODY)).equals(STRANGER)


@requirement("iro/bill/routes")
def test_each_offer_that_was_used_has_an_entry(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Two of sms, one of mail, and the sum."""
    one, two = two_offers(iro, "sms")
    third = default(iro, "mail")
    for offer in (one, two):
        job(iro.sms(international(numbers()), route=offer))
    job(iro.mail(addresses(), route=third))
    control.advance(SOON)

    verify(sorted(_dict(iro.bill()))).equals(sorted([one, two, third, "total"]))


@requirement("iro/bill/group-anz")
def test_a_group_counts_its_messages(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Two jobs, three recipients."""
    group = unused(clock)
    job(iro.sms(international(numbers(2)), info=group))
    job(iro.sms(international(numbers()), info=group))
    clock.advance(SOON)

    verify(billed(iro, default(iro), group)["anz"]).equals(3)


@requirement("iro/bill/group-price")
def test_a_group_costs_what_its_messages_cost(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Three times the price of one."""
    groups = [unused(clock, name) for name in ("one", "three")]
    for n, group in zip((1, 3), groups, strict=True):
        job(iro.sms(international(numbers(n)), info=group))
    clock.advance(SOON)

    one, three = (_price(billed(iro, default(iro), group)) for group in groups)
    verify(one).holds(lambda price: price > 0, "a price above nought")
    verify(three).equals(3 * one)


@requirement("iro/bill/route-sums")
def test_an_offer_is_the_sum_of_its_groups(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Two with a name, one without."""
    for n, info in ((1, "smslab one"), (2, "smslab two"), (1, "")):
        job(iro.sms(international(numbers(n)), info=info))
    clock.advance(SOON)

    offer = billed(iro, default(iro))
    groups = [entry for entry in offer.values() if isinstance(entry, dict)]
    verify((offer.get("anz"), _price(offer))).equals(_added(groups))


@requirement("iro/bill/total")
def test_the_total_is_the_sum_of_all_offers(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Of each type, and of two offers of one."""
    for offer in two_offers(iro, "sms"):
        job(iro.sms(international(numbers(2)), route=offer))
    job(iro.fax(international(numbers())))
    job(iro.mail(addresses(2)))
    control.advance(SOON)

    bill = _dict(iro.bill())
    total = bill.pop("total", {})
    verify((total.get("anz"), _price(total))).equals(_added(list(bill.values())))
    verify(total.get("anz")).equals(7)


@requirement("iro/bill/beside")
def test_groups_stand_beside_the_sums(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Of their offer."""
    job(iro.sms(international(numbers()), info="smslab group"))
    control.advance(SOON)

    verify(sorted(billed(iro, default(iro)))).equals(["anz", "price", "smslab group"])


@requirement("iro/bill/empty-group")
def test_messages_without_a_name_stand_under_the_empty_one(
    iro: IroDriver, control: Control, numbers: Numbers
) -> None:
    """Beside the sums."""
    job(iro.sms(international(numbers())))
    control.advance(SOON)

    verify(sorted(billed(iro, default(iro)))).equals(["", "anz", "price"])


@requirement("iro/bill/collision")
@pytest.mark.parametrize("info", ["anz", "price"])
def test_a_group_gives_way_to_a_sum(iro: IroDriver, control: Control, numbers: Numbers, info: str) -> None:
    """Of the same name."""
    job(iro.sms(international(numbers(2)), info=info))
    control.advance(SOON)

    offer = billed(iro, default(iro))
    verify(sorted(offer)).equals(["anz", "price"])
    verify((offer["anz"], _price(offer))).equals((billed(iro, "total")["anz"], _price(billed(iro, "total"))))


@requirement("iro/bill/types")
def test_counts_are_whole_and_prices_are_fractions(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """In every entry."""
    job(iro.sms(international(numbers())))
    clock.advance(SOON)

    for path in (("total",), (default(iro),), (default(iro), "")):
        entry = billed(iro, *path)
        verify([type(value) for value in sums(entry)]).equals([int, float])


@requirement("iro/bill/types")
def test_a_price_of_nothing_is_a_fraction_too(iro: IroDriver, second: str) -> None:
    """Of an empty bill."""
    total = billed(iro.as_user(second), "total")

    verify([type(value) for value in sums(total)]).equals([int, float])


@requirement("iro/bill/rounded")
def test_prices_have_four_decimals_at_most(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """However many messages are added up."""
    for n in (3, 7, 11):
        job(iro.sms(international(numbers(n)), info=f"smslab {n}"))
    clock.advance(SOON)

    bill = _dict(iro.bill())
    entries = [*bill.values(), *(group for one in bill.values() for group in one.values())]
    prices = [entry["price"] for entry in entries if isinstance(entry, dict)]
    verify([price for price in prices if round(price, 4) != price]).equals([])
    verify(prices).holds(bool, "prices")


@requirement("iro/bill/per-message")
def test_a_message_costs_the_same_however_long(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """One part and seven."""
    short, long = unused(clock, "short"), unused(clock, "long")
    job(iro.sms(international(numbers()), "x", info=short))
    job(iro.sms(international(numbers()), "x" * 1000, info=long))
    clock.advance(SOON)

    offer = default(iro)
    verify(sums(billed(iro, offer, long))).equals(sums(billed(iro, offer, short)))


@requirement("iro/bill/carrier")
@sending_methods
def test_a_message_stands_under_the_offer_that_carried_it(
    iro: IroDriver, control: Control, login: str, method: str
) -> None:
    """The second of a list, the first being out of order."""
    one, two = two_offers(iro, method)
    control.patch_account("iro", login, attributes={"down": one})
    job(send(iro, method, route=[one, two]))
    control.advance(SOON)

    verify(sorted(_dict(iro.bill()))).equals(sorted([two, "total"]))


@requirement("iro/bill/only-sent")
def test_failed_messages_are_not_billed(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """One of three."""
    job(iro.sms(international([*numbers(2), *numbers(1, "9001")])))
    control.advance(SOON)

    verify(billed(iro, "total")["anz"]).equals(2)


@requirement("iro/bill/only-sent")
def test_a_failed_job_leaves_no_trace_on_the_bill(iro: IroDriver, control: Control) -> None:
    """A mail that nobody takes."""
    job(iro.mail(addresses(box="fail")))
    control.advance(SOON)

    verify(iro.bill()).equals(EMPTY)


@requirement("iro/bill/empty")
def test_an_empty_bill_has_an_empty_total(iro: IroDriver, second: str) -> None:
    """And nothing else."""
    verify(iro.bill(user=second)).equals(EMPTY)


@requirement("iro/bill/no-effect")
def test_reading_a_bill_pays_nothing(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Read three times."""
    job(iro.sms(international(numbers())))
    clock.advance(SOON)
    first = iro.bill()

    verify([iro.bill(), iro.bill()]).equals([first, first])
    verify(billed(iro, "total")["anz"]).holds(lambda anz: anz >= 1, "a message or more")


def _dict(bill: object) -> dict[str, Any]:
    """A bill that has to be one."""
    verify(bill).holds(lambda value: isinstance(value, dict), "a dict")
    return dict(bill) if isinstance(bill, dict) else {}


def _price(entry: dict[str, Any]) -> Decimal:
    """As it was written, so that it can be added up."""
    return Decimal(str(entry.get("price", 0)))


def _added(entries: list[dict[str, Any]]) -> tuple[int, Decimal]:
    return sum(int(entry["anz"]) for entry in entries), sum(map(_price, entries), Decimal(0))
