"""Short ways to write ledgers in tests."""

from __future__ import annotations

from decimal import Decimal

from loadtests.ledger import Ledger, Outcome, Receipt, Sent
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found

PLAN = Plan(scenario="isms-http", rate=10, seconds=2)


def sent(
    slot: int,
    *,
    reference: str = "",
    numbers: tuple[str, ...] = (),
    outcome: Outcome = Outcome.ACCEPTED,
    took: float = 0.01,
    reason: str = "",
) -> Sent:
    due = slot / 10
    return Sent(
        slot=slot,
        numbers=numbers or (f"30690000000{slot}",),
        intended=due,
        begun=due,
        ended=due + took,
        outcome=outcome,
        reference=(reference or f"A{slot}") if outcome is Outcome.ACCEPTED else "",
        reason=reason,
    )


def receipt(
    slot: int, *, reference: str = "", delivered: bool = True, arrived: float | None = None
) -> Receipt:
    """By default on time: three seconds after the answer to its call, and a little."""
    return Receipt(
        reference=reference or f"A{slot}",
        number=f"30690000000{slot}",
        delivered=delivered,
        arrived=slot / 10 + 3.06 if arrived is None else arrived,
    )


def found(slot: int, *, reference: str = "", delivered: bool | None = True) -> Found:
    return Found(reference=reference or f"A{slot}", number=f"30690000000{slot}", delivered=delivered)


def ledger(calls: list[Sent], receipts: list[Receipt]) -> Ledger:
    return Ledger(sent=calls, receipts=receipts)


def books(*messages: Found, charged: str, complete: bool = True) -> Books:
    before = Decimal("100.00")
    return Books(found=messages, complete=complete, before=before, after=before - Decimal(charged))
