"""Threads for what waits."""

import threading
from queue import SimpleQueue

import pytest

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
    crew = Crew(8, "free hand")

    for _ in range(50):
        done = threading.Event()
        crew.do(done.set)
        assert done.wait(LONG)
        while not crew._free:
            pass  # the hand is about to say so

    assert sum(thread.name == "free hand" for thread in threading.enumerate()) == 1


def test_a_defect_costs_no_hand(defects: list[str]) -> None:
    crew, done = Crew(1, "hand"), threading.Event()

    def defect() -> None:
        raise KeyboardInterrupt

    crew.do(defect)
    crew.do(done.set)

    assert done.wait(LONG)
    assert defects == ["defect in a thread"]
    defects.clear()


def test_who_cannot_hire_makes_do_with_whom_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, go, done = Crew(2, "hand"), threading.Event(), threading.Event()

    def refused(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refused)
        with pytest.raises(RuntimeError):
            crew.do(go.wait)
    crew.do(go.wait)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refused)
        crew.do(done.set)
    go.set()

    assert done.wait(LONG)
