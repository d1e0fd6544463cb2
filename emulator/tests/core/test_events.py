"""The stream of events: numbered, bounded, followed by many."""

import threading

import pytest

from emulator.core.events import Event, Feed, Kind
from emulator.tests.samples import NINE, second


def feed(count: int, bound: int = 100) -> Feed:
    """A feed that has told of so many things."""
    made = Feed(bound)
    for number in range(1, count + 1):
        made.tell(second(number), Kind.STEP, [f"thing {number}"])
    return made


def ids(events: list[Event]) -> list[int]:
    return [event.id for event in events]


def test_events_are_numbered_without_gaps_from_one() -> None:
    several = feed(2)
    several.tell(NINE, Kind.CLOCK, ["first", "second"])

    assert several.after(0) == [
        Event(1, second(1), Kind.STEP, "thing 1"),
        Event(2, second(2), Kind.STEP, "thing 2"),
        Event(3, NINE, Kind.CLOCK, "first"),
        Event(4, NINE, Kind.CLOCK, "second"),
    ]
    assert several.last == 4


def test_nothing_told_is_no_event() -> None:
    silent = Feed()

    silent.tell(NINE, Kind.STEP, [])

    assert (silent.last, silent.after(0)) == (0, [])


@pytest.mark.parametrize(
    ("after", "found"), [(0, [3, 4, 5]), (1, [3, 4, 5]), (3, [4, 5]), (4, [5]), (5, []), (9, [])]
)
def test_a_listener_gets_what_is_later_and_still_remembered(after: int, found: list[int]) -> None:
    assert ids(feed(5, bound=3).after(after)) == found


def test_large_events_fall_out_sooner_but_never_the_latest() -> None:
    full = Feed(octets=1000)
    for octets in (400, 0, 600, 1, 2000):
        full.tell(NINE, Kind.EXCHANGE, ["large"], octets)
        assert ids(full.after(0))[-1] == full.last

    assert ids(full.after(0)) == [5]
    full.tell(NINE, Kind.STEP, ["small", "small"])
    assert ids(full.after(0)) == [6, 7]


def test_who_waits_for_what_is_there_does_not_wait() -> None:
    assert ids(feed(2).wait(1, seconds=0)) == [2]


def test_who_waits_in_vain_gets_nothing() -> None:
    assert feed(2).wait(2, seconds=0) == []


def test_every_listener_is_woken() -> None:
    quiet, heard = Feed(), list[list[int]]()
    listeners = [
        threading.Thread(target=lambda: heard.append(ids(quiet.wait(0, seconds=10)))) for _ in range(3)
    ]
    for listener in listeners:
        listener.start()

    quiet.tell(NINE, Kind.STEP, ["at last"])

    for listener in listeners:
        listener.join(10)
    assert heard == [[1], [1], [1]]


def test_events_are_counted_by_kind_also_those_that_fell_out() -> None:
    several = feed(5, bound=3)
    several.tell(NINE, Kind.CLOCK, ["tick"])

    assert several.told([Kind.STEP]) == 5
    assert several.told([Kind.STEP, Kind.CLOCK, Kind.RESET]) == 6


def test_who_waits_is_let_go_when_a_feed_is_closed() -> None:
    quiet, heard = Feed(), list[list[int]]()
    listener = threading.Thread(target=lambda: heard.append(ids(quiet.wait(0, seconds=10))))
    listener.start()

    quiet.close()

    listener.join(5)
    assert heard == [[]]
    assert quiet.closed


def test_nobody_waits_or_rests_where_nothing_more_will_come() -> None:
    over = feed(2)
    over.close()

    over.rest(10)

    assert over.wait(2, seconds=10) == []
    assert ids(over.wait(1, seconds=10)) == [2]
