"""Which old messages are let go of: those beside the newest of which nothing more becomes."""

from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter

from emulator.core import hlr
from emulator.core.indexes import FORGOTTEN, RETIRED
from emulator.core.model import Message, Order
from emulator.core.ports import Store

INBOUND = "inbound"

LINGER = timedelta(minutes=1)
"""How long after its last step a message stays at least: handsets may still answer it."""

_order = attrgetter("order")


def retire(store: Store, keep: int, now: datetime) -> None:
    """Let go of orders beyond the newest `keep` messages, oldest first, up to one that is not finished.

    They go a tenth of `keep` at a time. With them go the oldest messages of handsets and look-ups, of each of
    which `keep` stay. Ids are not handed out again.
    """
    oldest = next(store.messages(), None)
    if oldest is None:
        return
    surplus = store.count("message") - oldest.id + 1 - keep
    if surplus <= keep // 10 or (last := _last(store, surplus, now)) is None:
        return
    store.take(RETIRED, last.first + last.size - oldest.id)
    if store.any(FORGOTTEN):
        for order in range(oldest.order.id, last.id + 1):
            store.drop(FORGOTTEN, (order,))
    store.retire(last.id)
    store.trim(INBOUND, keep)
    store.trim(hlr.KIND, keep)


def _last(store: Store, surplus: int, now: datetime) -> Order | None:
    """The last of the orders that may go; they have at most so many messages together."""
    found = None
    for order, messages in groupby(islice(store.messages(), surplus), _order):
        known = [*messages]
        if len(known) < order.size or not all(_is_over(one, now) for one in known):
            break
        found = order
    return found


def _is_over(message: Message, now: datetime) -> bool:
    return message.order.accepted_at + message.timetable[-1].after + LINGER < now
