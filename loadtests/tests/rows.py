"""Short ways to write ledgers in tests."""

from __future__ import annotations

from decimal import Decimal

from loadtests.ledger import Key, Ledger, Outcome, Receipt, Sent
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found
from loadtests.statement import Charge, Statement, of_balance

PLAN = Plan(scenario="isms-http", rate=10, seconds=2)


def sent(
    slot: int,
    *,
    reference: str = "",
    references: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    outcome: Outcome = Outcome.ACCEPTED,
    took: float = 0.01,
    reason: str = "",
    reported: bool = True,
) -> Sent:
    due = slot / 10
    numbers = numbers or (f"30690000000{slot}",)
    if outcome is Outcome.ACCEPTED:
        references = references or (reference or f"A{slot}",) * len(numbers)
    return Sent(
        slot=slot,
        numbers=numbers,
        intended=due,
        begun=due,
        ended=due + took,
        outcome=outcome,
        references=references,
        reason=reason,
        reported=reported,
    )


def receipt(
    slot: int,
    *,
    reference: str = "",
    delivered: bool = True,
    arrived: float | None = None,
    step: str = "",
) -> Receipt:
    """By default on time: three seconds after the answer to its call, and a little."""
    return Receipt(
        reference=reference or f"A{slot}",
        number=f"30690000000{slot}",
        delivered=delivered,
        arrived=slot / 10 + 3.06 if arrived is None else arrived,
        step=step,
    )


def found(slot: int, *, reference: str = "", delivered: bool | None = True) -> Found:
    return Found(reference=reference or f"A{slot}", number=f"30690000000{slot}", delivered=delivered)


def ledger(calls: list[Sent], receipts: list[Receipt]) -> Ledger:
    return Ledger(
        sent=calls,
        receipts=[one for one in receipts if not one.step],
        steps=[one for one in receipts if one.step],
    )


def books(
    *messages: Found,
    charged: str,
    complete: bool = True,
    asked: tuple[Key, ...] = (),
    answered: tuple[Found, ...] = (),
) -> Books:
    before = Decimal("100.00")
    return Books(
        found=messages,
        complete=complete,
        before=of_balance(before),
        after=of_balance(before - Decimal(charged)),
        asked=asked,
        answered=answered,
    )


def bill(*charges: tuple[str, int]) -> Statement:
    """Prices and counts, as the places of a bill tell them."""
    return Statement(charges=tuple(Charge(price=Decimal(price), messages=count) for price, count in charges))
