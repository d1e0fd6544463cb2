"""Ramps: which steps held, where the knee is, and that nothing is sent beyond it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import click
import pytest

from loadtests.accounting import audit as module
from loadtests.accounting.audit import Audit
from loadtests.accounting.ledger import Batch, Sent
from loadtests.accounting.statement import of_balance
from loadtests.accounting.tally import Tally
from loadtests.planning.shape import Shape, Stage
from loadtests.reporting.steps import knee, steps, within_reach
from loadtests.reporting.verdict import Budget
from loadtests.run import Brake
from loadtests.tests.rows import PLAN, sent

RAMP = replace(PLAN, shape=Shape.RAMP, rate=4, stages=(Stage(1, 2), Stage(1, 3), Stage(1, 4)))
LIMITS = [Budget(measure="p99_ms", at_most=100), Budget(measure="lost", at_most=0)]


def call(slot: int, took: float = 0.01) -> Sent:
    due = RAMP.moment(slot)
    return replace(sent(slot), intended=due, begun=due, ended=due + took)


def tallied(*calls: Sent) -> list[Tally]:
    tallies = [Tally() for _ in RAMP.course]
    for one in calls:
        tallies[RAMP.grid.stage(one.slot)].add(one)
    return tallies


def knee_of(*took: float) -> float:
    calls = [call(slot, seconds) for slot, seconds in enumerate(took)]
    return knee(list(steps(RAMP, [(RAMP, tallied(*calls))], LIMITS)))


def test_the_knee_is_the_last_rate_before_the_first_step_that_did_not_hold() -> None:
    fast, slow = 0.01, 0.2

    assert knee_of(*[fast] * 9) == 4
    assert knee_of(*[fast] * 5, slow, *[fast] * 3) == 3
    assert knee_of(*[fast] * 2, slow, *[fast] * 6) == 2
    assert knee_of(slow, *[fast] * 8) == 0


def test_a_ramp_that_ends_below_its_knee_is_refused_with_what_to_do() -> None:
    def ramp(at_least: float) -> None:
        within_reach(RAMP, [*LIMITS, Budget(measure="knee", at_least=at_least)])

    ramp(4)
    with pytest.raises(click.UsageError, match=r"ends at 4 messages/s, .* at least 5: give --rate 5 or more"):
        ramp(5)


def test_other_shapes_have_no_knee_to_reach() -> None:
    within_reach(replace(RAMP, shape=Shape.BURST), [Budget(measure="knee", at_least=9)])


def test_a_step_is_judged_only_when_all_of_it_was_sent() -> None:
    went = list(steps(RAMP, [(RAMP, tallied(*map(call, range(4))))], LIMITS))

    assert [(step.begin, step.stage.rate, step.held) for step in went] == [(0, 2, True)]


def test_a_step_is_measured_from_its_own_beginning() -> None:
    (_, second, _) = steps(RAMP, [(RAMP, tallied(*map(call, range(9))))], LIMITS)

    assert (second.pace.achieved, second.pace.error_share, second.pace.p99_ms) == (1.0, 0.0, 10.0)


@pytest.mark.parametrize(("shape", "stops"), [(Shape.RAMP, 1), (Shape.BURST, 0)])
def test_a_ramp_is_stopped_once_and_what_is_to_rise_and_fall_is_not(
    monkeypatch: pytest.MonkeyPatch, shape: Shape, stops: int
) -> None:
    monkeypatch.setattr(module, "statement", lambda *_, **__: of_balance(Decimal(100)))
    whole = replace(RAMP, shape=shape)
    audit = Audit(whole, control=False, settle=60)
    stopped: list[bool] = []
    brake = Brake(whole, [audit], LIMITS, lambda: stopped.append(True))

    for slot in range(9):
        audit.add(Batch(sent=(call(slot, 0.2 if slot == 3 else 0.01),)), slot / 10)
        brake(Batch())

    assert len(stopped) == stops
