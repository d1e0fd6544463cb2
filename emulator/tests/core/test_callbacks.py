"""The life of a callback: tried, tried again, delivered or given up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.core import callbacks
from emulator.core.callbacks import DROPPED, FINISHED, KIND, noted, pending, tried
from emulator.core.pushes import Attempt, Callback, Push, Result
from emulator.store.memory import MemoryStore
from emulator.tests.samples import NINE, URL, second

RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


def a_callback(id: int = 1, retries: tuple[timedelta, ...] = RETRIES) -> Callback:
    push = Push(method="POST", url=URL, headers=(), body="x=1", retries=retries)
    return Callback(
        id=id, provider="isms", account="demo", message=1, push=push, created_at=NINE, next_at=NINE
    )


def answered(status: int, seconds: float = 0) -> Attempt:
    return Attempt(at=second(seconds), result=Result.ANSWERED, status=status)


def failed(result: Result, seconds: float = 0) -> Attempt:
    return Attempt(at=second(seconds), result=result)


@pytest.mark.parametrize("status", [200, 204, 299])
def test_an_accepted_status_ends_the_tries(status: int) -> None:
    after = tried(a_callback(), answered(status))

    assert (after.delivered, after.next_at) == (True, None)


@pytest.mark.parametrize(
    "attempt",
    [
        answered(199),
        answered(300),
        answered(302),
        answered(500),
        failed(Result.TIMEOUT),
        failed(Result.REFUSED),
        failed(Result.FAILED),
    ],
)
def test_anything_else_is_tried_again_after_the_first_pause(attempt: Attempt) -> None:
    after = tried(a_callback(), attempt)

    assert (after.delivered, after.next_at) == (False, second(60))
    assert after.attempts == (attempt,)


def test_a_provider_decides_which_status_settles_a_push() -> None:
    callback = a_callback()
    picky = replace(callback, push=replace(callback.push, accepted=(202, 202)))

    assert not tried(picky, answered(200)).delivered
    assert tried(picky, answered(202)).delivered


def test_the_pauses_come_one_after_the_other_and_then_it_is_given_up() -> None:
    callback, dues = a_callback(), []

    for seconds in (0, 60, 360, 1260):
        callback = tried(callback, answered(500, seconds))
        dues.append(callback.next_at)

    assert dues == [second(60), second(360), second(1260), None]
    assert (callback.delivered, len(callback.attempts)) == (False, 4)


def test_a_push_without_retries_is_tried_once() -> None:
    assert tried(a_callback(retries=()), answered(500)).next_at is None


def test_a_forbidden_address_is_not_tried_again() -> None:
    assert tried(a_callback(), failed(Result.FORBIDDEN)).next_at is None


def test_a_callback_to_be_tried_again_stays_pending() -> None:
    store = MemoryStore()
    store.put(KIND, (1,), a_callback())

    after = noted(store, a_callback(), answered(500))

    assert pending(store, 1) == after
    assert store.values(FINISHED) == []


def test_a_finished_callback_moves_to_the_ring() -> None:
    store = MemoryStore()
    store.put(KIND, (1,), a_callback())

    after = noted(store, a_callback(), answered(200))

    assert pending(store, 1) is None
    assert store.values(FINISHED) == [after]


def test_an_attempt_at_a_forgotten_callback_is_forgotten_too() -> None:
    """A reset while a callback was in the air: nothing of it comes back."""
    store = MemoryStore()

    assert noted(store, a_callback(), answered(200)) is None
    assert store.values(FINISHED) == []


def test_an_attempt_at_what_has_changed_meanwhile_is_forgotten() -> None:
    store = MemoryStore()
    again = tried(a_callback(), answered(500))
    store.put(KIND, (1,), again)

    assert noted(store, a_callback(), answered(200)) is None
    assert pending(store, 1) == again


def test_the_ring_is_bounded_and_what_falls_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callbacks, "BOUND", 2)
    store = MemoryStore()

    for id in range(1, 6):
        store.put(KIND, (id,), a_callback(id))
        noted(store, a_callback(id), answered(200))

    kept = [one.id for one in store.values(FINISHED) if isinstance(one, Callback)]
    assert kept == [4, 5]
    assert store.count(DROPPED) == 3
