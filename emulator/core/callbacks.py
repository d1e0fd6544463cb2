"""The life of a callback: tried, tried again, delivered or given up. Finished ones are kept in a ring."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from emulator.core.ports import Store
from emulator.core.pushes import Attempt, Callback, Push, Result

KIND = "callback"
FINISHED = "callback-finished"
DROPPED = "callback-dropped"

BOUND = 10_000


def begun(
    store: Store, pushes: Sequence[Push], provider: str, account: str, message: int | None, at: datetime
) -> list[Callback]:
    """Kept, and to be tried at that moment: who makes them sees to it."""
    made = [
        Callback(
            id=id,
            provider=provider,
            account=account,
            message=message,
            push=push,
            created_at=at,
            next_at=at,
        )
        for id, push in enumerate(pushes, start=store.take(KIND, len(pushes)))
    ]
    for callback in made:
        store.put(KIND, (callback.id,), callback)
    return made


def pending(store: Store, id: int) -> Callback | None:
    found = store.get(KIND, (id,))
    return found if isinstance(found, Callback) else None


def unfinished(store: Store) -> list[Callback]:
    """Those that are to be tried, or being tried."""
    return [one for one in store.values(KIND) if isinstance(one, Callback)]


def held(store: Store, callback: Callback, holder: str, *, driven: bool = False) -> Callback:
    """The same in the hands of that process, or of none."""
    callback = replace(callback, holder=holder, driven=driven)
    store.put(KIND, (callback.id,), callback)
    return callback


def noted(store: Store, callback: Callback, attempt: Attempt) -> Callback | None:
    """The callback with one more attempt, put where it now belongs; None if it was forgotten meanwhile."""
    known = pending(store, callback.id)
    if known is not callback and known != callback:
        return None
    callback = tried(callback, attempt)
    if callback.next_at is None:
        _finish(store, callback)
    else:
        store.put(KIND, (callback.id,), callback)
    return callback


def tried(callback: Callback, attempt: Attempt) -> Callback:
    attempts = (*callback.attempts, attempt)
    delivered = accepts(callback.push, attempt)
    final = delivered or attempt.result is Result.FORBIDDEN
    next_at = None if final else retry_at(callback.push, len(attempts), attempt.at)
    return Callback(  # many a second: `replace` takes three times as long
        id=callback.id,
        provider=callback.provider,
        account=callback.account,
        message=callback.message,
        push=callback.push,
        created_at=callback.created_at,
        next_at=next_at,
        attempts=attempts,
        delivered=delivered,
    )


def accepts(push: Push, attempt: Attempt) -> bool:
    lowest, highest = push.accepted
    return attempt.status is not None and lowest <= attempt.status <= highest


def retry_at(push: Push, tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries; None when enough is enough."""
    return at + push.retries[tries - 1] if tries <= len(push.retries) else None


def _finish(store: Store, callback: Callback) -> None:
    store.drop(KIND, (callback.id,))
    store.put(FINISHED, (callback.id,), callback)
    if surplus := store.trim(FINISHED, BOUND):
        store.take(DROPPED, surplus)
