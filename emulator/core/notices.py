"""What waits for a session of its account: kept in order, handed out in turn, gone when it was taken."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from emulator.core.ports import Store, StoreError
from emulator.core.pushes import Notice, Waiting

KIND = "notice"

Owner = tuple[str, str]
"""Provider and login of an account."""

About = tuple[int | None, Notice]
"""A notice, and the message that it is about."""

Ring = Callable[[str, str], None]
"""Tells that something waits for an account: provider and login."""


class Notices:
    """The notices of one space. Thread-safe like the gateway, each verb is one turn of the store.

    Who is handed a notice gives it back in one of three ways: `taken`, `returned`, or put off by the agenda.
    What was handed out is waiting again in every copy of the space: a session does not outlive its space.
    """

    def __init__(self, store: Store, ring: Ring) -> None:
        self._store, self._ring = store, ring
        self._queues: defaultdict[Owner, deque[Waiting]] | None = None
        """What is handed out next; None until somebody asks."""
        self._kept = Counter[Owner]()
        self._out = set[int]()
        """What is handed out. What was handed out before a return to a past is held in vain."""
        store.watch(KIND, self._others_changed)

    def kept(self, provider: str, account: str) -> int:
        """How many were not taken yet, handed out or not."""
        with self._store.turn():
            self._queue(provider, account)
            return self._kept[provider, account]

    def add(self, provider: str, account: str, notices: Sequence[About], at: datetime) -> None:
        """Let something wait for a session of the account."""
        with self._store.turn():
            queue = self._queue(provider, account)
            first = self._store.take(KIND, len(notices))
            for id, (message, notice) in enumerate(notices, start=first):
                waiting = Waiting(
                    id=id, provider=provider, account=account, message=message, notice=notice, created_at=at
                )
                self._store.put(KIND, (id,), waiting)
                queue.append(waiting)
            self._kept[provider, account] += len(notices)
        self._ring(provider, account)

    def handed(self, provider: str, account: str, most: int) -> list[Waiting]:
        """The next ones, at most so many; nobody else is handed them meanwhile."""
        found = list[Waiting]()
        try:
            with self._store.turn():
                queue = self._queue(provider, account)
                while queue and len(found) < most:
                    one = queue.popleft()
                    if self._store.me:  # others may have been quicker
                        if self._store.get(KIND, (one.id,)) is not one:
                            continue
                        one = self._held(one, self._store.me)
                    found.append(one)
                self._out.update([one.id for one in found])
        except StoreError:
            self._withheld(found)
            raise
        return found

    def _withheld(self, notices: Sequence[Waiting]) -> None:
        """What nobody may be handed after all waits again; who reads everything anew finds it there."""
        self._out.difference_update([one.id for one in notices])
        if self._queues is not None:
            for one in reversed(notices):
                self._queues[one.provider, one.account].appendleft(one)

    def taken(self, notices: Sequence[Waiting]) -> None:
        """Forget what reached its customer."""
        with self._store.turn():
            for one in notices:
                if self._ended(one):
                    self._store.drop(KIND, (one.id,))
                    self._kept[one.provider, one.account] -= 1

    def returned(self, notices: Sequence[Waiting]) -> None:
        """Let wait again, before all others, what was handed out and reached nobody."""
        with self._store.turn():
            known = [one for one in notices if self._ended(one)]
            for one in reversed(known):
                self._queue(one.provider, one.account).appendleft(self._held(one, "") if one.holder else one)
        for owner in dict.fromkeys((one.provider, one.account) for one in known):
            self._ring(*owner)

    def put_off(self, notice: Waiting, until: datetime) -> bool:
        """Keep what was handed out until a later moment; whether there is anything to keep."""
        with self._store.turn():
            known = self._ended(notice)
            if known:
                self._store.put(KIND, (notice.id,), replace(notice, due_at=until, holder=""))
            return known

    def fall_due(self, id: int, at: datetime) -> None:
        """Let wait again what was put off until now."""
        with self._store.turn():
            found = self._store.get(KIND, (id,))
            if not isinstance(found, Waiting) or found.due_at != at:
                return
            queue = self._queue(found.provider, found.account)  # where this one is not
            waiting = replace(found, due_at=None)
            self._store.put(KIND, (id,), waiting)
            queue.append(waiting)
        self._ring(found.provider, found.account)

    def resume(self) -> None:
        """Ring for everything that waits: a remembered state has come to life."""
        with self._store.turn():
            owners = {(one.provider, one.account) for one in self._waiting()}
        for owner in sorted(owners):
            self._ring(*owner)

    def holders(self) -> set[str]:
        """The processes whose sessions were handed something, this one aside."""
        with self._store.turn():
            return {one.holder for one in self._waiting()} - {"", self._store.me}

    def release(self, holder: str) -> None:
        """Let wait again, before all others, what was handed to sessions of a process that is no more."""
        with self._store.turn():
            for one in reversed([one for one in self._waiting() if one.holder == holder]):
                self._queue(one.provider, one.account).appendleft(self._held(one, ""))
        self.resume()

    def _held(self, one: Waiting, holder: str) -> Waiting:
        """The same in the hands of that process, or of none."""
        held = replace(one, holder=holder)
        self._store.put(KIND, (one.id,), held)
        return held

    def _others_changed(self, before: object | None, now: object | None) -> None:
        """Follow what other processes did to a notice, or to all of them."""
        if isinstance(now, Waiting):
            self._learn(now, new=before is None)
        elif isinstance(before, Waiting):
            self._kept[before.provider, before.account] -= 1
        else:
            self._queues = None
            for owner in {(one.provider, one.account) for one in self._waiting()}:
                self._ring(*owner)

    def _learn(self, one: Waiting, *, new: bool) -> None:
        owner = one.provider, one.account
        if self._queues is not None:
            self._kept[owner] += new
            if _is_free(one):
                self._queues[owner].append(one)
        if _is_free(one):
            self._ring(*owner)

    def _ended(self, notice: Waiting) -> bool:
        """Whether it was handed out and is known; from now on it is not handed out."""
        if notice.id not in self._out:
            return False
        known = self._store.get(KIND, (notice.id,))
        if known is not notice and known != notice:  # it may have been read anew since
            return False
        self._out.remove(notice.id)
        return True

    def _queue(self, provider: str, account: str) -> deque[Waiting]:
        if self._queues is None:
            self._queues, self._kept = defaultdict(deque), Counter()
            for one in self._waiting():
                if _is_free(one):
                    self._queues[one.provider, one.account].append(one)
                self._kept[one.provider, one.account] += 1
        return self._queues[provider, account]

    def _waiting(self) -> list[Waiting]:
        return [one for one in self._store.values(KIND) if isinstance(one, Waiting)]


def _is_free(one: Waiting) -> bool:
    """Whether it may be handed out."""
    return one.due_at is None and not one.holder
