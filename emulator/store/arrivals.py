"""Which message came last before a handset wrote: kept in an archive only where the moments do not tell."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from emulator.core.model import Inbound, Message
from emulator.store.memory import State


def written(inbound: Inbound, state: State) -> Mapping[str, object]:
    """The inbound message, without what its moment tells as well."""
    given = {field.name: getattr(inbound, field.name) for field in fields(inbound)}
    if inbound.after == _told(inbound, state):
        del given["after"]
    return given


def read(inbound: Inbound, given: Mapping[str, Any], state: State) -> Inbound:
    """The inbound message that was written so."""
    return inbound if "after" in given else replace(inbound, after=_told(inbound, state))


def _told(inbound: Inbound, state: State) -> int:
    """The last message of its moment or before; where clocks were put back, any that is always the same."""
    place = bisect_right(state.messages, inbound.received_at, key=_accepted_at)
    return state.messages[place - 1].id if place else 0


def _accepted_at(message: Message) -> Any:
    return message.order.accepted_at
