"""How many submits go into a second."""

from emulator.providers.isms.smsc.throttle import Throttle
from emulator.tests.samples import second


def taken(throttle: Throttle, at: float, count: int, limit: int | None = 700) -> int:
    """How many of so many are taken at a moment."""
    return sum(throttle.allows(second(at), limit) for _ in range(count))


def test_the_limit_of_a_second_is_taken_and_no_more() -> None:
    throttle = Throttle()

    assert [taken(throttle, 0, 701), taken(throttle, 0.5, 10), taken(throttle, 1, 701)] == [700, 0, 700]


def test_who_keeps_to_the_limit_is_never_refused_for_arriving_unevenly() -> None:
    throttle = Throttle()
    late = {1: 30, 4: 40, 7: 20}
    """Arrivals of a tenth of a second that come a tenth later."""

    counts = [70 - late.get(tenth % 10, 0) + late.get((tenth - 1) % 10, 0) for tenth in range(600)]

    assert sum(taken(throttle, tenth / 10, count) for tenth, count in enumerate(counts)) == sum(counts)


def test_without_a_limit_everything_is_taken() -> None:
    assert taken(Throttle(), 0, 5000, limit=None) == 5000


def test_a_clock_that_is_put_back_begins_a_new_second() -> None:
    throttle = Throttle()
    taken(throttle, 100, 700)

    assert taken(throttle, 0, 1) == 1


def test_many_at_once_are_taken_whole_or_not_at_all() -> None:
    throttle = Throttle()

    assert [throttle.allows(second(0), 5, count) for count in (3, 3, 2)] == [True, False, True]
