"""The course of a run over time, for its curves."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

from loadtests.accounting.histogram import Histogram
from loadtests.accounting.ledger import Batch

POINTS = 240  # at most so many on a curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What happened from `at` on, until the next interval. Counts are messages; latencies milliseconds."""

    at: float
    seconds: float
    intended: int
    accepted: int
    failed: int
    receipts: int
    open: int  # to be reported and not so yet at the end; below zero with more reports than messages
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(slots=True, kw_only=True)
class Slice:
    """One interval while it fills."""

    intended: int = 0
    accepted: int = 0
    failed: int = 0
    awaited: int = 0
    receipts: int = 0
    waits: Histogram = field(default_factory=Histogram)


class Course:
    """The run cut into equal intervals of whole seconds, the last report included."""

    def __init__(self, seconds: float) -> None:
        self._width = float(max(1, math.ceil(seconds / POINTS)))
        self._slices: defaultdict[int, Slice] = defaultdict(Slice)

    def add(self, batch: Batch) -> None:
        for call in batch.sent:
            planned, done = self._slice(call.intended), self._slice(call.ended)
            wanted, accepted = len(call.numbers), call.taken
            planned.intended += wanted
            done.accepted += accepted
            done.awaited += accepted * call.reported
            done.failed += wanted - accepted
            if call.waited:
                planned.waits.add(call.latency * 1000)
        for receipt in batch.receipts:
            self._slice(receipt.arrived).receipts += not receipt.step

    def _slice(self, moment: float) -> Slice:
        return self._slices[max(0, int(moment // self._width))]

    def intervals(self) -> list[Interval]:
        slices = [self._slices[n] for n in range(max(self._slices, default=-1) + 1)]
        open_ = accumulate(one.awaited - one.receipts for one in slices)
        return [self._interval(n, one, left) for n, (one, left) in enumerate(zip(slices, open_, strict=True))]

    def _interval(self, n: int, one: Slice, open_: int) -> Interval:
        p50, p95, p99 = (one.waits.percentile(share) for share in (0.5, 0.95, 0.99))
        return Interval(
            at=n * self._width,
            seconds=self._width,
            intended=one.intended,
            accepted=one.accepted,
            failed=one.failed,
            receipts=one.receipts,
            open=open_,
            p50=p50,
            p95=p95,
            p99=p99,
        )
