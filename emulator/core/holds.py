"""Credit that is spoken for, by messages that are paid for on delivery, from submission to their end."""

from dataclasses import dataclass
from decimal import Decimal

from emulator.core.model import Account
from emulator.core.ports import Store

KIND = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How much of an account's credit is spoken for; more than nothing."""

    provider: str
    account: str
    amount: Decimal


def held(store: Store, account: Account) -> Decimal:
    """How much of the account's credit is spoken for."""
    found = store.get(KIND, (account.provider, account.login))
    return found.amount if isinstance(found, Hold) else Decimal(0)


def hold(store: Store, account: Account, amount: Decimal) -> None:
    """Speak for so much more of the account's credit. For who is within a turn."""
    _put(store, account, held(store, account) + amount)


def release(store: Store, account: Account, amount: Decimal) -> None:
    """Speak for so much less of it. For who is within a turn."""
    _put(store, account, held(store, account) - amount)


def _put(store: Store, account: Account, amount: Decimal) -> None:
    key = account.provider, account.login
    if amount > 0:
        store.put(KIND, key, Hold(provider=account.provider, account=account.login, amount=amount))
    else:
        store.drop(KIND, key)
