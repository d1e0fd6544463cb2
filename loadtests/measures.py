"""Figures out of a ledger: percentiles, shares and the course of a run over time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from loadtests import smpp
from loadtests.ledger import Ledger, Outcome, Sent, due, taken
from loadtests.plan import Plan
from loadtests.reconciliation import Reconciliation

T = TypeVar("T")

POINTS = 240  # at most so many on a curve
SECOND = 1.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the sorted `values` that at least `share` of them do not exceed; 0 without any."""
    if not values:
        return 0.0
    return values[max(0, math.ceil(round(share * len(values), 9)) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What happened from `at` on, until the next interval. Counts are messages; latencies milliseconds."""

    at: float
    seconds: float
    intended: int
    accepted: int
    failed: int
    receipts: int
    open: int  # accepted and not reported yet at the end; below zero with more reports than messages
    p50: float | None
    p95: float | None
    p99: float | None


def latencies(calls: Sequence[Sent]) -> list[float]:
    """Milliseconds from the intended moment, sorted; refusals count, they took their time as well."""
    return sorted(call.latency * 1000 for call in calls if call.outcome is not Outcome.UNSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Everything a budget may name; milliseconds count from the moment a call was due."""

    achieved: float  # messages accepted a second, as a share of the intended rate
    error_share: float  # messages not accepted, as a share of all
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    receipt_p99_ms: float | None  # reports, counted from the moment the timetable sets; None: no reports
    lost: int
    doubled: int
    early: int | None  # None: no reports
    stray: int
    contradicted: int
    credits_off: float | None  # None: nobody tells
    billed_off: int | None  # None: the provider does not count
    over_limit: int | None = None  # None: no account has a limit to keep to
    throttled: int | None = None  # of the burst; None: there was none


def measured(plan: Plan, ledger: Ledger, checked: Reconciliation, receipt_after: float | None) -> Measures:
    """`receipt_after`: seconds from acceptance to the report; None where there are no reports."""
    paced = [call for call in ledger.sent if plan.paced(call.slot)]
    waited = latencies(paced)
    lag = None if receipt_after is None else sorted(receipt_lags(ledger, receipt_after))
    return Measures(
        achieved=round(achieved(plan, paced) / plan.rate, 4),
        error_share=round(1 - taken(paced) / plan.messages, 6),
        p50_ms=round(percentile(waited, 0.5), 2),
        p95_ms=round(percentile(waited, 0.95), 2),
        p99_ms=round(percentile(waited, 0.99), 2),
        max_ms=round(percentile(waited, 1.0), 2),
        receipt_p99_ms=None if lag is None else round(percentile(lag, 0.99), 2),
        lost=checked.lost,
        doubled=checked.doubled,
        early=None if lag is None else len(checked.early),
        stray=len(checked.stray),
        contradicted=len(checked.contradicted),
        credits_off=None if checked.credits_off is None else float(abs(checked.credits_off)),
        billed_off=None if checked.billed_off is None else abs(checked.billed_off),
        over_limit=over_limit(plan, ledger) if plan.logins else None,
        throttled=throttled(plan, ledger) if plan.burst else None,
    )


def achieved(plan: Plan, calls: Sequence[Sent]) -> float:
    """Messages a second: what was accepted, over the planned time or, where that was longer, the real one."""
    last = max((call.ended for call in calls if call.accepted), default=0.0)
    return taken(calls) / max(plan.seconds, last)


def over_limit(plan: Plan, ledger: Ledger) -> int:
    """Messages that were certainly accepted in one second with as many of their account as it may send."""
    by_account: defaultdict[int, list[Sent]] = defaultdict(list)
    for call in sorted((call for call in ledger.sent if call.accepted), key=lambda call: call.begun):
        by_account[plan.owner(call.slot)].append(call)
    return sum(
        latest - first.begun < SECOND
        for calls in by_account.values()
        for first, latest in zip(calls, answered_by(calls)[plan.limit :], strict=False)
    )


def answered_by(calls: Sequence[Sent]) -> list[float]:
    """For each call the moment at which it and all before it had their answers."""
    return list(accumulate((call.ended for call in calls), max))


def throttled(plan: Plan, ledger: Ledger) -> int:
    return sum(not plan.paced(call.slot) and call.reason == smpp.THROTTLED for call in ledger.sent)


def receipt_lags(ledger: Ledger, receipt_after: float) -> list[float]:
    """Milliseconds by which reports came after the timetable's moment, counted from the answer."""
    moments = {key.reference: call.ended + receipt_after for call in ledger.sent for key in call.accepted}
    return [(r.arrived - moments[r.reference]) * 1000 for r in ledger.receipts if r.reference in moments]


def course(plan: Plan, ledger: Ledger) -> list[Interval]:
    """The run cut into equal intervals of whole seconds, the last report included."""
    width = float(max(1, math.ceil(plan.seconds / POINTS)))
    planned = by_interval([(call.intended, call) for call in ledger.sent], width)
    done = by_interval([(call.ended, call) for call in ledger.sent], width)
    reports = by_interval([(receipt.arrived, receipt) for receipt in ledger.receipts], width)
    intervals: list[Interval] = []
    open_ = 0
    for n in range(max([*planned, *done, *reports], default=-1) + 1):
        accepted = taken(done[n])
        open_ += accepted - len(reports[n])
        waited = latencies(planned[n])
        intervals.append(
            Interval(
                at=n * width,
                seconds=width,
                intended=due(planned[n]),
                accepted=accepted,
                failed=due(done[n]) - accepted,
                receipts=len(reports[n]),
                open=open_,
                p50=percentile(waited, 0.5) if waited else None,
                p95=percentile(waited, 0.95) if waited else None,
                p99=percentile(waited, 0.99) if waited else None,
            )
        )
    return intervals


def by_interval(moments: Sequence[tuple[float, T]], width: float) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for moment, thing in moments:
        found[max(0, int(moment // width))].append(thing)
    return found
