"""Bills: what adds up where."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.model import Message, Status
from emulator.providers.iro.bill import billed
from emulator.providers.iro.quirks import Quirks
from emulator.tests.samples import a_message

Owned = tuple[Message, Status]

ROUTES, GROUPS = (
    st.sampled_from(["smstrade", "faxde", "localmail"]),
    st.sampled_from(["", "a", "anz", "price"]),
)


def sent(
    route: str = "smstrade", group: str = "", price: str = "0.07", status: Status = Status.DELIVERED
) -> Owned:
    message = a_message()
    order = replace(message.order, route=route, extras={"info": group})
    return replace(message, order=order, price=Decimal(price)), status


def test_the_bill_of_the_example() -> None:
    owned = [sent(group="spring campaign"), sent(), sent(group="spring campaign")]

    assert billed(owned, Quirks()) == {
        "smstrade": {
            "spring campaign": {"anz": 2, "price": 0.14}, "": {"anz": 1, "price": 0.07},
            "anz": 3, "price": 0.21,
        },
        "total": {"anz": 3, "price": 0.21},
    }  # fmt: skip


def test_an_empty_bill_has_a_total() -> None:
    assert billed([], Quirks()) == {"total": {"anz": 0, "price": 0.0}}


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.DELIVERED])
def test_what_did_not_arrive_is_not_on_it(status: Status) -> None:
    assert billed([sent(status=status)], Quirks()) == billed([], Quirks())


def test_the_sum_wins_over_a_group_of_its_name() -> None:
    found = billed([sent(group="anz"), sent(group="price"), sent(group="x")], Quirks())

    assert found["smstrade"] == {"anz": 3, "price": 0.21, "x": {"anz": 1, "price": 0.07}}


def test_the_total_wins_over_an_offer_of_its_name() -> None:
    assert billed([sent(route="total"), sent()], Quirks())["total"] == {"anz": 2, "price": 0.14}


def test_prices_have_four_decimals_and_are_fractions() -> None:
    found: Any = billed([sent(price="0.00004"), sent(price="1.00001")], Quirks())

    assert found["total"] == {"anz": 2, "price": 1.0}
    assert type(found["total"]["price"]) is float


@given(st.lists(st.tuples(ROUTES, GROUPS, st.decimals(0, 10, places=3))))
def test_offers_add_up_to_the_total(rows: list[tuple[str, str, Decimal]]) -> None:
    found: Any = billed([sent(route, group, str(price)) for route, group, price in rows], Quirks())

    total, offers = found.pop("total"), found.values()
    assert total["anz"] == sum(offer["anz"] for offer in offers) == len(rows)
    assert total["price"] == pytest.approx(sum(offer["price"] for offer in offers))
    assert total["price"] == float(sum((price for *_, price in rows), Decimal(0)))


@given(st.lists(st.tuples(ROUTES, GROUPS)))
def test_groups_add_up_to_their_offer(rows: list[tuple[str, str]]) -> None:
    found: Any = billed([sent(route, group) for route, group in rows], Quirks(bill_groups="info"))

    for route in {route for route, _ in rows}:
        groups = found[route]["info"].values()
        assert found[route]["anz"] == sum(group["anz"] for group in groups)
        assert found[route]["price"] == pytest.approx(sum(group["price"] for group in groups))
