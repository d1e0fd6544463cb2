"""What an account says of its money, before a run and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Charge(NamedTuple):
    """All that was charged so far, as one place of a statement tells it."""

    price: Decimal
    messages: int | None = None  # None where the provider does not count them


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The same sum may be told in several places; each of them must be right."""

    charges: tuple[Charge, ...]
    left: Decimal | None = None  # what may still be spent, where the provider tells


def of_balance(balance: Decimal) -> Statement:
    """Where only the balance is told: what it falls by was charged."""
    return Statement(charges=(Charge(price=-balance),), left=balance)


def charged(before: Statement, after: Statement) -> Sequence[Charge]:
    return [
        Charge(
            price=later.price - earlier.price,
            messages=None
            if later.messages is None or earlier.messages is None
            else later.messages - earlier.messages,
        )
        for earlier, later in zip(before.charges, after.charges, strict=True)
    ]
