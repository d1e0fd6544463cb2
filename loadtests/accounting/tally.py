"""Figures of the calls of a stage, and how well it kept its pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from loadtests import smpp
from loadtests.accounting.histogram import Histogram
from loadtests.accounting.ledger import Outcome, Sent


@dataclass(slots=True, kw_only=True)
class Tally:
    """Of the calls so far; milliseconds count from the moment a call was due."""

    calls: Counter[Outcome] = field(default_factory=Counter)
    accepted: int = 0  # messages
    last: float = 0.0  # when the last call that was accepted had its answer, in seconds since the run began
    waits: Histogram = field(default_factory=Histogram)
    lags: Histogram = field(default_factory=Histogram)  # of delivery reports behind the timetable

    def add(self, call: Sent) -> None:
        """A refusal waited as well, and what was dropped for its lag the longest."""
        self.calls[call.outcome] += 1
        if call.waited:
            self.waits.add(call.latency * 1000)
        if accepted := call.taken:
            self.accepted += accepted
            self.last = max(self.last, call.ended)


def joined(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.calls.update(tally.calls)
        whole.accepted += tally.accepted
        whole.last = max(whole.last, tally.last)
        whole.waits.join(tally.waits)
        whole.lags.join(tally.lags)
    return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What may be said of one stage by itself."""

    achieved: float  # messages accepted a second, as a share of the intended rate
    error_share: float  # messages not accepted, as a share of all
    p50_ms: float | None  # None, here and below: nothing was answered
    p95_ms: float | None
    p99_ms: float | None
    max_ms: float | None
    receipt_p99_ms: float | None  # reports, counted from the moment the timetable sets; None: no reports


def pace(tally: Tally, *, messages: int, begin: float, seconds: float) -> Pace:
    """Of `messages` that were to be sent evenly within the `seconds` from `begin` on."""
    took = max(seconds, tally.last - begin)
    return Pace(  # as it is: one error of ten million is beyond a budget without any
        achieved=tally.accepted / messages * (seconds / took) if messages else 0.0,
        error_share=(messages - tally.accepted) / messages if messages else 0.0,
        p50_ms=tally.waits.percentile(0.5),
        p95_ms=tally.waits.percentile(0.95),
        p99_ms=tally.waits.percentile(0.99),
        max_ms=tally.waits.percentile(1.0),
        receipt_p99_ms=tally.lags.percentile(0.99),
    )


def is_throttled(call: Sent) -> bool:
    return call.reason == smpp.THROTTLED
