"""All spaces by name, and what becomes of them in other processes."""

import logging
import re
import threading
from collections.abc import Collection
from contextlib import nullcontext

import msgspec

from emulator.core.ports import StoreError
from emulator.settings import Misconfigured
from emulator.space.space import DEFAULT, Poke, Ring, Space, silence
from emulator.space.start import Start, switches
from emulator.store.soundness import Inconsistent
from emulator.store.vault import Company, Fleeting, IsDead, Vault

MOST_SPACES = 1000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)

log = logging.getLogger("smslab")


class Unreadable(StoreError):
    """A space that another smslab wrote, in one line."""


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
            self._check(name)
            return self._spaces.get(name) or self._made(name, self._default)

    def known(self, name: str) -> Space | None:
        """The space of that name, if it was used or declared."""
        return self._spaces.get(name)

    def put(self, name: str, start: Start) -> tuple[Space, Space | None]:
        """Begin a space afresh; the new one, and the one whose place it takes. Raises Misconfigured."""
        switches(start.world)  # or what is there would be gone before anybody knew that nothing comes
        with self._lock:
            self._check(name)
            before = self._spaces.get(name)
            try:
                return self._instead(before, name, start), before
            except StoreError as error:
                if error.undone and self._spaces.get(name) is not before:
                    self._lost(name)  # who asks for it finds what is written
                raise
            finally:
                if before is not None and self._spaces.get(name) is not before:
                    before.feed.close()

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
            with self._lock:  # however many there are by now: each was one that could be had
                if name not in self._spaces:
                    self._made(name, self._default)
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
            if space.clock.rate:  # or whoever moves it lets it pass
                space.wake()

    def _led(self) -> None:
        """This process makes due things happen from now on, and goes on with what is in nobody's hands."""
        for space in self.all():
            space.resume()

    def _bury(self, is_dead: IsDead) -> None:
        """Take over what was in the hands of dead processes."""
        for space in self.all():
            agenda = space.gateway.agenda
            for holder in filter(is_dead, agenda.holders()):
                agenda.release(holder)

    def leads(self) -> bool:
        """Whether it is this process that lets time pass, for all that have the same store."""
        return self._vault.leads()

    def all(self) -> list[Space]:
        return list(self._spaces.values())

    def close(self) -> None:
        """Let go of everybody who waits for something to happen, and of what is kept."""
        self.dismiss()
        self._vault.close()

    def dismiss(self) -> None:
        """Let go of everybody who waits for something to happen."""
        for space in self.all():
            space.feed.close()

    @property
    def default(self) -> Start:
        return self._default

    def _check(self, name: str) -> None:
        if name != DEFAULT and not NAME.fullmatch(name):
            raise Misconfigured(f"{name!r} is no name for a space: use up to 64 letters, digits, _ . -")
        if name not in self._spaces and len(self._spaces) >= MOST_SPACES:
            raise Misconfigured(f"there are {MOST_SPACES} spaces already: delete one first")

    def _instead(self, before: Space | None, name: str, start: Start) -> Space:
        """Begin a space afresh in the turn in which the one before ends: both are kept, or neither."""
        with before.store.turn() if before is not None else nullcontext():
            if before is not None:
                before.store.part()
            return self._made(name, start, afresh=True)

    def _made(self, name: str, start: Start, *, afresh: bool = False) -> Space:
        store = self._vault.store(name)
        with store.turn():  # what it leaves is kept later at the worst, and then this is the space
            space = Space(name, start, self._poke, self._ring, store, keep=self._keep, afresh=afresh)
            self._spaces[name] = space
        return space
