"""What all verbs of the service work with: one space's memory, clock and rules."""

from collections.abc import Callable, Mapping
from datetime import datetime

from emulator.core import overrides
from emulator.core.agenda import Agenda
from emulator.core.clock import VirtualClock
from emulator.core.credits import Tariff
from emulator.core.events import Feed
from emulator.core.indexes import AnIndex, Indexes
from emulator.core.logins import admitted, opened
from emulator.core.model import Account, Login
from emulator.core.notices import Notices, Ring
from emulator.core.outcomes import Outcome, Outcomes
from emulator.core.ports import Reports, Store
from emulator.core.resources import Resources


class Desk:
    """One space. Thread-safe: each verb is one turn of the store, none holds it during I/O.

    Where `keep` is not 0, only so many messages are remembered beside those of which something may become.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        store: Store,
        feed: Feed,
        outcomes: Outcomes,
        tariffs: Mapping[str, Tariff],
        reports: Mapping[str, Reports],
        poke: Callable[[datetime], None] = lambda _: None,
        ring: Ring = lambda provider, account: None,
        keep: int = 0,
    ) -> None:
        self.clock, self.store, self.feed, self.outcomes = clock, store, feed, outcomes
        self.resources = Resources(store, clock, feed)
        self.notices = Notices(store, ring)
        self.agenda = Agenda(
            store=store,
            feed=feed,
            outcomes=outcomes,
            reports=reports,
            resources=self.resources,
            notices=self.notices,
            poke=poke,
            keep=keep,
        )
        self._tariffs, self._indexes = tariffs, Indexes(store)

    def outcome(self, recipient: str) -> Outcome:
        """What a number or address means now: its override, else the table."""
        return overrides.outcome(self.store, self.outcomes, recipient)

    def indexed(self, kind: type[AnIndex]) -> AnIndex:
        """The index of that type over all messages, made when first asked for. For who is within a turn."""
        return self._indexes.of(kind)

    def _admitted(self, login: Login) -> Account:
        """The account that asks. Raises Refused."""
        return admitted(login, opened(self.store, login))
