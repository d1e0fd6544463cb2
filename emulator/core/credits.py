"""What an order costs and what an account has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from emulator.core.model import Account

MOST = Decimal(10) ** 12
"""The largest amount: beyond it there would be no room for cents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """Prices of one provider: a part of a message, a look-up, exceptions by leading digits.

    A route named here costs so much a message, whatever its length and recipient.
    """

    sms: Decimal = Decimal("1.00")
    lookup: Decimal = Decimal("0.10")
    prefixes: Mapping[str, Decimal] = field(default_factory=dict)
    routes: Mapping[str, Decimal] = field(default_factory=dict)

    def part(self, recipient: str) -> Decimal:
        """The price of one part; the longest matching prefix decides."""
        if not self.prefixes:
            return self.sms
        fitting = [prefix for prefix in self.prefixes if recipient.startswith(prefix)]
        return self.prefixes[max(fitting, key=len)] if fitting else self.sms

    def price(self, recipient: str, parts: int, route: str = "") -> Decimal:
        """The price of so many parts on a route, for one recipient."""
        if route in self.routes:
            return self.routes[route]
        part = self.part(recipient) if self.prefixes else self.sms
        return part if parts == 1 else part * parts  # the same object: most messages keep it

    def prices(self, recipients: Iterable[str], parts: int, route: str = "") -> list[Decimal]:
        """The price of a text of so many parts on a route, for each recipient."""
        if route in self.routes:
            return [self.routes[route] for _ in recipients]
        if self.prefixes:
            return [self.part(recipient) * parts for recipient in recipients]
        price = self.sms * parts
        return [price for _ in recipients]


FREE = Tariff(sms=Decimal(0), lookup=Decimal(0))
"""Of a provider whose world has no prices."""


def is_amount(value: Decimal) -> bool:
    """Whether it can be a price: a number, and neither negative nor beyond all bounds."""
    return value.is_finite() and 0 <= value <= MOST


def is_balance(value: Decimal) -> bool:
    """Whether it can be a credit, which may be negative."""
    return value.is_finite() and abs(value) <= MOST


def affords(account: Account, cost: Decimal) -> bool:
    return account.credit is None or cost <= account.credit + account.overdraft


def debited(account: Account, cost: Decimal) -> Account:
    return account if account.credit is None else replace(account, credit=account.credit - cost)


def refunded(account: Account, cost: Decimal) -> Account:
    return debited(account, -cost)
