"""The clock follows the wall, stands still, runs fast, jumps ahead, and never goes back by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.clock import VirtualClock, wall_clock
from emulator.tests.samples import NINE, second


class Wall:
    """The wall clock of a test: it shows what it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def clock(rate: float) -> tuple[VirtualClock, Wall]:
    wall = Wall()
    return VirtualClock(NINE, rate, wall), wall


def test_a_clock_starts_at_its_moment() -> None:
    standing = VirtualClock(NINE)

    assert (standing.now(), standing.rate) == (NINE, 0.0)


@pytest.mark.parametrize(
    ("rate", "moment"),
    [(0.0, NINE), (0.5, second(1)), (1.0, second(2)), (60.0, second(120)), (3600.0, second(7200))],
)
def test_two_seconds_on_the_wall_are_worth_twice_the_rate(rate: float, moment: datetime) -> None:
    running, wall = clock(rate)

    wall.seconds += 2

    assert running.now() == moment


def test_a_clock_put_to_a_moment_goes_on_from_there_at_its_rate() -> None:
    running, wall = clock(60.0)
    wall.seconds += 5

    running.set(now=NINE)
    wall.seconds += 1

    assert running.now() == second(60)


def test_a_change_of_rate_keeps_the_moment() -> None:
    running, wall = clock(1.0)
    wall.seconds += 5

    running.set(rate=60.0)

    assert running.now() == second(5)
    wall.seconds += 1
    assert running.now() == second(65)


def test_a_clock_that_is_stopped_stands_where_it_was() -> None:
    running, wall = clock(1.0)
    wall.seconds += 5

    running.set(rate=0.0)
    wall.seconds += 100

    assert running.now() == second(5)


def test_a_clock_can_be_put_back_on_purpose() -> None:
    standing, _ = clock(0.0)

    standing.set(now=second(-60))

    assert standing.now() == second(-60)


def test_reaching_a_moment_jumps_forward() -> None:
    standing, _ = clock(0.0)

    standing.reach(second(3600))

    assert standing.now() == second(3600)


def test_reaching_a_moment_gone_by_changes_nothing() -> None:
    running, wall = clock(1.0)
    wall.seconds += 5

    running.reach(second(3))

    assert running.now() == second(5)


@pytest.mark.parametrize(
    ("rate", "moment", "seconds"),
    [
        (1.0, second(30), 30.0),
        (60.0, second(30), 0.5),
        (60.0, NINE, 0.0),
        (60.0, second(-30), 0.0),
        (0.0, second(-30), 0.0),
        (0.0, second(30), None),
    ],
)
def test_how_long_until_a_moment_on_the_wall(rate: float, moment: datetime, seconds: float | None) -> None:
    """A standing clock never gets anywhere by itself."""
    assert clock(rate)[0].seconds_until(moment) == seconds


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["wait", "rate", "reach"]),
            st.floats(min_value=0, max_value=10_000, allow_nan=False),
        )
    )
)
def test_a_clock_never_goes_back_by_itself(acts: list[tuple[str, float]]) -> None:
    running, wall = clock(1.0)
    shown = [running.now()]

    for act, value in acts:
        if act == "wait":
            wall.seconds += value
        elif act == "rate":
            running.set(rate=value)
        else:
            running.reach(NINE + timedelta(seconds=value))
        shown.append(running.now())

    assert shown == sorted(shown)


@pytest.mark.parametrize("seconds", [1e12, 1e300])
def test_a_running_clock_stops_at_the_end_of_all_clocks(seconds: float) -> None:
    running, wall = clock(1000.0)

    wall.seconds += seconds

    assert running.now() == datetime(9000, 1, 1, tzinfo=UTC)


def test_the_wall_clock_knows_its_zone() -> None:
    assert wall_clock().utcoffset() == timedelta()
