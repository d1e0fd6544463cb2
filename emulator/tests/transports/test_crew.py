"""Threads for what waits."""

import threading
from queue import SimpleQueue

from emulator.transports.crew import Crew

LONG = 10.0


def test_it_hires_no_more_than_it_may_and_does_all_of_it() -> None:
    crew, done, go = Crew(3, "hand"), SimpleQueue[str](), threading.Event()

    def work() -> None:
        go.wait(LONG)
        done.put(threading.current_thread().name)

    for _ in range(20):
        crew.do(work)
    hands = [thread for thread in threading.enumerate() if thread.name == "hand"]
    go.set()

    assert [done.get(timeout=LONG) for _ in range(20)] == ["hand"] * 20
    assert len(hands) == 3
    assert all(hand.daemon for hand in hands)


def test_whoever_is_free_comes_before_somebody_new() -> None:
    crew, done = Crew(8, "free hand"), SimpleQueue[int]()

    for number in range(50):
        crew.do(lambda number=number: done.put(number))  # type: ignore[misc]
        assert done.get(timeout=LONG) == number

    assert sum(thread.name == "free hand" for thread in threading.enumerate()) <= 8
