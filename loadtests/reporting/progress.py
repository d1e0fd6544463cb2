"""What the terminal shows: a line a second while the run lasts, a summary at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click

from loadtests.accounting.histogram import Histogram
from loadtests.accounting.ledger import Batch, Outcome, Sent, awaited, taken, wanted
from loadtests.accounting.reconciliation import FINDINGS
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape
from loadtests.reporting.result import Result

HEAD = "  time   due/s  accepted/s  failed   p50 ms   p99 ms"
HEAD_OF_REPORTS = "  reports    open"


class Progress:
    """Prints what has come since the last line; `check` may put an end to the run."""

    def __init__(
        self, check: Callable[[], None], plans: Sequence[Plan], *, reports: bool, every: float = 1.0
    ) -> None:
        self._check, self._plans = check, plans
        self._reports = reports
        self._every = every
        self._last = 0.0  # seconds since the run began
        self._fresh: list[Sent] = []
        self._done: set[tuple[int, int]] = set()
        self._due = self._awaited = self._reported = 0  # messages, since the run began
        self._over = self._headed = False

    def __call__(self, batch: Batch) -> None:
        self._fresh.extend(batch.sent)
        self._awaited += awaited(batch.sent)
        self._reported += sum(not receipt.step for receipt in batch.receipts)
        if batch.finished:
            self._done.add((batch.worker, batch.part))
        if batch.now - self._last < self._every:
            return
        self._check()
        if not self._headed:
            click.echo(HEAD + HEAD_OF_REPORTS * self._reports)
        click.echo(self._line(batch.now, batch.now - self._last))
        self._last, self._fresh, self._headed = batch.now, [], True

    def _line(self, now: float, seconds: float) -> str:
        waited = Histogram(call.latency * 1000 for call in self._fresh if call.waited)
        accepted = taken(self._fresh)
        return (
            f"{now:5.0f}s{self._fell_due(now) / seconds:8.0f}{accepted / seconds:12.0f}"
            f"{wanted(self._fresh) - accepted:8}"
            f"{tenths(waited.percentile(0.5)):>9}{tenths(waited.percentile(0.99)):>9}"
            + (f"{self._reported:9}{self._awaited - self._reported:8}" if self._reports else "")
        )

    def _fell_due(self, now: float) -> int:
        """Messages since the last line, whatever became of them; none once nobody sends any more."""
        if self._over:
            return 0
        self._over = len(self._done) == sum(plan.workers for plan in self._plans)
        before, self._due = self._due, sum(plan.recipients * plan.grid.due(now) for plan in self._plans)
        return self._due - before


def tenths(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def figure(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def summary(result: Result) -> Iterator[str]:
    """Plain lines: what was sent, every budget with its value, what was found, the verdict."""
    plan = result.plan
    yield ""
    yield (
        f"{plan.scenario} {pace(result)} for {plan.seconds:g} s against {result.target}: "
        f"{accepted(result)} in {result.calls[Outcome.ACCEPTED]} calls, {reports(result)}"
    )
    yield from staged(result)
    for name, told in result.by_scenario.items():
        yield (
            f"  {name:<12}p50 {figure(told.p50_ms)} ms, p99 {figure(told.p99_ms)} ms, "
            f"errors {told.error_share:g}, "
            f"lost {told.lost}, doubled {told.doubled}"
        )
    for judgement in result.judgements:
        value = "not measured" if judgement.value is None else f"{judgement.value:g}"
        word = "ok" if judgement.met else judgement.standing.upper()
        yield f"  {judgement.budget.measure:<16}{value:>12}  {judgement.budget!s:<16}{word}"
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


def pace(result: Result) -> str:
    """How the rate went."""
    plan = result.plan
    match plan.shape:
        case Shape.RAMP:
            return f"from {plan.course[0].rate:g} up to {plan.rate:g} messages/s"
        case Shape.BURST:
            return f"at {plan.rate:g}, in bursts at {max(stage.rate for stage in plan.course):g} messages/s"
    return f"at {plan.rate:g} messages/s"


def staged(result: Result) -> Iterator[str]:
    """A line for each stage, and where the knee is."""
    if len(result.plan.course) == 1:
        return
    for step in result.steps:
        kept = step.pace
        yield (
            f"{moment(step.begin):>6}{step.stage.rate:8g}/s  achieved {round(kept.achieved, 4):<7g}"
            f"p50 {figure(kept.p50_ms):<7}p99 {figure(kept.p99_ms):<7}ms  {'ok' if step.held else 'NOT HELD'}"
        )
    if result.plan.shape is Shape.RAMP:
        beyond = "" if result.measures.knee != result.plan.rate else ", or beyond: the ramp ended there"
        yield f"  the knee is at {result.measures.knee:g} messages/s{beyond}"


def moment(seconds: float) -> str:
    """As fine as short stages need it."""
    return f"{seconds:.1f}s" if seconds < 10 else f"{seconds:.0f}s"


def accepted(result: Result) -> str:
    """Messages of those that were to be, and of the burst."""
    of_all, burst = result.checked.accepted, result.plan.burst
    if not burst:
        return f"{of_all} of {result.planned[1]} messages accepted"
    paced = sum(tally.accepted for part in result.parts for tally in part.tallies)
    return f"{paced} of {result.planned[1]} messages accepted, and {of_all - paced} of a burst of {burst},"


def reports(result: Result) -> str:
    if result.receipts is None and not result.plan.report_every:
        return "no delivery reports, as none was asked for"
    if result.receipts is None:
        return "no delivery reports, as the dialect has none"
    return f"{result.receipts} delivery reports"
