"""How many submits go into a second."""

from emulator.core.ids import Ids
from emulator.providers.isms.smsc.throttle import Throttle
from emulator.tests.samples import second


def taken(throttle: Throttle, at: float, count: int, limit: int | None = 700) -> int:
    """How many of so many are taken at a moment."""
    return sum(throttle.allows(second(at), limit) for _ in range(count))


def chosen(pauses: tuple[float, ...], number: int) -> float:
    """One of the pauses, as chance has it."""
    return pauses[int(Ids(6).share("pause", number) * len(pauses))]


def test_the_limit_of_a_second_is_taken_and_no_more() -> None:
    throttle = Throttle()

    assert [taken(throttle, 0, 701), taken(throttle, 0.5, 10), taken(throttle, 1, 701)] == [700, 0, 700]


def test_a_second_begins_anywhere() -> None:
    throttle = Throttle()
    assert [taken(throttle, 0.25, 300), taken(throttle, 0.75, 700)] == [300, 400]

    assert [taken(throttle, at, 1) for at in (1, 1.249999)] == [0, 0]
    assert [taken(throttle, 1.25, 700), taken(throttle, 1.75, 700)] == [300, 400]


def test_no_second_has_more_than_the_limit_however_submits_arrive() -> None:
    throttle, moments, at = Throttle(), list[float](), 0.0
    for number in range(1000):
        at = round(at + chosen((0, 0, 0.03, 0.2, 1.1), number), 6)
        moments += [at] * taken(throttle, at, number % 5, limit=10)

    apart = [later - earlier for earlier, later in zip(moments, moments[10:], strict=False)]

    assert min(apart) > 1 - 1e-9
    assert len(moments) > 500


def test_who_sends_each_a_second_after_the_one_that_many_before_is_never_refused() -> None:
    throttle, moments = Throttle(), [0.0] * 70

    for number in range(2000):
        moments.append(max(moments[-1], moments[number] + 1) + chosen((0, 0, 0, 0.004, 0.09), number))

    assert all(taken(throttle, at, 1, limit=70) for at in moments[70:])


def test_a_refused_submit_does_not_count() -> None:
    throttle = Throttle()
    taken(throttle, 0, 700)

    assert taken(throttle, 0.9, 700) == 0
    assert taken(throttle, 1, 700) == 700


def test_without_a_limit_everything_is_taken() -> None:
    assert taken(Throttle(), 0, 5000, limit=None) == 5000


def test_a_clock_that_is_put_back_forgets_what_was_sent() -> None:
    throttle = Throttle()
    taken(throttle, 100, 700)

    assert taken(throttle, 99.5, 701) == 700


def test_many_at_once_are_taken_whole_or_not_at_all() -> None:
    throttle = Throttle()

    assert [throttle.allows(second(0), 5, count) for count in (3, 3, 2)] == [True, False, True]
