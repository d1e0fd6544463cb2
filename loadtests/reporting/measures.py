"""Figures of a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from loadtests.accounting.audit import Part
from loadtests.accounting.reconciliation import Reconciliation
from loadtests.accounting.tally import Pace, joined, pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures(Pace):
    """Everything a budget may name."""

    lost: int
    doubled: int
    early: int | None  # None: no reports
    stray: int
    contradicted: int
    credits_off: float | None  # None: nobody tells
    billed_off: int | None  # None: the provider does not count
    over_limit: int | None = None  # None: no account has a limit to keep to
    throttled: int | None = None  # of the burst; None: there was none
    knee: float | None = None  # messages a second, up to which a ramp kept within its budgets


PACE = tuple(field.name for field in fields(Pace))


def measured(seconds: float, parts: Sequence[Part], checked: Reconciliation, knee: float | None) -> Measures:
    """Of all parts together."""
    tally = joined(tally for part in parts for tally in part.tallies)
    messages = sum(part.plan.messages for part in parts)
    reported = any(part.receipts is not None for part in parts)
    return Measures(
        **asdict(pace(tally, messages=messages, begin=0.0, seconds=seconds)),
        lost=checked.lost,
        doubled=checked.doubled,
        early=len(checked.early) if reported else None,
        stray=len(checked.stray),
        contradicted=len(checked.contradicted),
        credits_off=None if checked.credits_off is None else float(abs(checked.credits_off)),
        billed_off=None if checked.billed_off is None else abs(checked.billed_off),
        over_limit=whole(part.over_limit for part in parts),
        throttled=whole(part.throttled for part in parts),
        knee=knee,
    )


def whole(counts: Iterable[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if told else None
