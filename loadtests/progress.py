"""What the terminal shows: a line a second while the run lasts, a summary at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import click

from loadtests.ledger import Ledger, Outcome, due, taken
from loadtests.measures import latencies, percentile
from loadtests.result import FINDINGS, Result

HEAD = "  time   due/s  accepted/s  failed   p50 ms   p99 ms"
HEAD_OF_REPORTS = "  reports    open"


class Progress:
    """Prints what is new in the ledger since the last line; `check` may put an end to the run."""

    def __init__(self, check: Callable[[], None], *, reports: bool, every: float = 1.0) -> None:
        self._check = check
        self._reports = reports
        self._every = every
        self._began = self._last = time.monotonic()
        self._seen = 0

    def __call__(self, ledger: Ledger) -> None:
        now = time.monotonic()
        if now - self._last < self._every:
            return
        self._check()
        if self._seen == 0:
            click.echo(HEAD + HEAD_OF_REPORTS * self._reports)
        fresh = ledger.sent[self._seen :]
        click.echo(self._line(ledger, fresh_from=self._seen, seconds=now - self._last, now=now))
        self._last, self._seen = now, self._seen + len(fresh)

    def _line(self, ledger: Ledger, *, fresh_from: int, seconds: float, now: float) -> str:
        calls = ledger.sent[fresh_from:]
        waited = latencies(calls)
        wanted, accepted = due(calls), taken(calls)
        reported = len(ledger.receipts)
        return (
            f"{now - self._began:5.0f}s{wanted / seconds:8.0f}{accepted / seconds:12.0f}{wanted - accepted:8}"
            f"{percentile(waited, 0.5):9.1f}{percentile(waited, 0.99):9.1f}"
            + (f"{reported:9}{ledger.accepted - reported:8}" if self._reports else "")
        )


def summary(result: Result) -> Iterator[str]:
    """Plain lines: what was sent, every budget with its value, what was found, the verdict."""
    plan = result.plan
    yield ""
    yield (
        f"{plan.scenario} at {plan.rate:g} messages/s for {plan.seconds:g} s against {result.target}: "
        f"{result.checked.accepted} of {plan.messages}{burst(result)} messages accepted "
        f"in {result.calls[Outcome.ACCEPTED]} calls, {reports(result)}"
    )
    for judgement in result.judgements:
        word = "ok" if judgement.met else "EXCEEDED"
        yield f"  {judgement.budget.measure:<16}{judgement.value:>12g}  {judgement.budget!s:<16}{word}"
    for name, keys in result.findings.items():
        if keys:
            first = f"{keys[0].number} in {keys[0].reference or 'no call'}"
            yield f"  {len(keys)} {FINDINGS[name]}, first {first}"
    if result.checked.credits_off:
        yield f"  credits are off by {result.checked.credits_off}"
    if result.checked.billed_off:
        yield f"  the count on the bill is off by {result.checked.billed_off}"
    for reason, times in result.reasons.items():
        yield f"  calls not accepted: {times}, {reason}"
    yield "pass" if result.passed else "FAIL"


def burst(result: Result) -> str:
    return f" and, in a burst, {result.plan.burst}" if result.plan.burst else ""


def reports(result: Result) -> str:
    if result.receipts is None:
        return "no delivery reports, as the dialect has none"
    return f"{result.receipts} delivery reports"
