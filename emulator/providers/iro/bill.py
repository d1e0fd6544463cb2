"""The bill: what a user's messages cost, by offer and billing group."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple, TypeAlias

from emulator.core.model import Message, Status
from emulator.providers.iro import wire
from emulator.providers.iro.quirks import Quirks

TOTAL = "total"
COUNT, PRICE = "anz", "price"

Bill: TypeAlias = Mapping[str, "int | float | Bill"]


class Sum(NamedTuple):
    """How many messages, and what they cost."""

    messages: int = 0
    price: Decimal = Decimal(0)

    def plus(self, other: "Sum") -> "Sum":
        return Sum(self.messages + other.messages, self.price + other.price)

    def shown(self) -> dict[str, int | float | Bill]:
        """As the bill has it; the price with at most four decimals."""
        # req: iro/bill/types iro/bill/rounded iro/bill/group-anz iro/bill/group-price
        price = self.price.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
        return {COUNT: self.messages, PRICE: float(price)}


Groups = dict[str, Sum]
"""What the billing groups of an offer come to."""


def billed(owned: Iterable[tuple[Message, Status]], quirks: Quirks) -> Bill:
    """A dict by offer, with the sum of all under `total`."""
    offers = summed(owned, quirks)
    total = together(sum_ for groups in offers.values() for sum_ in groups.values())
    # req: iro/bill/routes iro/bill/total iro/bill/empty
    return {**{offer: entry(groups, quirks) for offer, groups in offers.items()}, TOTAL: total.shown()}


def entry(groups: Groups, quirks: Quirks) -> Bill:
    """One offer: its groups, and their sum beside them, which a group of such a name gives way to."""
    shown = {name: sum_.shown() for name, sum_ in groups.items()}  # req: iro/bill/empty-group
    # req: iro/bill/route-sums iro/bill/beside iro/bill/collision
    beside: Bill = {"info": shown} if quirks.bill_groups == "info" else shown
    return {**beside, **together(groups.values()).shown()}


def summed(owned: Iterable[tuple[Message, Status]], quirks: Quirks) -> dict[str, Groups]:
    """What each offer carried for each billing group, in the order of their first messages."""
    counted = Counter(
        (message.order.route, message.order.extras.get(wire.INFO, ""), message.price)
        for message, status in owned
        if status is Status.DELIVERED or (quirks.bill_failed and status.final)  # req: iro/bill/only-sent
    )
    offers: dict[str, Groups] = {}
    for (offer, group, price), count in counted.items():
        # req: iro/bill/carrier iro/bill/per-message iro/sms/info iro/fax/info iro/mail/info
        groups = offers.setdefault(offer, {})
        groups[group] = groups.get(group, Sum()).plus(Sum(count, price * count))
    return offers


def together(sums: Iterable[Sum]) -> Sum:
    whole = Sum()
    for sum_ in sums:
        whole = whole.plus(sum_)
    return whole
