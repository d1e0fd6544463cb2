"""A space: one isolated world with its own clock, seed, memory and journal."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from emulator import settings
from emulator.core import sabotage
from emulator.core.clock import wall_clock
from emulator.core.events import Feed, Kind
from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.journal import Journal
from emulator.core.sabotage import Aim, Fault
from emulator.provider import Quirks
from emulator.providers import PROVIDERS
from emulator.space.start import Start, begun, clock, passed, switches, this_second
from emulator.store.archive import Restored, exported, imported
from emulator.store.memory import MemoryStore, State
from emulator.store.rows import NAMED, STANDING
from emulator.store.standing import Past, Standing

DEFAULT = ""
"""The name of the space that is there without asking."""

Poke = Callable[["Space", datetime], None]
Ring = Callable[["Space", str, str], None]


def silence(space: "Space", provider: str, account: str) -> None:
    """Where nobody has sessions there is nobody to ring for."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A remembered state, the moment it was taken, and the seed that its identifiers follow."""

    id: str
    at: datetime
    state: State
    seed: int


class Space:
    """Everything under one name.

    `poke` is told of each moment that the agenda now waits for, `ring` of each account whose sessions have
    something to be handed. It remembers `keep` messages, and those that are not finished; with 0 all.
    """

    def __init__(
        self,
        name: str,
        start: Start,
        poke: Poke,
        ring: Ring = silence,
        store: MemoryStore | None = None,
        *,
        keep: int = 0,
        afresh: bool = False,
    ) -> None:
        self.name, self._poke, self._ring, self._keep = name, poke, ring, keep
        self.store = MemoryStore() if store is None else store
        self.journal, self.feed = Journal(), Feed(later=self.store.later)
        self.driving, self.falling = threading.Lock(), threading.Lock()
        with self.store.turn():
            past = self.store.recall(afresh=afresh)
            self.is_recalled = past.standing is not None
            self.start = begun(past.standing, start) if name != DEFAULT else start
            self.quirks = switches(self.start.world)
            self._switches = {type(quirks): quirks for quirks in self.quirks.values()}
            self.clock = clock(self.start, past.standing)
            self.begun_at = self.clock.now()
            self.snapshots = {id: _snapshot(id, imported(archive)) for id, archive in past.named.items()}
            self._begin(past.standing.seed if past.standing else start.seed)
            if not self.is_recalled:
                self._populate()
            self.clock.alone, self.clock.changed = self.store.turn, self.stand
            self.stand()
        self.store.watch(STANDING, self._others_stand)
        self.store.watch(NAMED, self._others_keep)

    def _begin(self, seed: int) -> None:
        self.ids = Ids(seed)
        self.gateway = Gateway(
            clock=self.clock,
            store=self.store,
            feed=self.feed,
            outcomes=settings.outcomes(),
            tariffs=settings.tariffs(self.start.world),
            reports={p.name: p.reports(self.quirks[p.name], self.ids) for p in PROVIDERS},
            poke=lambda at: self._poke(self, at),
            ring=lambda provider, account: self._ring(self, provider, account),
            keep=self._keep,
        )

    def _populate(self) -> None:
        """Let in the customers of the world."""
        for account in settings.accounts(self.start.world):
            self.store.put_account(account)

    def stand(self) -> None:
        """Note how it stands, for a memory that outlives the process."""
        start = msgspec.json.encode(self.start).decode()
        now, rate = self.clock.now(), self.clock.rate
        self.store.stand(Standing(start, self.seed, now, rate, wall_clock()))

    def _others_stand(self, before: object, now: object) -> None:
        """The clock was put elsewhere by another process of this store."""
        if isinstance(now, Past) and now.standing is not None:
            if now.standing.seed != self.seed:
                self._begin(now.standing.seed)
            self.clock.follow(*passed(now.standing))

    def _others_keep(self, before: object, now: object) -> None:
        """A snapshot was taken or taken away by another process."""
        if isinstance(now, Past):
            self.snapshots |= {id: _snapshot(id, imported(archive)) for id, archive in now.named.items()}
        elif isinstance(before, str):
            self.snapshots.pop(before, None)
        else:
            self.snapshots.clear()

    def switches(self, kind: type[Quirks]) -> Quirks:
        """The quirks of that type; a provider has one of its own."""
        found: Quirks = self._switches[kind]
        return found

    @property
    def sabotaged(self) -> bool:
        """Whether there are any faults on purpose."""
        return self.store.any(sabotage.KIND)

    @property
    def messages(self) -> int:
        """How many messages it remembers."""
        return len(self.store)

    @property
    def seed(self) -> int:
        return self.ids.seed

    def reset(self) -> None:
        """The world as it started, its clock at the moment and rate it started with."""
        with self.store.turn():
            self.store.restore(State())
            start = self.start.clock or (this_second() if self.start.rate else self.begun_at)
            self.clock.set(now=start, rate=self.start.rate)
            self._begin(self.start.seed)
            self._populate()
            self.stand()
            self.journal.forget()
            self.feed.tell(self.clock.now(), Kind.RESET, [{"space": self.name or None}])

    def remember(self, id: str) -> Snapshot:
        """Take a snapshot; one of the same name is replaced."""
        with self.store.turn():
            snapshot = Snapshot(id, self.clock.now(), self.store.snapshot(), self.seed)
            self.snapshots[id] = snapshot
            self.store.keep(
                id, lambda: exported(snapshot.state, seed=snapshot.seed, now=snapshot.at, rate=0.0)
            )
        return snapshot

    def let_go(self, id: str) -> Snapshot | None:
        """Take a snapshot away; None if there was none."""
        with self.store.turn():
            self.store.let_go(id)
            return self.snapshots.pop(id, None)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot: memory and time, at the clock's present rate."""
        with self.store.turn():
            self._begin(snapshot.seed)
            self.store.restore(snapshot.state)
            self.clock.set(now=snapshot.at)
            self.gateway.agenda.resume()
            self.feed.tell(snapshot.at, Kind.RESET, [{"space": self.name or None, "snapshot": snapshot.id}])
        self.wake()

    def become(self, restored: Restored) -> None:
        """Take the place of the space that an archive was made of."""
        with self.store.turn():
            self._begin(restored.seed)
            self.store.restore(restored.state)
            self.clock.set(now=restored.now, rate=restored.rate)
            self.gateway.agenda.resume()
            self.feed.tell(restored.now, Kind.RESET, [{"space": self.name or None}])
        self.wake()

    def struck(self, aim: Aim) -> list[Fault]:
        """The faults on purpose that strike an exchange; each use is counted."""
        with self.store.turn():
            aimed = [f for f in self.store.values(sabotage.KIND) if isinstance(f, Fault) and f.aims_at(aim)]
            struck = []
            for fault in aimed:
                strikes, after = sabotage.after_aim(fault, self.ids.share)
                self.store.put(sabotage.KIND, (fault.id,), after)
                struck += [fault] if strikes else []
            return struck

    def resume(self) -> None:
        """Go on with what a memory from before was in the middle of."""
        with self.store.turn():
            self.gateway.agenda.resume()
        self.wake()

    def meet(self) -> None:
        """Know what other processes did until now: whoever reads between turns may not be behind."""
        if self.store.me:
            with self.store.turn():
                pass

    def wake(self) -> None:
        """Let the pump see what the agenda waits for now."""
        due = self.gateway.agenda.next_due()
        if due is not None:
            self._poke(self, due)


def _snapshot(id: str, restored: Restored) -> Snapshot:
    return Snapshot(id, restored.now, restored.state, restored.seed)
