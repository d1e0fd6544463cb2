"""Which old messages are let go of: those beside the newest of which nothing more becomes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from emulator.core import hlr
from emulator.core.indexes import FORGOTTEN, RETIRED
from emulator.core.model import INBOUND, Message, Order
from emulator.core.ports import Store

LINGER = timedelta(minutes=1)
"""How long after its last step a message stays at least: handsets may still answer it."""


class Retention:
    """Lets go of a store's oldest messages. For who is within a turn."""

    def __init__(self, store: Store, keep: int) -> None:
        self._store, self._keep = store, keep
        self._waited = 0
        """What kept its order from leaving when that was last looked at."""

    def retire(self, now: datetime) -> None:
        """Let go of orders beyond the newest `keep` messages, oldest first, up to one that is not finished.

        They go a tenth of `keep` at a time. With them go the oldest messages of handsets and look-ups, of
        each of which `keep` stay. Ids are not handed out again.
        """
        store, keep, portion = self._store, self._keep, self._keep // 10
        oldest = next(store.messages(), None)
        if oldest is None:
            return
        surplus = store.count("message") - oldest.id + 1 - keep
        # where more come in a minute than are kept, some turn old enough at every look
        if surplus <= portion or not self._is_old(oldest.id + portion, now):
            return
        if (last := self._last(oldest.order, surplus, now)) is None:
            return
        store.take(RETIRED, last.first + last.size - oldest.id)
        if store.any(FORGOTTEN):
            for order in range(oldest.order.id, last.id + 1):
                store.drop(FORGOTTEN, (order,))
        store.retire(last.id)
        store.trim(INBOUND, keep)
        store.trim(hlr.KIND, keep)

    def _last(self, oldest: Order, surplus: int, now: datetime) -> Order | None:
        """The last of the orders that may go; they have at most so many messages together."""
        found, order = None, self._store.order(oldest.id)
        while order is not None and order.size <= surplus and self._is_over(order, now):
            found, surplus = order, surplus - order.size
            order = self._store.order(order.id + 1)
        return found

    def _is_old(self, id: int, now: datetime) -> bool:
        """Whether nothing becomes of that message."""
        message = next(self._store.messages(id - 1), None)
        return message is not None and _is_over(message, now)

    def _is_over(self, order: Order, now: datetime) -> bool:
        """Whether nothing becomes of any of its messages: the one that was waited for is asked first."""
        end = order.first + order.size
        start = self._waited if order.first < self._waited < end else order.first
        messages = chain(self._between(start, end), self._between(order.first, start))
        waited = next((one for one in messages if not _is_over(one, now)), None)
        if waited is not None:
            self._waited = waited.id
        return waited is None

    def _between(self, first: int, end: int) -> Iterator[Message]:
        """The messages with these ids."""
        return islice(self._store.messages(first - 1), end - first)


def _is_over(message: Message, now: datetime) -> bool:
    return message.order.accepted_at + message.timetable[-1].after + LINGER < now
