"""Short ways to write ledgers, books and results in tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from loadtests.accounting import reconciliation
from loadtests.accounting.audit import Part, receipt_lags
from loadtests.accounting.ledger import Batch, Key, Ledger, Outcome, Receipt, Sent
from loadtests.accounting.over_limit import over_limit
from loadtests.accounting.reconciliation import Books, Found, Reconciliation, Terms
from loadtests.accounting.statement import Charge, Statement, of_balance
from loadtests.accounting.tally import Tally, is_throttled
from loadtests.planning.plan import Plan
from loadtests.reporting.course import Course, Interval
from loadtests.reporting.measures import Measures, measured
from loadtests.reporting.result import Result
from loadtests.reporting.verdict import budgets, judgements

PLAN = Plan(scenario="isms-http", rate=10, seconds=2)
PRICE = Decimal("1.00")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All of the target's side."""

    books: Books
    before: Statement
    after: Statement


def books(
    *messages: Found,
    charged: str,
    complete: bool = True,
    asked: tuple[Key, ...] = (),
    answered: tuple[Found, ...] = (),
) -> Held:
    before = Decimal("100.00")
    return Held(
        books=Books(found=messages, complete=complete, asked=asked, answered=answered),
        before=of_balance(before),
        after=of_balance(before - Decimal(charged)),
    )


def bill(*charges: tuple[str, int]) -> Statement:
    """Prices and counts, as the places of a bill tell them."""
    return Statement(charges=tuple(Charge(price=Decimal(price), messages=count) for price, count in charges))


def reconciled(kept: Ledger, held: Held, terms: Terms, price: Decimal = PRICE) -> Reconciliation:
    """With the charge."""
    checked = reconciliation.reconciled(kept, held.books, terms)
    return reconciliation.settled(checked, held.before, held.after, price)


def course(plan: Plan, kept: Ledger) -> list[Interval]:
    whole = Course(plan.seconds)
    whole.add(Batch(sent=tuple(kept.sent), receipts=(*kept.receipts, *kept.steps)))
    return whole.intervals()


def part(
    kept: Ledger, checked: Reconciliation, *, plan: Plan = PLAN, receipt_after: float | None = 3.0
) -> Part:
    """What a run of one chapter comes to."""
    tallies = [Tally() for _ in plan.course]
    paced = [call for call in kept.sent if plan.paced(call.slot)]
    for call in paced:
        tallies[plan.grid.stage(call.slot)].add(call)
    for slot, lag in receipt_lags(kept, receipt_after or 0.0):
        tallies[plan.grid.stage(slot)].lags.add(lag)
    return Part(
        plan=plan,
        calls={outcome: sum(call.outcome is outcome for call in kept.sent) for outcome in Outcome},
        receipts=None if receipt_after is None else len(kept.receipts),
        reasons=Counter(call.reason for call in kept.sent if call.reason),
        tallies=tallies,
        checked=checked,
        over_limit=over_limit(plan, kept.sent) if plan.logins else None,
        throttled=sum(map(is_throttled, kept.sent[len(paced) :])) if plan.burst else None,
    )


def measures(
    kept: Ledger, checked: Reconciliation, *, plan: Plan = PLAN, receipt_after: float | None = 3.0
) -> Measures:
    return measured(
        plan.seconds, [part(kept, checked, plan=plan, receipt_after=receipt_after)], checked, None
    )


def result(kept: Ledger, held: Held, *, plan: Plan = PLAN, parts: Sequence[Part] = ()) -> Result:
    """Of a run of one chapter in a dialect with reports."""
    checked = reconciled(kept, held, Terms(receipt_after=3.0))
    told = measures(kept, checked, plan=plan)
    return Result(
        plan=plan,
        parts=parts or (part(kept, checked, plan=plan),),
        target="http://127.0.0.1:8000",
        began=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        measures=told,
        judgements=judgements(told, budgets(plan.scenario, None)),
        checked=checked,
        course=course(plan, kept),
        steps=(),
    )
