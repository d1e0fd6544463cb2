"""The stages of a run as they went, and how far a ramp could go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from loadtests.accounting.tally import Pace, Tally, joined, pace
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape, Stage
from loadtests.reporting.verdict import Budget, judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage as it went."""

    stage: Stage
    begin: float  # seconds since the run began
    pace: Pace
    held: bool  # whether it kept within those of the budgets that are about a pace


def steps(
    whole: Plan, parts: Sequence[tuple[Plan, Sequence[Tally]]], budgets: list[Budget]
) -> Iterator[Step]:
    """Those stages of which every call has come to its end, up to the first one that has not."""
    begins = whole.grid.begins
    for place, (stage, begin) in enumerate(zip(whole.course, begins, strict=True)):
        calls = sum(plan.grid.counts[place] for plan, _ in parts)
        tally = joined(tallies[place] for _, tallies in parts)
        if tally.calls.total() < calls:
            return
        messages = sum(plan.grid.counts[place] * plan.recipients for plan, _ in parts)
        kept = pace(tally, messages=messages, begin=begin, seconds=stage.seconds)
        held = all(judgement.met for judgement in judgements(kept, budgets))
        yield Step(stage=stage, begin=begin, pace=kept, held=held)


def within_reach(whole: Plan, budgets: list[Budget]) -> None:
    """Raises click.UsageError for a ramp that ends below the knee that it must have."""
    knee = max((one.at_least or 0.0 for one in budgets if one.measure == "knee"), default=0.0)
    if whole.shape is Shape.RAMP and whole.rate < knee:
        raise click.UsageError(
            f"the ramp ends at {whole.rate:g} messages/s, and its knee is to be at least {knee:g}: "
            f"give --rate {knee:g} or more, or --budgets with a lower knee"
        )


def knee(course: Sequence[Step]) -> float:
    """The rate of the last step before the first that did not hold; 0 where none did."""
    rate = 0.0
    for step in course:
        if not step.held:
            return rate
        rate = step.stage.rate
    return rate
