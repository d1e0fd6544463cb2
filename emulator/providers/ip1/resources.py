"""What is kept under an identifier: contacts, landing pages, and elements within these."""

from collections.abc import Callable, Mapping

from emulator.core.kept import JSON, Resource
from emulator.core.refusals import Reason, Refused
from emulator.providers.ip1 import wire
from emulator.providers.ip1.calls import Call


def naming(call: Call) -> Callable[[int], str]:
    """What gives identifiers to things that are made now."""
    now, ids = call.now, call.ids
    return lambda number: wire.identifier(number, now, wire.KEPT, ids)


def identifiers(call: Call, kind: str, count: int) -> list[str]:
    """New identifiers, for what is kept within something else."""
    with call.gateway.store.turn():
        first = call.gateway.store.take(f"{wire.NAME} {kind}", count)
    now, ids = call.now, call.ids
    return [wire.identifier(number, now, kind, ids) for number in range(first, first + count)]


def changed(
    call: Call, collection: str, name: str, change: Callable[[Resource], Mapping[str, JSON]]
) -> Resource:
    """What is there after a change, which nobody comes between. Raises Refused where there was nothing."""

    def made(before: Resource | None) -> Mapping[str, JSON]:
        if before is None:
            raise Refused([Reason.UNKNOWN_RESOURCE])
        return change(before)

    after, _ = call.gateway.resources.put(call.login, collection, name, made)
    return after
