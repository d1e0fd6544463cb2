"""The space as a whole: reset, snapshots, export, import."""

from itertools import count

from flask import Response

from emulator.admin import views
from emulator.admin.answers import Full, nothing, present, shown
from emulator.admin.bodies import SnapshotBody
from emulator.admin.call import Here
from emulator.core.clock import FIRST, LAST
from emulator.core.outcomes import Override
from emulator.core.overrides import KIND
from emulator.store.archive import Restored, exported, imported
from emulator.store.soundness import Inconsistent

MOST_SNAPSHOTS = 1000
"""Of one space."""


def reset(here: Here) -> Response:
    with here.space.driving:
        here.space.reset()
    return nothing()


def snapshots(here: Here) -> Response:
    with here.space.store.turn():
        return shown({"snapshots": [views.snapshot(one) for one in here.space.snapshots.values()]})


def take_snapshot(here: Here, body: SnapshotBody) -> Response:
    with here.space.store.turn():
        taken = here.space.snapshots
        name = body.name or next(name for n in count(1) if (name := f"snapshot-{n}") not in taken)
        if name not in taken and len(taken) >= MOST_SNAPSHOTS:
            raise Full(f"there are {MOST_SNAPSHOTS} snapshots already: delete one first")
        return shown(views.snapshot(here.space.remember(name)), 201)


def restore_snapshot(here: Here, id: str) -> Response:
    with here.space.driving:
        here.space.restore(present(here.space.snapshots.get(id), f"no snapshot {id!r}"))
    return nothing()


def delete_snapshot(here: Here, id: str) -> Response:
    present(here.space.let_go(id), f"no snapshot {id!r}")
    return nothing()


def export(here: Here) -> Response:
    space = here.space
    here.pump.settle(space)
    with space.store.turn():  # or a running clock would leave messages younger than the archive
        state, now, rate = space.store.snapshot(), space.clock.now(), space.clock.rate
    octets = exported(state, seed=space.seed, now=now, rate=rate)
    return Response(octets, content_type="application/json")


def import_(here: Here, body: bytes) -> Response:
    restored = imported(body)
    _check(here, restored)
    with here.space.driving:
        here.space.become(restored)
    return nothing()


def _check(here: Here, restored: Restored) -> None:
    """An archive may be sound and yet speak of what is not here. Raises Inconsistent."""
    if not FIRST <= restored.now <= LAST:
        raise Inconsistent(f"$.now: clocks go from {FIRST.year} to {LAST.year}")
    state = restored.state
    orders = {message.order.id: message.order for message in state.messages}
    providers = {
        *(one.provider for one in state.accounts.values()),
        *(one.provider for one in orders.values()),
    }
    if strange := providers - {provider.name for provider in here.providers}:
        raise Inconsistent(f"no provider {min(strange)!r}")
    overrides = [one for one in state.records[KIND].values() if isinstance(one, Override)]
    used = {one.outcome for one in state.messages} | {one.outcome for one in overrides}
    if strange := used - here.space.gateway.outcomes.named.keys():
        raise Inconsistent(f"no outcome {min(strange)!r}")
