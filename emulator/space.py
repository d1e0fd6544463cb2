"""A space: one isolated world with its own clock, seed, memory and journal. And all of them."""

import logging
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from emulator import settings
from emulator.core import sabotage
from emulator.core.clock import LAST, VirtualClock, wall_clock
from emulator.core.events import Feed, Kind
from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.journal import Journal
from emulator.core.ports import StoreError
from emulator.core.sabotage import Aim, Fault
from emulator.provider import Provider, Quirks
from emulator.providers import PROVIDERS
from emulator.settings import Misconfigured, WorldFile
from emulator.store.archive import Restored, exported, imported
from emulator.store.memory import MemoryStore, State
from emulator.store.rows import NAMED, STANDING
from emulator.store.soundness import Inconsistent
from emulator.store.standing import Past, Standing
from emulator.store.vault import Company, Fleeting, IsDead, Vault

DEFAULT = ""
"""The name of the space that is there without asking."""

MOST_SPACES = 1000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)

log = logging.getLogger("smslab")

Poke = Callable[["Space", datetime], None]
Ring = Callable[["Space", str, str], None]


class Unreadable(StoreError):
    """A space that another smslab wrote, in one line."""


def silence(space: "Space", provider: str, account: str) -> None:
    """Where nobody has sessions there is nobody to ring for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a space begins: its seed, its clock and its world. A clock of None starts now."""

    seed: int = 0
    clock: datetime | None = None
    rate: float = 1.0
    world: WorldFile = field(default_factory=settings.world)


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
        self.journal, self.feed = Journal(), Feed()
        self.store = MemoryStore() if store is None else store
        self.driving, self.falling = threading.Lock(), threading.Lock()
        with self.store.turn():
            past = self.store.recall(afresh=afresh)
            self.start = begun(past.standing, start) if name != DEFAULT else start
            self.quirks = switches(self.start.world)
            self._switches = {type(quirks): quirks for quirks in self.quirks.values()}
            self.clock = clock(self.start, past.standing)
            self.begun_at = self.clock.now()
            self.snapshots = {id: _snapshot(id, imported(archive)) for id, archive in past.named.items()}
            self._begin(past.standing.seed if past.standing else start.seed)
            if past.standing is None:
                self._populate()
            self.clock.changed = self.stand
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


class Spaces:
    """All spaces by name. One that nobody declared is made on first use.

    Those that a vault knows are there from the beginning; it may raise StoreError.
    """

    def __init__(
        self, default: Start, poke: Poke, ring: Ring = silence, vault: Vault | None = None, *, keep: int = 0
    ) -> None:
        self._default, self._poke, self._ring, self._keep = default, poke, ring, keep
        self._vault = vault or Fleeting()
        self._lock = threading.Lock()
        self._spaces = dict[str, Space]()
        try:
            for name in dict.fromkeys((DEFAULT, *self._vault.spaces())):
                self._recall(name)
            self._vault.follow(Company(lost=self._lost, learnt=self._learnt, led=self._led, bury=self._bury))
        except BaseException:
            self._vault.close()
            raise

    def __getitem__(self, name: str) -> Space:
        """The space of that name. Raises Misconfigured for a name that can be none."""
        found = self._spaces.get(name)
        if found is not None:
            return found
        with self._lock:
            return self._spaces.get(name) or self._made(name, self._default)

    def put(self, name: str, start: Start) -> tuple[Space, Space | None]:
        """Begin a space afresh; the new one, and the one whose place it takes. Raises Misconfigured."""
        switches(start.world)  # or what is there would be gone before anybody knew that nothing comes
        with self._lock:
            self._check(name)
            before = self._spaces.get(name)
            if before is not None:
                before.store.part()
            made = self._made(name, start, afresh=True)
        if before is not None:
            before.feed.close()
        return made, before

    def drop(self, name: str) -> Space | None:
        """Take a space away; the default one stays."""
        with self._lock:
            dropped = None if name == DEFAULT else self._spaces.get(name)
            if dropped is None:
                return None
            try:
                dropped.store.part(forgotten=True)
            except StoreError as error:
                if not error.undone:
                    self._lost(name)
                raise
            self._lost(name)  # unless it was learnt just now that another process was quicker
        return dropped

    def _recall(self, name: str) -> None:
        """Have a space as it was left. Raises Unreadable for what no smslab of this version wrote."""
        try:
            self[name]
        except (msgspec.MsgspecError, LookupError, Inconsistent, Misconfigured) as error:
            if name == DEFAULT and isinstance(error, Misconfigured):
                raise  # that world was given just now
            known = f"space {name!r}" if name else "the default space"
            raise Unreadable(f"{known} cannot be read: {error}; give another store, or a copy") from None

    def _lost(self, name: str) -> None:
        """Another process took a space away, or began it afresh: who asks for it finds the new one."""
        lost = self._spaces.pop(name, None)
        if lost is not None:
            lost.feed.close()

    def _learnt(self, begun: Collection[str]) -> None:
        """Other processes may have planned something, and began these spaces: time has to pass there."""
        for name in sorted({*begun} & {*self._vault.spaces()} if begun else ()):
            try:
                self._recall(name)
            except Unreadable as error:
                log.error("%s", error)
        for space in self.all():
            space.wake()

    def _led(self) -> None:
        """This process makes due things happen from now on, and nobody else finishes what was begun."""
        for space in self.all():
            space.resume()

    def _bury(self, is_dead: IsDead) -> None:
        """Take over what was in the hands of dead processes."""
        for space in self.all():
            notices = space.gateway.notices
            for holder in filter(is_dead, notices.holders()):
                notices.release(holder)

    def leads(self) -> bool:
        """Whether it is this process that lets time pass, for all that have the same store."""
        return self._vault.leads()

    def all(self) -> list[Space]:
        return list(self._spaces.values())

    def close(self) -> None:
        """Let go of everybody who waits for something to happen."""
        for space in self.all():
            space.feed.close()
        self._vault.close()

    @property
    def default(self) -> Start:
        return self._default

    def _check(self, name: str) -> None:
        if name != DEFAULT and not NAME.fullmatch(name):
            raise Misconfigured(f"{name!r} is no name for a space: use up to 64 letters, digits, _ . -")
        if name not in self._spaces and len(self._spaces) >= MOST_SPACES:
            raise Misconfigured(f"there are {MOST_SPACES} spaces already: delete one first")

    def _made(self, name: str, start: Start, *, afresh: bool = False) -> Space:
        self._check(name)
        store = self._vault.store(name)
        with store.turn():  # what it leaves is kept later at the worst, and then this is the space
            space = Space(name, start, self._poke, self._ring, store, keep=self._keep, afresh=afresh)
            self._spaces[name] = space
        return space


def begun(standing: Standing | None, otherwise: Start) -> Start:
    """How a space that stands there began."""
    return otherwise if standing is None else msgspec.json.decode(standing.start, type=Start)


def clock(start: Start, standing: Standing | None) -> VirtualClock:
    """A clock as it begins, or as it goes on."""
    if standing is None:
        return VirtualClock(start.clock or this_second(), start.rate)
    return VirtualClock(*passed(standing))


def passed(standing: Standing) -> tuple[datetime, float]:
    """Where a clock is by now that stood there, and its rate: it ran on while nobody looked."""
    missed = (wall_clock() - standing.wall) * standing.rate
    return min(standing.now + max(missed, timedelta(0)), LAST), standing.rate


def _snapshot(id: str, restored: Restored) -> Snapshot:
    return Snapshot(id, restored.now, restored.state, restored.seed)


def this_second() -> datetime:
    """Where a clock begins that starts now."""
    return wall_clock().replace(microsecond=0)


def changed_world(
    world: WorldFile,
    quirks: Mapping[str, Mapping[str, Any]],
    profiles: Mapping[str, str] = MappingProxyType({}),
) -> WorldFile:
    """The world with some switches put otherwise, and other profiles for some providers."""
    switches = {name: {**world.quirks.get(name, {}), **changes} for name, changes in quirks.items()}
    return msgspec.structs.replace(
        world, quirks={**world.quirks, **switches}, profiles={**world.profiles, **profiles}
    )


def switches(world: WorldFile, providers: Sequence[Provider] = PROVIDERS) -> Mapping[str, Any]:
    """Every provider's quirks as this world has them; single ones win over profiles. Raises Misconfigured."""
    names = {p.name for p in providers}
    for part in ("accounts", "tariffs", "profiles", "quirks"):
        if strange := sorted(set(getattr(world, part)) - names):
            raise Misconfigured(
                f"{part}.{strange[0]}: no such provider; there are {', '.join(sorted(names))}"
            )
    return {p.name: _switched(p, world) for p in providers}


def _switched(provider: Provider, world: WorldFile) -> Any:
    name = provider.name
    profile = settings.profile(provider.profiles, world.profiles.get(name), name)
    return settings.switched(provider.quirks, {**profile, **world.quirks.get(name, {})}, name)
