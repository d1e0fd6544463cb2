"""How the rate goes, and the moments that this makes."""

from __future__ import annotations

import pytest

from loadtests.planning.grid import Grid
from loadtests.planning.shape import Shape, Stage, stages


def test_a_steady_run_and_a_soak_are_one_stage() -> None:
    for shape in (Shape.STEADY, Shape.SOAK):
        assert stages(shape, rate=700, seconds=60, peak=2100) == (Stage(60, 700),)


def test_a_ramp_rises_in_ten_even_steps_to_its_rate() -> None:
    ramp = stages(Shape.RAMP, rate=2000, seconds=60, peak=0)

    assert [stage.rate for stage in ramp] == [200 * step for step in range(1, 11)]
    assert {stage.seconds for stage in ramp} == {6.0}


def test_amid_every_ten_seconds_there_are_two_at_the_peak() -> None:
    assert stages(Shape.BURST, rate=7, seconds=20, peak=21) == (
        Stage(4, 7),
        Stage(2, 21),
        Stage(8, 7),
        Stage(2, 21),
        Stage(4, 7),
    )


def test_a_short_run_has_one_burst() -> None:
    assert stages(Shape.BURST, rate=1, seconds=1, peak=9) == (Stage(0.4, 1), Stage(0.2, 9), Stage(0.4, 1))


def test_the_moments_follow_each_other_from_stage_to_stage() -> None:
    grid = Grid([Stage(1, 2), Stage(0.5, 4), Stage(1, 1)], recipients=1, phase=0.0)

    assert [grid.moment(slot) for slot in range(grid.calls)] == pytest.approx([0, 0.5, 1, 1.25, 1.5])
    assert [grid.stage(slot) for slot in range(grid.calls)] == [0, 0, 1, 1, 2]
    assert [grid.due(at) for at in (-0.1, 0, 0.4, 0.5, 1.24, 1.25, 1.6, 99)] == [0, 1, 1, 2, 3, 4, 5, 5]


def test_a_stage_without_a_single_call_is_passed_over() -> None:
    grid = Grid([Stage(1, 2), Stage(0, 5), Stage(1, 1)], recipients=1, phase=0.5)

    assert [grid.moment(slot) for slot in range(grid.calls)] == [0.25, 0.75, 1.5]
    assert [grid.stage(slot) for slot in range(grid.calls)] == [0, 0, 2]
    assert [grid.due(at) for at in (0.2, 0.3, 0.8, 1.4, 1.5)] == [0, 1, 2, 2, 3]
