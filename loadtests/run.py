"""One run from the first call to the reconciled result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from loadtests.accounting.audit import Audit
from loadtests.accounting.ledger import Batch, Heard
from loadtests.accounting.reconciliation import joined
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape
from loadtests.reporting.course import Course
from loadtests.reporting.measures import PACE, measured
from loadtests.reporting.result import Result
from loadtests.reporting.shared import Shared
from loadtests.reporting.steps import Step, knee, steps
from loadtests.reporting.verdict import Budget, judgements
from loadtests.sending.crew import crew
from loadtests.target import Aim

Watch = Callable[[Batch], None]


def run(
    whole: Plan,
    aim: Aim,
    budgets: list[Budget],
    *,
    target: str,
    settle: float,
    bind: str | None,
    limits: Path | None,
    watch: Watch,
) -> Result:
    """The plans of `aim` together make up the whole; each has an account of its own.

    `settle`: seconds that late reports or final states are waited for. `bind`: where workers of other hosts
    join. `limits`: the file that was laid over the built-in budgets. `watch` sees all that is reported.
    Raises HarnessFailed where there is nothing to judge.
    """
    audits = [Audit(plan, control=aim.control, settle=settle) for plan in aim.plans]
    course, shared = Course(whole.seconds), Shared()
    began = datetime.now(UTC)
    with crew(aim.plans, bind=bind) as hands:
        brake = Brake(whole, audits, budgets, hands.stop)
        gathered(hands.batches, audits, watches=(course.add, shared.add, watch, brake))
    parts = [audit.closed() for audit in audits]
    checked = joined([part.checked for part in parts])
    went = taken_steps(whole, audits, budgets)
    ramp = whole.shape is Shape.RAMP
    measures = measured(whole.seconds, parts, checked, knee(went) if ramp else None)
    judged = judgements(measures, [one for one in budgets if not (ramp and one.measure in PACE)])
    if not judged:
        raise HarnessFailed("no verdict: none of the measures that have a budget is there")
    return Result(
        plan=whole,
        parts=parts,
        target=target,
        began=began,
        measures=measures,
        judgements=judged,
        checked=checked,
        course=course.intervals(),
        steps=went,
        workers=shared.workers,
        settle=settle,
        bind=bind,
        limits=limits,
    )


def gathered(batches: Iterable[Heard], audits: Sequence[Audit], *, watches: Iterable[Watch]) -> None:
    """Until every chapter of every audit is settled."""
    for at, batch in batches:
        audits[batch.part].add(batch, at)
        for watch in watches:
            watch(batch)
        if all(audit.over for audit in audits):
            return


def taken_steps(whole: Plan, audits: Sequence[Audit], budgets: list[Budget]) -> list[Step]:
    return list(steps(whole, [(audit.plan, audit.tallies) for audit in audits], budgets))


class Brake:
    """Stops a ramp after the first step that did not hold: what lies beyond the knee is of no interest."""

    def __init__(
        self, whole: Plan, audits: Sequence[Audit], budgets: list[Budget], stop: Callable[[], None]
    ) -> None:
        self._whole, self._audits, self._budgets, self._stop = whole, audits, budgets, stop
        self._armed = whole.shape is Shape.RAMP

    def __call__(self, _batch: Batch) -> None:
        if self._armed and not all(
            step.held for step in taken_steps(self._whole, self._audits, self._budgets)
        ):
            self._armed = False
            self._stop()
