"""One run from the first call to the reconciled result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from loadtests.books import books, statement
from loadtests.crew import crew
from loadtests.failures import HarnessFailed
from loadtests.ledger import Batch, Key, Ledger
from loadtests.measures import course, measured
from loadtests.plan import Plan
from loadtests.reconciliation import Terms, reconciled
from loadtests.result import Result, outcomes, reasons
from loadtests.scenarios import SCENARIOS
from loadtests.verdict import Budget, judgements

LINGER = 2.0  # seconds after the last expected report or final state: time for one too many to show up

Watch = Callable[[Ledger], None]


def run(
    plan: Plan, budgets: list[Budget], *, target: str, control: bool, settle: float, watch: Watch
) -> Result:
    """`settle`: seconds that late reports or final states are waited for; `watch` sees the ledger grow."""
    scenario = SCENARIOS[plan.scenario]
    final_after = scenario.final_after if control else 0.0  # a real network keeps no timetable
    receipt_after = final_after if scenario.reports else None
    before = statement(plan, scenario, control=control)
    if before.left is not None and before.left < plan.cost:
        raise HarnessFailed(f"the run needs {plan.cost} credits and the account has {before.left}")
    began = datetime.now(UTC)
    with crew(plan) as batches:
        wait = final_after + (settle if scenario.reports else min(LINGER, settle))
        ledger = gathered(batches, plan, wait=wait, watch=watch)
    checked = reconciled(
        ledger,
        books(plan, scenario, ledger, before, control=control, settle=settle),
        Terms(
            price=plan.price,
            free_failures=scenario.free_failures,
            receipt_after=receipt_after,
            steps=scenario.steps,
        ),
    )
    measures = measured(plan, ledger, checked, receipt_after)
    return Result(
        plan=plan,
        target=target,
        began=began,
        calls=outcomes(ledger.sent),
        receipts=len(ledger.receipts) if scenario.reports else None,
        measures=measures,
        judgements=judgements(measures, budgets),
        checked=checked,
        course=course(plan, ledger),
        reasons=reasons(ledger),
    )


def gathered(batches: Iterable[Batch], plan: Plan, *, wait: float, watch: Watch) -> Ledger:
    """The whole ledger: all calls, and all reports or as many as came in time; where none come, after it."""
    ledger = Ledger()
    sent_all: float | None = None
    reported_all: float | None = None
    for batch in batches:
        ledger.add(batch)
        watch(ledger)
        now = time.monotonic()
        if len(ledger.finished) < plan.workers:
            continue
        sent_all = sent_all or now
        if reported_all is None and not outstanding(ledger):
            reported_all = now
        if now - sent_all > wait or (reported_all and now - reported_all > min(LINGER, wait)):
            break
    return ledger


def outstanding(ledger: Ledger) -> set[Key]:
    """Accepted messages whose final report was asked for and has not come so far."""
    accepted = {key for call in ledger.sent if call.reported for key in call.accepted}
    return accepted - {receipt.key for receipt in ledger.receipts}
