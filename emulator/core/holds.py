"""Credit that is spoken for, by messages that are paid for on delivery, from submission to their end."""

from dataclasses import dataclass
from decimal import Decimal

from emulator.core.model import Order
from emulator.core.ports import Store

KIND = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How much of an account's credit is spoken for; more than nothing."""

    provider: str
    account: str
    amount: Decimal


def held(store: Store, order: Order) -> Decimal:
    """How much of the credit of who ordered is spoken for."""
    found = store.get(KIND, (order.provider, order.account))
    return found.amount if isinstance(found, Hold) else Decimal(0)


def hold(store: Store, order: Order, amount: Decimal) -> None:
    """Speak for so much more of it. For who is within a turn."""
    _put(store, order, held(store, order) + amount)


def release(store: Store, order: Order, amount: Decimal) -> None:
    """Speak for so much less of it, also where the account is gone. For who is within a turn."""
    _put(store, order, held(store, order) - amount)


def release_all(store: Store) -> None:
    """Speak for nothing any more, where the messages are gone. For who is within a turn."""
    store.trim(KIND, 0)


def _put(store: Store, order: Order, amount: Decimal) -> None:
    key = order.provider, order.account
    if amount > 0:
        store.put(KIND, key, Hold(provider=order.provider, account=order.account, amount=amount))
    else:
        store.drop(KIND, key)
