"""What orders cost: prices by prefix, and no credit made or lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.credits import Tariff, affords, debited, is_amount
from emulator.core.refusals import Refused
from emulator.tests.samples import DEMO, FAILS, NUMBER, OTHER, UNPAID, a_draft, a_gateway, an_account

PREFIXES = {"357": Decimal("1.50"), "35799": Decimal("2.00"), "49": Decimal("0.07")}


@pytest.mark.parametrize(
    ("recipient", "price"),
    [
        ("306912345678", Decimal("1.00")),
        ("35712548796", Decimal("1.50")),
        ("35799548796", Decimal("2.00")),
        ("491711234567", Decimal("0.07")),
        ("943571254879", Decimal("1.00")),
    ],
)
def test_the_longest_prefix_decides_the_price(recipient: str, price: Decimal) -> None:
    assert Tariff(prefixes=PREFIXES).part(recipient) == price


def test_every_part_is_paid_for_every_recipient() -> None:
    assert Tariff(prefixes=PREFIXES).prices(["306912345678", "35712548796"], 3) == [
        Decimal("3.00"),
        Decimal("4.50"),
    ]
    assert Tariff().prices(["306912345678", "35712548796"], 3) == [Decimal("3.00"), Decimal("3.00")]


@pytest.mark.parametrize(
    ("credit", "afforded"),
    [("9.99", False), ("10.00", True), ("10.01", True), ("0", False), ("-1", False), (None, True)],
)
def test_an_account_affords_what_it_has_to_the_last_credit(credit: str | None, afforded: bool) -> None:
    account = an_account(credit=None if credit is None else Decimal(credit))

    assert affords(account, Decimal("10.00")) is afforded


def test_a_debit_takes_no_more_than_the_cost() -> None:
    account = an_account(credit=Decimal("10.00"))

    paid = debited(account, Decimal("0.10"))

    assert paid == an_account(credit=Decimal("9.90"))


def test_an_unlimited_account_stays_unlimited() -> None:
    account = an_account(credit=None)

    assert debited(account, Decimal("0.10")) == account


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("0", True),
        ("0.10", True),
        ("1000000000000", True),
        ("1000000000000.01", False),
        ("-0.01", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_what_can_be_an_amount(value: str, amount: bool) -> None:
    assert is_amount(Decimal(value)) is amount


drafts = st.tuples(
    st.lists(st.sampled_from([NUMBER, OTHER, FAILS, UNPAID, "35799548796", "491711234567"]), max_size=4),
    st.sampled_from(["", "Hello", "a" * 161, "a" * 400]),
)


@given(st.lists(drafts, max_size=12))
def test_credit_is_neither_made_nor_lost(calls: list[tuple[list[str], str]]) -> None:
    """What an account had is what it has and what its messages cost, and never is it less than nothing."""
    gateway = a_gateway(an_account(credit=Decimal("20.00")), tariff=Tariff(prefixes=PREFIXES))

    for recipients, text in calls:
        before = gateway.credit(DEMO)
        try:
            gateway.send(DEMO, a_draft(*recipients, text=text))
        except Refused:
            assert gateway.credit(DEMO) == before

    left = gateway.credit(DEMO)
    assert left is not None
    assert left >= 0
    assert left + sum(message.price for message in gateway.store.messages()) == Decimal("20.00")
